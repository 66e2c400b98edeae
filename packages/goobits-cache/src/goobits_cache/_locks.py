"""One lock per key, for as long as somebody holds it or waits for it, and locks after a fork."""

from __future__ import annotations

import os
from _thread import RLock, get_ident
from _weakref import ref

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable
    from types import TracebackType
    from typing import Protocol

    class Forked(Protocol):
        """What has to be made usable again in a process that was forked."""

        def _forked(self) -> None: ...


class KeyedLocks:
    """Locks that are made when a key is first wanted and forgotten when nobody wants it.

    A thread can take the lock of a key again that it holds. Threads that would wait for each
    other in a circle do not: the last one goes on without the lock. Safe for threads, for
    finalizers and signal handlers that come in between, and for a process that forks while
    others hold a key: the child begins with none held.
    """

    __slots__ = ("__weakref__", "_locks")

    def __init__(self) -> None:
        self._locks: dict[Hashable, _Wanted] = {}
        mend_after_fork(self)

    def holding(self, key: Hashable) -> _Holding:
        """Return a context in which the calling thread alone holds the key."""
        return _Holding(self, key)

    def __len__(self) -> int:
        """Return how many keys are held or waited for."""
        return len(self._locks)

    def _want(self, key: Hashable) -> tuple[_Wanted, bool]:
        """Return the lock of a key, and whether the calling thread has to acquire it."""
        me = get_ident()
        with _guard:
            wanted = self._locks.get(key)
            if wanted is None:
                wanted = self._locks[key] = _Wanted()
            wanted.count += 1
            if _would_wait_for(me, wanted):
                return wanted, False
            _waiting[me] = wanted
            return wanted, True

    def _leave(self, key: Hashable, wanted: _Wanted) -> None:
        with _guard:
            wanted.count -= 1
            if not wanted.count and self._locks.get(key) is wanted:
                del self._locks[key]

    def _forked(self) -> None:
        self._locks = {}


class _Wanted:
    """The lock of one key, the thread that holds it, and how many hold it or wait for it."""

    __slots__ = ("count", "lock", "owner")

    def __init__(self) -> None:
        # A signal handler may come before the owner is noted, and want the same key.
        self.lock = RLock()
        self.owner: int | None = None
        self.count = 0


class _Holding:
    """The time in which one thread holds one key."""

    __slots__ = ("_acquired", "_key", "_locks", "_wanted")

    def __init__(self, locks: KeyedLocks, key: Hashable) -> None:
        self._locks = locks
        self._key = key

    def __enter__(self) -> None:
        self._wanted, self._acquired = self._locks._want(self._key)
        if not self._acquired:
            return
        me = get_ident()
        try:
            self._wanted.lock.acquire()
            self._wanted.owner = me
        except BaseException:
            self._locks._leave(self._key, self._wanted)
            raise
        finally:
            _waiting.pop(me, None)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._acquired:
            self._wanted.owner = None
            self._wanted.lock.release()
        self._locks._leave(self._key, self._wanted)


# Threads can wait for each other through several caches, so what they wait for is known once
# for all of them. Whoever closes a circle sees all of it: who holds what is noted before the
# holder waits for more.
_guard = RLock()
_waiting: dict[int, _Wanted] = {}


def _would_wait_for(me: int, wanted: _Wanted) -> bool:
    """Return whether the owner of a lock is this thread, or waits for it in the end."""
    for _ in range(len(_waiting) + 1):
        owner = wanted.owner
        if owner == me:
            return True
        following = None if owner is None else _waiting.get(owner)
        if following is None:
            return False
        wanted = following
    return False


_to_mend: dict[int, ref[Forked]] = {}


def mend_after_fork(thing: Forked) -> None:
    """Call the `_forked` of a thing in each process that is forked, as long as it lives.

    It is called before anything else runs there, in the only thread that is left.
    """
    reference = ref(thing, _forget)
    _to_mend[id(reference)] = reference


def _forget(reference: ref[Forked]) -> None:
    _to_mend.pop(id(reference), None)


def _mend() -> None:
    global _guard
    _guard = RLock()
    _waiting.clear()
    for reference in list(_to_mend.values()):
        thing = reference()
        if thing is not None:
            thing._forked()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_mend)
