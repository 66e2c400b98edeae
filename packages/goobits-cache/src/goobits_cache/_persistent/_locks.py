"""Locks between processes: one file per key, for as long as somebody holds it.

The system releases the lock of a process that dies. The file goes when its holder is done;
who got a lock on a file that is gone meanwhile begins again. Where there is no such lock (no
`fcntl`, some network file systems, a folder that cannot be written) everybody goes on
without one: entries are then created more than once, and are right all the same.
"""

from __future__ import annotations

import os
import sys
from _thread import get_ident
from time import monotonic, sleep

from goobits_cache._locks import mend_after_fork
from goobits_cache._persistent._files import SAFELY, is_ours

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from goobits_cache._locks import _Holding

LOCK = ".lock"
"""How the names of lock files end."""

_PATIENCE = 30.0  # seconds
_OPEN = os.O_RDWR | os.O_CREAT | SAFELY


class Creating:
    """The time in which one thread of one process creates the entry of a file.

    A thread that holds one lock waits at most `_PATIENCE` for another: so processes that wait
    for each other in a circle do not wait for ever.
    """

    __slots__ = ("_handle", "_path", "_threads")

    def __init__(self, path: str, threads: _Holding) -> None:
        self._path = path + LOCK
        self._threads = threads
        self._handle: int | None = None

    def __enter__(self) -> None:
        self._threads.__enter__()
        try:
            # A thread that was let in without waiting is within its own creation.
            if self._threads._acquired and not _held.by_this_thread(self._path):
                self._handle = _acquire(self._path, _held.patience())
                if self._handle is not None:
                    _held.add(self._path, self._handle)
        except BaseException:
            self._threads.__exit__(None, None, None)
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            handle = self._handle
            # A process that was forked meanwhile holds nothing.
            if handle is not None and _held.discard(self._path, handle):
                _release(self._path, handle)
        finally:
            self._threads.__exit__(kind, error, traceback)


def exclusively(path: str, act: Callable[[], None]) -> None:
    """Do something to an entry while nobody creates it; nothing when somebody does."""
    handle = _acquire(path + LOCK, 0.0)
    if handle is not None:
        try:
            act()
        finally:
            _release(path + LOCK, handle)


class _Held:
    """The lock files that this process holds, and the thread that holds each."""

    __slots__ = ("__weakref__", "_locks")

    def __init__(self) -> None:
        self._locks: dict[tuple[str, int], int] = {}
        mend_after_fork(self)

    def add(self, path: str, handle: int) -> None:
        self._locks[path, handle] = get_ident()

    def discard(self, path: str, handle: int) -> bool:
        return self._locks.pop((path, handle), None) is not None

    def by_this_thread(self, path: str) -> bool:
        me = get_ident()
        locks = list(self._locks.items())
        return any(held == path and by == me for (held, _), by in locks)

    def patience(self) -> float:
        """Return how many seconds the calling thread may wait for one more."""
        holds = get_ident() in list(self._locks.values())
        return _PATIENCE if holds else float("inf")

    def _forked(self) -> None:
        """Let go of the parent's locks: they end with it, not with its children."""
        for _, handle in self._locks:
            os.close(handle)
        self._locks = {}


_held = _Held()


def _acquire(path: str, patience: float) -> int | None:
    """Return the handle of the lock file, or None when one has to do without."""
    while True:
        try:
            handle = os.open(path, _OPEN, 0o600)
        except OSError:
            return None
        try:
            if not is_ours(os.fstat(handle)) or not _lock(handle, patience):
                os.close(handle)
                return None
            if _is_at(path, handle):
                return handle
        except (OSError, ImportError):
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_at(path: str, handle: int) -> bool:
    if os.name == "nt":
        return True  # a file that somebody has open cannot be removed there
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def _release(path: str, handle: int) -> None:
    try:
        if os.name != "nt":
            _unlink(path)
            # A child that was forked by foreign code may have the file open, too.
            _unlock(handle)
    finally:
        os.close(handle)
    if os.name == "nt":
        _unlink(path)


def remove_unheld(path: str) -> None:
    """Remove a lock file that nobody holds."""
    handle = os.open(path, _OPEN & ~os.O_CREAT)
    try:
        if _lock(handle, 0.0) and _is_at(path, handle):
            _unlink(path)
    finally:
        os.close(handle)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # another one removes it, or the next sweep


def _lock(handle: int, patience: float) -> bool:
    """Lock a file; False when that took longer than `patience`, in seconds."""
    if sys.platform != "win32" and patience == float("inf"):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)
        return True
    until = monotonic() + patience
    pause = 0.001
    while not _lock_at_once(handle):
        if monotonic() >= until:
            return False
        sleep(pause)
        pause = min(2 * pause, 0.05)
    return True


if sys.platform == "win32":

    def _lock_at_once(handle: int) -> bool:
        import msvcrt

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:

    def _lock_at_once(handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(handle: int) -> None:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_UN)
