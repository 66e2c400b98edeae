"""Python literals as `ruff format` leaves them.

What fits a line of 88 stands on it; anything else has one element per line and a trailing
comma. A text with other characters than ASCII is never counted on to fit: its cells are
counted differently by different tools, while a trailing comma keeps a list open for all.
"""

from __future__ import annotations

from functools import partial

from goobits_engine._tables import Field, Record
from goobits_engine.languages._quoting import Escapes, invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Final

LINE: Final = 88
_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n"}


def text(value: str) -> str:
    """Quote a text, with the quote that needs fewer escapes, as the formatter would."""
    quote = "'" if value.count('"') > value.count("'") else '"'
    return quote + value.translate(_TABLES[quote]) + quote


def block(value: str) -> str:
    """Quote a text of whole lines in three quotes, beginning on a line of its own."""
    if not value:
        return '""'
    body = "\n".join(map(visible, value.split("\n")))
    return '"""\\\n' + body.replace('"""', '\\"\\"\\"') + '"""'


def _escaped(char: str, quote: str) -> str:
    if char == quote:
        return f"\\{char}"
    if char in _ESCAPES:
        return _ESCAPES[char]
    if not invisible(char):
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_TABLES: Final = {
    quote: Escapes(partial(_escaped, quote=quote)) for quote in ('"', "'", "")
}


def visible(value: str) -> str:
    """Escape what an editor would not show; for docstrings, which hold no quotes."""
    return value.translate(_TABLES[""])


def call(name: str, argument: str, indent: int, before: int) -> str:
    """Spell a call with one text; `before` is how many columns stand on its line."""
    flat = f"{name}({text(argument)})"
    if flat.isascii() and indent + before + len(flat) <= LINE:
        return flat
    return _exploded(f"{name}(", [text(argument)], ")", indent)


def value(item: Field | Record, indent: int, before: int = 0) -> str:
    """Spell a field; `before` is how many columns already stand on its line."""
    if not isinstance(item, Record | tuple):
        return _flat(item)
    if not _holds_records(item):
        flat = _flat(item)
        if flat.isascii() and indent + before + len(flat) + 1 <= LINE:
            return flat
    if isinstance(item, Record):
        parts = [
            f'"{name}": {value(field, indent + 4, len(name) + 4)}'
            for name, field in item.fields
        ]
        return _exploded("{", parts, "}", indent)
    return _exploded("[", [value(part, indent + 4) for part in item], "]", indent)


def _holds_records(item: Field | Record) -> bool:
    parts = [field for _, field in item.fields] if isinstance(item, Record) else item
    if not isinstance(parts, list | tuple):
        return False
    return any(isinstance(part, Record) or _holds_records(part) for part in parts)


def _exploded(opening: str, parts: Iterable[str], closing: str, indent: int) -> str:
    margin = " " * (indent + 4)
    lines = [f"{margin}{part},\n" for part in parts]
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def _flat(item: Field | Record) -> str:
    if isinstance(item, Record):
        fields = [f'"{name}": {_flat(field)}' for name, field in item.fields]
        return f"{{{', '.join(fields)}}}"
    if isinstance(item, tuple):
        return f"[{', '.join(map(_flat, item))}]"
    return text(item) if isinstance(item, str) else str(item)
