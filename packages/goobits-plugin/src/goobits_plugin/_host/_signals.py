"""Ctrl-C, SIGTERM and SIGHUP while a plugin runs."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

_NUMBERS = (2, 15, 1)  # `signal` makes enumerations of them, which costs 5 ms of every start


class Killed(Exception):  # noqa: N818 - leaves `Sandbox.run`, which kills the guest at once
    """A second signal came while the guest was given time to end."""


class Signals:
    """While it is entered, the first signal is noted and `on_first` called, the next one raises.

    A signal that was ignored stays so. Entered in the main thread alone. When it has been left,
    `deliver` has the signal do what it would have done.
    """

    def __init__(self, on_first: Callable[[], object]) -> None:
        self.number = 0
        self.is_running = False
        self._on_first = on_first
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in _NUMBERS:
            if _signal.getsignal(number) not in (_signal.SIG_IGN, None):
                self._before[number] = _signal.signal(number, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            _signal.signal(number, handler)

    def deliver(self) -> None:
        """Send the signal that came once more, to who handled it before."""
        os.kill(os.getpid(), self.number)

    def _take(self, number: int, _: object) -> None:
        is_first, self.number = not self.number, number
        if is_first:
            self._on_first()
        elif self.is_running:
            self.is_running = False
            raise Killed
