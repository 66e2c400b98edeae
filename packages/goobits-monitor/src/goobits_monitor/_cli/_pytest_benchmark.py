"""The JSON of pytest-benchmark 5, written and read.

Its consumers (`pytest-benchmark compare`, services that keep benchmark histories) take what is
measured for seconds of time, so CPU time and time by the clock are written, and memory not.
"""

from __future__ import annotations

import datetime
import json
import platform
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from goobits_monitor._cli._json import Value
from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series

FORMAT = "5.1.0"
OPTIONS: Mapping[str, Value] = {
    "disable_gc": False,
    "timer": "perf_counter",
    "min_rounds": 1,
    "max_time": 0.0,
    "min_time": 0.0,
    "warmup": True,
}


def read_medians(path: str | Path) -> dict[str, float]:
    """Return the median of each benchmark of a file in seconds, by its full name.

    Raises:
        ResultError: the file cannot be read or holds no benchmarks.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}"
        raise ResultError(message, hint="give a file of results") from error
    try:
        return {
            str(one["fullname"]): _cost(one["stats"]["median"])
            for one in json.loads(text)["benchmarks"]
        }
    except (
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        RecursionError,
    ) as error:
        message = f"{path} is no result of pytest-benchmark: {error!r}"
        hint = "write it with pytest --benchmark-json=FILE, or with --output here"
        raise ResultError(message, hint=hint) from error


def _cost(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"{value!r} is no median")


def benchmarks(measured: Mapping[str, Series], *, now: datetime.datetime) -> Value:
    """Return series by their names as one run of pytest-benchmark."""
    return {
        "machine_info": {
            "node": "",
            "processor": platform.processor(),
            "machine": platform.machine(),
            "python_implementation": platform.python_implementation(),
            "python_version": platform.python_version(),
            "release": platform.release(),
            "system": platform.system(),
            "cpu": {},
        },
        "commit_info": {},
        "benchmarks": [
            _benchmark(f"{name} ({kind})", kind, values, series.command)
            for name, series in measured.items()
            for kind, values in (("cpu", series.cpu), ("wall", series.wall))
        ],
        "datetime": now.isoformat(),
        "version": FORMAT,
    }


def _benchmark(
    name: str, kind: str, values: Sequence[float], command: Sequence[str]
) -> Value:
    return {
        "group": kind,
        "name": name,
        "fullname": name,
        "params": None,
        "param": None,
        "extra_info": {"command": command},
        "options": OPTIONS,
        "stats": _stats(sorted(values), values),
    }


def _stats(ordered: Sequence[float], values: Sequence[float]) -> Value:
    mean, deviation = statistics.fmean(values), 0.0
    low = high = statistics.median(values)
    if len(values) > 1:
        deviation = statistics.stdev(values)
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    fence = 1.5 * (high - low)
    inside = [one for one in ordered if low - fence <= one <= high + fence]
    far = sum(abs(one - mean) > deviation for one in values)
    outside = len(values) - len(inside)
    return {
        "min": ordered[0],
        "max": ordered[-1],
        "mean": mean,
        "stddev": deviation,
        "rounds": len(values),
        "median": statistics.median(values),
        "iqr": high - low,
        "q1": low,
        "q3": high,
        "iqr_outliers": outside,
        "stddev_outliers": far,
        "outliers": f"{far};{outside}",
        "ld15iqr": inside[0],
        "hd15iqr": inside[-1],
        "ops": 1 / mean if mean else 0.0,
        "total": sum(values),
        "data": values,
        "iterations": 1,
    }
