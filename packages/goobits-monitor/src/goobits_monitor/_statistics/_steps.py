"""Find where the level of a history changed.

A place is a candidate if the values after it rank above (or below) those before it, by a
rolling exact test of Mann and Whitney (1947), and are shifted by more than `least` (Hodges
and Lehmann, 1963). A candidate stays if its levels also differ by more than `least`, by
four standard errors of noise that may be correlated, and by more than what a slow drift
within the levels explains.

How often that is wrong and how much it finds, and after how many values, is counted by
tests/statistics/test_steps.py, and stands in the README.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import comb, inf, sqrt

from goobits_monitor._statistics._series import (
    check,
    differ,
    median,
    noise,
    ratio,
    trend,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE = 20  # values in the window before a place, at most
_AFTER = 10  # and in the one behind it
_FEWEST = 7  # behind it, so that three outliers in a row are a minority
_RANK_CHANCE = 0.001  # two-sided, of one place; a candidate is no step yet
_SURE = 4.0  # standard errors between two levels
_DRIFT_SURE = 1.0  # standard errors of a trend that is taken off a step
_NEAREST = 100  # values on each side of a step that tell of a trend there


@dataclass(frozen=True, slots=True)
class Step:
    """The level changed at `values[index]`, from the median `before` to the median `after`."""

    index: int
    before: float
    after: float

    @property
    def ratio(self) -> float:
        """The level after over the level before; infinite where that was zero."""
        return ratio(self.before, self.after)


def find_steps(values: Sequence[float], *, least: float = 0.03) -> tuple[Step, ...]:
    """Find where the level of `values`, oldest first, changed by more than `least`.

    `least` is a share of the lower of two levels. Fewer than seven values behind a change
    hardly show it. Time is linear in the values, 10 ms per 1,000, and about 5 ms per step.

    Raises:
        ResultError: a value is negative or not finite.
    """
    check(values)
    places = _placed(values, _candidates(values, least))
    while (worst := _weakest(values, places, least)) is not None:
        places = [*places[:worst], *places[worst + 1 :]]
    medians = [median(level) for level in _levels(values, places)]
    return tuple(map(Step, places, medians, medians[1:]))


def _candidates(values: Sequence[float], least: float) -> list[int]:
    """Walk from the oldest to the newest value; each level begins at the last place found."""
    places: list[int] = []
    start, place = 0, _FEWEST - 1
    while place < len(values):
        if _strength(values, start, place, least):
            near = range(place, min(place + _AFTER, len(values)))
            start = max(near, key=lambda at: _strength(values, start, at, least))
            places.append(start)
            place = start + _FEWEST - 1
        else:
            place += 1
    return places


def _strength(values: Sequence[float], start: int, place: int, least: float) -> float:
    """Say how surely the level changes at the place: the rank statistic, or 0 if not at all."""
    before = values[max(start, place - _BEFORE) : place]
    after = values[place : place + _AFTER]
    if not before or len(after) < _FEWEST:
        return 0.0
    excess = abs(_rank_excess(before, after))
    if excess < _critical(len(before), len(after)):
        return 0.0
    level = median(before)
    if not differ(level, max(level + _shift(before, after), 0.0), least):
        return 0.0
    size = len(before) * len(after)
    return excess / sqrt(size * (len(before) + len(after) + 1) / 3)


def _rank_excess(before: Sequence[float], after: Sequence[float]) -> int:
    """Count the pairs that rise, minus those that fall: 2U - mn of Mann and Whitney (1947)."""
    ordered = sorted(before)
    below = sum(bisect_left(ordered, value) for value in after)
    not_above = sum(bisect_right(ordered, value) for value in after)
    return below + not_above - len(before) * len(after)


@cache
def _critical(before: int, after: int) -> int:
    """Return the smallest excess that chance alone exceeds in under `_RANK_CHANCE`.

    Exact, from the Gaussian binomial coefficients that count the orders of two samples
    without ties; ties, counted half, only narrow the distribution.
    """
    top = before * after
    orders = [1] + [0] * top
    for k in range(1, after + 1):
        for rank in range(top, before + k - 1, -1):
            orders[rank] -= orders[rank - before - k]
        for rank in range(k, top + 1):
            orders[rank] += orders[rank - k]
    allowed = _RANK_CHANCE / 2 * comb(before + after, after)
    tail = rank = 0
    while (tail := tail + orders[rank]) <= allowed:
        rank += 1
    return top - 2 * (rank - 1)


def _shift(before: Sequence[float], after: Sequence[float]) -> float:
    """Estimate the shift as the median of all differences (Hodges and Lehmann, 1963)."""
    return median(new - old for old in before for new in after)


def _placed(values: Sequence[float], places: list[int]) -> list[int]:
    """Move each place to where two flat levels leave the smallest absolute deviations."""
    edges = [0, *places, len(values)]
    moved: list[int] = []
    for first, place, end in zip(edges, places, edges[2:], strict=False):
        before, after = median(values[first:place]), median(values[place:end])
        costs: dict[int, float] = {}
        cost = 0.0
        earliest = max([first, *moved[-1:]]) + 1
        for at in range(max(earliest, place - _AFTER), min(end, place + _AFTER)):
            costs[at] = cost
            cost += abs(values[at] - before) - abs(values[at] - after)
        moved.append(min(costs, key=lambda at: (costs[at], abs(at - place))))
    return moved


def _weakest(values: Sequence[float], places: list[int], least: float) -> int | None:
    """Return which of the places is the least of a step, or None if all are steps."""
    if not places:
        return None
    levels = _levels(values, places)
    medians = [median(level) for level in levels]
    sure = [
        gap if differ(medians[at], medians[at + 1], least) else 0.0
        for at, gap in enumerate(_standard_gaps(levels, medians))
    ]
    if min(sure) < _SURE:
        return sure.index(min(sure))
    for at in range(len(places)):
        if _is_drift(levels[at][-_NEAREST:], levels[at + 1][:_NEAREST], least):
            return at
    return None


def _standard_gaps(levels: list[Sequence[float]], medians: list[float]) -> list[float]:
    """Return the gaps between levels in standard errors of a difference of two medians."""
    scale, widening = noise(levels)
    if not scale:
        return [inf] * (len(levels) - 1)
    gaps = []
    for at in range(len(levels) - 1):
        error = sqrt(1 / len(levels[at]) + 1 / len(levels[at + 1]))
        gap = abs(medians[at + 1] - medians[at])
        gaps.append(gap / (1.2 * scale * widening * error))
    return gaps


def _is_drift(before: Sequence[float], after: Sequence[float], least: float) -> bool:
    """Say whether the trend within two levels leaves no step of `least` between them."""
    slope, rising = trend([before, after])
    if abs(rising) < _DRIFT_SURE:
        return False
    old, new = before[-_BEFORE:], after[:_BEFORE]
    level, shift = median(old), _shift(old, new)
    rest = shift - slope * (len(old) + len(new)) / 2
    return shift * rest <= 0 or not differ(level, max(level + rest, 0.0), least)


def _levels(values: Sequence[float], places: list[int]) -> list[Sequence[float]]:
    edges = [0, *places, len(values)]
    return [values[a:b] for a, b in pairwise(edges)]
