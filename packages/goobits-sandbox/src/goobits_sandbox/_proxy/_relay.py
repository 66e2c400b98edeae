"""Bytes between two sockets, both ways, until both are done or a cap is reached."""

from __future__ import annotations

import select
import socket

_CHUNK = 65536


class Cap:
    """How many bytes may still go through, over all connections of one guest."""

    def __init__(self, most: int) -> None:
        self._left = most

    def take(self, count: int) -> bool:
        """Count bytes, and tell whether they are still within the cap."""
        self._left -= count
        return self._left >= 0


def relay(one: socket.socket, other: socket.socket, cap: Cap, idle: float) -> str:
    """Copy until both sides have ended, and return why it ended before, "" where it did not.

    Each side's end is passed on alone, so that a client may close its half and still read. `idle`
    is the longest silence in seconds.
    """
    towards = {one: other, other: one}
    poll = select.poll()
    by_number = {end.fileno(): end for end in towards}
    for number in by_number:
        poll.register(number, select.POLLIN)
    while by_number:
        ready = poll.poll(int(idle * 1000))
        if not ready:
            return f"nothing was said for {idle:g} s"
        for number, _ in ready:
            source = by_number[number]
            data = source.recv(_CHUNK)
            if data:
                if not cap.take(len(data)):
                    return "it sent and received more than it may"
                towards[source].sendall(data)
            else:
                poll.unregister(number)
                del by_number[number]
                towards[source].shutdown(socket.SHUT_WR)
    return ""
