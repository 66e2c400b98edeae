"""Leases that processes on any machine take in turn."""

from __future__ import annotations

import os
from time import sleep

from goobits_cache._locks import mend_after_fork
from goobits_cache._server import UNANSWERED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import TracebackType

_FIRST_LOOK, _LAST_LOOK = 0.002, 0.05

_GIVE_BACK = """
if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end
return 0
"""


class Leases:
    """Leases on names, kept by a server for `seconds` at most.

    Who is not the first waits, and looks up to twenty times a second. It waits for twice
    `seconds` in all and then goes on without a lease, as it does when the server is gone.
    """

    __slots__ = ("__weakref__", "_ask", "_held", "_seconds", "_timer")

    def __init__(
        self,
        ask: Callable[..., object],
        *,
        seconds: float,
        timer: Callable[[], float],
    ) -> None:
        self._ask = ask
        self._seconds = seconds
        self._timer = timer
        self._held: set[bytes] = set()
        mend_after_fork(self)

    def holding(
        self, name: bytes, among_threads: AbstractContextManager[None]
    ) -> AbstractContextManager[None]:
        """Return a context that is alone among the threads, then among the processes."""
        return _Holding(self, name, among_threads)

    def _take(self, name: bytes) -> bytes:
        """Return the token of a new lease, or nothing when there is none to be had."""
        if name in self._held:
            return b""  # by this thread, or by one that would wait for this one
        # Noted before it is asked for: a signal handler in between must not wait for it.
        self._held.add(name)
        token = b""
        try:
            token = self._wait_for(name)
        finally:
            if not token:
                self._held.discard(name)
        return token

    def _wait_for(self, name: bytes) -> bytes:
        token = os.urandom(16).hex().encode()
        milliseconds = max(1, int(self._seconds * 1000))
        patience = self._timer() + 2 * self._seconds
        look = _FIRST_LOOK
        while True:
            answer = self._ask("SET", name, token, "NX", "PX", milliseconds)
            if answer is UNANSWERED:
                return b""
            if answer:
                return token
            if self._timer() >= patience:
                return b""
            sleep(look)
            look = min(look * 1.5, _LAST_LOOK)

    def _give_back(self, name: bytes, token: bytes) -> None:
        """End a lease that this process took, unless it ended and is another's by now."""
        if name in self._held:
            self._held.discard(name)
            self._ask("EVAL", _GIVE_BACK, 1, name, token)

    def _forked(self) -> None:
        self._held.clear()


class _Holding:
    """The time in which one thread of one process holds one name."""

    __slots__ = ("_among_threads", "_leases", "_name", "_token")

    def __init__(
        self, leases: Leases, name: bytes, among_threads: AbstractContextManager[None]
    ) -> None:
        self._leases = leases
        self._name = name
        self._among_threads = among_threads

    def __enter__(self) -> None:
        self._among_threads.__enter__()
        try:
            self._token = self._leases._take(self._name)
        except BaseException:
            self._among_threads.__exit__(None, None, None)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._token:
                self._leases._give_back(self._name, self._token)
        finally:
            self._among_threads.__exit__(kind, error, traceback)
