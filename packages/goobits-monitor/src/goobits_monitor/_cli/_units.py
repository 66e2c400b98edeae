"""Figures with their units, as people read them."""

from __future__ import annotations

import math
from itertools import pairwise

from goobits_monitor._statistics._intervals import Interval

BLOCKS = "▁▂▃▄▅▆▇█"


def duration(seconds: float) -> str:
    """Return three digits and a unit: `9.81 ms`, `1.20 s`."""
    if abs(seconds) >= 100:
        return f"{seconds:.0f} s"
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "us")):
        if abs(seconds) >= 0.9995 * size:
            return f"{_three_digits(seconds / size)} {unit}"
    return f"{seconds * 1e9:.0f} ns" if seconds else "0 s"


def size(count: float) -> str:
    """Return bytes as megabytes of 1,000,000."""
    return f"{count / 1e6:.1f} MB"


def quantity(value: float, unit: str) -> str:
    """Return a value of the history in its own unit."""
    if unit == "s":
        return duration(value)
    if unit == "B":
        return size(value)
    return f"{_three_digits(value)} {unit}".rstrip()


def times(ratio: float) -> str:
    """Return a ratio: `1.04`, `17.2`."""
    if math.isinf(ratio):
        return "?"
    return f"{ratio:.3f}" if ratio < 2 else f"{_three_digits(ratio)}"


def bounds(interval: Interval, kind: str) -> str:
    """Return the bounds of durations ("s"), sizes ("B") or ratios (""), or why there are none."""
    if math.isinf(interval.high):
        return "too few runs for bounds"
    show = {"s": duration, "B": size, "": times}[kind]
    return f"{show(interval.low)} to {show(interval.high)}"


def counted(count: int, thing: str) -> str:
    """Return `1 run`, `2 runs`."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def percent(share: float) -> str:
    """Return a share as a whole percentage, with its sign when it is one of a change."""
    return f"{share * 100:.0f} %"


def change(ratio: float) -> str:
    """Return what a ratio adds or takes away: `+5.3 %`, or from 2 on `x 17.2`."""
    if ratio >= 2:
        return f"x {_three_digits(ratio)}"
    return f"{(ratio - 1) * 100:+z.1f} %"


def sparkline(values: list[float], width: int) -> str:
    """Return a line of blocks; each stands for the mean of the values at its place."""
    if len(values) > width:
        edges = [round(place * len(values) / width) for place in range(width + 1)]
        values = [
            math.fsum(values[low:high]) / (high - low) for low, high in pairwise(edges)
        ]
    least, most = min(values), max(values)
    span = most - least or 1.0
    return "".join(BLOCKS[round((one - least) / span * 7)] for one in values)


def _three_digits(value: float) -> str:
    magnitude = abs(value)
    digits = 2 if magnitude < 9.995 else 1 if magnitude < 99.95 else 0
    return f"{value:.{digits}f}"
