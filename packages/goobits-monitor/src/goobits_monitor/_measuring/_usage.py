"""What one run of a command cost, and many of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from goobits_monitor._errors import ResultError

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a run cost: seconds of CPU, of the clock, and bytes at its peak.

    `cpu` is the user and system time of the process and of the children that it waited for
    (Windows: of all processes that it started). `memory` is the largest resident set that
    one of them had (Windows: the memory that one of them had committed). `started` is the
    reading of time.perf_counter() just before.
    """

    cpu: float
    wall: float
    memory: int
    code: int
    started: float
    pid: int = 0


class Runner(Protocol):
    """Runs one command after the other, and says what each cost."""

    memory_floor: int
    """The least peak that can be seen, in bytes; what is below shows as this."""

    def run(self, command: Command) -> Usage:
        """Run a command to its end, without input and with its output thrown away.

        Raises:
            CommandNotFoundError: there is no such program.
            CommandFailedError: it ended with another exit code than 0.
            CommandTimeoutError: it ran too long, and was killed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Series:
    """What a command cost each time, in the units of `Usage`."""

    command: tuple[str, ...]
    cpu: tuple[float, ...]
    wall: tuple[float, ...]
    memory: tuple[float, ...]


def words_of(command: Command) -> tuple[str, ...]:
    """Return the words of a command as texts.

    Raises:
        ResultError: it is one text, which nothing here splits.
    """
    if isinstance(command, str):
        raise ResultError(f"{command!r} is no list of words", hint="use shlex.split()")
    return tuple(str(word) for word in command)


def typical(runs: Sequence[Usage]) -> Usage:
    """Return the median of each cost over some runs."""
    return Usage(
        cpu=statistics.median(run.cpu for run in runs),
        wall=statistics.median(run.wall for run in runs),
        memory=round(statistics.median(run.memory for run in runs)),
        code=runs[-1].code,
        started=runs[0].started,
    )
