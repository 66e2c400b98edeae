"""What all connections of one guest share: what was decided, how much is left, what is open."""

from __future__ import annotations

import contextlib
import socket
import threading

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._outcome import Decision

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = 10_000


class Caps(Frozen):
    """What one guest may have: connections at once and in all, and bytes both ways.

    `idle` and `head` are the longest silence, and the longest time for a request's head, for a
    handshake and for reaching a host: seconds.
    """

    at_once: int = 64
    connections: int = 10_000
    total: int = 1 << 30
    idle: float = 300.0
    head: float = 10.0


class Ledger:
    """Counts and notes for every thread; once it is closed, it holds no socket any more."""

    def __init__(self, total: int) -> None:
        self._lock = threading.Lock()
        self._left = total
        self._decisions: list[Decision] = []
        self._count = 0
        self._open: set[socket.socket] = set()
        self.closed = False

    def decide(self, host: str, port: int, why: str = "") -> None:
        """Note what was said to a request: allowed, or why not."""
        with self._lock:
            self._count += 1
            if len(self._decisions) < _KEPT:
                self._decisions.append(Decision(host, port, not why, why))

    def decisions(self) -> tuple[tuple[Decision, ...], int]:
        """Return the first 10,000 decisions, and how many there were besides."""
        with self._lock:
            return tuple(self._decisions), self._count - len(self._decisions)

    def spend(self, count: int) -> bool:
        """Count bytes, and tell whether they are still within the cap."""
        with self._lock:
            self._left -= count
            return self._left >= 0

    @contextlib.contextmanager
    def holding(self, one: socket.socket) -> Iterator[None]:
        """Keep a socket where `close` finds it.

        Raises:
            OSError: it is closed already.
        """
        with self._lock:
            if self.closed:
                raise OSError("the proxy is closed")
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)

    def close(self) -> None:
        """End every connection."""
        with self._lock:
            self.closed = True
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
