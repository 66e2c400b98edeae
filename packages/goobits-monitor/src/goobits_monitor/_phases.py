"""The phases of a start, recorded inside the program for less than a microsecond each."""

from __future__ import annotations

import os
from _thread import get_ident
from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from goobits_monitor._report import StartupReport
    from goobits_monitor._startup import PhaseCost, Startup

    Clock = Callable[[], float]
    Ident = Callable[[], int]

VARIABLE = "GOOBITS_MONITOR_PHASES"
"""Names the file that a program adds its phases to, as a line of JSON."""

TARGET = 0.1
MEMORY = 50_000_000


class Phase(list["str | float | int"]):
    """Records when a `with` block begins and ends; made by StartupBenchmark.phase().

    It is a list, as a list is made and filled without running any Python: the name, and for
    each time that it was entered when, in which thread, and when it was left.
    """

    __slots__ = ()

    def __enter__(self, now: Clock = perf_counter, thread: Ident = get_ident) -> None:
        self.append(now())
        self.append(thread())

    def __exit__(
        self, _kind: object, _error: object, _at: object, now: Clock = perf_counter
    ) -> None:
        self.append(now())


class StartupBenchmark:
    """Measures a start against its targets: from inside by phases, or a command from outside.

    `target` is what the start may take in seconds, `budgets` what single phases may take, in
    seconds by their names, and `memory` what a command that is measured may hold in
    bytes. Phases may nest, and run in several threads and tasks at once, each with a
    `phase()` of its own.
    """

    __slots__ = (
        "_add",
        "_began",
        "_done",
        "_ended",
        "_phases",
        "_pid",
        "budgets",
        "memory",
        "target",
    )

    def __init__(
        self,
        *,
        target: float = TARGET,
        memory: int = MEMORY,
        budgets: Mapping[str, float] | None = None,
    ) -> None:
        self.target = target
        self.memory = memory
        self.budgets = dict(budgets or ())
        self._phases: list[Phase] = []
        self._add = self._phases.append
        self._ended: tuple[float, tuple[PhaseCost, ...]] | None = None
        self._done: Startup | None = None
        self._pid = os.getpid()
        if os.environ.get(VARIABLE):
            import atexit

            atexit.register(self._end)
        self._began = perf_counter()

    def phase(self, name: str) -> Phase:
        """Return what records a phase around a `with` block."""
        phase = Phase((name,))
        self._add(phase)
        return phase

    def finish(self) -> Startup:
        """End the start, and return its phases and what they say of the targets.

        Where the variable GOOBITS_MONITOR_PHASES names a file, one line of JSON is added to
        it, which is how `goobits-monitor run` learns of phases. A second call returns what
        the first one did. A `with` block that ends by an exception ends the start, too, and
        says nothing of the targets.

        Raises:
            ResultError: no phase has the name that a budget is for.
        """
        if self._done is None:
            ended, phases = self._end()
            from goobits_monitor import _startup

            self._done = _startup.startup(
                phases, self._began, ended, self.target, self.budgets
            )
        return self._done

    def _end(self) -> tuple[float, tuple[PhaseCost, ...]]:
        """Return when the start ended and its phases; report them the first time."""
        if self._ended is None:
            ended = perf_counter()
            from goobits_monitor import _startup

            phases = _startup.costs(self._phases, self._began, ended)
            self._ended = ended, phases
            path = os.environ.get(VARIABLE)
            if path and self._pid == os.getpid():
                _startup.report(phases, self._began, path)
        return self._ended

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.finish()
        else:
            self._end()

    def measure(
        self,
        command: Sequence[str | Path],
        *,
        pairs: int | None = None,
        seconds: float = 3.0,
        timeout: float = 60.0,
        ignore_failure: bool = False,
        folder: str | Path | None = None,
        environment: Mapping[str, str] = os.environ,
        tick: Callable[[float], None] = lambda _done: None,
    ) -> StartupReport:
        """Measure a command from outside, in turn with the bare interpreter that runs it.

        It is run `pairs` times, or by default for about `seconds`, but at least 7 times,
        and a few times more for its imports and phases. `tick` is told the share that is done.

        Raises:
            CommandError: the command is not found, fails, or runs longer than `timeout`.
            ResultError: it reports phases that cannot be read, or none that a budget names.
        """
        from goobits_monitor._report import measure

        return measure(
            self,
            command,
            pairs=pairs,
            seconds=seconds,
            timeout=timeout,
            ignore_failure=ignore_failure,
            folder=folder,
            environment=environment,
            tick=tick,
        )
