"""What the gate says of each thing that it looked at, and the alarm when one became worse."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goobits_monitor._cli import _history, _json, _text
from goobits_monitor._cli._stderr import say
from goobits_monitor._cli._units import change, counted
from goobits_monitor._comparison import JUDGED, METRICS, Comparison, Metric
from goobits_monitor._errors import ResultError
from goobits_monitor._history._monitor import PerformanceMonitor
from goobits_monitor._history._values import Record
from goobits_monitor._statistics._drift import find_drift
from goobits_monitor._statistics._gate import Verdict
from goobits_monitor._statistics._steps import Step, find_steps

LEAST_STEP = 0.03
"""The smallest step that a history shows reliably, as a share."""
LOOK_BACK = 200
"""How many values of a history are looked at."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether one thing became worse; `says` for people, `data` for programs."""

    name: str
    worse: bool
    says: str
    data: Mapping[str, _json.Value]


def of_verdict(
    name: str, verdict: Verdict, data: Mapping[str, _json.Value]
) -> Judgement:
    """Judge one comparison; `data` goes into what programs read of it."""
    worse = verdict.outcome == "slower"
    data = {**data, **_json.verdict(verdict)}
    return Judgement(name, worse, _text.verdict(verdict), data)


def of_comparisons(
    comparisons: Sequence[Comparison], metrics: Sequence[Metric]
) -> list[Judgement]:
    """Judge heads by some of their costs, by default the one that the gate judges.

    Where none of these is worse and another cost is, stderr says so: it would pass in silence.
    """
    judged = metrics or (JUDGED,)
    return [one for each in comparisons for one in _of_comparison(each, judged)]


def _of_comparison(found: Comparison, metrics: Sequence[Metric]) -> list[Judgement]:
    head, base = (" ".join(side.command) for side in (found.head, found.base))
    judgements = [
        of_verdict(
            f"{head} ({metric})",
            found.verdict(metric),
            {"base": base, "metric": metric},
        )
        for metric in metrics
    ]
    if not any(one.worse for one in judgements):
        for metric in METRICS:
            if metric not in metrics and found.outcome(metric) == "slower":
                says = f"{metric} of {head} is worse, which is not judged"
                say(f"goobits-monitor: warning: {says}: --metric {metric}")
    return judgements


def of_history(
    monitor: PerformanceMonitor, metrics: Sequence[str], recent: int, limit: float
) -> list[Judgement]:
    """Judge the values of this machine: a metric is worse while its newest step goes up.

    A step that began more than `recent` values ago is the normal level by now, and one
    that shows for the first time with the newest value may be gone with the next: it counts
    from the second time on. Without `metrics` all are judged.

    Raises:
        ResultError: nothing was recorded of a metric.
        HistoryError: the history cannot be read.
    """
    known = [one.name for one in monitor.metrics()]
    missing = [name for name in metrics if name not in known]
    if missing:
        message = f"nothing was recorded of {', '.join(missing)} on this machine"
        raise ResultError(message, hint="goobits-monitor history lists what was")
    return [_of_metric(monitor, name, recent, limit) for name in metrics or known]


def _of_metric(
    monitor: PerformanceMonitor, name: str, recent: int, limit: float
) -> Judgement:
    records = monitor.history(name, last=LOOK_BACK)
    values = [record.value for record in records]
    least, oldest = max(limit, LEAST_STEP), len(values) - recent
    step = _newest_step(values, oldest, least)
    before = _newest_step(values[:-1], oldest, least)
    worse = all(one is not None and one.after > one.before for one in (step, before))
    return Judgement(name, worse, _says(step, records), _data(step, records))


def _newest_step(values: Sequence[float], oldest: int, least: float) -> Step | None:
    steps = find_steps(values, least=least)
    return steps[-1] if steps and steps[-1].index >= oldest else None


def _says(step: Step | None, records: Sequence[Record]) -> str:
    if step is None:
        says = f"no recent step in {counted(len(records), 'value')}"
        drift = find_drift([record.value for record in records])
        if drift is None:
            return says
        return f"{says}; drifts, which is not judged, by {change(drift.ratio)}"
    first = records[step.index]
    label = f" ({first.label})" if first.label else ""
    says = _history.step(step, first.unit)
    return f"{says}, {len(records) - step.index} values ago{label}"


def _data(step: Step | None, records: Sequence[Record]) -> Mapping[str, _json.Value]:
    if step is None:
        return {"values": len(records), "step": None, "label": None}
    found = _history.step_as_json(step)
    label = records[step.index].label
    return {"values": len(records), "step": found, "label": label}


def as_text(judgements: Iterable[Judgement]) -> str:
    return "\n".join(f"{one.name}: {one.says}" for one in judgements)


def as_json(judgements: Iterable[Judgement]) -> _json.Value:
    return {
        "version": _json.VERSION,
        "judgements": [
            {"name": one.name, "worse": one.worse, **one.data} for one in judgements
        ],
    }


def alarm(judgements: Sequence[Judgement], command: Sequence[str]) -> int:
    """Return 1 when something became worse, after a line of stderr for each, else 0.

    The `command`, if there is one, is then run with these judgements as JSON on its stdin.
    """
    worse = [one for one in judgements if one.worse]
    for one in worse:
        say(f"goobits-monitor: regression: {one.name}: {one.says}")
    if worse and command:
        _run(command, json.dumps(as_json(worse)))
    return 1 if worse else 0


def _run(words: Sequence[str], text: str) -> None:
    """Run the command of an alarm; that it fails is said and changes nothing else."""
    try:
        code = subprocess.run(
            words, input=text, text=True, encoding="utf-8", stdout=2, check=False
        ).returncode
        failed = f"ended with {code}" if code else ""
    except OSError as error:
        failed = f"cannot be run: {error.strerror}"
    if failed:
        say(f"goobits-monitor: warning: {words[0]} {failed}")
