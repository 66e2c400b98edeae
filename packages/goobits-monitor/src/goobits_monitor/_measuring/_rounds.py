"""Commands run in turn, so that what disturbs the machine disturbs all of them alike."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Callable, Sequence

from goobits_monitor._measuring._usage import (
    Command,
    Runner,
    Series,
    Usage,
    typical,
    words_of,
)

WARM_UPS = 2
PILOTS = 12
LEAST_REPEATS, MOST_REPEATS = 7, 21
NOISE = 0.01
"""What the ratio of a pair may be off by, as a share, to see 5 % beyond a limit of 2 %."""
LONGEST_ROUND = 1.5
"""How many seconds all runs of one round may take."""

Tick = Callable[[float], None]
"""Is told how much is done, from 0 to 1."""


def silent(_done: float) -> None:
    """Tell nobody."""


def interleave(
    runner: Runner,
    commands: Sequence[Command],
    rounds: int,
    *,
    repeats: int = 1,
    tick: Tick = silent,
) -> tuple[Series, ...]:
    """Run all commands in turn, `rounds` times; return what each cost in each round.

    In each round a command runs `repeats` times and counts by the median. Who is first
    changes from run to run, as being the first after a change can cost.
    """
    found: list[list[Usage]] = [[] for _ in commands]
    for done in range(rounds):
        runs = _round(runner, commands, repeats, done)
        for one, usages in zip(found, runs, strict=True):
            one.append(typical(usages))
        tick((done + 1) / rounds)
    return tuple(map(_series, commands, found))


def warm_up(runner: Runner, commands: Sequence[Command]) -> None:
    """Run each command until its files are in memory and its bytecode is written."""
    for _ in range(WARM_UPS):
        for command in commands:
            runner.run(command)


def repeats_needed(runner: Runner, commands: Sequence[Command]) -> int:
    """Find out how often to run each command in a round, so that the noise is small.

    A few rounds that count no further show the noise. The median of `k` runs is off by about
    1 / sqrt(k) of what one is off by, and where two commands are far apart it may be off by
    more.
    """
    base, *heads = interleave(runner, commands, PILOTS)
    wanted = max((_repeats(base, head) for head in heads), default=1)
    length = sum(statistics.median(one.wall) for one in (base, *heads))
    affordable = max(1, int(LONGEST_ROUND / length))
    return min(affordable, MOST_REPEATS, max(LEAST_REPEATS, wanted))


def _repeats(base: Series, head: Series) -> int:
    # Windows counts CPU time in steps that are longer than most starts.
    cpu = sys.platform != "win32" and all(base.cpu) and all(head.cpu)
    old, new = (base.cpu, head.cpu) if cpu else (base.wall, head.wall)
    logs = [math.log(one / other) for one, other in zip(new, old, strict=True)]
    low, middle, high = statistics.quantiles(logs, n=4)
    # From the quartiles, as outliers are what the median is there for.
    deviation = (high - low) / 1.349
    return math.ceil((deviation / max(NOISE, abs(middle) / 4)) ** 2)


def _round(
    runner: Runner, commands: Sequence[Command], repeats: int, number: int
) -> list[list[Usage]]:
    runs: list[list[Usage]] = [[] for _ in commands]
    count = len(commands)
    for repeat in range(repeats):
        turn = number * repeats + repeat
        order = [(turn + place) % count for place in range(count)]
        for place in order if turn // count % 2 else reversed(order):
            runs[place].append(runner.run(commands[place]))
    return runs


def _series(command: Command, runs: Sequence[Usage]) -> Series:
    return Series(
        words_of(command),
        tuple(run.cpu for run in runs),
        tuple(run.wall for run in runs),
        tuple(float(run.memory) for run in runs),
    )
