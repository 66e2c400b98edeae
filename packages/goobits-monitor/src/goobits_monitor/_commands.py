"""What the commands of goobits-monitor do: measure, print, and choose the exit code."""

from __future__ import annotations

import os

from goobits_monitor._cli import _arguments as arguments
from goobits_monitor._errors import (
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
    GoobitsMonitorError,
    HistoryError,
    ResultError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import ParamSpec

    from goobits_monitor._comparison import Metric

    P = ParamSpec("P")

_FAILED = 1


def _complaining(hook: Callable[P, int]) -> Callable[P, int]:
    """Turn the errors of a hook into a message and an exit code."""

    def call(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return hook(*args, **kwargs)
        except GoobitsMonitorError as error:
            _complain(error)
            return _code(error)

    return call


@_complaining
def on_run(
    *,
    command: Sequence[str],
    target: float,
    memory: float,
    budget: Sequence[str],
    pairs: int | None,
    timeout: float,
    ignore_failure: bool,
    check: bool,
    record: str | None,
    label: str,
    history: str | None,
    output: str | None,
    json: bool,
    quiet: bool,
    **_rest: object,
) -> int:
    """Measure a command against the bare interpreter and its targets."""
    benchmark = arguments.benchmark(target, memory, budget)
    pairs = None if pairs is None else arguments.count("--pairs", pairs)
    timeout = arguments.timeout(timeout)

    from goobits_monitor._cli import _json, _text, _written
    from goobits_monitor._cli._progress import Progress

    with Progress("measuring", quiet=quiet) as tick:
        report = benchmark.measure(
            command,
            pairs=pairs,
            timeout=timeout,
            ignore_failure=ignore_failure,
            tick=tick,
        )
    text = (
        _json.dump(_json.startup_report(report))
        if json
        else _text.startup_report(report)
    )
    # First, as what follows may fail, and the measurement took its time.
    print(text)
    if output is not None:
        name = record or " ".join(report.own.command)
        _written.write_benchmarks(output, {name: report.own})
    if record is not None:
        from goobits_monitor._cli._recording import record_report

        record_report(history, record, label, report)
    return _FAILED if check and report.outcome != "met" else 0


@_complaining
def on_compare(
    *,
    base: str,
    heads: Sequence[str],
    pairs: int,
    repeats: int | None,
    limit: float,
    metric: Sequence[Metric],
    check: bool,
    on_regression: str | None,
    timeout: float,
    ignore_failure: bool,
    no_pin: bool,
    output: str | None,
    json: bool,
    quiet: bool,
    **_rest: object,
) -> int:
    """Measure commands in turn, and say which is slower."""
    commands = [arguments.words(text) for text in (base, *heads)]
    pairs = arguments.count("--pairs", pairs)
    repeats = None if repeats is None else arguments.count("--repeats", repeats)
    timeout = arguments.timeout(timeout)
    limit = arguments.share("--limit", limit)
    alarm = arguments.optional_words(on_regression)
    if check:
        arguments.enough_pairs(pairs)

    from goobits_monitor._cli import _json, _text, _written
    from goobits_monitor._cli._progress import Progress
    from goobits_monitor._comparison import compare

    with Progress("comparing", quiet=quiet) as tick:
        found = compare(
            *commands,
            pairs=pairs,
            repeats=repeats,
            limit=limit,
            timeout=timeout,
            ignore_failure=ignore_failure,
            pin=not no_pin,
            tick=tick,
        )
    print(_json.dump(_json.comparisons(found)) if json else _text.comparisons(found))
    if output is not None:
        names = _written.distinct((base, *heads))
        series = (found[0].base, *(one.head for one in found))
        _written.write_benchmarks(output, dict(zip(names, series, strict=True)))
    if not check:
        return 0

    from goobits_monitor._cli import _judgements

    judged = _judgements.of_comparisons(found, metric)
    return _judgements.alarm(judged, alarm)


@_complaining
def on_imports(
    *,
    command: Sequence[str],
    runs: int,
    least: float,
    flat: bool,
    all: bool,
    timeout: float,
    json: bool,
    quiet: bool,
    **_rest: object,
) -> int:
    """Show what a Python program imports, by cost."""
    runs = arguments.count("--runs", runs)
    seconds = arguments.milliseconds("--least", least)
    timeout = arguments.timeout(timeout)

    from goobits_monitor._cli import _json, _text
    from goobits_monitor._cli._progress import Progress
    from goobits_monitor._programs._imports import import_tree
    from goobits_monitor._programs._runtimes import find_runtime

    with Progress("importing", quiet=quiet) as tick:
        tree = import_tree(command, runs=runs, timeout=timeout)
        tick(0.5)
        runtime = find_runtime(command)
        if not all and runtime.name == "python":
            bare = import_tree(runtime.bare, runs=runs, timeout=timeout)
            tree = tree.without(bare)
    if tree.code:
        from goobits_monitor._cli._stderr import say

        what = f"the command failed ({tree.code}): this is what it imported until then"
        say(f"goobits-monitor: warning: {what}")
    if json:
        print(_json.dump({"version": _json.VERSION, **_json.imports(tree)}))
    elif flat:
        print(_text.packages(tree, seconds))
    else:
        title = "All imports" if all else "Imports beyond those of the bare interpreter"
        print(_text.imports(tree, seconds, title))
    return 0


@_complaining
def on_record(
    *,
    metric: str | None,
    value: float | None,
    unit: str,
    label: str,
    history: str | None,
    file: Sequence[str],
    json: bool,
    **_rest: object,
) -> int:
    """Add values to the history."""
    if bool(file) == (value is not None) or bool(file) == (metric is not None):
        message = "there is nothing to record" if not file else "there is too much"
        hint = "give a metric and its value, or files with --file, and not both"
        raise ResultError(message, hint=hint)

    from goobits_monitor._cli import _json, _recording

    if file:
        added = _recording.record_files(history, file, label)
    else:
        added = _recording.record_value(
            history, metric or "", value or 0.0, unit, label
        )
    print(_json.dump({"recorded": added}) if json else f"recorded {added}")
    return 0


@_complaining
def on_history(
    *,
    metric: str | None,
    last: int,
    history: str | None,
    json: bool,
    **_rest: object,
) -> int:
    """Show what was recorded, and where it changed."""
    last = arguments.count("--last", last)
    _refuse_missing(history)

    from goobits_monitor._cli import _history, _json
    from goobits_monitor._history._monitor import PerformanceMonitor

    with PerformanceMonitor(history) as monitor:
        found = _history.read(monitor, metric, last)
    if json:
        print(_json.dump(_history.as_json(found)))
    else:
        print(_history.as_text(found, detailed=metric is not None))
    return 0


@_complaining
def on_gate(
    *,
    files: Sequence[str],
    base: Sequence[str],
    head: Sequence[str],
    metric: Sequence[str],
    recent: int,
    limit: float,
    on_regression: str | None,
    history: str | None,
    json: bool,
    **_rest: object,
) -> int:
    """Fail when results, or the history, show a regression."""
    alarm = arguments.optional_words(on_regression)
    limit = arguments.share("--limit", limit)
    recent = arguments.count("--recent", recent)

    from goobits_monitor._cli import _json, _judgements, _results

    _refuse_missing(history)
    if history is not None and (files or base or head):
        hint = "judge either files of results, or a history"
        raise ResultError("there are files, and a history", hint=hint)
    if files or base or head:
        verdicts = [
            *_results.of_comparisons(files, metric, limit),
            *(
                _results.of_benchmarks(base, head, metric, limit)
                if base or head
                else ()
            ),
        ]
        judged = [_judgements.of_verdict(name, one, {}) for name, one in verdicts]
    else:
        from goobits_monitor._history._monitor import PerformanceMonitor

        with PerformanceMonitor(history) as monitor:
            judged = _judgements.of_history(monitor, metric, recent, limit)
    if not judged:
        hint = "name the files of results, or the history in which they were recorded"
        raise ResultError("there is nothing to judge", hint=hint)
    shown = _json.dump(_judgements.as_json(judged)) if json else None
    print(_judgements.as_text(judged) if shown is None else shown)
    return _judgements.alarm(judged, alarm)


def _refuse_missing(history: str | None) -> None:
    """Refuse a history that somebody names to be read and that is not there."""
    if history is not None and not os.path.lexists(history):
        hint = "record something there first, or name the file in which you did"
        raise ResultError(f"there is no history {history}", hint=hint)


def _complain(error: GoobitsMonitorError) -> None:
    from goobits_monitor._cli._stderr import say

    lines = [f"goobits-monitor: error: {error}"]
    if isinstance(error, CommandFailedError) and error.tail.strip():
        lines.append("the end of what it wrote to stderr:")
        lines += [f"  {line}" for line in error.tail.rstrip().splitlines()[-20:]]
    if error.hint:
        lines.append(f"help: {error.hint}")
    say("\n".join(lines))


def _code(error: GoobitsMonitorError) -> int:
    if isinstance(error, CommandTimeoutError):
        return 124
    if isinstance(error, CommandNotFoundError):
        return 127
    return 2 if isinstance(error, HistoryError | ResultError) else _FAILED
