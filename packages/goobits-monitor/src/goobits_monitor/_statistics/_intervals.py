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


def median_interval(values: Sequence[float], confidence: float = 0.99) -> Interval:
    """Return the median and its bounds, which are values of the sample.

    They are those of the sign test: a value is as likely below the true median as above it,
    so how many of a sample lie below is binomial (W. J. Conover, Practical Nonparametric
    Statistics, 3.2). Each bound holds with at least the confidence, whatever the noise looks
    like, as long as one value does not depend on the one before. With 99 % they are infinite
    below 7 values, the extremes up to 10, and the fifth value from either end of 20.
    Takes quadratic time from some thousand values on; 1,000 take 1 ms.

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
    """Return the most `k` for which fewer than `k` heads of `count` coins are that unlikely."""
    numerator, denominator = error.as_integer_ratio()
    allowed = (numerator << count) // denominator
    ways, below = 1, 0
    for k in range(count):
        below += ways
        if below > allowed:
            return k
        ways = ways * (count - k) // (k + 1)
    return 0
