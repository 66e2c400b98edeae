"""Results whose figures are known, for the tests of what is shown of them."""

from __future__ import annotations

import pytest
from goobits_monitor._comparison import Comparison
from goobits_monitor._measuring._usage import Series
from goobits_monitor._programs._imports import Import, ImportTree
from goobits_monitor._report import StartupReport
from goobits_monitor._startup import Goal, PhaseCost
from goobits_monitor._statistics._intervals import median_interval


def series(command: str, factor: float, count: int) -> Series:
    """Costs around 10 ms of CPU, 20 ms of wall, 12 MB, times a factor."""
    noise = [1 + place / 1000 for place in range(count)]
    return Series(
        tuple(command.split()),
        tuple(0.010 * factor * one for one in noise),
        tuple(0.020 * factor * one for one in noise),
        tuple(12e6 * factor for _ in noise),
    )


@pytest.fixture
def make_comparison():
    """Make a comparison in which head costs `ratio` times what base does."""

    def make(
        ratio: float, count: int = 20, head: str = "new --flag", **changes: object
    ):
        values = {"repeats": 3, "memory_floor": 9_000_000, "others": 0.04, **changes}
        return Comparison(
            series("old", 1.0, count), series(head, ratio, count), **values
        )

    return make


@pytest.fixture
def make_report():
    """Make a report of a Python program that starts in 40 ms."""

    def make(
        count: int = 20,
        target: float = 0.1,
        phases: tuple[PhaseCost, ...] = (),
        budgets: tuple[Goal, ...] = (),
        **changes: object,
    ) -> StartupReport:
        own, bare = (
            series("tool --help", 2.0, count),
            series("python -c pass", 1.0, count),
        )
        wall, memory = median_interval(own.wall), median_interval(own.memory)
        inner = Import("json.decoder", 0.003, 0.003)
        tree = ImportTree(
            (
                Import("re", 0.004, 0.004),
                Import("json", 0.002, 0.005, (inner,)),
                Import("tiny", 0.0001, 0.0001),
            ),
            3,
        )
        values = {
            "runtime": "python",
            "own": own,
            "bare": bare,
            "cpu": median_interval(own.cpu),
            "wall": wall,
            "memory": memory,
            "ratio": median_interval([2.0] * count),
            "goals": (
                Goal("start-up", wall, target),
                Goal("memory", memory, 50_000_000),
                *budgets,
            ),
            "memory_floor": 9_000_000,
            "others": 0.02,
            "imports": tree,
            "phases": phases,
            "before_phases": 0.012 if phases else None,
            **changes,
        }
        return StartupReport(**values)

    return make
