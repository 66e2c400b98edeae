"""What a start consists of, whether it met its targets, and the line that says so.

A program in any language reports its phases by adding a line of JSON to the file that the
variable GOOBITS_MONITOR_PHASES names, when its start is over:

    {"clock": 12.5, "phases": [{"name": "imports", "start": 0.0, "seconds": 0.1, "depth": 0}]}

Times are seconds; `start` counts from the first phase or from `clock`, which may be left out
and is the reading of the system's monotonic clock, as time.perf_counter() gives it. Where
several processes report, the line with the `pid` of the command counts, else the first.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from goobits_monitor._errors import ResultError
from goobits_monitor._phases import Phase
from goobits_monitor._statistics._intervals import Interval, median_interval

Outcome = Literal["met", "missed", "undecided"]

LONGEST_REPORT = 1_000_000
"""How many bytes of a report are read."""
DEEPEST = 100
"""How deep phases that are reported may nest."""
_UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    OverflowError,
    RecursionError,
)


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
    phases: Sequence[PhaseCost],
    began: float,
    ended: float,
    target: float,
    budgets: Mapping[str, float],
) -> Startup:
    """Hold a start against its targets.

    Raises:
        ResultError: no phase has the name that a budget is for.
    """
    total = Goal("start-up", _exactly(ended - began), target)
    goals = (total, *budget_goals([phases], budgets))
    return Startup(ended - began, began, tuple(phases), goals)


def report(phases: Sequence[PhaseCost], began: float, path: str) -> None:
    """Add a start to a file, as the line of JSON that `goobits-monitor run` reads."""
    reported = [
        {
            "name": one.name,
            "start": one.start,
            "seconds": one.seconds,
            "depth": one.depth,
        }
        for one in phases
    ]
    line = json.dumps({"pid": os.getpid(), "clock": began, "phases": reported})
    # Whoever asked may be gone by now; to the program that does not matter.
    with suppress(OSError), open(path, "a", encoding="utf-8") as file:
        file.write(f"{line}\n")


@dataclass(frozen=True, slots=True)
class ReportedStart:
    """The phases that a program reported, and how long after its start they began."""

    phases: tuple[PhaseCost, ...]
    before: float | None


def read_report(
    path: str | Path, started: float, wall: float, pid: int = 0
) -> ReportedStart:
    """Return the start that a file holds of the program itself.

    `pid` is that of the command, `started` the reading of time.perf_counter() when it was
    started, `wall` how many seconds it ran; a clock that shows another time tells nothing.

    Raises:
        ResultError: the line is not of the form above.
    """
    text = b""
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            text = file.read(LONGEST_REPORT)
        text = _line_of(text.split(b"\n"), pid)
        line = json.loads(text)
        phases = tuple(map(_reported_phase, line["phases"]))
        clock = line.get("clock")
        before = None if clock is None else _number(clock) - started
    except _UNREADABLE as error:
        said = repr(text[:200].decode(errors="replace")) if text else str(error)
        message = f"the program reports phases that cannot be read: {said}"
        hint = 'a line is {"phases": [{"name": "...", "start": 0.0, "seconds": 0.1}]}'
        raise ResultError(message, hint=hint) from error
    known = before is not None and 0 <= before <= wall
    return ReportedStart(phases, before if known else None)


def _line_of(lines: Sequence[bytes], pid: int) -> bytes:
    """Return the line of a process, else the first."""
    for line in lines:
        with suppress(*_UNREADABLE):
            if json.loads(line)["pid"] == pid:
                return line
    return lines[0]


def _open_at_once(path: str, flags: int) -> int:
    """Open a file, also a pipe that nobody writes to, without waiting."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _reported_phase(one: Mapping[str, object]) -> PhaseCost:
    name, depth = one["name"], one.get("depth", 0)
    if not isinstance(name, str) or not name.isprintable():
        raise ValueError(f"{name!r} is no name")
    if not isinstance(depth, int) or not 0 <= depth <= DEEPEST:
        raise ValueError(f"{depth!r} is no depth")
    start, seconds = _number(one["start"]), _number(one["seconds"])
    if seconds < 0:
        raise ValueError(f"{seconds} is no duration")
    return PhaseCost(name, start, seconds, depth)


def _number(value: object) -> float:
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    raise ValueError(f"{value!r} is no number of seconds")


class _Entered(NamedTuple):
    start: float
    thread: int
    end: float | None
    name: str


def costs(
    recorded: Sequence[Phase], began: float, ended: float
) -> tuple[PhaseCost, ...]:
    """Make the record of a start into its phases, in the order in which they began."""
    entered = [one for phase in recorded for one in _entered(phase)]
    entered.sort(key=lambda one: one.start)
    found = []
    still_open: dict[int, list[_Entered]] = {}
    for one in entered:
        around = still_open.get(one.thread, [])
        until = ended if one.end is None else one.end
        around = [
            other for other in around if other.end is None or other.end > one.start
        ]
        still_open[one.thread] = [*around, one]
        depth = sum(other.end is None or other.end >= until for other in around)
        found.append(
            PhaseCost(
                one.name,
                one.start - began,
                until - one.start,
                depth,
                one.end is not None,
            )
        )
    return tuple(found)


def _entered(phase: Phase) -> list[_Entered]:
    """Return the times that a phase was entered; it may be inside itself.

    A time behind which a thread stands is that of an entry; every other one is the end of
    the last entry that has none.
    """
    name, *rest = phase
    found: list[_Entered] = []
    inside: list[int] = []
    for place, value in enumerate(rest):
        following = rest[place + 1] if place + 1 < len(rest) else None
        if isinstance(value, float) and isinstance(following, int):
            inside.append(len(found))
            found.append(_Entered(value, following, None, str(name)))
        elif isinstance(value, float) and inside:
            last = inside.pop()
            found[last] = found[last]._replace(end=value)
    return found


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
            known = sorted({phase.name for phases in starts for phase in phases})
            hint = f"there is {', '.join(known)}" if known else "it reports no phases"
            raise ResultError(message, hint=hint)
        yield Goal(name, _around(sums), budget)


def _exactly(value: float) -> Interval:
    return Interval(value, value, value)


def _around(values: Sequence[float]) -> Interval:
    """Return a value from inside the program as it is, and several with their bounds."""
    return _exactly(values[0]) if len(values) == 1 else median_interval(values)
