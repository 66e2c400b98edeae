"""What a plugin says, as text that a terminal may be shown: filtered, on one line, cut to fit."""

from __future__ import annotations

from goobits_sandbox import TerminalFilter

_BLANKS = str.maketrans("\n\r\t", "   ")
_DOTS = "\N{HORIZONTAL ELLIPSIS}"


def clean(text: str) -> str:
    """Return text as one line of characters: no control, no escape sequence, no colour."""
    found = coloured(text)
    if "\x1b" not in found:
        return found
    first, *others = found.split("\x1b")
    return first + "".join(part.partition("m")[2] for part in others)


def coloured(text: str) -> str:
    """Return text as one line of characters and SGR colours, which are off at its end."""
    shown = TerminalFilter()
    data = text.encode(errors="replace")
    return (shown.feed(data) + shown.finish()).decode().translate(_BLANKS)


def lines(text: str) -> list[str]:
    """Return the lines of a text, each clean; blank ones at the end are left out."""
    return [clean(line) for line in text.rstrip().split("\n")]


def cut(text: str, width: int) -> str:
    """Return as much of a line as `width` cells hold; colours take none."""
    if len(text) <= width and text.isascii():
        return text
    cells = taken = 0
    # Where the text is cut, if it is: one cell is left for the dots.
    end = 0
    while taken < len(text):
        if text[taken] == "\x1b":
            taken = text.index("m", taken) + 1
            continue
        # Marks stand over others and take no cell, but a line of them is no line.
        cells += _cells(text[taken]) if taken < 4 * width else 1
        if cells > width:
            reset = "\x1b[m" if "\x1b" in text[:end] else ""
            return text[:end] + reset + _DOTS[:width]
        taken += 1
        if cells < width:
            end = taken
    return text


def _cells(char: str) -> int:
    if char.isascii():
        return 1
    import unicodedata

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
