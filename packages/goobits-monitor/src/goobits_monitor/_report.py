"""The start of a command, measured from outside."""

from __future__ import annotations

import os
import statistics
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goobits_monitor._errors import CommandError, ResultError
from goobits_monitor._measuring._machine import Others
from goobits_monitor._measuring._rounds import Tick, interleave, warm_up
from goobits_monitor._measuring._runners import open_runner
from goobits_monitor._measuring._usage import Command, Runner, Series, words_of
from goobits_monitor._phases import VARIABLE, StartupBenchmark
from goobits_monitor._programs._imports import ImportTree, import_tree
from goobits_monitor._programs._runtimes import Runtime, find_runtime
from goobits_monitor._startup import (
    Goal,
    Outcome,
    PhaseCost,
    ReportedStart,
    budget_goals,
    overall,
    read_report,
)
from goobits_monitor._statistics._intervals import Interval, median_interval

LEAST_PAIRS, MOST_PAIRS = 7, 60
IMPORT_RUNS = 3
PHASE_RUNS = LEAST_PAIRS


@dataclass(frozen=True, slots=True)
class StartupReport:
    """A command as seen from outside, beside the bare runtime that runs it.

    `cpu`, `wall` and `memory` are those of the command, `ratio` its CPU time over that of
    `bare` in the same round (of the clock, where the system counts CPU time too coarsely).
    `memory_floor` is the least peak that can be seen, `others` how much of the machine other
    programs used meanwhile, from 0 to 1. `imports` is None where the command is no Python
    program, or does not say what it imports. `before_phases` is how long after the start of
    the process the program began to record its phases, None where that cannot be said.
    """

    runtime: str
    own: Series
    bare: Series
    cpu: Interval
    wall: Interval
    memory: Interval
    ratio: Interval
    goals: tuple[Goal, ...]
    memory_floor: int
    others: float
    imports: ImportTree | None
    phases: tuple[PhaseCost, ...]
    before_phases: float | None

    @property
    def outcome(self) -> Outcome:
        return overall(self.goals)


def measure(
    benchmark: StartupBenchmark,
    command: Command,
    *,
    pairs: int | None,
    seconds: float,
    timeout: float,
    ignore_failure: bool,
    folder: str | Path | None,
    environment: Mapping[str, str],
    tick: Tick,
) -> StartupReport:
    """Measure a command in turn with its bare runtime, then its imports and phases."""
    if pairs is not None and pairs < 1:
        raise ResultError(f"{pairs} runs are none", hint="measure at least once")
    # Where this process is measured itself, the phases of its commands are not its own.
    environment = {key: environment[key] for key in environment if key != VARIABLE}
    place = Path(folder) if folder is not None else None
    runtime = find_runtime(words_of(command), environment=environment, folder=place)
    with (
        Others() as others,
        open_runner(
            environment=environment,
            folder=folder,
            timeout=timeout,
            ignore_failure=ignore_failure,
        ) as runner,
    ):
        own, bare = _in_turn(runner, command, runtime, pairs, seconds, tick)
        floor = runner.memory_floor
    tick(0.8)
    reported = _reported(command, environment, folder, timeout, ignore_failure)
    tick(0.9)
    imports = _imports(command, runtime, environment, place, timeout)
    tick(1.0)
    return _report(
        benchmark, runtime, own, bare, floor, others.share, imports, reported
    )


def _in_turn(
    runner: Runner,
    command: Command,
    runtime: Runtime,
    pairs: int | None,
    seconds: float,
    tick: Tick,
) -> tuple[Series, Series]:
    commands = (command, runtime.bare)
    warm_up(runner, commands)
    if pairs is None:
        once = sum(runner.run(one).wall for one in commands)
        pairs = min(MOST_PAIRS, max(LEAST_PAIRS, int(seconds / once)))
    own, bare = interleave(runner, commands, pairs, tick=lambda done: tick(0.8 * done))
    return own, bare


def _report(
    benchmark: StartupBenchmark,
    runtime: Runtime,
    own: Series,
    bare: Series,
    floor: int,
    others: float,
    imports: ImportTree | None,
    reported: Sequence[ReportedStart],
) -> StartupReport:
    wall, memory = median_interval(own.wall), median_interval(own.memory)
    goals = (
        Goal("start-up", wall, benchmark.target),
        Goal("memory", memory, benchmark.memory),
        *budget_goals([line.phases for line in reported], benchmark.budgets),
    )
    before = [line.before for line in reported if line.before is not None]
    return StartupReport(
        runtime=runtime.name,
        own=own,
        bare=bare,
        cpu=median_interval(own.cpu),
        wall=wall,
        memory=memory,
        ratio=_ratio(own, bare),
        goals=goals,
        memory_floor=floor,
        others=others,
        imports=imports,
        phases=_typical(reported),
        before_phases=statistics.median(before) if before else None,
    )


def _ratio(own: Series, bare: Series) -> Interval:
    """Compare by CPU time, or by the clock where that is too coarse to see the command."""
    new, old = (own.cpu, bare.cpu) if all(bare.cpu) else (own.wall, bare.wall)
    return median_interval([one / other for one, other in zip(new, old, strict=True)])


def _reported(
    command: Command,
    environment: Mapping[str, str],
    folder: str | Path | None,
    timeout: float,
    ignore_failure: bool,
) -> list[ReportedStart]:
    """Run a command with a file for its phases; return them, and nothing if it reports none."""
    with tempfile.TemporaryDirectory(prefix="goobits-monitor-") as scratch:
        path = os.path.join(scratch, "phases")
        with open_runner(
            environment={**environment, VARIABLE: path},
            folder=folder,
            timeout=timeout,
            ignore_failure=ignore_failure,
        ) as runner:
            found: list[ReportedStart] = []
            for _ in range(PHASE_RUNS):
                usage = runner.run(command)
                if not os.path.lexists(path):
                    break
                found.append(read_report(path, usage.started, usage.wall, usage.pid))
                os.unlink(path)
    return found


def _typical(lines: Sequence[ReportedStart]) -> tuple[PhaseCost, ...]:
    """Return the medians over the runs that had the same phases as most of them."""
    shapes = Counter(_shape(line) for line in lines)
    if not shapes:
        return ()
    usual = shapes.most_common(1)[0][0]
    runs = [line.phases for line in lines if _shape(line) == usual]
    return tuple(
        PhaseCost(
            same[0].name,
            statistics.median(one.start for one in same),
            statistics.median(one.seconds for one in same),
            same[0].depth,
        )
        for same in zip(*runs, strict=True)
    )


def _shape(line: ReportedStart) -> tuple[tuple[str, int], ...]:
    return tuple((phase.name, phase.depth) for phase in line.phases)


def _imports(
    command: Command,
    runtime: Runtime,
    environment: Mapping[str, str],
    folder: Path | None,
    timeout: float,
) -> ImportTree | None:
    """Return what a Python program imports beyond the bare interpreter, else None."""
    if runtime.name != "python":
        return None
    try:
        own, bare = (
            import_tree(
                one,
                runs=IMPORT_RUNS,
                environment=environment,
                folder=folder,
                timeout=timeout,
            )
            for one in (words_of(command), runtime.bare)
        )
    except CommandError:
        return None
    return own.without(bare)
