"""Commands are compared in pairs, and the verdict is about them."""

from __future__ import annotations

import os
import sys

import pytest
from goobits_monitor import Comparison, Series, compare
from goobits_monitor._errors import (
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
    ResultError,
)

PYTHON = [sys.executable, "-I", "-S", "-c"]
SHORT = [*PYTHON, "pass"]
LONG = [*PYTHON, "import os\nwhile sum(os.times()[:2]) < 0.06: pass"]


def test_slower_command_is_slower_in_what_it_costs_more():
    """The whole way: processes, pairs, verdict."""
    told: list[float] = []
    (found,) = compare(SHORT, LONG, pairs=7, repeats=1, tick=told.append)
    assert found.verdict("cpu").outcome == "slower"
    assert found.verdict("cpu").ratio > 1.5
    assert found.verdict("wall").outcome == "slower"
    assert found.base.command == tuple(SHORT)
    assert found.head.command == tuple(LONG)
    assert len(found.base.cpu) == len(found.head.memory) == 7
    assert found.repeats == 1
    assert 0 <= found.others <= 1
    assert told[0] == 0.0
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_faster_command_is_faster():
    """An improvement is news, too."""
    (found,) = compare(LONG, SHORT, pairs=7, repeats=1)
    assert found.verdict("cpu").outcome == "faster"


def test_each_head_is_compared_with_the_base():
    """Several versions are judged in one go."""
    found = compare(SHORT, LONG, SHORT, pairs=7, repeats=1)
    assert [one.head.command for one in found] == [tuple(LONG), tuple(SHORT)]
    assert found[0].base == found[1].base
    assert found[0].verdict("cpu").outcome == "slower"
    assert found[1].verdict("cpu").outcome != "slower"


def test_noise_is_measured_where_repeats_are_not_given():
    """A pair is worth as much as its noise allows."""
    (found,) = compare(["true"], ["true"], pairs=1)
    assert found.repeats >= 1


def test_limit_and_confidence_are_those_asked_for():
    """A team that accepts 200 % says so."""
    (found,) = compare(SHORT, LONG, pairs=7, repeats=1, limit=1000.0, confidence=0.95)
    verdict = found.verdict("cpu")
    assert (verdict.limit, verdict.confidence) == (1000.0, 0.95)
    assert verdict.outcome == "same"


def test_what_is_too_small_for_the_clock_is_refused():
    """Zero over zero is no ratio."""
    series = Series(("true",), (0.0,) * 7, (1.0,) * 7, (1.0,) * 7)
    found = Comparison(series, series, 1, 0, 0.0)
    with pytest.raises(ResultError):
        found.verdict("cpu")
    assert found.verdict("wall").outcome == "same"


@pytest.mark.parametrize(
    ("heads", "numbers"),
    [([], {}), ([SHORT], {"pairs": 0}), ([SHORT], {"pairs": 7, "repeats": 0})],
)
def test_nothing_to_compare_is_refused(heads, numbers):
    """A comparison of nothing would be in order for ever."""
    with pytest.raises(ResultError):
        compare(SHORT, *heads, **numbers)


def test_command_that_fails_is_refused_unless_asked_for():
    """Half of all regressions would be commands that end at once."""
    fails = [*PYTHON, "raise SystemExit(3)"]
    with pytest.raises(CommandFailedError):
        compare(SHORT, fails, pairs=1, repeats=1)
    (found,) = compare(SHORT, fails, pairs=1, repeats=1, ignore_failure=True)
    assert len(found.head.wall) == 1


def test_command_that_is_missing_or_hangs_is_refused():
    """The errors are those of the runner."""
    with pytest.raises(CommandNotFoundError):
        compare(SHORT, ["no such program"], pairs=1)
    with pytest.raises(CommandTimeoutError):
        compare(SHORT, [*PYTHON, "import time; time.sleep(60)"], timeout=0.4)


def test_folder_and_environment_are_those_of_the_commands(tmp_path):
    """Two checkouts are compared from one place."""
    code = "import os; os.environ['NAME'] == 'x' or 1 / 0; open('ran', 'a').write('x')"
    command = [*PYTHON, code]
    environment = {**os.environ, "NAME": "x"}
    compare(
        *(command, command),
        pairs=1,
        repeats=1,
        folder=tmp_path,
        environment=environment,
    )
    # Two runs each to warm up, and a pair.
    assert (tmp_path / "ran").read_text() == "x" * 6
