"""One lock per key, for as long as somebody holds it or waits for it."""

from __future__ import annotations

import os
from _thread import RLock, allocate_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable
    from types import TracebackType


class KeyedLocks:
    """Locks that are made when a key is first wanted and forgotten when nobody wants it.

    A thread can take the lock of a key again that it holds. Safe for threads, and for a process
    that forks while others hold a key: the child begins with none held.
    """

    __slots__ = ("_guard", "_locks", "_process")

    def __init__(self) -> None:
        self._begin()

    def holding(self, key: Hashable) -> _Holding:
        """Return a context in which the calling thread alone holds the key."""
        if self._process != os.getpid():
            self._begin()
        return _Holding(self, key)

    def __len__(self) -> int:
        """Return how many keys are held or waited for."""
        return len(self._locks)

    def _begin(self) -> None:
        self._process = os.getpid()
        self._guard = allocate_lock()
        self._locks: dict[Hashable, _Wanted] = {}

    def _want(self, key: Hashable) -> _Wanted:
        with self._guard:
            wanted = self._locks.get(key)
            if wanted is None:
                wanted = self._locks[key] = _Wanted()
            wanted.count += 1
            return wanted

    def _leave(self, key: Hashable) -> None:
        with self._guard:
            wanted = self._locks.get(key)
            if wanted is not None:
                wanted.count -= 1
                if not wanted.count:
                    del self._locks[key]


class _Wanted:
    """The lock of one key and how many hold it or wait for it."""

    __slots__ = ("count", "lock")

    def __init__(self) -> None:
        self.lock = RLock()
        self.count = 0


class _Holding:
    """The time in which one thread holds one key."""

    __slots__ = ("_key", "_locks", "_wanted")

    def __init__(self, locks: KeyedLocks, key: Hashable) -> None:
        self._locks = locks
        self._key = key

    def __enter__(self) -> None:
        self._wanted = self._locks._want(self._key)
        try:
            self._wanted.lock.acquire()
        except BaseException:
            self._locks._leave(self._key)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._wanted.lock.release()
        self._locks._leave(self._key)
