"""Files that are read and written whole, whoever else reads, writes or dies meanwhile.

A file has its name from the moment it is complete: it is written beside and renamed. What
fits a page of memory is written over what is there, in one call: no kill comes in between,
and a rename that replaces a file costs ten times as much on ext4. Who reads at that very
moment can see a mixture, so whatever is read must be told from a damaged one.

Only files of the user who runs this process are read, written over or waited for. So another
one who gets a folder into the place of a trusted one, at whatever moment, can put nothing there.
"""

from __future__ import annotations

import errno
import os
from stat import S_ISREG

PAGE = 4096
"""How long a file may be, in bytes, to be written over."""

TEMPORARY = ".new"
"""How the names of files end that are not complete."""

# Seconds between attempts to replace a file that somebody reads: Windows refuses.
_IN_THE_WAY = (0.001, 0.01, 0.1) if os.name == "nt" else ()

# Never through a symbolic link, never waiting for the other end of a FIFO.
SAFELY = (
    getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOINHERIT", 0)
)
_READ = os.O_RDONLY | SAFELY
_WRITE = os.O_WRONLY | SAFELY
_CREATE = _WRITE | os.O_CREAT | os.O_EXCL

_user = getattr(os, "geteuid", None)  # Windows has none


class NoFileError(OSError):
    """Something else has the name of a file: a link, a pipe, a file of another user."""


def is_ours(found: os.stat_result) -> bool:
    """Return whether something belongs to the user who runs this process."""
    return _user is None or found.st_uid == _user()


def read(path: str) -> tuple[bytes, float]:
    """Return what is in a file and when it was last used, in seconds since 1970."""
    try:
        handle = os.open(path, _READ)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
            raise NoFileError(error.errno, "it is no regular file", path) from None
        raise
    try:
        found = os.fstat(handle)
        if not is_ours(found):
            raise NoFileError(errno.EPERM, "it belongs to another user", path)
        # Pipes and devices have no size: nothing is read from them, let alone waited for.
        data = os.read(handle, found.st_size)
        if len(data) < found.st_size:
            data += _read_rest(handle, found.st_size - len(data))
        return data, found.st_mtime
    finally:
        os.close(handle)


def _read_rest(handle: int, size: int) -> bytes:
    """Read what is left of a file; one call reads 2 GiB at most."""
    parts = []
    while size:
        parts.append(os.read(handle, size))
        if not parts[-1]:
            break  # it was cut meanwhile
        size -= len(parts[-1])
    return b"".join(parts)


def write(path: str, data: bytes) -> int:
    """Make `data` what the file holds, and return how many bytes may have been added."""
    if len(data) <= PAGE and _overwrite(path, data):
        return 0
    temporary = f"{os.path.dirname(path)}{os.sep}{os.urandom(8).hex()}{TEMPORARY}"
    handle = os.open(temporary, _CREATE, 0o600)
    try:
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)
        _rename(temporary, path)
    except BaseException:
        remove(temporary)
        raise
    return on_disk(len(data))


def on_disk(size: int) -> int:
    """Return how many bytes a file of that size takes on most disks."""
    return -(-size // PAGE) * PAGE


def remove(path: str) -> bool:
    """Remove a file, or whatever has its name; whether it was there."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (IsADirectoryError, PermissionError):
        # Linux says the one, macOS and Windows the other.
        if not os.path.isdir(path) or os.path.islink(path):
            raise
        os.rmdir(path)
    return True


def touch(path: str) -> None:
    """Note that a file is used, where that can be noted: it is a hint for the next sweep."""
    try:
        os.utime(path)
    except OSError:
        return


def _overwrite(path: str, data: bytes) -> bool:
    """Write over a file of ours of at most a page that has no other name; whether there is one."""
    try:
        handle = os.open(path, _WRITE)
    except OSError:
        return False
    try:
        found = os.fstat(handle)
        fit = (
            S_ISREG(found.st_mode)
            and is_ours(found)
            and found.st_nlink == 1
            and found.st_size <= PAGE
        )
        if fit and os.write(handle, data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return fit
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    written = os.write(handle, data)
    if written < len(data):
        rest = memoryview(data)
        while written < len(data):
            written += os.write(handle, rest[written:])


def _rename(temporary: str, path: str) -> None:
    """Rename a file over another; on Windows one that is being read can be in the way."""
    for pause in _IN_THE_WAY:
        try:
            return os.replace(temporary, path)
        except PermissionError:
            from time import sleep

            sleep(pause)
    os.replace(temporary, path)
    return None
