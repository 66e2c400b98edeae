"""Texts in TOML, the language of two manifests."""

from __future__ import annotations

from typing import Final

from goobits_engine.languages._quoting import invisible

_ESCAPES: Final = {"\\": "\\\\", "\n": "\\n", '"': '\\"'}


def toml(value: str) -> str:
    """Quote a text as a basic string."""
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES or not invisible(char):
        return _ESCAPES.get(char, char)
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
