"""Which characters generated source code spells out: what an editor would not show as it is.

A fixed list, so that every interpreter writes the same bytes. Direction marks are on it: text
that displays in another order than it runs has no place in source code.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

_RANGES: Final = (
    (0x00, 0x1F),
    (0x7F, 0xA0),
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200C),
    (0x200E, 0x200F),
    (0x2028, 0x202F),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xD800, 0xDFFF),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE0FFF),
)


def invisible(char: str) -> bool:
    """Tell whether a character must be escaped in source code."""
    code = ord(char)
    return any(first <= code <= last for first, last in _RANGES)


class Escapes(dict[int, str]):
    """What stands for each character, by its code, for `str.translate`.

    Each is spelled when a text first has it: the rule runs once for a character, not for each
    place where it stands.
    """

    def __init__(self, spell: Callable[[str], str]) -> None:
        super().__init__()
        self._spell = spell

    def __missing__(self, code: int) -> str:
        said = self[code] = self._spell(chr(code))
        return said
