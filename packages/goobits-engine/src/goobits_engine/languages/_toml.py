"""Texts in TOML, the language of two manifests."""

from __future__ import annotations

from goobits_engine.languages._quoting import Escapes, invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", '"': '\\"'}


def toml(value: str) -> str:
    """Quote a text as a basic string."""
    return f'"{value.translate(_TABLE)}"'


def _escaped(char: str) -> str:
    if char in _ESCAPES or not invisible(char):
        return _ESCAPES.get(char, char)
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_TABLE: Final = Escapes(_escaped)
