"""What a check proves of the value that it checks, for all languages."""

from __future__ import annotations

from goobits_scanner._facts import UNKNOWN, Value

# Who passed a check against what the file allows is not chosen by anybody outside any more.
CHOSEN = frozenset({"input", "param", "key", "page", "argv"})
# Who is not among what the file forbids is no key of a prototype, but may be anything else.
KEY = frozenset({"key"})
# Ends of paths of values that hold no `..` any more: where they begin says where they are.
RESOLVED = (
    "resolve()",
    "realpath()",
    "realpathSync()",
    "normalize()",
    "normpath()",
    "abspath()",
)


def checked(value: Value, proven: frozenset[str]) -> Value:
    """Return a value without the marks that a check has disproved."""
    if not value.marks & proven and not value.path.startswith("@"):
        return value
    if value.constant is not UNKNOWN:
        return value
    is_named = proven is KEY or value.path.endswith("()")
    return Value(
        value.path if is_named and not value.path.startswith("@") else "",
        text=value.text,
        marks=value.marks - proven,
        is_hidden=value.is_hidden,
    )


def merged(
    one: dict[str, frozenset[str]], two: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return what both prove together."""
    found = dict(one)
    for name, proven in two.items():
        found[name] = found.get(name, frozenset()) | proven
    return found
