"""Commands take turns, so that no one is measured under better conditions."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import pytest
from goobits_monitor._measuring._rounds import (
    LONGEST_ROUND,
    MOST_REPEATS,
    WARM_UPS,
    interleave,
    repeats_needed,
    warm_up,
)
from goobits_monitor._measuring._usage import Command, Usage
from hypothesis import given
from hypothesis import strategies as st


class FakeRunner:
    """Costs what a function of the name and the number of the run says."""

    memory_floor = 0

    def __init__(self, cost=lambda _name, _number: 1.0, wall: float = 0.001) -> None:
        self.ran: list[str] = []
        self._cost = cost
        self._wall = wall

    def run(self, command: Command) -> Usage:
        name = str(command[0])
        number = self.ran.count(name)
        self.ran.append(name)
        cost = self._cost(name, number)
        return Usage(cost, self._wall, round(cost * 1000), 0, float(len(self.ran)))


def noisy(deviation: float, seed: int = 1):
    chance = random.Random(seed)
    return lambda _name, _number: math.exp(chance.gauss(0, deviation))


@given(count=st.integers(2, 4), repeats=st.integers(1, 3))
def test_each_command_is_first_equally_often(count: int, repeats: int):
    """Being the first after a change costs more, and must cost all the same."""
    runner = FakeRunner()
    commands = [[f"c{number}"] for number in range(count)]
    interleave(runner, commands, 2 * count, repeats=repeats)
    turns = [runner.ran[at : at + count] for at in range(0, len(runner.ran), count)]
    assert all(len(set(turn)) == count for turn in turns)
    firsts = Counter(turn[0] for turn in turns)
    assert set(firsts.values()) == {2 * repeats}
    followed = Counter(pair for turn in turns for pair in itertools.pairwise(turn))
    for one, other in itertools.combinations([c[0] for c in commands], 2):
        assert followed[one, other] == followed[other, one]


def test_order_changes_from_run_to_run():
    """With one order for ever, what one command leaves behind hits the same other one."""
    runner = FakeRunner()
    interleave(runner, [["a"], ["b"]], 4)
    assert sorted(runner.ran[::2]) == ["a", "a", "b", "b"]


def test_series_hold_one_value_for_each_round():
    """The gate pairs values by their round."""
    runner = FakeRunner(lambda name, number: number + (10 if name == "b" else 0))
    a, b = interleave(runner, [["a"], ["b"]], 5)
    assert a.command == ("a",)
    assert a.cpu == (0, 1, 2, 3, 4)
    assert b.cpu == (10, 11, 12, 13, 14)
    assert b.memory == (10000, 11000, 12000, 13000, 14000)


def test_repeats_count_by_their_median():
    """A single disturbed run within a round must not show."""
    runner = FakeRunner(lambda _name, number: 99.0 if number % 3 == 0 else 1.0)
    a, b = interleave(runner, [["a"], ["b"]], 4, repeats=3)
    assert a.cpu == b.cpu == (1.0,) * 4
    assert len(runner.ran) == 2 * 4 * 3


def test_tick_rises_to_one():
    """Progress that ends before the work does, or after it, is none."""
    told: list[float] = []
    interleave(FakeRunner(), [["a"]], 4, tick=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_warm_up_runs_every_command():
    """The first run of a Python program writes its bytecode."""
    runner = FakeRunner()
    warm_up(runner, [["a"], ["b"]])
    assert Counter(runner.ran) == {"a": WARM_UPS, "b": WARM_UPS}


def test_repeats_grow_with_the_noise():
    """What is quiet need not be run often, what is noisy must be."""
    needed = [
        repeats_needed(FakeRunner(noisy(deviation)), [["a"], ["b"]])
        for deviation in (0.0, 0.02, 0.05, 0.5)
    ]
    assert needed == sorted(needed)
    assert 1 <= needed[0] < needed[-1] == MOST_REPEATS


def test_quiet_commands_are_not_repeated_for_each_other():
    """Commands far apart are told apart by noisy values, too."""
    chance = random.Random(2)

    def cost(name: str, _number: int) -> float:
        return math.exp(chance.gauss(0, 0.05)) * (3 if name == "b" else 1)

    apart = repeats_needed(FakeRunner(cost), [["a"], ["b"]])
    alike = repeats_needed(FakeRunner(noisy(0.05, 2)), [["a"], ["b"]])
    assert apart < alike


@pytest.mark.parametrize("wall", [0.01, 0.1, 1.0, 60.0])
def test_a_round_is_bounded_by_time(wall: float):
    """Slow commands would otherwise be measured for hours."""
    repeats = repeats_needed(FakeRunner(noisy(0.5), wall), [["a"], ["b"]])
    assert repeats == 1 or repeats * 2 * wall <= LONGEST_ROUND


def test_noise_is_that_of_the_clock_where_cpu_time_is_too_coarse():
    """A CPU time of zero has no ratio."""
    runner = FakeRunner(lambda _name, number: float(number % 2))
    assert repeats_needed(runner, [["a"], ["b"]]) >= 1


def test_one_command_needs_no_pairs():
    """Alone it is compared with nothing."""
    assert repeats_needed(FakeRunner(), [["a"]]) >= 1
