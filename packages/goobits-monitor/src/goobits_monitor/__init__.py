"""Measure what a command costs to start, and tell a regression from noise.

`StartupBenchmark` measures a start from inside, by phases, and from outside; `compare` runs
commands in turn and judges what they cost; `judge` does so with pairs from elsewhere;
`import_tree` says what a Python program imports; `PerformanceMonitor` keeps a history, and
`find_steps` finds where a series changed. Names are imported when they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_monitor._comparison import Comparison, compare
    from goobits_monitor._errors import (
        CommandError,
        CommandFailedError,
        CommandNotFoundError,
        CommandTimeoutError,
        GoobitsMonitorError,
        HistoryError,
        ResultError,
    )
    from goobits_monitor._history._monitor import PerformanceMonitor
    from goobits_monitor._history._values import Measured, Metric, Record
    from goobits_monitor._measuring._usage import Series
    from goobits_monitor._phases import StartupBenchmark
    from goobits_monitor._programs._imports import Import, ImportTree, import_tree
    from goobits_monitor._report import StartupReport
    from goobits_monitor._startup import Goal, PhaseCost, Startup
    from goobits_monitor._statistics._drift import Drift, find_drift
    from goobits_monitor._statistics._gate import Verdict, judge
    from goobits_monitor._statistics._intervals import Interval, median_interval
    from goobits_monitor._statistics._steps import Step, find_steps

_MODULES = {
    "_report": ("StartupReport",),
    "_comparison": ("Comparison", "compare"),
    "_errors": (
        "CommandError",
        "CommandFailedError",
        "CommandNotFoundError",
        "CommandTimeoutError",
        "GoobitsMonitorError",
        "HistoryError",
        "ResultError",
    ),
    "_history._monitor": ("PerformanceMonitor",),
    "_history._values": ("Measured", "Metric", "Record"),
    "_programs._imports": ("Import", "ImportTree", "import_tree"),
    "_measuring._usage": ("Series",),
    "_phases": ("StartupBenchmark",),
    "_startup": ("Goal", "PhaseCost", "Startup"),
    "_statistics._gate": ("Verdict", "judge"),
    "_statistics._intervals": ("Interval", "median_interval"),
    "_statistics._drift": ("Drift", "find_drift"),
    "_statistics._steps": ("Step", "find_steps"),
}

__all__ = [
    "CommandError",
    "CommandFailedError",
    "CommandNotFoundError",
    "CommandTimeoutError",
    "Comparison",
    "Drift",
    "Goal",
    "GoobitsMonitorError",
    "HistoryError",
    "Import",
    "ImportTree",
    "Interval",
    "Measured",
    "Metric",
    "PerformanceMonitor",
    "PhaseCost",
    "Record",
    "ResultError",
    "Series",
    "Startup",
    "StartupBenchmark",
    "StartupReport",
    "Step",
    "Verdict",
    "compare",
    "find_drift",
    "find_steps",
    "import_tree",
    "judge",
    "median_interval",
]


def __getattr__(name: str) -> object:
    import sys

    for module, names in _MODULES.items():
        if name in names:
            # Not by importlib, which costs half a millisecond itself.
            __import__(f"{__name__}.{module}")
            value: object = getattr(sys.modules[f"{__name__}.{module}"], name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
