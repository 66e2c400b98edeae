"""What a start consists of, whether it met its targets, and the line that says so.

A program in any language reports its phases by adding a line of JSON to the file that the
variable GOOBITS_MONITOR_PHASES names, when its start is over:

    {"clock": 12.5, "phases": [{"name": "imports", "start": 0.0, "seconds": 0.1, "depth": 0}]}

Times are seconds; `start` counts from the first phase or from `clock`, which may be left out
and is the reading of the system's monotonic clock, as time.perf_counter() gives it.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from goobits_monitor._errors import ResultError
from goobits_monitor._phases import Phase
from goobits_monitor._statistics._intervals import Interval

Outcome = Literal["met", "missed", "undecided"]


@dataclass(frozen=True, slots=True)
class PhaseCost:
    """A phase, `depth` levels inside others; it began `start` seconds after the benchmark.

    `ended` is false for a phase that was still open when the start ended.
    """

    name: str
    start: float
    seconds: float
    depth: int
    ended: bool = True


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure beside its target, both in the same unit: seconds or bytes."""

    name: str
    found: Interval
    target: float

    @property
    def outcome(self) -> Outcome:
        if self.found.low > self.target:
            return "missed"
        return "met" if self.found.high <= self.target else "undecided"


@dataclass(frozen=True, slots=True)
class Startup:
    """A start as seen from inside: `seconds` since the benchmark was made.

    `began` is what time.perf_counter() was then.
    """

    seconds: float
    began: float
    phases: tuple[PhaseCost, ...]
    goals: tuple[Goal, ...]

    @property
    def outcome(self) -> Outcome:
        return overall(self.goals)


def overall(goals: Sequence[Goal]) -> Outcome:
    """Return "missed" when one goal is missed, "met" when all are met."""
    outcomes = {goal.outcome for goal in goals}
    if "missed" in outcomes:
        return "missed"
    return "undecided" if "undecided" in outcomes else "met"


def startup(
    recorded: Sequence[Phase],
    began: float,
    ended: float,
    target: float,
    budgets: Mapping[str, float],
) -> Startup:
    """Make the record of a start into its phases, in the order in which they began."""
    phases = tuple(_costs(recorded, began, ended))
    total = Goal("start-up", _exactly(ended - began), target)
    goals = (total, *budget_goals([phases], budgets))
    return Startup(ended - began, began, phases, goals)


def report(start: Startup, path: str) -> None:
    """Add a start to a file, as the line of JSON that `goobits-monitor run` reads."""
    phases = [
        {
            "name": one.name,
            "start": one.start,
            "seconds": one.seconds,
            "depth": one.depth,
        }
        for one in start.phases
    ]
    line = json.dumps({"clock": start.began, "phases": phases})
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@dataclass(frozen=True, slots=True)
class ReportedStart:
    """The phases that a program reported, and how long after its start they began."""

    phases: tuple[PhaseCost, ...]
    before: float | None


def read_report(path: str | Path, started: float) -> ReportedStart:
    """Return the first start that a file holds: that of the program itself.

    `started` is the reading of time.perf_counter() when the process was started.

    Raises:
        ResultError: the line is not of the form above.
    """
    with open(path, encoding="utf-8") as file:
        text = file.readline()
    try:
        line = json.loads(text)
        phases = tuple(
            PhaseCost(
                str(one["name"]),
                _seconds(one["start"]),
                _seconds(one["seconds"]),
                int(one.get("depth", 0)),
            )
            for one in line["phases"]
        )
        clock = line.get("clock")
        before = None if clock is None else _seconds(clock) - started
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"the program reports phases that cannot be read: {text[:200]!r}"
        hint = 'a line is {"phases": [{"name": "...", "start": 0.0, "seconds": 0.1}]}'
        raise ResultError(message, hint=hint) from error
    return ReportedStart(phases, before if before is None or before >= 0 else None)


def _seconds(value: object) -> float:
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    raise ValueError(f"{value!r} is no number of seconds")


def _costs(
    recorded: Sequence[Phase], began: float, ended: float
) -> Iterator[PhaseCost]:
    entered = [
        (float(times[0]), times[1], float(times[2]) if len(times) == 3 else None, name)
        for name, *rest in recorded
        for times in (rest[at : at + 3] for at in range(0, len(rest), 3))
    ]
    entered.sort(key=lambda one: one[0])
    for place, (start, thread, end, name) in enumerate(entered):
        around = [
            other
            for other in entered[:place]
            if other[1] == thread and (other[2] is None or other[2] > start)
        ]
        until = ended if end is None else end
        yield PhaseCost(
            str(name), start - began, until - start, len(around), end is not None
        )


def budget_goals(
    starts: Sequence[Sequence[PhaseCost]], budgets: Mapping[str, float]
) -> Iterator[Goal]:
    """Yield what each phase with a budget took; one that ran several times counts in sum.

    Raises:
        ResultError: no start has a phase of that name.
    """
    for name, budget in budgets.items():
        sums = [
            sum(phase.seconds for phase in phases if phase.name == name)
            for phases in starts
            if any(phase.name == name for phase in phases)
        ]
        if not sums:
            message = f"no phase is called {name!r}"
            raise ResultError(message, hint="give budgets to phases that are reported")
        yield Goal(name, _extremes(sums), budget)


def _exactly(value: float) -> Interval:
    return Interval(value, value, value)


def _extremes(values: Sequence[float]) -> Interval:
    return Interval(statistics.median(values), min(values), max(values))
