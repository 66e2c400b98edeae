"""The values of string literals, and the texts of strings that are only partly known."""

from __future__ import annotations

import re
from functools import cache

from goobits_scanner._facts import HOLE, NOTHING, Value, key_of
from goobits_scanner._languages import _python_folding as folding

_ESCAPES = {
    "\n": "",
    "\r\n": "",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
# Methods after which a string still reads much as before.
_KEEPING = frozenset("replace strip lower upper encode decode rstrip lstrip".split())
_JOINING = frozenset({"os.path.join", "pathlib.Path", "os.path.expanduser", "str"})
_WRAPPING = frozenset(
    "os.path.expandvars os.path.abspath sqlalchemy.text textwrap.dedent".split()
)


@cache
def _escape() -> re.Pattern[str]:
    return re.compile(
        r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})"
        r"|N\{([^{}]{1,90})\}|(\r\n|.))",
        re.DOTALL,
    )


def _unescaped(found: re.Match[str]) -> str:
    octal, *hexadecimal, name, other = found.groups()
    if octal:
        return chr(int(octal, 8))
    if name:
        import unicodedata

        try:
            return unicodedata.lookup(name)
        except KeyError:
            return found.group()
    if other:
        return _ESCAPES.get(other, found.group())
    number = int(next(filter(None, hexadecimal)), 16)
    return chr(number) if number <= 0x10FFFF else found.group()


def unescape(text: str) -> str:
    """Return what a text between quotes stands for."""
    return _escape().sub(_unescaped, text) if "\\" in text else text


def literal(raw: str) -> Value:
    """Return the value of a string literal without interpolations, quotes included."""
    if len(raw) > folding.BIGGEST:
        return NOTHING
    start = 0
    while start < len(raw) and raw[start] not in "\"'":
        start += 1
    quotes = 3 if raw[start : start + 3] in ('"""', "'''") else 1
    prefix, body = raw[:start].lower(), raw[start + quotes : -quotes]
    is_raw = "r" in prefix or "\\" not in body
    if "b" not in prefix:
        return Value(constant=body if is_raw else unescape(body))
    text = body if is_raw else _escape().sub(_unescaped_byte, body)
    return Value(constant=text.encode("latin-1", "replace"))


def _unescaped_byte(found: re.Match[str]) -> str:
    kept, made = found.group(), _unescaped(found)
    return kept if kept[1] in "uUN" or len(made) != 1 else chr(ord(made) & 255)


def percent(text: str) -> str:
    """Return a text with a hole for each `%s` or the like."""
    return re.sub(r"%(?:\([^)]*\))?[#0\- +]*[\d*.]*[a-zA-Z]", HOLE, text)


def formatted(name: str, receiver: str) -> str | None:
    """Return what is known of the text that a method of a text makes."""
    if name == "format":
        return re.sub(r"\{[^{}]*\}", HOLE, receiver)
    if name == "join":
        return HOLE + receiver + HOLE
    return receiver if name in _KEEPING else None


def made_of(path: str, arguments: tuple[Value, ...]) -> str | None:
    """Return the text of a path or a text object that is made of texts."""
    if not arguments:
        return None
    if path in _JOINING:
        parts = [argument.text or HOLE for argument in arguments]
        return "/".join(parts) if any(part != HOLE for part in parts) else None
    if path in {"open", "io.open"}:
        return key_of(arguments[0]) or None
    return arguments[0].text if path in _WRAPPING else None
