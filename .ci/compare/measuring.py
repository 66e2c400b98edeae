"""Base and head in turn: whole commands, and functions timed in a process."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from goobits_monitor import CommandError, CommandFailedError, Comparison, compare
from goobits_monitor._cli._pytest_benchmark import read_medians
from goobits_monitor._cli._results import of_benchmarks
from rows import Row
from sides import Key, Plan, Side

LIMIT = 0.02
Say = Callable[[str], None]


def name_of(benchmark: str, command: str = "") -> str:
    """Return a benchmark as people read it, `packages/x/benchmarks/test_y.py::z` as `x z`."""
    path, _, test = benchmark.partition("::")
    package = path.removeprefix("packages/").split("/")[0]
    return " ".join(word for word in (package, test or path, command) if word)


def left_out(base: Plan, head: Plan) -> Iterator[Row]:
    """Return what cannot be compared: broken in head, or not there yet in base."""
    for name, reason in head.failed.items():
        yield Row(name_of(name), "failed", reason=reason)
    for name in sorted(head.functions - base.functions):
        yield Row(name_of(name), "new")
    for key in head.commands:
        if key not in base.commands:
            yield Row(_shown(key), "new")


def commands(
    base: Plan, head: Plan, pairs: int, folder: Path, say: Say
) -> Iterator[tuple[Row, Comparison | None]]:
    """Compare every command that both have, one after the other."""
    both = [key for key in head.commands if key in base.commands]
    for number, key in enumerate(both, 1):
        old, new = base.commands[key], head.commands[key]
        name, found = _shown(key), None
        try:
            (found,) = compare(
                old, new, pairs=pairs, environment=head.environment, folder=folder
            )
            row = _row(name, found)
        except CommandError as error:
            row = _left_out(name, error, new, head.environment, folder)
        say(f"command {number} of {len(both)}: {row}")
        yield row, found


def functions(
    sides: tuple[Side, Side], names: list[str], pairs: int, folder: Path, say: Say
) -> Iterator[Row]:
    """Let both sides time their functions in turn, each time in a new process.

    Who is first changes from round to round. The results of pytest-benchmark are kept.
    """
    results: dict[str, list[str]] = {side.name: [] for side in sides}
    for number in range(1, pairs + 1):
        say(f"{len(names)} functions, round {number} of {pairs}")
        for side in sides if number % 2 else sides[::-1]:
            path = folder / f"{side.name}-{number:02}.json"
            side.time_functions(names, path)
            results[side.name].append(str(path))
    old, new = (_typical(results[side.name]) for side in sides)
    verdicts = of_benchmarks(results["base"], results["head"], (), LIMIT)
    for name, verdict in verdicts:
        yield Row(name_of(name), verdict.outcome, old[name], new[name], verdict)


def _left_out(
    name: str,
    error: CommandError,
    new: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
) -> Row:
    """Say whether head works: what fails in base alone is something that is new."""
    try:
        compare(new, new, pairs=1, repeats=1, environment=environment, folder=folder)
    except CommandError:
        return Row(name, "failed", reason=_why(error))
    return Row(name, "new")


def _shown(key: Key) -> str:
    benchmark, _, command = key
    return name_of(benchmark, command)


def _row(name: str, found: Comparison) -> Row:
    verdict = found.verdict()
    old, new = map(statistics.median, (found.base.cpu, found.head.cpu))
    return Row(name, verdict.outcome, old, new, verdict)


def _why(error: CommandError) -> str:
    tail = error.tail if isinstance(error, CommandFailedError) else ""
    return f"{error}\n{tail}".rstrip()


def _typical(results: list[str]) -> dict[str, float]:
    """Return of each function the median of its medians."""
    runs = [read_medians(path) for path in results]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}
