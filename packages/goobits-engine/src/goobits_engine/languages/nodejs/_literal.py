"""JavaScript literals as `prettier` leaves them.

What fits a line of 80 stands on it; anything else has one element per line and a trailing
comma. How wide a text is depends on the version of the formatter, for emoji above all:
where that would decide, the characters in question are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Final, TypeAlias

from goobits_engine._tables import Field, Record
from goobits_engine.languages._quoting import Escapes, invisible
from goobits_engine.languages._widths import least_width, most_width, uncertain

LINE: Final = 80
_SHORT_KEY: Final = 4
_IDENTIFIER: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n"}

Literal: TypeAlias = Field | Record
Escape: TypeAlias = Callable[[str], bool]


def text(value: str, escape: Escape = invisible) -> str:
    """Quote a text, with the quote that needs fewer escapes, as the formatter would."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + value.translate(_table(quote, escape)) + quote


def block(value: str) -> str:
    """Quote a text of whole lines as a template literal."""
    return f"`{inside(value)}`"


def inside(value: str) -> str:
    """Escape a text for a place inside of a template literal."""
    table = _table("`", invisible)
    said = "\n".join(line.translate(table) for line in value.split("\n"))
    return said.replace("${", "\\${")


@cache
def _table(quote: str, escape: Escape) -> Escapes:
    return Escapes(partial(_escaped, quote=quote, escape=escape))


def _escaped(char: str, quote: str, escape: Escape) -> str:
    if char == quote:
        return f"\\{char}"
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not escape(char):
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


def json(value: str, escape: Escape = invisible) -> str:
    """Quote a text as JSON."""
    return f'"{value.translate(_json_table(escape))}"'


@cache
def _json_table(escape: Escape) -> Escapes:
    return Escapes(partial(_json_escaped, escape=escape))


def _json_escaped(char: str, escape: Escape) -> str:
    if char in '"\\\n':
        return _escaped(char, '"', invisible)
    if not escape(char):
        return char
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def visible(value: str) -> str:
    """Spell out what an editor would not show; for comments."""
    return value.translate(_VISIBLE)


_VISIBLE: Final = Escapes(
    lambda char: _escaped(char, "", invisible) if invisible(char) else char
)


def comment(value: str) -> str:
    """Spell a line of text for a comment, which it neither ends nor tells a compiler by."""
    said = visible(value.replace("*/", "* /"))
    return f"\\{said}" if said.startswith("@") else said


def camel(name: str) -> str:
    """Write a name with `_` the way JavaScript writes its names."""
    first, *rest = name.split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def key(name: str) -> str:
    """Spell an ASCII name of a property, quoted only where it must be."""
    return name if _IDENTIFIER.fullmatch(name) else text(name)


def assigned(item: Literal, name: str) -> str:
    """Spell what stands behind `const name =`, with the space or the new line before it."""
    return _placed(item, 0, len(f"const {name} ="))


def value(item: Literal, indent: int, before: int = 0) -> str:
    """Spell a field; `before` is how many columns already stand on its line."""
    if isinstance(item, Record):
        lines = [
            f"{name}:{_placed(field, indent + 2, len(name) + 1)}"
            for name, field in ((camel(name), field) for name, field in item.fields)
        ]
        return _exploded("{", lines, "}", indent)
    if isinstance(item, tuple):
        flat, escape = _measured(item, indent + before + len(","))
        if flat:
            return flat
        parts = [
            text(part, escape) if isinstance(part, str) else value(part, indent + 2)
            for part in item
        ]
        return _exploded("[", parts, "]", indent)
    return _flat(item)


def _placed(item: Literal, indent: int, before: int) -> str:
    """Spell what stands behind `name:` or `name =`, which take `before` columns."""
    taken = indent + before + len(" ,")
    below = f"\n{' ' * (indent + 2)}"
    if isinstance(item, str) and before > _SHORT_KEY + len(":"):
        flat, escape = _measured(item, taken)
        return f" {flat}" if flat else below + text(item, escape)
    if isinstance(item, tuple) and taken + len("[") - len(",") > LINE:
        return below + value(item, indent + 2)
    if isinstance(item, int) and item < 0 and taken + len(str(item)) > LINE:
        return below + str(item)
    return f" {value(item, indent, before + 1)}"


def _measured(item: Literal, taken: int) -> tuple[str, Escape]:
    """Return the spelling on one line, if it fits, and what must be escaped anyway."""
    if isinstance(item, tuple) and any(isinstance(part, Record) for part in item):
        return "", invisible
    return measured(lambda escape: _flat(item, escape), LINE - taken)


def measured(
    spell: Callable[[Escape], str], room: int, escape: Escape = invisible
) -> tuple[str, Escape]:
    """Return what `spell` makes, if it fits, and what must be escaped whether it does or not.

    `room` is a number of columns; `spell` is told which characters to escape.
    """
    flat = spell(escape)
    if least_width(flat) <= room < most_width(flat):
        escape = uncertain
        flat = spell(escape)
    return flat if most_width(flat) <= room else "", escape


def _exploded(opening: str, parts: Iterable[str], closing: str, indent: int) -> str:
    margin = " " * (indent + 2)
    lines = [f"{margin}{part},\n" for part in parts]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def _flat(item: Literal, escape: Escape = invisible) -> str:
    if isinstance(item, Record):
        raise TypeError("a record is never spelled on one line")
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, tuple):
        return f"[{', '.join(_flat(part, escape) for part in item)}]"
    return text(item, escape) if isinstance(item, str) else str(item)
