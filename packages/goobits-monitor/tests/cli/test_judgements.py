"""What the gate says of a history, and the alarm."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from goobits_monitor import PerformanceMonitor, ResultError
from goobits_monitor._cli._judgements import of_history

QUIET = random.Random()
SERIES = 60


@pytest.fixture(autouse=True)
def _same_noise() -> None:
    """Let a test see the same noise alone and after others."""
    QUIET.seed(7)


@pytest.fixture
def monitor(tmp_path: Path) -> Iterator[PerformanceMonitor]:
    """Return a history in a file that is not there yet."""
    with PerformanceMonitor(tmp_path / "history.sqlite3", machine="test") as opened:
        yield opened


def noisy(level: float, count: int) -> list[float]:
    """Return values with 2 % of noise."""
    return [level * QUIET.gauss(1, 0.02) for _ in range(count)]


def fill(monitor: PerformanceMonitor, values: list[float]) -> None:
    for value in values:
        monitor.record("start", value)


def worse(monitor: PerformanceMonitor, recent: int = 20) -> bool:
    (judged,) = of_history(monitor, [], recent, 0.02)
    return judged.worse


def test_step_up_is_a_regression(monitor: PerformanceMonitor) -> None:
    """And stays one while it is recent."""
    fill(monitor, [*noisy(0.1, 40), *noisy(0.11, 15)])
    assert worse(monitor)


def test_step_down_is_none(monitor: PerformanceMonitor) -> None:
    """Faster is not worse."""
    fill(monitor, [*noisy(0.11, 40), *noisy(0.1, 15)])
    assert not worse(monitor)


def test_step_that_was_taken_back_is_none(monitor: PerformanceMonitor) -> None:
    """It was mended."""
    fill(monitor, [*noisy(0.1, 40), *noisy(0.12, 12), *noisy(0.1, 12)])
    assert not worse(monitor, recent=40)


def test_old_step_is_the_normal_level(monitor: PerformanceMonitor) -> None:
    """A gate that stays red for ever is switched off."""
    fill(monitor, [*noisy(0.1, 40), *noisy(0.11, 30)])
    assert not worse(monitor, recent=20)
    assert worse(monitor, recent=40)


def test_gate_that_is_asked_after_every_value_is_quiet(tmp_path: Path) -> None:
    """It is asked so in practice, and every question is a chance for a false alarm."""
    alarms = questions = 0
    for number in range(SERIES):
        path = tmp_path / f"{number}.sqlite3"
        with PerformanceMonitor(path, machine="test") as monitor:
            fill(monitor, noisy(0.1, 15))
            for value in noisy(0.1, 25):
                monitor.record("start", value)
                questions += 1
                alarms += worse(monitor)
    assert alarms <= questions / 1000, f"{alarms} alarms in {questions} questions"


def test_metric_that_was_never_recorded_is_refused(monitor: PerformanceMonitor) -> None:
    """A gate on a misspelt metric would be green for ever."""
    fill(monitor, [0.1])
    with pytest.raises(ResultError, match="strat"):
        of_history(monitor, ["strat"], 20, 0.02)
