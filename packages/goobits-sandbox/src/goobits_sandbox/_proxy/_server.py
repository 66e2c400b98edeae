"""The proxy: a thread that accepts, and one for each connection, all within one context."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from goobits_sandbox._proxy._connection import Connection, refuse
from goobits_sandbox._proxy._ledger import Caps, Ledger
from goobits_sandbox._proxy._request import RefusedError
from goobits_sandbox._proxy._route import Route, dial_address, resolve_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goobits_sandbox._outcome import Decision
    from goobits_sandbox._proxy._hosts import Allowed
    from goobits_sandbox._proxy._route import Connect, Dial, Resolve
    from goobits_sandbox._proxy._upstream import Upstream

_JOIN = 2.0
_PAUSE = 0.05


@contextlib.contextmanager
def serve(
    listener: socket.socket,
    *,
    allowed: Allowed,
    upstream: Upstream | None = None,
    resolve: Resolve = resolve_name,
    dial: Dial = dial_address,
    services: Mapping[str, Connect] | None = None,
    caps: Caps | None = None,
) -> Iterator[Proxy]:
    """Serve a guest's requests on a listening socket, which this closes, while it is entered.

    Each name is resolved once, and the very addresses that were checked are dialled. The plain
    names of `services` are never resolved: each is spoken to through what it returns. On leaving
    every connection is ended and every thread joined, for two seconds in all: one that asks the
    system's resolver, or waits for a host to take a connection, cannot be interrupted; it ends, and
    sends nothing, when that returns.
    """
    caps = caps or Caps()
    route = Route(resolve, dial, upstream, dict(services or {}))
    proxy = Proxy(listener, allowed, route, caps)
    thread = threading.Thread(target=proxy.accept, name="goobits-proxy", daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(_JOIN)
        listener.close()


class Proxy:
    """One guest's way out."""

    def __init__(
        self, listener: socket.socket, allowed: Allowed, route: Route, caps: Caps
    ) -> None:
        self._listener = listener
        self._allowed = allowed
        self._route = route
        self._caps = caps
        self._ledger = Ledger(caps.total)
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._accepted = 0

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided, the first 10,000 of it."""
        return self._ledger.decisions()[0]

    @property
    def unlisted(self) -> int:
        """How many decisions there were besides."""
        return self._ledger.decisions()[1]

    def accept(self) -> None:
        """Take connections until it is closed."""
        while not self._ledger.closed:
            try:
                client, _ = self._listener.accept()
            except OSError:
                # The guest was faster than its connection, or descriptors are scarce.
                if not self._ledger.closed:
                    time.sleep(_PAUSE)
                continue
            if not self._start(client):
                self._turn_away(client)
                # A guest that knocks all the time must not keep a processor busy.
                time.sleep(_PAUSE)

    def close(self) -> None:
        """End every connection, and wait for the threads."""
        with self._lock:
            self._ledger.close()
            threads = list(self._threads)
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        last = time.monotonic() + _JOIN
        for thread in threads:
            thread.join(max(0.0, last - time.monotonic()))

    def _start(self, client: socket.socket) -> bool:
        """Serve a connection in a thread of its own, where it may have one."""
        caps = self._caps
        with self._lock:
            self._threads = [one for one in self._threads if one.is_alive()]
            self._accepted += 1
            is_over = self._accepted > caps.connections
            if is_over or len(self._threads) >= caps.at_once or self._ledger.closed:
                return False
            one = Connection(client, self._allowed, self._route, caps, self._ledger)
            thread = threading.Thread(
                target=one.serve, name="goobits-proxy", daemon=True
            )
            try:
                thread.start()
            except RuntimeError:  # The system has no more threads.
                return False
            self._threads.append(thread)
            return True

    def _turn_away(self, client: socket.socket) -> None:
        error = RefusedError(503, "it has too many connections")
        with client, contextlib.suppress(OSError):
            if not self._ledger.closed:
                self._ledger.decide("", 0, str(error))
                refuse(client, error)
