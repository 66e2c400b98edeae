"""The machine while something is measured on it."""

from __future__ import annotations

import os
import time
from typing import Self

import psutil


class Others:
    """Watches, as a context manager, how much of the machine other programs use.

    `share` is then the CPU time that neither this process nor its children used, of all that
    the machine had, from 0 to 1.
    """

    share: float = 0.0

    def __enter__(self) -> Self:
        self._clock = time.perf_counter()
        self._busy = _busy()
        self._own = _own()
        return self

    def __exit__(self, *_: object) -> None:
        elapsed = (time.perf_counter() - self._clock) * (os.cpu_count() or 1)
        others = (_busy() - self._busy) - (_own() - self._own)
        self.share = min(1.0, max(0.0, others / elapsed)) if elapsed else 0.0


def _busy() -> float:
    """Return the seconds that all CPUs together have worked since the machine started."""
    times = psutil.cpu_times()
    guests = getattr(times, "guest", 0.0) + getattr(times, "guest_nice", 0.0)
    idle = times.idle + getattr(times, "iowait", 0.0)
    return float(sum(times) - idle - guests)


def _own() -> float:
    """Return the CPU seconds of this process and the children that have ended."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
