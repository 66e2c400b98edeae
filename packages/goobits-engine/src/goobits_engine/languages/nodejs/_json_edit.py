"""JSON as a text that is edited in place: what is not touched stays, to the last space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from json import JSONDecodeError, JSONDecoder
from typing import Final

from goobits_engine._frozen import Frozen

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_TEXT_OR_CONSTANT: Final = re.compile(r'"(?:[^"\\]|\\.)*"|-?[A-Z][a-zA-Z]+')
_DECODER: Final = JSONDecoder(parse_int=float)  # `int` refuses very long ones


class Style(Frozen):
    """How members follow each other: each on a line of its own, or on one without `newline`."""

    newline: str
    indent: str
    colon: str

    @property
    def gap(self) -> str:
        """What stands before a member that follows another."""
        if self.newline:
            return self.newline + self.indent
        return " " if self.colon.endswith(" ") else ""

    def spelled(self, depth: int, *members: tuple[str, str]) -> str:
        """Spell an object of members that are JSON themselves; the outermost has depth 1."""
        said = [f"{key}{self.colon}{value}" for key, value in members]
        if self.newline:
            return f"{{{self._lines(depth, said)}}}"
        return f"{{{self.gap}{f',{self.gap}'.join(said)}{self.gap}}}"

    def listed(self, depth: int, items: Sequence[str]) -> str:
        """Spell an array of items that are JSON themselves."""
        said = self._lines(depth, items) if self.newline else f",{self.gap}".join(items)
        return f"[{said}]"

    def _lines(self, depth: int, parts: Sequence[str]) -> str:
        margin = self.newline + self.indent * depth
        closing = self.newline + self.indent * (depth - 1)
        return f"{margin}{f',{margin}'.join(parts)}{closing}"


class Member(Frozen):
    """A member of an object: what it says, where its value is, and how it stands there."""

    key: str
    value: object
    start: int
    end: int
    style: Style


class Object(Frozen):
    """An object in a text, from its `{` at `start` to behind its `}`."""

    start: int
    end: int
    members: tuple[Member, ...]

    def get(self, key: str) -> Member | None:
        """Return the member that counts: of several with one key the last."""
        found = [member for member in self.members if member.key == key]
        return found[-1] if found else None


def outermost(text: str) -> tuple[Object, Style]:
    """Read a text that must be one object, and see how its members stand.

    Raises:
        ValueError: it is something else, or no JSON; with the line and the column.
    """
    start = _end(_SPACE, text, 0)
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise JSONDecodeError("Too many levels", text, start) from None
    for found in _TEXT_OR_CONSTANT.finditer(text):
        if not found[0].startswith('"'):
            raise JSONDecodeError("Expecting value", text, found.start())
    if not isinstance(value, dict):
        raise JSONDecodeError("Expecting an object", text, start)
    whole = object_at(text, start)
    if whole.members:
        return whole, whole.members[-1].style
    return whole, Style("\r\n" if "\r\n" in text else "\n", "  ", ": ")


def object_at(text: str, start: int) -> Object:
    """Read the object that begins at a place of a valid text."""
    members: list[Member] = []
    place = start
    while True:
        key_start = _end(_SPACE, text, place + 1)
        if text[key_start] == "}":
            return Object(start, key_start + 1, ())
        key, key_end = _DECODER.raw_decode(text, key_start)
        value_start = _end(_COLON, text, key_end)
        value, end = _DECODER.raw_decode(text, value_start)
        style = _style(text[place + 1 : key_start], text[key_end:value_start])
        members.append(Member(key, value, value_start, end, style))
        place = _end(_SPACE, text, end)
        if text[place] == "}":
            return Object(start, place + 1, tuple(members))


def extended(
    text: str, start: int, items: Sequence[str], style: Style, depth: int
) -> str:
    """Return a text with more items at the end of the array that begins at `start`.

    They stand as those before them; `style` and `depth` serve when that does not tell.
    """
    gaps: list[str] = []
    place = start
    while True:
        item = _end(_SPACE, text, place + 1)
        if text[item] == "]" and not gaps:
            return text[:start] + style.listed(depth, items) + text[item + 1 :]
        gaps.append(text[place + 1 : item])
        _, end = _DECODER.raw_decode(text, item)
        place = _end(_SPACE, text, end)
        if text[place] == "]":
            if gaps == [""]:
                gap = Style("", "", style.colon).gap
            else:
                found = _style(gaps[-1], style.colon)
                gap = found.newline + found.indent
            said = "".join(f",{gap}{item}" for item in items)
            return text[:end] + said + text[end:]


def appended(
    text: str, target: Object, member: tuple[str, str], style: Style, depth: int
) -> str:
    """Return a text with one member more at the end of an object.

    It stands as the one before it; `style` and `depth` serve when it is the first.
    """
    if not target.members:
        said = style.spelled(depth, member)
        return text[: target.start] + said + text[target.end :]
    last = target.members[-1]
    said = f",{last.style.gap}{member[0]}{last.style.colon}{member[1]}"
    return text[: last.end] + said + text[last.end :]


def _style(gap: str, colon: str) -> Style:
    before, newline, indent = gap.rpartition("\n")
    return Style("\r\n" if before.endswith("\r") else newline, indent, colon)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
