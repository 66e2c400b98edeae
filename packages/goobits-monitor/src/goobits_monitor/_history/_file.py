"""The SQLite file of a history: opened if it is one, created whole or not at all.

A file is complete from the moment it has its name: it is built beside and linked into
place, so a process that is killed at any instant leaves either no history or a whole one.
What a killed process was writing is undone, what it had recorded stays. The file must lie
on a local disk.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from goobits_monitor._errors import HistoryError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from sqlite3 import Connection

_APPLICATION = 0x676F6F62  # "goob", at offset 68 of the file
_VERSION = 1  # of the tables, at offset 60
_PATIENCE = 30.0  # seconds to wait for other writers
_BUILT = ".new"  # ends the names of files that are no history yet

_TABLES = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
PRAGMA journal_mode = WAL;
BEGIN;
CREATE TABLE metric (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, unit TEXT NOT NULL
);
CREATE TABLE machine (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    metric INTEGER NOT NULL REFERENCES metric (id),
    machine INTEGER NOT NULL REFERENCES machine (id),
    value REAL NOT NULL CHECK (value >= 0),
    microseconds INTEGER NOT NULL,
    label TEXT NOT NULL
);
CREATE INDEX series ON record (machine, metric, microseconds, id);
COMMIT;
"""


def identity(path: Path) -> tuple[int, int] | None:
    """Return which file has the path now, or None if there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise HistoryError(
            f"{path} is no file", path, hint="Name a file for the history."
        )
    return found.st_dev, found.st_ino


def connect(path: Path) -> Connection:
    """Connect to a file that is a history of ours; another one is not touched."""
    import sqlite3

    with path.open("rb") as file:
        header = file.read(100)
    ours = header.startswith(b"SQLite format 3\0") and len(header) == 100
    if not ours or int.from_bytes(header[68:72]) != _APPLICATION:
        raise HistoryError(
            f"{path} is no history of measured values",
            path,
            hint="Name another file; this one was left as it is.",
        )
    version = int.from_bytes(header[60:64])
    if version != _VERSION:
        raise HistoryError(
            f"{path} is a history of version {version}; this program knows {_VERSION}",
            path,
            hint="Use the version of goobits-monitor that wrote it, or name another file.",
        )
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path) -> None:
    """Put an empty history at the path, unless another process was first."""
    import sqlite3
    from tempfile import mkstemp

    _refuse_orphan(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = mkstemp(_BUILT, f".{path.name}-", path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.executescript(_TABLES)
        finally:
            connection.close()
        _put(Path(temporary), path)
    except (OSError, sqlite3.Error):
        # Whoever was first has swept away what others were building.
        if not path.exists():
            raise
    finally:
        everyones = f".{path.name}-"
        _sweep(path.parent, everyones if path.exists() else Path(temporary).name)


def _refuse_orphan(path: Path) -> None:
    """Refuse to let SQLite mix the log of a deleted history into a new one."""
    log = path.with_name(f"{path.name}-wal")
    # In this order: another process may create the history, then its log, meanwhile.
    if log.exists() and not path.exists():
        raise HistoryError(
            f"{log} belongs to a history that is gone",
            path,
            hint="Put the history back, or delete this file too.",
        )


def _put(temporary: Path, path: Path) -> None:
    """Give the file its name, unless the name is taken."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOSYS, errno.ENOTSUP):
            raise
        _rename(temporary, path)


def _rename(temporary: Path, path: Path) -> None:
    """Rename where the file system has no links; only Windows refuses a taken name."""
    if sys.platform == "win32":
        with suppress(FileExistsError):
            temporary.rename(path)
    else:
        import fcntl

        folder = os.open(path.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            if not path.exists():
                temporary.rename(path)
        finally:
            os.close(folder)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove what this process, or others that lost or were killed, were building."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and _BUILT in entry.name:
                with suppress(OSError):
                    os.unlink(entry.path)
