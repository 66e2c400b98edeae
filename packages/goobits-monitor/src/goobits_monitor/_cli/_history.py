"""What was recorded, where it changed, and where it drifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goobits_monitor._cli import _json
from goobits_monitor._cli._units import change, counted, quantity, sparkline
from goobits_monitor._errors import ResultError
from goobits_monitor._history._monitor import PerformanceMonitor
from goobits_monitor._history._values import Record
from goobits_monitor._statistics._drift import Drift, find_drift
from goobits_monitor._statistics._steps import Step, find_steps

WIDTH = 60
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Course:
    """The records of one metric, oldest first, and what happened to its level."""

    records: tuple[Record, ...]
    steps: tuple[Step, ...]
    drift: Drift | None

    @property
    def values(self) -> list[float]:
        return [record.value for record in self.records]


def read(monitor: PerformanceMonitor, metric: str | None, last: int) -> list[Course]:
    """Return the newest `last` records of one metric, or of all.

    Raises:
        ResultError: nothing was recorded of that metric.
        HistoryError: the history cannot be read.
    """
    known = [one.name for one in monitor.metrics()]
    if metric is not None and metric not in known:
        message = f"nothing was recorded of {metric!r} on this machine"
        hint = f"there is {', '.join(known)}" if known else "record something first"
        raise ResultError(message, hint=hint)
    names = known if metric is None else [metric]
    return [_course(monitor.history(name, last=last)) for name in names]


def _course(records: tuple[Record, ...]) -> Course:
    values = [record.value for record in records]
    steps = find_steps(values)
    return Course(records, steps, find_drift(values, steps=steps))


def as_text(courses: Sequence[Course], *, detailed: bool) -> str:
    """Return a block for each metric, with its newest values when it is the only one."""
    if not courses:
        return "nothing was recorded yet: goobits-monitor record, or run --record"
    return "\n\n".join("\n".join(_block(one, detailed)) for one in courses)


def _block(course: Course, detailed: bool) -> Iterator[str]:
    newest = course.records[-1]
    count = len(course.records)
    yield f"{newest.metric}: {quantity(newest.value, newest.unit)}, {counted(count, 'value')}"
    yield f"  {sparkline(course.values, WIDTH)}"
    for one in course.steps:
        record = course.records[one.index]
        label = f" {record.label}" if record.label else ""
        yield f"  {step(one, newest.unit)}, at {_when(record)}{label}"
    if course.drift is not None:
        yield f"  drifts: {change(course.drift.ratio)} over its newest level"
    if not course.steps and course.drift is None:
        yield "  no step, no drift"
    if detailed:
        for record in course.records[-SHOWN:]:
            cells = (_when(record), quantity(record.value, record.unit), record.label)
            yield f"  {'  '.join(cells)}".rstrip()


def _when(record: Record) -> str:
    return f"{record.at:%Y-%m-%d %H:%M}"


def step(found: Step, unit: str) -> str:
    """Return a step: `step up of +10.2 %, from 1.00 s to 1.10 s`."""
    way = "up" if found.after > found.before else "down"
    levels = f"{quantity(found.before, unit)} to {quantity(found.after, unit)}"
    return f"step {way} of {change(found.ratio)}, from {levels}"


def as_json(courses: Sequence[Course]) -> _json.Value:
    return {"version": _json.VERSION, "metrics": [_metric(one) for one in courses]}


def _metric(course: Course) -> _json.Value:
    newest, drift = course.records[-1], course.drift
    return {
        "name": newest.metric,
        "unit": newest.unit,
        "machine": newest.machine,
        "values": [
            {"value": one.value, "at": one.at.isoformat(), "label": one.label}
            for one in course.records
        ],
        "steps": [step_as_json(one) for one in course.steps],
        "drift": None
        if drift is None
        else {
            "start": drift.start,
            "before": drift.before,
            "after": drift.after,
            "slope": drift.slope,
        },
    }


def step_as_json(found: Step) -> _json.Value:
    return {"index": found.index, "before": found.before, "after": found.after}
