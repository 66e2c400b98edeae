"""What is asked of any series: its middle, its noise, its trend."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import inf, isfinite, sqrt

from goobits_monitor._errors import ResultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def check(values: Sequence[float]) -> None:
    for at, value in enumerate(values):
        if not isfinite(value) or value < 0:
            raise ResultError(
                f"value {at} of the history is {value}, which is no cost",
                hint="Only finite numbers of at least 0 can be compared.",
            )


def median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2 if ordered else 0.0


def differ(one: float, other: float, least: float) -> bool:
    return max(one, other) > min(one, other) * (1 + least)


def ratio(before: float, after: float) -> float:
    if before:
        return after / before
    return inf if after else 1.0


def noise(levels: list[Sequence[float]]) -> tuple[float, float]:
    """Return the scale of the values around their levels, and what autocorrelation widens it by.

    The scale is the median absolute deviation as a standard deviation. The widening is that
    of the mean of an autoregressive series, (1 + r) / (1 - r), where r is the first
    autocorrelation with the bias of short series undone (Kendall, 1954).
    """
    rests: list[float] = []
    for level in levels:
        middle = median(level)
        rests += [value - middle for value in level]
    scale = 1.4826 * median(map(abs, rests))
    clipped = [max(-3 * scale, min(3 * scale, rest)) for rest in rests]
    power = sum(rest * rest for rest in clipped)
    if not power:
        return scale, 1.0
    lagged = sum(one * other for one, other in pairwise(clipped))
    raw = lagged / power
    unbiased = raw + (1 + 4 * raw) * len(levels) / len(rests)
    bounded = min(max(unbiased, 0.0), 0.9)
    return scale, sqrt((1 + bounded) / (1 - bounded))


def trend(levels: list[Sequence[float]]) -> tuple[float, float]:
    """Return the common slope of Theil and Sen, and Mann and Kendall's statistic, standardised."""
    slopes: list[float] = []
    variance = 0.0
    for level in levels:
        count = len(level)
        for at, value in enumerate(level):
            slopes += [
                (later - value) / gap for gap, later in enumerate(level[at + 1 :], 1)
            ]
        variance += _kendall(count) - sum(map(_kendall, Counter(level).values()))
    if not variance:
        return 0.0, 0.0
    rising = sum(slope > 0 for slope in slopes) - sum(slope < 0 for slope in slopes)
    return median(slopes), rising / sqrt(variance)


def _kendall(count: int) -> float:
    return count * (count - 1) * (2 * count + 5) / 18
