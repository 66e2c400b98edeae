"""Loading ahead what past runs say is worth it."""

from __future__ import annotations

import os
import sys

from goobits_lazy._strategies import LoadingStrategy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from threading import Thread

    from goobits_lazy._loader import LazyLoader
    from goobits_lazy._usage import UsageStore

START = 0.005
"""Seconds that threads cost: `threading` is imported, one is started and joined."""


class PredictiveLoadingStrategy(LoadingStrategy):
    """Loads in the background, from the entry of the loader on, what the command will use.

    A component that takes `s` seconds to load and is used with probability `p` saves `p * s` of
    waiting and costs `(1 - p) * s` of loading in vain, of which a second is worth `price` seconds
    of waiting. It is loaded ahead when it saves more than it costs:

        p * s > price * (1 - p) * s

    and all of them only when they save together more than the 5 ms that threads cost. This is the
    rule of prefetching by expected cost (Jiang and Kleinrock, "An Adaptive Network Prefetch
    Scheme", 1998): with the price of 1 what is used in more than half of the runs. `p` and `s` come
    from `usage`, to which each run is added when the loader is left.

    What is worth most is loaded first. What fails in the background is tried again, and raised,
    where it is used. What has not begun when the loader is left is not loaded.
    """

    def __init__(
        self, usage: UsageStore, *, price: float = 1.0, threads: int = 1
    ) -> None:
        if not price >= 0 or threads < 1:
            raise ValueError(
                "a price is not negative, and there is one thread at least"
            )
        self._usage = usage
        self._price = price
        self._threads = threads
        self._runs: list[_Run] = []

    def predicted(self, loader: LazyLoader) -> tuple[str, ...]:
        """Return what is worth loading ahead, the most valuable first."""
        usage = self._usage.read()
        values = {}
        for name in loader:
            if not loader.is_loaded(name):
                likely, seconds = usage.probability(name), usage.seconds(name)
                value = (likely - self._price * (1.0 - likely)) * seconds
                if value > 0.0:
                    values[name] = value
        if sum(values.values()) <= START:
            return ()
        return tuple(sorted(values, key=lambda name: -values[name]))

    def started(self, loader: LazyLoader) -> None:
        names = self.predicted(loader)
        run = _Run(loader)
        self._runs.append(run)
        if names:
            run.preload(names, self._threads)

    def stopped(self, loader: LazyLoader) -> None:
        run = next(run for run in reversed(self._runs) if run.loader is loader)
        self._runs.remove(run)
        run.join()
        if run.process != os.getpid():
            return
        try:
            self._usage.record(run.used())
        except OSError as error:
            if "logging" in sys.modules:  # else nobody listens, and importing it costs
                import logging

                logging.getLogger("goobits_lazy").info("Usage is not kept: %s", error)


class _Run:
    """The time between the entry of a loader and its exit."""

    def __init__(self, loader: LazyLoader) -> None:
        self.loader = loader
        self.process = os.getpid()
        self._uses = {name: one.uses for name, one in loader.statistics.items()}
        self._threads: list[Thread] = []
        self._names: list[str] = []

    def preload(self, names: Iterable[str], threads: int) -> None:
        from threading import Thread

        self._names = [*names][::-1]
        for _ in range(min(threads, len(self._names))):
            thread = Thread(target=self._load_all, name="goobits-lazy preloading")
            try:
                thread.start()
            except RuntimeError:
                return  # no more threads can be had
            self._threads.append(thread)

    def join(self) -> None:
        """Load no more, and wait for what is being loaded."""
        self._names.clear()
        for thread in self._threads:
            thread.join()

    def used(self) -> dict[str, float]:
        """Return what was used in this run, also by others, and what loading it took."""
        statistics = self.loader.statistics
        used: dict[str, float] = {}
        for name, one in statistics.items():
            if one.uses > self._uses.get(name, 0):
                for each in (name, *self.loader.dependencies(name)):
                    of = statistics[each]
                    used[each] = of.seconds / max(of.loads + of.failures, 1)
        return used

    def _load_all(self) -> None:
        while True:
            try:
                name = self._names.pop()
            except IndexError:
                return
            try:
                self.loader.load(name)
            except Exception:  # noqa: BLE001 - it is raised where the component is used
                continue
