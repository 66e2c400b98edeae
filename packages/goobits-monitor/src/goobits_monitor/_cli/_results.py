"""Measurements that were made before, read from files for the gate and the history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from goobits_monitor._cli._pytest_benchmark import read_medians
from goobits_monitor._comparison import JUDGED, METRICS, Metric
from goobits_monitor._errors import ResultError
from goobits_monitor._statistics._gate import Verdict, judge


def of_comparisons(
    paths: Sequence[str], metrics: Sequence[str], limit: float
) -> Iterator[tuple[str, Verdict]]:
    """Judge the comparisons in files that `compare --json` wrote, by their pairs.

    Raises:
        ResultError: a file cannot be read or holds none, or a metric is not known.
    """
    for path in paths:
        wanted: list[Metric] = [_metric(name) for name in metrics] or [JUDGED]
        for head, sides in _comparisons(path):
            for metric in wanted:
                base, new = (side[metric] for side in sides)
                yield f"{head} ({metric})", judge(base, new, limit=limit)


def of_benchmarks(
    bases: Sequence[str], heads: Sequence[str], names: Sequence[str], limit: float
) -> Iterator[tuple[str, Verdict]]:
    """Judge runs of pytest-benchmark: `bases[i]` and `heads[i]` were made one after the other.

    Every benchmark that all of the runs hold is judged, or those of the `names`.

    Raises:
        ResultError: a file cannot be read, the two do not pair, or share no benchmark.
    """
    if 0 < len(bases) < 7:
        message = f"{len(bases)} runs of base can show nothing"
        raise ResultError(message, hint="make at least 7 of either, in turn")
    if len(bases) != len(heads):
        message = f"{len(bases)} runs of base and {len(heads)} of head are no pairs"
        raise ResultError(message, hint="run both in turn, equally often")
    old, new = ([read_medians(path) for path in paths] for paths in (bases, heads))
    common = [name for name in old[0] if all(name in run for run in (*old, *new))]
    chosen = list(names) or common
    missing = [name for name in chosen if name not in common]
    if missing or not chosen:
        message = f"not in every run: {', '.join(missing) or 'any benchmark'}"
        raise ResultError(message, hint="judge benchmarks that base and head both have")
    for name in chosen:
        yield (
            name,
            judge([run[name] for run in old], [run[name] for run in new], limit=limit),
        )


def _metric(name: str) -> Metric:
    for metric in METRICS:
        if name == metric:
            return metric
    hint = f"give one of {', '.join(METRICS)}"
    raise ResultError(f"--metric is {name!r}", hint=hint)


def _comparisons(path: str) -> Iterator[tuple[str, list[dict[Metric, list[float]]]]]:
    try:
        data: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        for one in data["comparisons"]:
            sides = [
                {metric: list(map(float, one[side][metric])) for metric in METRICS}
                for side in ("base", "head")
            ]
            yield " ".join(map(str, one["head"]["command"])), sides
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise ResultError(message, hint="give a file of results") from error
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
        message = f"{path} is no result of a comparison"
        hint = "write it with compare --json; runs of pytest-benchmark go behind --base and --head"
        raise ResultError(message, hint=hint) from error
