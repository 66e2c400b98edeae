"""Commands run in turn, so that what disturbs the machine disturbs all of them alike."""

from __future__ import annotations

import math
import statistics
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
PILOTS = 8
MOST_REPEATS = 15
NOISE = 0.015
"""What the ratio of a pair may be off by, as a share: a third of what is searched for."""
LONGEST_PAIR = 1.0
"""How many seconds the repeats of one pair may take."""

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

    The first command is compared with each other one in a few rounds that count no further.
    The median of `k` runs is off by the `k`-th root of what one is off by.
    """
    pilot = interleave(runner, commands, PILOTS)
    base = pilot[0]
    noise = max(
        (_spread(base.cpu, other.cpu, base.wall, other.wall) for other in pilot[1:]),
        default=0.0,
    )
    length = sum(statistics.median(one.wall) for one in pilot)
    affordable = max(1, int(LONGEST_PAIR / length))
    return min(MOST_REPEATS, affordable, max(1, math.ceil((noise / NOISE) ** 2)))


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


def _spread(*samples: Sequence[float]) -> float:
    """Return the deviation of the ratios, from their quartiles, as a share."""
    base_cpu, head_cpu, base_wall, head_wall = samples
    cpu = all(base_cpu) and all(head_cpu)
    base, head = (base_cpu, head_cpu) if cpu else (base_wall, head_wall)
    logs = [math.log(new / old) for old, new in zip(base, head, strict=True)]
    low, _, high = statistics.quantiles(logs, n=4)
    return (high - low) / 1.349


def _series(command: Command, runs: Sequence[Usage]) -> Series:
    return Series(
        words_of(command),
        tuple(run.cpu for run in runs),
        tuple(run.wall for run in runs),
        tuple(float(run.memory) for run in runs),
    )
