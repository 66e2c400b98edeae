"""The bounds of a median hold as often as they say."""

from __future__ import annotations

import math
import random
import statistics
from fractions import Fraction

import pytest
from goobits_monitor._statistics._intervals import median_interval
from hypothesis import given
from hypothesis import strategies as st

costs = st.floats(1e-6, 1e6)
samples = st.lists(costs, min_size=1, max_size=40)


@given(samples, st.floats(0.51, 0.999))
def test_median_lies_between_its_bounds(values, confidence):
    """Bounds that do not hold the median would be nonsense on any report."""
    found = median_interval(values, confidence)
    assert found.low <= found.median <= found.high
    assert found.median == statistics.median(values)


@given(st.lists(costs, min_size=7, max_size=250))
def test_bounds_lie_within_the_sample(values):
    """What was never measured is no bound."""
    found = median_interval(values)
    assert min(values) <= found.low
    assert found.high <= max(values)


@given(samples, st.randoms(use_true_random=False))
def test_order_does_not_matter(values, chance):
    """The bounds are of the values and not of when they were measured."""
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert median_interval(shuffled) == median_interval(values)


@given(samples, st.integers(-20, 20))
def test_bounds_scale_with_the_unit(values, power):
    """Milliseconds have the bounds of seconds; powers of two scale without rounding."""
    factor = 2.0**power
    found = median_interval(values)
    scaled = median_interval([value * factor for value in values])
    assert (scaled.low, scaled.median, scaled.high) == (
        found.low * factor,
        found.median * factor,
        found.high * factor,
    )


@given(samples)
def test_bounds_are_mirrored_with_the_sample(values):
    """Neither side of the noise is preferred."""
    found = median_interval(values)
    mirrored = median_interval([-value for value in values])
    assert mirrored.median == -found.median
    assert mirrored.low == pytest.approx(-found.high)
    assert mirrored.high == pytest.approx(-found.low)


@given(st.lists(costs, min_size=7, max_size=40))
def test_more_confidence_has_wider_bounds(values):
    """Who wants to be surer is told less."""
    sure, surer = (median_interval(values, one) for one in (0.9, 0.99))
    assert surer.low <= sure.low
    assert sure.high <= surer.high


@pytest.mark.parametrize("count", range(1, 7))
def test_fewer_than_seven_values_have_no_bounds(count):
    """All six lie on one side of the true median more often than once in 100 times."""
    found = median_interval([float(value) for value in range(count)])
    assert (found.low, found.high) == (-math.inf, math.inf)


def test_seven_values_have_bounds():
    """A quick measurement can already miss a target clearly."""
    found = median_interval([float(value) for value in range(7)])
    assert math.isfinite(found.low)
    assert math.isfinite(found.high)


def unlikely(count: int, rank: int) -> Fraction:
    """Return how likely fewer than `rank` of a sample lie below its true median."""
    return Fraction(sum(math.comb(count, k) for k in range(rank)), 2**count)


@pytest.mark.parametrize("confidence", [0.6, 0.9, 0.99, 0.999])
@pytest.mark.parametrize("count", [5, 7, 10, 11, 20, 41, 60, 400, 2000])
def test_bounds_are_the_nearest_that_hold(count, confidence):
    """One value further in would be wrong too often, by the binomial distribution itself."""
    found = median_interval([float(value) for value in range(1, count + 1)], confidence)
    error = 1 - Fraction(confidence)
    rank = 0 if math.isinf(found.low) else round(found.low)
    assert unlikely(count, rank) <= error < unlikely(count, rank + 1)
    assert found.high == (count + 1 - rank if rank else math.inf)


@pytest.mark.parametrize("noise", ["expovariate", "gauss"])
@pytest.mark.parametrize("count", [7, 8, 11, 15, 20, 60])
def test_bounds_hold_as_often_as_they_say(count, noise):
    """The 99 % on every report is a promise, whatever the noise of timings looks like."""
    chance = random.Random(count)
    draw, true = {
        "expovariate": (lambda: chance.expovariate(1), math.log(2)),
        "gauss": (lambda: chance.gauss(0, 1), 0.0),
    }[noise]
    runs = 2000 if count < 60 else 500
    found = [median_interval([draw() for _ in range(count)]) for _ in range(runs)]
    most = runs * 0.01 + 2 * math.sqrt(runs * 0.01 * 0.99)
    assert sum(one.low > true for one in found) <= most
    assert sum(one.high < true for one in found) <= most


def test_bounds_close_in_as_the_sample_grows():
    """Measuring longer must be worth it."""
    chance = random.Random(1)
    values = [chance.gauss(1, 0.1) for _ in range(400)]
    widths = [
        (found := median_interval(values[:count])).high - found.low
        for count in (10, 40, 160, 400)
    ]
    assert widths == sorted(widths, reverse=True)


def test_no_value_has_no_median():
    """An empty sample is a mistake of the caller."""
    with pytest.raises(ValueError, match="no values"):
        median_interval([])


@pytest.mark.parametrize("confidence", [0.0, 0.5, 1.0, 99.0, math.nan])
def test_confidence_that_is_none_is_refused(confidence):
    """99 for 0.99 is an easy mistake."""
    with pytest.raises(ValueError, match="confidence"):
        median_interval([1.0] * 20, confidence)
