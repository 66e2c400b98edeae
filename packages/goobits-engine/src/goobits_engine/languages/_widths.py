"""How many columns a formatter may count for a text.

That depends on its version, for emoji above all: a text has a least and a most width.
"""

from __future__ import annotations

from goobits_engine.languages._quoting import invisible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_WIDTHS: Final = (
    (0x20, 0x7E, 1),
    (0xAF, 0x2FF, 1),
    (0x370, 0x377, 1),
    (0x391, 0x3A1, 1),
    (0x3A3, 0x481, 1),
    (0x3041, 0x3096, 2),
    (0x30A1, 0x30FA, 2),
    (0x4E00, 0x9FFF, 2),
    (0xAC00, 0xD7A3, 2),
)
"""First and last of the ranges that every formatter, of any version, counts alike."""
_MOST: Final = 2


def least_width(text: str) -> int:
    """Return the fewest columns that any version counts."""
    if _is_plain(text):
        return len(text)
    return sum(_width_of(char) or 0 for char in text)


def most_width(text: str) -> int:
    """Return the most columns that any version counts."""
    if _is_plain(text):
        return len(text)
    return sum(_MOST if (width := _width_of(char)) is None else width for char in text)


def uncertain(char: str) -> bool:
    """Tell whether the width of a character is in doubt, or it must be escaped anyway."""
    return invisible(char) or _width_of(char) is None


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _width_of(char: str) -> int | None:
    code = ord(char)
    for first, last, width in _WIDTHS:
        if first <= code <= last:
            return width
    return None
