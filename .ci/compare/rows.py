"""What was found, a row for each benchmark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from goobits_monitor import Verdict
from goobits_monitor._cli._units import change, duration

HEAD = ("benchmark", "base", "head", "change", "bounds", "verdict")


@dataclass(frozen=True, slots=True)
class Row:
    """What became of a benchmark: seconds of either side, and what the gate says.

    One that is "new" works in head only; one that "failed" does not even there, and
    `reason` says why.
    """

    name: str
    outcome: Literal["slower", "faster", "same", "undecided", "new", "failed"]
    base: float | None = None
    head: float | None = None
    verdict: Verdict | None = None
    reason: str = ""

    @property
    def worse(self) -> bool:
        return self.outcome in ("slower", "failed")

    def __str__(self) -> str:
        if self.verdict is None:
            return f"{self.name}: {self.outcome}"
        return f"{self.name}: {change(self.verdict.ratio)}, {self.outcome}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as Markdown whose columns are also aligned."""
    cells = [HEAD, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    ]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


def _cells(row: Row) -> tuple[str, ...]:
    verdict = row.verdict
    return (
        row.name.replace("|", "\\|"),
        "" if row.base is None else duration(row.base),
        "" if row.head is None else duration(row.head),
        "" if verdict is None else change(verdict.ratio),
        "" if verdict is None else _bounds(verdict),
        f"**{row.outcome}**" if row.worse else row.outcome,
    )


def _bounds(verdict: Verdict) -> str:
    if math.isinf(verdict.high):
        return "too few pairs"
    return f"{change(verdict.low)} to {change(verdict.high)}"
