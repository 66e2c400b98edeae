"""Signals that end a run: the plugin first, and then this process as if nothing had caught them."""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Self

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Catches what would end this process, in the main thread, until it is left.

    `asked` can be read when the user wants the run to end, `over` when it has ended; `number` is
    that of the first signal that came, 0 without one; `is_urgent` says that another has come since.
    """

    def __init__(self) -> None:
        self.number = 0
        self.is_urgent = False
        self.asked = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self.over = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._before: dict[int, signal._HANDLER] = {}

    def __enter__(self) -> Self:
        for number in _ENDING:
            # What somebody ignores on purpose, as nohup does, is left ignored.
            if signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self.asked)
        os.close(self.over)

    def end(self) -> None:
        """Tell who waits that the run is over."""
        os.eventfd_write(self.over, 1)

    def again(self) -> None:
        """End this process by the signal that came, as whoever waits for it expects."""
        signal.signal(self.number, signal.SIG_DFL)
        os.kill(os.getpid(), self.number)

    def _caught(self, number: int, _frame: FrameType | None) -> None:
        self.is_urgent = self.number != 0
        self.number = self.number or number
        os.eventfd_write(self.asked, 1)
