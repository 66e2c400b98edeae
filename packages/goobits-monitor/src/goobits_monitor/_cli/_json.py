"""Results as JSON: stable names, seconds and bytes, null for what is not known."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence

from goobits_monitor._comparison import METRICS, Comparison
from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series
from goobits_monitor._programs._imports import Import, ImportTree
from goobits_monitor._report import StartupReport
from goobits_monitor._statistics._gate import Verdict
from goobits_monitor._statistics._intervals import Interval

Value = None | bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]

VERSION = 1


def dump(value: Value) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)


def startup_report(report: StartupReport) -> Value:
    return {
        "version": VERSION,
        "outcome": report.outcome,
        "runtime": report.runtime,
        "command": report.own.command,
        "bare": report.bare.command,
        "runs": len(report.own.cpu),
        "cpu": interval(report.cpu),
        "wall": interval(report.wall),
        "memory": interval(report.memory),
        "cpu_ratio": interval(report.ratio),
        "memory_floor": report.memory_floor,
        "others": report.others,
        "goals": [
            {
                "name": goal.name,
                "target": goal.target,
                "outcome": goal.outcome,
                **interval(goal.found),
            }
            for goal in report.goals
        ],
        "before_phases": report.before_phases,
        "phases": [
            {
                "name": phase.name,
                "start": phase.start,
                "seconds": phase.seconds,
                "depth": phase.depth,
            }
            for phase in report.phases
        ],
        "imports": None if report.imports is None else imports(report.imports),
        "series": {"command": series(report.own), "bare": series(report.bare)},
    }


def comparisons(found: Sequence[Comparison]) -> Value:
    return {"version": VERSION, "comparisons": [_comparison(one) for one in found]}


def _comparison(found: Comparison) -> Value:
    verdicts: dict[str, Value] = {}
    for metric in METRICS:
        try:
            verdicts[metric] = verdict(found.verdict(metric))
        except ResultError:
            verdicts[metric] = None
    return {
        "verdicts": verdicts,
        "repeats": found.repeats,
        "memory_floor": found.memory_floor,
        "others": found.others,
        "base": series(found.base),
        "head": series(found.head),
    }


def verdict(found: Verdict) -> Mapping[str, Value]:
    return {
        "outcome": found.outcome,
        "ratio": found.ratio,
        "low": _finite(found.low),
        "high": _finite(found.high),
        "pairs": found.pairs,
        "limit": found.limit,
        "confidence": found.confidence,
    }


def interval(found: Interval) -> Mapping[str, Value]:
    return {
        "median": found.median,
        "low": _finite(found.low),
        "high": _finite(found.high),
    }


def series(found: Series) -> Mapping[str, Value]:
    return {
        "command": found.command,
        "cpu": found.cpu,
        "wall": found.wall,
        "memory": found.memory,
    }


def imports(tree: ImportTree) -> Mapping[str, Value]:
    return {
        "runs": tree.runs,
        "code": tree.code,
        "seconds": tree.total,
        "modules": [_import(one) for one in tree.roots],
    }


def _import(one: Import) -> Value:
    return {
        "name": one.name,
        "own": one.own,
        "total": one.total,
        "imports": [_import(child) for child in one.children],
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
