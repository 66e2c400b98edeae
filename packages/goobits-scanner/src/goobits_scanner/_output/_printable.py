"""Texts of hostile code, made fit for a terminal and a page."""

from __future__ import annotations

# What `str.isprintable` lets through although nobody can see it: joiners, fillers of Hangul,
# vowels of Khmer, the blank of Braille, variation selectors.
_UNSEEN = frozenset(
    (
        0x034F,
        0x115F,
        0x1160,
        0x17B4,
        0x17B5,
        0x2800,
        0x3164,
        0xFFA0,
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)


def printable(text: str) -> str:
    """Return the text with whatever steers a terminal or can't be seen written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if char.isprintable() and ord(char) not in _UNSEEN else _escape(ord(char))
        for char in text
    )


def well_formed(text: str) -> str:
    """Return the text with the halves of characters, which no encoding holds, as escapes."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def wrapped(text: str, width: int, indent: str, *, more: str = "") -> list[str]:
    """Return lines of at most `width` columns, later ones indented further by `more`.

    Words that are longer than a line are cut; every character but the spaces at the cuts is kept.
    """
    lines: list[str] = []
    rest, start = text, indent
    while len(start) + len(rest) > width:
        room = max(width - len(start), 20)
        cut = rest.rfind(" ", 1, room + 1)
        if cut <= 0 or not rest[:cut].strip():
            cut = room
        if len(rest) <= cut:
            break
        lines.append(start + rest[:cut])
        rest, start = rest[cut:].lstrip(" "), indent + more
    if rest:
        lines.append(start + rest)
    return lines


def _escape(number: int) -> str:
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
