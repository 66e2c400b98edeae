"""Where the median of what was measured lies, without an assumption about the noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Interval:
    """The median of a sample, and a bound on either side.

    Each bound alone holds with the confidence that was asked for. A sample too small to
    give a bound has an infinite one.
    """

    median: float
    low: float
    high: float

    def scaled(self, factor: float) -> Interval:
        """Return the interval in another unit."""
        return Interval(self.median * factor, self.low * factor, self.high * factor)


def median_interval(values: Sequence[float], confidence: float = 0.99) -> Interval:
    """Return the median and its bounds, which are values of the sample.

    The bounds are those of the sign test: a value below the median is as likely as one above,
    so how many of `n` lie below is binomial (W. J. Conover, Practical Nonparametric
    Statistics, 3.2). With 99 % they are infinite below 7 values, the extremes up to 10, and
    the fifth values from either end of 20. The percentile bootstrap of the median comes
    to the same values, with random numbers.

    Raises:
        ValueError: there is no value, or the confidence is not between 0.5 and 1.
    """
    if not values:
        raise ValueError("a sample of no values has no median")
    if not 0.5 < confidence < 1:
        raise ValueError(f"a confidence is between 0.5 and 1, not {confidence}")
    ordered = sorted(values)
    rank = _rank(len(ordered), 1 - confidence)
    if not rank:
        return Interval(median(ordered), -math.inf, math.inf)
    return Interval(median(ordered), ordered[rank - 1], ordered[-rank])


def _rank(count: int, error: float) -> int:
    """Return the most `k` so that fewer than `k` of `count` heads have at most that chance."""
    share = 0.5**count if count < 1000 else 0.0
    if not share:
        return _normal_rank(count, error)
    chance = 0.0
    for k in range(count):
        chance += math.comb(count, k) * share
        if chance > error:
            return k
    return 0


def _normal_rank(count: int, error: float) -> int:
    """Return the same for counts whose binomial coefficients are no floats any more."""
    from statistics import NormalDist

    below = NormalDist().inv_cdf(error) * math.sqrt(count) / 2
    return max(0, math.floor((count + 1) / 2 + below))
