"""Wrapping of paragraphs and of two-column rows, counted in terminal cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from goobits_engine._frozen import Frozen
from goobits_engine._help._cells import cells

NO_BREAK: Final = "\0"
"""Stands for a space at which a line may not be broken; `wrap` gives the space back."""

_WIDEST_COLUMN: Final = 26
_INDENT: Final = "  "
_GAP: Final = 2


class Cell(Frozen):
    """A row of a page: what is named on the left, and what is said of it."""

    left: str
    right: str = ""


def wrap(text: str, width: int) -> list[str]:
    """Break a text greedily at spaces into lines of at most `width` cells.

    A newline breaks; a line that begins with a space is kept; a longer word overflows.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if paragraph.startswith(" "):
            lines.append(paragraph.rstrip())
        else:
            lines.extend(_fill(paragraph, width))
    return [line.replace(NO_BREAK, " ") for line in lines]


def _fill(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for word in paragraph.rstrip(" ").split(" "):
        if not line:
            line = word
        elif cells(line) + 1 + cells(word) <= width:
            line = f"{line} {word}"
        else:
            yield line.rstrip()
            line = word
    yield line.rstrip()


def column(rows: Sequence[Cell]) -> int:
    """Return the cell at which descriptions begin: past the widest left cell of at most 26."""
    widths = [cells(row.left) for row in rows]
    widest = max((width for width in widths if width <= _WIDEST_COLUMN), default=0)
    return len(_INDENT) + widest + _GAP


def table(rows: Sequence[Cell], start: int, width: int) -> list[str]:
    """Lay rows out with descriptions from cell `start` to `width`."""
    lines: list[str] = []
    for row in rows:
        head = _INDENT + row.left
        said = wrap(row.right, width - start) if row.right else []
        if said and cells(head) + _GAP <= start:
            head += " " * (start - cells(head)) + said.pop(0)
        lines.append(head.rstrip())
        lines.extend((" " * start + line).rstrip() for line in said)
    return lines
