"""Bytes between two sockets, both ways at once, until both are done or a cap is reached."""

from __future__ import annotations

import select
import socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Spend = Callable[[int], bool]

_CHUNK = 65536


def relay(
    client: socket.socket, server: socket.socket, spend: Spend, idle: float
) -> str:
    """Copy both ways, and return why it ended early, "" where both sides had ended.

    Each side's end is passed on alone, so that a client may close its half and still read, and
    neither way waits for the other. `spend` tells whether so many more bytes may go through; `idle`
    is the longest silence in seconds.

    Raises:
        OSError: a side broke the connection off.
    """
    ways = [_Way(client, server, spend), _Way(server, client, spend)]
    return _run(ways, [], idle)


def relay_answer(
    client: socket.socket, server: socket.socket, spend: Spend, idle: float
) -> str:
    """Copy what the server says, as `relay` does; a client that says more is cut off."""
    return _run([_Way(server, client, spend)], [_Silence(client)], idle)


class _Way:
    """One direction: what was read and is not yet written, and whether it has ended."""

    def __init__(
        self, source: socket.socket, target: socket.socket, spend: Spend
    ) -> None:
        self._source = source
        self._target = target
        self._spend = spend
        self._pending = memoryview(b"")
        self.ended = False
        for end in (source, target):
            end.setblocking(False)

    def wants(self) -> tuple[int, int]:
        """Return the socket that it waits for, and what for."""
        if self._pending:
            return self._target.fileno(), select.POLLOUT
        return self._source.fileno(), select.POLLIN

    def step(self) -> str:
        """Read or write what goes without waiting, and return why no more may."""
        try:
            if not self._pending:
                self._pending = memoryview(self._source.recv(_CHUNK))
                if not self._pending:
                    self.ended = True
                    self._target.shutdown(socket.SHUT_WR)
                elif not self._spend(len(self._pending)):
                    return "it sent and received more than it may"
            if self._pending:
                self._pending = self._pending[self._target.send(self._pending) :]
        except BlockingIOError:
            pass
        return ""


class _Silence:
    """A side that has said all that it may."""

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self.ended = False

    def wants(self) -> tuple[int, int]:
        return self._source.fileno(), select.POLLIN

    def step(self) -> str:
        try:
            self.ended = not self._source.recv(1)
        except BlockingIOError:
            return ""
        return "" if self.ended else "a second request followed the first"


def _run(ways: list[_Way], silent: list[_Silence], idle: float) -> str:
    """Take steps until every way has ended."""
    while not all(way.ended for way in ways):
        each: list[_Way | _Silence] = [*silent, *ways]
        active = [one for one in each if not one.ended]
        wanted: dict[int, int] = {}
        for number, events in (one.wants() for one in active):
            wanted[number] = wanted.get(number, 0) | events
        poll = select.poll()
        for number, events in wanted.items():
            poll.register(number, events)
        ready = dict(poll.poll(int(idle * 1000)))
        if not ready:
            return f"nothing was said for {idle:g} s"
        for one in active:
            if one.wants()[0] in ready and (why := one.step()):
                return why
    return ""
