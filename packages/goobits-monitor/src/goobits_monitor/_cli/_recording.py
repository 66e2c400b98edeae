"""Results that are added to the history."""

from __future__ import annotations

from collections.abc import Sequence

from goobits_monitor._cli._pytest_benchmark import read_medians
from goobits_monitor._history._monitor import PerformanceMonitor
from goobits_monitor._history._values import Measured
from goobits_monitor._report import StartupReport


def record_report(
    history: str | None, name: str, label: str, report: StartupReport
) -> None:
    """Add what a command costs to the history, as three metrics."""
    values = (
        (f"{name}: wall", report.wall.median, "s"),
        (f"{name}: CPU", report.ratio.median, "x bare"),
        (f"{name}: memory", report.memory.median, "B"),
    )
    with PerformanceMonitor(history) as monitor:
        monitor.record_many(Measured(*value, label) for value in values)


def record_value(
    history: str | None, metric: str, value: float, unit: str, label: str
) -> int:
    """Add one value to the history; return 1."""
    with PerformanceMonitor(history) as monitor:
        monitor.record(metric, value, unit=unit, label=label)
    return 1


def record_files(history: str | None, paths: Sequence[str], label: str) -> int:
    """Add the medians of runs of pytest-benchmark to the history; return how many they are."""
    values = [
        Measured(name, seconds, "s", label)
        for path in paths
        for name, seconds in read_medians(path).items()
    ]
    with PerformanceMonitor(history) as monitor:
        return monitor.record_many(values)
