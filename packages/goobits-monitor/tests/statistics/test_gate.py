"""The gate says what its pairs allow, and nothing when they allow nothing."""

from __future__ import annotations

import math
import random

import pytest
from goobits_monitor._errors import ResultError
from goobits_monitor._statistics._gate import judge
from hypothesis import assume, given
from hypothesis import strategies as st

ratios = st.lists(st.floats(0.5, 2.0), min_size=7, max_size=30)
OPPOSITE = {"slower": "faster", "faster": "slower"}


def exactly(ratio: float, pairs: int = 20) -> str:
    """Judge pairs without noise."""
    return judge([1.0] * pairs, [ratio] * pairs, limit=0.25).outcome


@pytest.mark.parametrize(
    ("ratio", "outcome"),
    [
        (1.0, "same"),
        (1.25, "same"),
        (math.nextafter(1.25, 2), "slower"),
        (0.8, "same"),
        (math.nextafter(0.8, 0), "faster"),
        (100.0, "slower"),
        (0.01, "faster"),
    ],
)
def test_outcome_at_the_borders(ratio, outcome):
    """What is exactly at the limit is within it."""
    assert exactly(ratio) == outcome


@pytest.mark.parametrize(
    ("low", "high"),
    [(0.5, 2.0), (1.0, 2.0), (0.5, 1.0), (1.2, 1.3), (0.78, 0.82)],
)
def test_bounds_across_a_border_decide_nothing(low, high):
    """Noise that reaches over the limit could hide either."""
    found = judge([1.0] * 20, [low, high] * 10, limit=0.25)
    assert found.outcome == "undecided"


@pytest.mark.parametrize("pairs", range(1, 7))
def test_few_pairs_decide_nothing(pairs):
    """A CI job must not fail on three runs, however far apart they are."""
    found = judge([1.0] * pairs, [2.0] * pairs)
    assert found.outcome == "undecided"
    assert (found.low, found.high) == (-math.inf, math.inf)


def test_verdict_says_what_it_rests_on():
    """A reader judges the verdict by its bounds and its pairs."""
    found = judge([2.0] * 9, [3.0] * 9, limit=0.1, confidence=0.95)
    assert (found.outcome, found.ratio, found.low, found.high) == (
        "slower",
        1.5,
        1.5,
        1.5,
    )
    assert (found.pairs, found.limit, found.confidence) == (9, 0.1, 0.95)


@given(ratios, st.integers(-30, 30), st.randoms(use_true_random=False))
def test_unit_does_not_matter(found_ratios, power, chance):
    """Milliseconds are judged as seconds are."""
    base = [chance.uniform(0.5, 2) for _ in found_ratios]
    head = [one * ratio for one, ratio in zip(base, found_ratios, strict=True)]
    factor = 2.0**power
    scaled = judge([one * factor for one in base], [one * factor for one in head])
    assert scaled == judge(base, head)


@given(ratios)
def test_swapped_sides_swap_the_outcome(found_ratios):
    """Whether old or new comes first must not decide; bounds at the limit may round."""
    ones = [1.0] * len(found_ratios)
    found = judge(ones, found_ratios)
    for bound in (found.low, found.high):
        assume(all(abs(bound / edge - 1) > 0.01 for edge in (1.02, 1 / 1.02)))
    swapped = judge(found_ratios, ones)
    assert swapped.outcome == OPPOSITE.get(found.outcome, found.outcome)


@given(st.lists(st.floats(0.1, 10.0), min_size=7, max_size=30))
def test_costs_that_are_equal_are_the_same(costs):
    """A comparison of results with themselves is quiet."""
    assert judge(costs, costs).outcome == "same"


def test_noise_that_both_sides_share_does_not_count():
    """Pairs are what makes a busy machine bearable: each is judged by itself."""
    chance = random.Random(1)
    busy = [chance.uniform(1, 10) for _ in range(20)]
    assert judge(busy, [1.05 * one for one in busy]).outcome == "slower"
    assert judge(busy, busy[::-1]).outcome == "undecided"


def test_single_outliers_do_not_count():
    """A run that the machine disturbed says nothing about the code."""
    assert judge([1.0] * 20, [1.0] * 17 + [50.0] * 3).outcome == "same"
    assert judge([1.0] * 20, [1.1] * 17 + [0.01] * 3).outcome == "slower"


@pytest.mark.parametrize(
    ("base", "head"), [([], []), ([1.0], []), ([1.0] * 7, [1.0] * 8)]
)
def test_what_is_no_pairs_is_refused(base, head):
    """Values that do not belong together would be compared by chance."""
    with pytest.raises(ResultError, match="no pairs"):
        judge(base, head)


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
@pytest.mark.parametrize("side", [0, 1])
def test_cost_that_is_not_positive_is_refused(value, side):
    """Nothing costs nothing: such a value was not measured."""
    sides = ([1.0] * 8, [1.0] * 8)
    sides[side][3] = value
    with pytest.raises(ResultError, match="not a positive number"):
        judge(*sides)
