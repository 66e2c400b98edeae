"""Progress on standard error, of whatever takes longer than a second."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Self, TextIO

PATIENCE = 1.0
EACH = {True: 0.2, False: 10.0}
"""How many seconds lie between two signs of life: on a terminal, and in a log."""


class Progress:
    """Tells how far something is, from a thread that runs inside a `with` block.

    On a terminal it is one line, which is gone in the end; elsewhere a line now and then.
    """

    def __init__(self, what: str, stream: TextIO | None = None, *, quiet: bool) -> None:
        self._what = what
        self._stream = sys.stderr if stream is None else stream
        self._quiet = quiet or self._stream is None
        self._terminal = not self._quiet and _is_terminal(self._stream)
        self._shown = False
        self._share = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell, daemon=True)

    def __call__(self, share: float) -> None:
        """Take note of the share that is done."""
        self._share = share

    def __enter__(self) -> Self:
        self._began = time.perf_counter()
        if not self._quiet:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._quiet:
            self._over.set()
            self._thread.join()

    def _tell(self) -> None:
        wait = PATIENCE
        while not self._over.wait(wait):
            wait = EACH[self._terminal]
            line = self._line()
            self._shown = True
            self._write(f"\r\x1b[2K{line}" if self._terminal else f"{line}\n")
        if self._terminal and self._shown:
            self._write("\r\x1b[2K")

    def _line(self) -> str:
        elapsed = time.perf_counter() - self._began
        if self._share <= 0:
            return f"{self._what}: {elapsed:.0f} s"
        left = elapsed / self._share - elapsed
        return f"{self._what}: {self._share:4.0%}, {left:.0f} s left"

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            # Nobody reads it any more; what is measured is not less worth for that.
            self._over.set()
            self._terminal = False


def _is_terminal(stream: TextIO) -> bool:
    """Tell whether a line of this stream can be erased again."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"
