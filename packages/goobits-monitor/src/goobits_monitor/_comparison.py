"""Commands compared in pairs, and the verdict on each of their costs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._machine import Others
from goobits_monitor._measuring._rounds import (
    Tick,
    interleave,
    repeats_needed,
    silent,
    warm_up,
)
from goobits_monitor._measuring._runners import TIMEOUT, open_runner
from goobits_monitor._measuring._usage import Command, Series
from goobits_monitor._statistics._gate import (
    CONFIDENCE,
    LIMIT,
    Outcome,
    Verdict,
    check_bounds,
    judge,
)

Metric = Literal["cpu", "wall", "memory"]
METRICS: tuple[Metric, ...] = get_args(Metric)

# Windows counts CPU time in steps that are longer than most starts.
JUDGED: Metric = "wall" if sys.platform == "win32" else "cpu"
"""What the gate judges unless told otherwise."""

PAIRS = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """What head costs beside base.

    Each value of the series is the median of `repeats` runs. `memory_floor` is the least peak
    that can be seen, in bytes, `others` how much of the machine other programs used
    meanwhile, from 0 to 1.
    """

    base: Series
    head: Series
    repeats: int
    memory_floor: int
    others: float
    limit: float = LIMIT
    confidence: float = CONFIDENCE

    def verdict(self, metric: Metric = JUDGED) -> Verdict:
        """Judge one of the costs.

        Raises:
            ResultError: it was too small for the clock of the system.
        """
        return judge(
            self.values("base", metric),
            self.values("head", metric),
            limit=self.limit,
            confidence=self.confidence,
        )

    def outcome(self, metric: Metric) -> Outcome:
        """Return the verdict's outcome, "undecided" for what is too small to measure."""
        try:
            return self.verdict(metric).outcome
        except ResultError:
            return "undecided"

    def values(
        self, side: Literal["base", "head"], metric: Metric
    ) -> tuple[float, ...]:
        """Return what one side cost in each round, in seconds or bytes."""
        series = self.base if side == "base" else self.head
        found: tuple[float, ...] = getattr(series, metric)
        return found


def compare(
    base: Command,
    *heads: Command,
    pairs: int = PAIRS,
    repeats: int | None = None,
    pin: bool = True,
    limit: float = LIMIT,
    confidence: float = CONFIDENCE,
    timeout: float = TIMEOUT,
    ignore_failure: bool = False,
    folder: str | Path | None = None,
    environment: Mapping[str, str] = os.environ,
    tick: Tick = silent,
) -> tuple[Comparison, ...]:
    """Run commands in turn, `pairs` times each, and compare each head with the base.

    `limit` is the share by which a head may cost more and still be no slower, 0.02 being
    2 %. For each value a command runs `repeats` times, by default as often as the noise of
    a few rounds before asks for. `pin` keeps all on one CPU. `timeout` is that of each run,
    in seconds; `tick` is told the share that is done.

    Raises:
        CommandError: a command is not found, fails, or runs longer than `timeout`.
        ResultError: there would be nothing to compare.
    """
    if pairs < 1 or (repeats is not None and repeats < 1) or not heads:
        message = f"{pairs} pairs of {len(heads)} commands, {repeats} times, are none"
        raise ResultError(message, hint="compare at least one command, once")
    check_bounds(limit, confidence)
    commands = (base, *heads)
    with (
        Others() as others,
        open_runner(
            environment=environment,
            folder=folder,
            timeout=timeout,
            ignore_failure=ignore_failure,
            pin=pin,
        ) as runner,
    ):
        warm_up(runner, commands)
        if repeats is None:
            repeats = repeats_needed(runner, commands)
        tick(0.0)
        first, *rest = interleave(runner, commands, pairs, repeats=repeats, tick=tick)
        floor = runner.memory_floor
    return tuple(
        Comparison(first, one, repeats, floor, others.share, limit, confidence)
        for one in rest
    )
