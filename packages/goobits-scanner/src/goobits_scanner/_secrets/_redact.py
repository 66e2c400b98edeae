"""Show a line without its secrets."""

from __future__ import annotations

from collections.abc import Sequence

Span = tuple[int, int]

_WIDTH = 160
_LEAD = 60
_GRAM = 8
_CUT = "…"


def redacted(text: str, start: int, end: int, secrets: Sequence[Span]) -> str:
    """Return the line around [start, end), every one of `secrets` cut to a few characters.

    At most four leading characters of a secret stay, and never more than a quarter of it. What
    repeats eight characters of a secret elsewhere on the line is cut, too.
    """
    left = text.rfind("\n", max(0, start - _LEAD), start) + 1
    cut_before = not left and start > _LEAD
    left = left or max(0, start - _LEAD)
    stop = text.find("\n", end, end + _WIDTH)
    newline = text.find("\n", start, end)
    right = newline if newline >= 0 else stop if stop >= 0 else len(text)
    right = max(min(right, end + _WIDTH - _LEAD), left)
    pieces = []
    place = left
    for first, last in secrets:
        if last <= left or first >= right:
            continue
        if first > place:
            pieces.append(_scrub(text[place:first], text, secrets))
        if first >= left:
            pieces.append(text[first : first + min(4, (last - first) // 4)])
        pieces.append(_CUT)
        place = max(place, last)
    if place < right:
        pieces.append(_scrub(text[place:right], text, secrets))
    line = "".join(pieces).strip()
    return _printable((_CUT if cut_before else "") + line)


def _scrub(piece: str, text: str, secrets: Sequence[Span]) -> str:
    """Cut whatever repeats eight characters of a secret."""
    if len(piece) < _GRAM:
        return piece
    for start, end in secrets:
        secret = text[start : min(end, start + 4096)]
        for index in range(len(piece) - _GRAM + 1):
            if piece[index : index + _GRAM] in secret:
                return piece[:index] + _CUT
    return piece


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else " " for c in line)
