"""Rust literals as `rustfmt` leaves them, and never so long that it leaves an item alone.

A text that fits its line is one string, any other a `concat!` of several. Where the width of
a character, which depends on the version of the formatter, would decide, it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Final, TypeAlias

from goobits_engine._frozen import Frozen
from goobits_engine.languages._quoting import Escapes, invisible
from goobits_engine.languages._widths import least_width, most_width, uncertain

LINE: Final = 100
_LIST: Final = 60
"""What is listed on one line may take so many columns."""
_SHORT: Final = 10
"""Elements of at most so many bytes are packed into lines."""
_INDENT: Final = 4
_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", '"': '\\"'}
_INLINE: Final = re.compile(r"[\\`\[\]<>]")
_BLOCK: Final = re.compile(r"[\\`\[\]<>]|^[#+=~*-]")
_URL: Final = re.compile(r"https?://[!-;=?-Z^_a-~]*[0-9A-Za-z/]")

_Escape: TypeAlias = Callable[[str], bool]
_Width: TypeAlias = Callable[[str], int]


class Code(Frozen):
    """An expression of one word, such as a path, that stands as it is."""

    text: str


class Call(Frozen):
    """A macro that is called with one name."""

    macro: str
    name: str


class Lines(Frozen):
    """A text of lines, each of which gets a string of its own."""

    text: str


class Some(Frozen):
    """An `Option` that has a list of texts."""

    items: tuple[str, ...]


class Struct(Frozen):
    """A struct literal; what it does not give comes from the struct's `EMPTY`."""

    name: str
    fields: tuple[tuple[str, Value], ...]
    is_complete: bool = False


Value: TypeAlias = (
    "str | bool | int | Code | Call | Lines | Some | Struct | tuple[Value, ...]"
)


def text(value: str, escape: _Escape = invisible) -> str:
    """Quote a text, whatever its length."""
    return f'"{value.translate(_table(escape))}"'


def doc(value: str) -> str:
    """Spell one line of text for a documentation comment that has no markup in it."""
    spelled, end = "", 0
    for url in _URL.finditer(value):
        spelled += _plain(value[end : url.start()], at_start=not end) + f"<{url[0]}>"
        end = url.end()
    return spelled + _plain(value[end:], at_start=not end)


def _plain(value: str, *, at_start: bool) -> str:
    marked = (_BLOCK if at_start else _INLINE).sub(r"\\\g<0>", value)
    return marked.translate(_VISIBLE)


def static(name: str, item: Struct) -> str:
    """Spell a static with the record of a command."""
    return f"static {name}: {item.name} = {spelled(item, 0)};"


def spelled(item: Value, indent: int, before: int = 0) -> str:
    """Spell a value; `before` is how many columns already stand on its line.

    One column is left for what follows on the last line.
    """
    if isinstance(item, Struct):
        return _struct(item, indent)
    if isinstance(item, tuple) and any(isinstance(part, Struct) for part in item):
        return _records(item, indent)
    narrow = _Spelling(least_width, invisible).value(item, indent, before)
    if narrow.isascii():
        return narrow
    wide = _Spelling(most_width, invisible).value(item, indent, before)
    if narrow == wide:
        return narrow
    return _Spelling(most_width, uncertain).value(item, indent, before)


def _struct(item: Struct, indent: int) -> str:
    margin = " " * (indent + _INDENT)
    lines = []
    for name, field in item.fields:
        value = spelled(field, indent + _INDENT, len(f"{name}: "))
        space = "" if value.startswith("\n") else " "
        lines.append(f"{margin}{name}:{space}{value},\n")
    if not item.is_complete:
        lines.append(f"{margin}..{item.name}::EMPTY\n")
    return f"{item.name} {{\n{''.join(lines)}{' ' * indent}}}"


def _records(items: tuple[Value, ...], indent: int) -> str:
    if len(items) == 1:
        return f"&[{spelled(items[0], indent)}]"
    return _listed("&[", (spelled(i, indent + _INDENT) for i in items), "]", indent)


def _listed(opening: str, parts: Iterable[str], closing: str, indent: int) -> str:
    """Put every part on a line of its own."""
    margin = " " * (indent + _INDENT)
    lines = [f"{margin}{part},\n" for part in parts]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


class _Spelling(Frozen):
    """A way of counting columns, and what it escapes."""

    width: _Width
    escape: _Escape

    def value(self, item: Value, indent: int, before: int) -> str:
        if isinstance(item, tuple):
            return self.array(item, indent, before)
        if isinstance(item, str | Lines):
            return self.text(item, indent, before)
        if isinstance(item, Some):
            listed = self.array(item.items, indent, before + len("Some()"))
            return f"Some({listed})"
        if isinstance(item, Code):
            return item.text
        if isinstance(item, Call):
            return _call(item, indent, before)
        return str(item).lower()

    def text(self, item: str | Lines, indent: int, before: int) -> str:
        pieces = self.pieces(item, indent, before)
        if len(pieces) == 1:
            fits = indent + before + self.width(pieces[0]) + 1 <= LINE
            return pieces[0] if fits else self.below(pieces[0], indent)
        if self.total(pieces) <= _LIST:
            return f"concat!({', '.join(pieces)})"
        return _listed("concat!(", pieces, ")", indent)

    def below(self, flat: str, indent: int) -> str:
        """Put a string that stands too far to the right on the next line."""
        return f"\n{' ' * (indent + _INDENT)}{flat}"

    def pieces(self, item: str | Lines, indent: int, before: int) -> list[str]:
        """Return the strings of a text: one if it fits, else as many as must be."""
        if isinstance(item, Lines):
            lines = item.text.splitlines(keepends=True)
            pieces = [part for line in lines for part in self.chunks(line, indent)]
            if any(len(piece.encode()) > _SHORT for piece in pieces):
                return pieces
            return self.pieces(item.text, indent, before)
        flat = text(item, self.escape)
        fits = indent + before + self.width(flat) + 1 <= LINE
        return [flat] if fits else self.chunks(item, indent)

    def chunks(self, value: str, indent: int) -> list[str]:
        """Cut a text into strings that fit a line, behind a space where there is one."""
        room = LINE - (indent + _INDENT) - len('"",')
        flat = text(value, self.escape)
        if most_width(flat) - len('""') <= room:
            return [flat]
        table = _table(self.escape)
        width_of = len if flat.isascii() else most_width
        chunks, start, space, used = [], 0, 0, 0
        for at, char in enumerate(value):
            width = width_of(table[ord(char)])
            while used + width > room:
                end = space if space > start else at
                chunks.append(text(value[start:end], self.escape))
                start, used = end, most_width(text(value[end:at], self.escape)) - 2
            used += width
            space = at + 1 if char == " " else space
        return [*chunks, text(value[start:], self.escape)]

    def array(self, items: tuple[Value, ...], indent: int, before: int) -> str:
        parts = [self.value(item, indent + _INDENT, 0) for item in items]
        if any("\n" in part for part in parts):
            if len(items) == 1:
                return f"&[{self.value(items[0], indent, before + len('&['))}]"
            return _listed("&[", parts, "]", indent)
        total = self.total(parts)
        fits = indent + before + len("&[") + total + len("],") <= LINE
        if fits and (len(parts) == 1 or total <= _LIST):
            return f"&[{', '.join(parts)}]"
        if len(parts) > 1 and all(len(part.encode()) <= _SHORT for part in parts):
            return self.packed(parts, indent)
        return _listed("&[", parts, "]", indent)

    def packed(self, parts: list[str], indent: int) -> str:
        """Fill lines; only what fits one line may have its last comma in column 100."""
        margin = " " * (indent + _INDENT)
        room = LINE - len(margin) - len(",")
        lines: list[list[str]] = [[]]
        for place, part in enumerate(parts, 1):
            is_only_line = place == len(parts) and len(lines) == 1
            used = self.total([*lines[-1], part]) + (not is_only_line)
            if lines[-1] and used > room:
                lines.append([])
            lines[-1].append(part)
        body = "".join(f"{margin}{', '.join(line)},\n" for line in lines)
        return f"&[\n{body}{' ' * indent}]"

    def total(self, parts: list[str]) -> int:
        return sum(map(self.width, parts)) + len(", ") * (len(parts) - 1)


def _call(item: Call, indent: int, before: int) -> str:
    flat = f"{item.macro}!({item.name})"
    if indent + before + len(flat) + 1 <= LINE:
        return flat
    return f"{item.macro}!(\n{' ' * (indent + _INDENT)}{item.name}\n{' ' * indent})"


def _escaped(char: str, escape: _Escape) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\u{{{ord(char):x}}}" if escape(char) else char


@cache
def _table(escape: _Escape) -> Escapes:
    return Escapes(partial(_escaped, escape=escape))


_VISIBLE: Final = Escapes(
    lambda char: _escaped(char, invisible) if invisible(char) else char
)
