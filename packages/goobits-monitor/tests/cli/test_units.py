"""Figures are shown with three digits that can be trusted."""

from __future__ import annotations

import math

import pytest
from goobits_monitor._cli._units import (
    BLOCKS,
    bounds,
    change,
    duration,
    percent,
    quantity,
    size,
    sparkline,
    times,
)
from goobits_monitor._statistics._intervals import Interval
from hypothesis import given
from hypothesis import strategies as st

UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0.0, "0 s"),
        (3e-9, "3 ns"),
        (9.994e-7, "999 ns"),
        (9.996e-7, "1.00 us"),
        (0.0000123, "12.3 us"),
        (0.00981, "9.81 ms"),
        (0.099949, "99.9 ms"),
        (0.09996, "100 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.00 s"),
        (1.2, "1.20 s"),
        (99.96, "100 s"),
        (3600.0, "3600 s"),
        (-0.00981, "-9.81 ms"),
    ],
)
def test_duration_has_three_digits_and_a_unit(seconds, shown):
    """More digits would be noise, fewer would hide what is searched for."""
    assert duration(seconds) == shown


@given(st.floats(1e-7, 1e4))
def test_duration_is_off_by_at_most_half_a_digit(seconds):
    """A figure that is read must not be another one."""
    number, unit = duration(seconds).split()
    assert float(number) * UNITS[unit] == pytest.approx(seconds, rel=0.0051)


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (1.0, "+0.0 %"),
        (0.9999, "+0.0 %"),
        (1.053, "+5.3 %"),
        (0.947, "-5.3 %"),
        (1.999, "+99.9 %"),
        (2.0, "x 2.00"),
        (17.23, "x 17.2"),
        (0.01, "-99.0 %"),
    ],
)
def test_change_is_a_percentage_until_it_doubles(ratio, shown):
    """1,623 % more is hard to read."""
    assert change(ratio) == shown


def test_other_figures():
    """Each kind has its unit."""
    assert size(13_651_968) == "13.7 MB"
    assert times(1.0449) == "1.045"
    assert times(17.24) == "17.2"
    assert times(math.inf) == "?"
    assert percent(0.494) == "49 %"
    assert quantity(0.0123, "s") == "12.3 ms"
    assert quantity(5e6, "B") == "5.0 MB"
    assert quantity(3.14159, "") == "3.14"
    assert quantity(120.4, "widgets") == "120 widgets"


def test_bounds_are_shown_or_said_to_be_missing():
    """Infinity is no figure that a reader can use."""
    assert bounds(Interval(2, 1, 3), "s") == "1.00 s to 3.00 s"
    assert bounds(Interval(2, 1, 3), "") == "1.000 to 3.00"
    assert bounds(Interval(2e6, 1e6, 3e6), "B") == "1.0 MB to 3.0 MB"
    assert bounds(Interval(2, -math.inf, math.inf), "s") == "too few runs for bounds"


def test_sparkline_goes_from_the_least_to_the_most():
    """The shape of a history is seen at once."""
    assert sparkline([float(value) for value in range(8)], 8) == BLOCKS
    assert sparkline([5.0] * 4, 8) == BLOCKS[0] * 4
    assert sparkline([0.0] * 10 + [1.0] * 10, 2) == BLOCKS[0] + BLOCKS[-1]


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=100), st.integers(1, 40))
def test_sparkline_is_as_wide_as_it_may_be(values, width):
    """It stands in a table."""
    assert len(sparkline(values, width)) == min(len(values), width)
