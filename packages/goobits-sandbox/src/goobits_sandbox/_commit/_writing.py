"""Writing one file or link into a folder of the host so that it is the old or the new one."""

from __future__ import annotations

import fcntl
import os
import stat

from goobits_sandbox._protected import TEMPORARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_CHUNK: Final = 1 << 24
_MODE: Final = 0o777


def put_file(source: int, folder: int, name: str, old: os.stat_result | None) -> None:
    """Replace or make the file `name` with the contents of `source`.

    A file that was there keeps its owner and permissions; a new one gets what the umask leaves, and
    may be executed where the guest's could.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    temporary, target = _make(folder)
    try:
        _copy(source, target)
        if old is not None:
            made = os.fstat(target)
            if (made.st_uid, made.st_gid) != (old.st_uid, old.st_gid):
                os.fchown(target, old.st_uid, old.st_gid)
            os.fchmod(target, old.st_mode & _MODE)
            os.fsync(target)
        else:
            is_program = os.fstat(source).st_mode & stat.S_IXUSR
            os.fchmod(target, (0o777 if is_program else 0o666) & ~_umask() & ~0o002)
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        _remove(folder, temporary)
        raise
    finally:
        os.close(target)


def put_link(text: str, folder: int, name: str) -> None:
    """Replace or make the link `name`.

    Raises:
        OSError: it cannot be made; what was there is as it was.
    """
    temporary = _name()
    os.symlink(text, temporary, dir_fd=folder)
    try:
        os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        _remove(folder, temporary)
        raise


def sweep(folder: int) -> None:
    """Remove what commits that were killed have left in a folder, and not what one is writing."""
    for name in os.listdir(folder):
        if not name.startswith(TEMPORARY):
            continue
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if status.st_uid != os.geteuid():
            continue
        if stat.S_ISLNK(status.st_mode) or (
            stat.S_ISREG(status.st_mode) and _is_left(folder, name)
        ):
            _remove(folder, name)


def _is_left(folder: int, name: str) -> bool:
    """Say whether nobody holds the lock that whoever writes a temporary file has."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.open(name, flags, dir_fd=folder)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    return True


def _make(folder: int) -> tuple[str, int]:
    """Return the name and a descriptor of a new, locked file."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    while True:
        name = _name()
        file = os.open(name, flags, 0o600, dir_fd=folder)
        fcntl.flock(file, fcntl.LOCK_EX)
        # Somebody who sweeps may have been faster than the lock.
        if os.fstat(file).st_nlink:
            return name, file
        os.close(file)


def _name() -> str:
    return f"{TEMPORARY}{os.urandom(8).hex()}"


def _remove(folder: int, name: str) -> None:
    try:
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return


def _copy(source: int, target: int) -> None:
    """Copy what a file holds, leaving its holes."""
    size = os.fstat(source).st_size
    os.ftruncate(target, size)
    at = 0
    while at < size:
        try:
            at = os.lseek(source, at, os.SEEK_DATA)
        except OSError:  # a hole up to the end
            return
        end = os.lseek(source, at, os.SEEK_HOLE)
        os.lseek(target, at, os.SEEK_SET)
        while at < end:
            sent = os.sendfile(target, source, at, min(end - at, _CHUNK))
            if not sent:
                raise OSError(5, "it became shorter")
            at += sent


def _umask() -> int:
    """Return this process's umask: `os.umask` would change it for all threads meanwhile."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    return 0o077
