"""Find where the level of a history changes slowly."""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt

from goobits_monitor._statistics._series import (
    check,
    differ,
    median,
    noise,
    ratio,
    trend,
)
from goobits_monitor._statistics._steps import Step, find_steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_DRIFT_CHANCE = 0.01  # two-sided, of a drift that is told
_DRIFT_WINDOW = 400  # values of the current level that a drift is read from
_DRIFT_FEWEST = 20


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
        return ratio(self.before, self.after)


def find_drift(
    values: Sequence[float],
    *,
    least: float = 0.03,
    steps: Sequence[Step] | None = None,
) -> Drift | None:
    """Find a slow change by more than `least` since the last of the `steps`.

    A drift is to be told, it is no alarm: the machine may have aged, or the data grown.
    The slope is that of Theil (1950) and Sen (1968), its chance from the test of Mann
    (1945) and Kendall (1975), widened as the mean of an autoregressive series is. The 400
    newest values of the level are read, in quadratic time (30 ms); fewer than 20 show
    no drift. Steps are found unless they are given.

    Raises:
        ResultError: a value is negative or not finite.
    """
    check(values)
    found = find_steps(values, least=least) if steps is None else steps
    start = max(found[-1].index if found else 0, len(values) - _DRIFT_WINDOW)
    level = values[start:]
    if len(level) < _DRIFT_FEWEST:
        return None
    slope, rising = trend([level])
    flat = [value - slope * at for at, value in enumerate(level)]
    chance = erfc(abs(rising) / noise([flat])[1] / sqrt(2))
    before = median(flat)
    after = before + slope * (len(level) - 1)
    if chance > _DRIFT_CHANCE or not differ(max(before, 0), max(after, 0), least):
        return None
    return Drift(start, slope, max(before, 0.0), max(after, 0.0), chance)
