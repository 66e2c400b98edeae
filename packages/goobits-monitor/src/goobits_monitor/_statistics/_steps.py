"""Find where the level of a history changed, and where it drifts.

A place is a candidate if the values after it rank above (or below) those before it, by a
rolling exact test of Mann and Whitney (1947), and are shifted by more than `least` (Hodges
and Lehmann, 1963). A candidate stays if its levels also differ by more than `least`, by
four standard errors of noise that may be correlated, and by more than what a slow drift
within the levels explains.

In simulation, per series of 100 values and with `least` at 3 %: a step is seen in 0.1 %
of quiet series with noise of 1 to 5 %, or of 2 % and heavy right tails; in 0.2 % if the
noise is autocorrelated by 0.5, in 1 % if by 0.7, and in 0.8 % of those that drift by 0.1 %
per value. A step of 5 % in noise of 2 % is found in 98 %, nearly always within three values
of its place; with heavy tails in 88 %, autocorrelated by 0.5 in 78 %, but a step of 10 % in
95 % and more. Values behind it that are needed: 7 (median) and 12 (95 %) for 5 %, 6 and 7
for 10 %. Three outliers that end a series look like a step in 2 %, elsewhere hardly ever.
Whoever asks after every value hears once of a step that later vanishes in 1 % of quiet
histories of 100 values, and in 9 % of those autocorrelated by 0.5.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import comb, erfc, inf, isfinite, sqrt

from goobits_monitor._errors import ResultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEFORE = 20  # values in the window before a place, at most
_AFTER = 10  # and in the one behind it
_FEWEST = 7  # behind it, so that three outliers in a row are a minority
_RANK_CHANCE = 0.001  # two-sided, of one place; a candidate is no step yet
_SURE = 4.0  # standard errors between two levels
_DRIFT_SURE = 1.0  # standard errors of a trend that is taken off a step
_DRIFT_CHANCE = 0.01  # two-sided, of a drift that is told
_NEAREST = 100  # values on each side of a step that tell of a trend there
_DRIFT_WINDOW = 400  # values of the current level that a drift is read from
_DRIFT_FEWEST = 20


@dataclass(frozen=True, slots=True)
class Step:
    """The level changed at `values[index]`, from the median `before` to the median `after`."""

    index: int
    before: float
    after: float

    @property
    def ratio(self) -> float:
        """The level after over the level before; infinite where that was zero."""
        return _ratio(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Drift:
    """The level that began at `values[start]` changes slowly, by `slope` per value.

    `before` and `after` are the ends of the fitted line; `chance` is how often quiet values of the
    same autocorrelation show such a trend.
    """

    start: int
    slope: float
    before: float
    after: float
    chance: float

    @property
    def ratio(self) -> float:
        """The end of the line over its beginning; infinite where that is zero."""
        return _ratio(self.before, self.after)


def find_steps(values: Sequence[float], *, least: float = 0.03) -> tuple[Step, ...]:
    """Find where the level of `values`, oldest first, changed by more than `least`.

    `least` is a share of the lower of two levels. Fewer than seven values behind a change
    hardly show it. Time is linear in the values, 10 ms per 1,000, and about 5 ms per step.

    Raises:
        ResultError: a value is negative or not finite.
    """
    _check(values)
    places = _placed(values, _candidates(values, least))
    while (worst := _weakest(values, places, least)) is not None:
        places = [*places[:worst], *places[worst + 1 :]]
    medians = [_median(level) for level in _levels(values, places)]
    return tuple(map(Step, places, medians, medians[1:]))


def find_drift(
    values: Sequence[float],
    *,
    least: float = 0.03,
    steps: Sequence[Step] | None = None,
) -> Drift | None:
    """Find a slow change by more than `least` since the last of the `steps`.

    A drift is to be told, it is no alarm: the machine may have aged, or the data grown.
    The slope is that of Theil (1950) and Sen (1968), its chance from the test of Mann
    (1945) and Kendall (1975), widened for autocorrelation after Hamed and Rao (1998). The
    400 newest values of the level are read, in quadratic time (30 ms); fewer than 20 show
    no drift. Steps are found unless they are given.

    Raises:
        ResultError: a value is negative or not finite.
    """
    _check(values)
    found = find_steps(values, least=least) if steps is None else steps
    start = max(found[-1].index if found else 0, len(values) - _DRIFT_WINDOW)
    level = values[start:]
    if len(level) < _DRIFT_FEWEST:
        return None
    slope, trend = _trend([level])
    flat = [value - slope * at for at, value in enumerate(level)]
    chance = erfc(abs(trend) / _noise([flat])[1] / sqrt(2))
    before = _median(flat)
    after = before + slope * (len(level) - 1)
    if chance > _DRIFT_CHANCE or not _differ(max(before, 0), max(after, 0), least):
        return None
    return Drift(start, slope, max(before, 0.0), max(after, 0.0), chance)


def _check(values: Sequence[float]) -> None:
    for at, value in enumerate(values):
        if not isfinite(value) or value < 0:
            raise ResultError(
                f"value {at} of the history is {value}, which is no cost",
                hint="Only finite numbers of at least 0 can be compared.",
            )


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
    level = _median(before)
    if not _differ(level, max(level + _shift(before, after), 0.0), least):
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
    return _median(new - old for old in before for new in after)


def _placed(values: Sequence[float], places: list[int]) -> list[int]:
    """Move each place to where two flat levels leave the smallest absolute deviations."""
    edges = [0, *places, len(values)]
    moved: list[int] = []
    for first, place, end in zip(edges, places, edges[2:], strict=False):
        before, after = _median(values[first:place]), _median(values[place:end])
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
    medians = [_median(level) for level in levels]
    sure = [
        gap if _differ(medians[at], medians[at + 1], least) else 0.0
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
    scale, widening = _noise(levels)
    if not scale:
        return [inf] * (len(levels) - 1)
    gaps = []
    for at in range(len(levels) - 1):
        error = sqrt(1 / len(levels[at]) + 1 / len(levels[at + 1]))
        gap = abs(medians[at + 1] - medians[at])
        gaps.append(gap / (1.2 * scale * widening * error))
    return gaps


def _noise(levels: list[Sequence[float]]) -> tuple[float, float]:
    """Return the scale of the values around their levels, and what autocorrelation widens it by.

    The scale is the median absolute deviation as a standard deviation. The widening is that
    of the mean of an autoregressive series, (1 + r) / (1 - r), where r is the first
    autocorrelation with the bias of short series undone (Kendall, 1954).
    """
    rests: list[float] = []
    for level in levels:
        middle = _median(level)
        rests += [value - middle for value in level]
    scale = 1.4826 * _median(map(abs, rests))
    clipped = [max(-3 * scale, min(3 * scale, rest)) for rest in rests]
    power = sum(rest * rest for rest in clipped)
    if not power:
        return scale, 1.0
    lagged = sum(one * other for one, other in pairwise(clipped))
    raw = lagged / power
    unbiased = raw + (1 + 4 * raw) * len(levels) / len(rests)
    bounded = min(max(unbiased, 0.0), 0.9)
    return scale, sqrt((1 + bounded) / (1 - bounded))


def _is_drift(before: Sequence[float], after: Sequence[float], least: float) -> bool:
    """Say whether the trend within two levels leaves no step of `least` between them."""
    slope, trend = _trend([before, after])
    if abs(trend) < _DRIFT_SURE:
        return False
    old, new = before[-_BEFORE:], after[:_BEFORE]
    level, shift = _median(old), _shift(old, new)
    rest = shift - slope * (len(old) + len(new)) / 2
    return shift * rest <= 0 or not _differ(level, max(level + rest, 0.0), least)


def _trend(levels: list[Sequence[float]]) -> tuple[float, float]:
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
    return _median(slopes), rising / sqrt(variance)


def _kendall(count: int) -> float:
    return count * (count - 1) * (2 * count + 5) / 18


def _levels(values: Sequence[float], places: list[int]) -> list[Sequence[float]]:
    edges = [0, *places, len(values)]
    return [values[a:b] for a, b in pairwise(edges)]


def _differ(one: float, other: float, least: float) -> bool:
    return max(one, other) > min(one, other) * (1 + least)


def _ratio(before: float, after: float) -> float:
    if before:
        return after / before
    return inf if after else 1.0


def _median(values: Iterable[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2 if ordered else 0.0
