"""Writing so that a crash leaves the old or the new: locks, durable files, private folders."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from goobits_plugin._archive import remove_tree
from goobits_plugin._errors import GoobitsPluginError, StoreError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_LOCK = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_HINTS = {
    errno.ENOSPC: "free some space on the disk and try again",
    errno.EDQUOT: "free some of your space on the disk and try again",
    errno.EROFS: "let XDG_DATA_HOME be a folder that can be written",
    errno.EACCES: "let XDG_DATA_HOME be a folder that you can write to",
}


@contextmanager
def errors_told(root: str) -> Iterator[None]:
    """Turn what the system refuses into a StoreError that says how to mend it."""
    try:
        yield
    except OSError as error:
        if isinstance(error, GoobitsPluginError):
            if not error.hint and isinstance(error.__cause__, OSError):
                error.hint = _hint(error.__cause__)
            raise
        path = error.filename if isinstance(error.filename, str) else root
        hint = _HINTS.get(
            error.errno or 0, "nothing was changed; see the file it names"
        )
        raise StoreError(f"{path}: {error.strerror or error}", hint=hint) from error


@contextmanager
def locked(root: str) -> Iterator[None]:
    """Hold the lock of a store, waiting for who has it; its folder is made where there is none."""
    with errors_told(root):
        make_private(root)
        descriptor = os.open(f"{root}/lock", _LOCK, 0o600)
    try:
        with errors_told(root):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        # Said, because a process that was forked meanwhile has the descriptor, too.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def make_private(path: str) -> None:
    """Make a folder, and those above it that are missing, for this user alone."""
    above = os.path.dirname(path)
    if not os.path.isdir(above):
        make_private(above)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        return
    synchronize(above)


@contextmanager
def opened(path: str) -> Iterator[int]:
    """Open a folder, and not what a link leads to."""
    descriptor = os.open(path, _FOLDER)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def write_new(path: str, content: bytes) -> None:
    """Write a file that must not be there yet, and have it on the disk."""
    descriptor = os.open(path, _NEW, 0o600)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: str, content: bytes) -> None:
    """Exchange a file for another one in a single step."""
    write_new(f"{path}.new", content)
    os.rename(f"{path}.new", path)
    synchronize(os.path.dirname(path))


def synchronize(path: str) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def synchronize_tree(path: str) -> None:
    """Have a folder and all that is in it on the disk."""
    for folder, _, names in os.walk(path, topdown=False, onerror=_raise):
        for name in names:
            synchronize(f"{folder}/{name}")
        synchronize(folder)


def remove(path: str) -> None:
    """Remove a file or a folder with all that is in it; it may be gone."""
    folder, name = os.path.split(path)
    with opened(folder) as at:
        remove_tree(at, name)


def names_in(path: str) -> list[str]:
    """Return the names in a folder, sorted; none where there is no folder."""
    try:
        return sorted(os.listdir(path))
    except FileNotFoundError:
        return []


def _hint(error: OSError) -> str:
    return _HINTS.get(error.errno or 0, "nothing was changed; see the file it names")


def _raise(error: OSError) -> None:
    raise error
