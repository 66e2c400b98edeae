"""Measure what a command costs against another one, on a machine that is never quiet.

Both run in turn, many times; what counts is the CPU time of the whole process, user and system,
and of the pairs' ratios the median.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Command = Sequence[str | Path]


class Measure(Protocol):
    """Compares candidates with a base, and prints the ratios below a title."""

    def __call__(
        self,
        title: str,
        base: Command,
        candidates: Mapping[str, Command],
        pairs: int = 41,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the ratios, and the quartiles around it."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


def cpu_seconds(command: Command, environment: Mapping[str, str]) -> float:
    """Run a command with its output thrown away; return the CPU time that it took.

    Raises:
        RuntimeError: it ended otherwise than with exit code 0.
    """
    null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
    words = [str(word) for word in command]
    child = os.posix_spawnp(words[0], words, dict(environment), file_actions=null)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{words} ended with status {status}")
    return usage.ru_utime + usage.ru_stime


def compare(
    base: Command,
    candidates: Mapping[str, Command],
    environment: Mapping[str, str],
    pairs: int = 41,
) -> dict[str, Ratio]:
    """Return what each candidate costs as a multiple of `base`, after two warm-up rounds."""
    ratios: dict[str, list[float]] = {name: [] for name in candidates}
    for round_ in range(-2, pairs):
        floor = cpu_seconds(base, environment)
        for name, command in candidates.items():
            cost = cpu_seconds(command, environment)
            if round_ >= 0:
                ratios[name].append(cost / floor)
    return {name: _summary(values) for name, values in ratios.items()}


def _summary(values: Sequence[float]) -> Ratio:
    low, median, high = statistics.quantiles(values, n=4)
    return Ratio(median, low, high)
