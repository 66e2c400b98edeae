"""The patterns of `write`: which paths below one root a guest may change.

A pattern is a relative path. `*` is any run of characters within one name, `?` a single one, `**`
any number of folders. One whose last name holds neither is that file, or that folder and all below
it; one whose last name holds them is only what it matches.
"""

from __future__ import annotations

from goobits_sandbox._errors import PolicyError
from goobits_sandbox._frozen import Frozen
from goobits_sandbox._protected import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 4096


class Patterns(Frozen):
    """Patterns, each as the tuple of its names."""

    entries: tuple[tuple[str, ...], ...]

    @classmethod
    def parse(cls, write: tuple[str, ...]) -> Patterns:
        """Read patterns relative to one root.

        Raises:
            PolicyError: one leaves the root, says nothing, or names what is never written.
        """
        return cls(tuple(_parsed(entry) for entry in write))

    def allows(self, path: str) -> bool:
        """Say whether the path, relative to the root, may be changed."""
        parts = tuple(path.split("/"))
        return any(_matches(entry, parts) for entry in self.entries)


def is_pattern(name: str) -> bool:
    """Say whether a name stands for others than itself."""
    return "*" in name or "?" in name


def _parsed(entry: str) -> tuple[str, ...]:
    if entry == ".":
        return ("**",)
    parts = tuple(entry.removesuffix("/").split("/"))
    why = _fault(entry, parts)
    if why:
        hint = "write a path below the folder, such as 'out' or 'src/**/*.json'"
        raise PolicyError(f"write {entry!r} {why}", "write", entry, hint=hint)
    return parts if is_pattern(parts[-1]) else (*parts, "**")


def _fault(entry: str, parts: tuple[str, ...]) -> str:
    if "\0" in entry or len(entry) > _LONGEST:
        return "is no path"
    if entry.startswith("/"):
        return "is absolute"
    if not set(parts).isdisjoint(("", ".", "..")):
        return "holds an empty name, '.' or '..'"
    if any("**" in part and part != "**" for part in parts):
        return "holds '**' beside other characters"
    literal = parts
    for index, part in enumerate(parts):
        if is_pattern(part):
            literal = parts[:index]
            break
    why = refusal(literal, partial=True)
    return f"names what is never written: {why}" if why else ""


def _matches(pattern: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    return _glob(pattern, parts, "**", _matches_name)


def _matches_name(pattern: str, name: str) -> bool:
    if not is_pattern(pattern):
        return pattern == name
    return _glob(tuple(pattern), tuple(name), "*", lambda a, b: a in ("?", b))


def _glob(
    pattern: tuple[str, ...],
    items: tuple[str, ...],
    star: str,
    is_one: Callable[[str, str], bool],
) -> bool:
    """Match items with a pattern in which `star` is any number of them.

    Only the last star seen is ever tried again, so that the cost is at most the product of the
    two lengths.
    """
    at = index = 0
    back, taken = -1, 0
    while index < len(items):
        if at < len(pattern) and pattern[at] == star:
            back, taken = at, index
            at += 1
        elif at < len(pattern) and is_one(pattern[at], items[index]):
            at += 1
            index += 1
        elif back >= 0:
            taken += 1
            at, index = back + 1, taken
        else:
            return False
    return all(part == star for part in pattern[at:])
