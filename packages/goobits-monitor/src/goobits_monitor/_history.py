"""Keep measured values, in one SQLite file that many processes may write.

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
import time
from _thread import allocate_lock
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from weakref import WeakSet

from goobits_monitor._errors import HistoryError, ResultError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from sqlite3 import Connection
    from typing import Any, Self

    from goobits_monitor._statistics._steps import Step

_APPLICATION = 0x676F6F62  # "goob", at offset 68 of the file
_VERSION = 1  # of the tables, at offset 60
_PATIENCE = 30.0  # seconds to wait for other writers
_LONGEST = 200  # characters of a name
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

_HINTS = {  # by SQLite's primary result code
    0: "Check that the folder exists, is yours to write, and has space left.",
    5: "Another process holds it for long; try again.",
    8: "It may only be read; change its permissions, or name another file.",
    11: "It is damaged; move it away, and the next record begins a new one.",
    13: "Free some space; nothing of what was to be written is in the file.",
    26: "It is damaged; move it away, and the next record begins a new one.",
}

_HISTORY = """
SELECT metric.name, value, unit, microseconds, label, machine.name
FROM record JOIN metric ON metric.id = metric JOIN machine ON machine.id = machine
WHERE machine.name = ? AND metric.name = ?
ORDER BY microseconds DESC, record.id DESC LIMIT ?
"""

_METRICS = """
SELECT name, unit, count(*), min(microseconds), max(microseconds), (
    SELECT value FROM record WHERE machine = series.machine AND metric = series.metric
    ORDER BY microseconds DESC, id DESC LIMIT 1
)
FROM record AS series JOIN metric ON metric.id = series.metric
WHERE machine = (SELECT id FROM machine WHERE name = ?)
GROUP BY series.metric ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One value to be recorded: a cost, so that more is always worse.

    `value` is finite and at least 0, `metric` and `unit` are one line of at most 200
    characters, as is `label`, for example a commit or a version, which may be empty.
    """

    metric: str
    value: float
    unit: str = "s"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded value; `at` is an aware UTC datetime."""

    metric: str
    value: float
    unit: str
    at: datetime
    label: str
    machine: str


@dataclass(frozen=True, slots=True)
class Metric:
    """What a history holds of one metric on one machine; `value` is the newest."""

    name: str
    unit: str
    machine: str
    count: int
    first: datetime
    last: datetime
    value: float


class PerformanceMonitor:
    """A history of measured values in one SQLite file.

    All values are costs: more is worse. A series belongs to one machine, whose values
    alone are read; a metric has the unit of its first record. Any number of threads and
    processes may record at once. The file is opened at first use and created by the first
    record: reading a history that does not exist finds it empty. It may be kept across
    `os.fork`, which closes it first.

    A method raises `HistoryError` if the file is of another kind, damaged, or out of reach.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        machine: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = default_history_path() if path is None else Path(path).absolute()
        self.machine = machine_name() if machine is None else machine
        self._clock = clock
        self._connection: Connection | None = None
        self._file: tuple[int, int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with _LOCK:
            self._disconnect()

    def record(
        self, metric: str, value: float, *, unit: str = "s", label: str = ""
    ) -> None:
        """Add a value; it is on the disk when this returns.

        One transaction: about 0.3 ms on a solid-state disk, half of it the wait for the
        disk. Many values at once cost 0.01 ms each by `record_many`.

        Raises:
            ResultError: the value is no cost, or the metric has another unit.
        """
        self.record_many([Measured(metric, value, unit, label)])

    def record_many(self, values: Iterable[Measured]) -> int:
        """Add all values, in their order and at one instant, or none; return how many.

        Raises:
            ResultError: a value is no cost, or its metric has another unit.
        """
        rows = list(values)
        for row in rows:
            _check(row)
        if not rows:
            return 0
        now = round(self._clock() * 1e6)
        with self._exclusively("write"):
            connection = self._connect()
            if connection is None:
                _create(self.path)
                connection = self._connect()
            if connection is None:
                raise HistoryError(
                    f"{self.path} cannot be created",
                    self.path,
                    hint="If it is a link to nowhere, remove it.",
                )
            with _transaction(connection):
                _insert(connection, rows, now, self.machine)
        return len(rows)

    def metrics(self) -> tuple[Metric, ...]:
        """Return what was measured on this machine, by name."""
        return tuple(
            Metric(name, unit, self.machine, count, _at(first), _at(last), value)
            for name, unit, count, first, last, value in self._read(
                _METRICS, self.machine
            )
        )

    def history(self, metric: str, *, last: int | None = None) -> tuple[Record, ...]:
        """Return the values of this machine, or the `last` so many, oldest first."""
        if last is not None and last < 0:
            raise ValueError(f"the last {last} records cannot be read")
        rows = self._read(_HISTORY, self.machine, metric, -1 if last is None else last)
        return tuple(
            Record(name, value, unit, _at(moment), label, machine)
            for name, value, unit, moment, label, machine in reversed(rows)
        )

    def steps(
        self, metric: str, *, least: float = 0.03, last: int | None = None
    ) -> tuple[Step, ...]:
        """Find where the level changed by more than `least`, by places in that history."""
        from goobits_monitor._statistics._steps import find_steps

        records = self.history(metric, last=last)
        return find_steps([record.value for record in records], least=least)

    def _read(self, query: str, *values: str | int) -> list[Any]:
        with self._exclusively("read"):
            connection = self._connect()
            if connection is None:
                return []
            return connection.execute(query, values).fetchall()

    @contextmanager
    def _exclusively(self, doing: str) -> Iterator[None]:
        """Keep other threads out, and say what fails in the words of this package."""
        import sqlite3

        with _LOCK:
            try:
                yield
            except HistoryError:
                raise
            except (OSError, sqlite3.Error) as error:
                self._disconnect()
                code = getattr(error, "sqlite_errorcode", 0) & 0xFF
                message = f"cannot {doing} the history {self.path}: {error}"
                raise HistoryError(
                    message, self.path, hint=_HINTS.get(code, _HINTS[0])
                ) from error

    def _connect(self) -> Connection | None:
        """Return a connection to the file that has the path now, or None if none has."""
        file = _identity(self.path)
        if file != self._file or file is None:
            self._disconnect()
        if file is not None and self._connection is None:
            self._connection = _open(self.path)
            self._file = file
            _watch_forks()
            _CONNECTED.add(self)
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection, self._file = self._connection, None, None
        if connection is not None:
            connection.close()


# One for all, as a fork must wait for every transaction; SQLite admits one writer anyway.
_LOCK = allocate_lock()
_CONNECTED: WeakSet[PerformanceMonitor] = WeakSet()


@cache
def _watch_forks() -> None:
    """Let no connection cross a fork: SQLite's locks would be lost with it."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(
            before=_close_all,
            after_in_parent=_LOCK.release,
            after_in_child=_LOCK.release,
        )


def _close_all() -> None:
    _LOCK.acquire()
    for monitor in _CONNECTED:
        monitor._disconnect()
    _CONNECTED.clear()


def default_history_path(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> Path:
    """Return where a user's history lies: among the state that programs keep."""
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        folder = Path(local) if local else Path.home() / "AppData" / "Local"
    elif platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        state = Path(environment.get("XDG_STATE_HOME", ""))
        folder = state if state.is_absolute() else Path.home() / ".local" / "state"
    return folder / "goobits" / "monitor.sqlite3"


def machine_name() -> str:
    """Describe the machine as far as it decides what something costs; it names no one."""
    import platform

    cores = os.cpu_count() or 1
    parts = [
        f"{platform.system()} {platform.machine()}",
        f"{cores} core{'s' * (cores != 1)}",
        _processor(),
    ]
    return ", ".join(part for part in parts if part)[:_LONGEST]


def _processor(linux: Path = Path("/proc/cpuinfo")) -> str:
    """Return the name that the maker gave the processor, or nothing if none is told."""
    name = ""
    if sys.platform == "linux":
        with suppress(OSError):
            for line in linux.read_text(errors="replace").splitlines():
                key, _, value = line.partition(":")
                if key.strip() == "model name":
                    name = value
                    break
    elif sys.platform == "darwin":
        import subprocess

        question = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        with suppress(OSError, subprocess.SubprocessError):
            name = subprocess.check_output(question, text=True, timeout=5)
    else:
        name = os.environ.get("PROCESSOR_IDENTIFIER", "")
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())


def _check(row: Measured) -> None:
    """Refuse what would spoil a series."""
    try:
        is_cost = isfinite(row.value) and row.value >= 0
    except OverflowError:
        is_cost = False
    if not is_cost:
        raise ResultError(
            f"{row.metric!r} cannot be {row.value!r}: it is no cost",
            hint="Record a finite number of at least 0; more must mean worse.",
        )
    texts = {"metric": row.metric, "unit": row.unit, "label": row.label}
    for what, text in texts.items():
        if not text.isprintable() or len(text) > _LONGEST:
            raise ResultError(
                f"{text[:_LONGEST]!r} is no {what}",
                hint=f"Use one line of at most {_LONGEST} printable characters.",
            )
        if what != "label" and not text.strip():
            raise ResultError(
                f"a {what} is empty", hint="Name what was measured, and its unit."
            )


def _insert(
    connection: Connection, rows: list[Measured], now: int, machine: str
) -> None:
    connection.execute("INSERT OR IGNORE INTO machine (name) VALUES (?)", (machine,))
    for row in rows:
        connection.execute(
            "INSERT OR IGNORE INTO metric (name, unit) VALUES (?, ?)",
            (row.metric, row.unit),
        )
        query = "SELECT unit FROM metric WHERE name = ?"
        (unit,) = connection.execute(query, (row.metric,)).fetchone()
        if unit != row.unit:
            raise ResultError(
                f"{row.metric!r} is recorded in {unit!r}, this value is in {row.unit!r}",
                hint=f"Convert it to {unit!r}, or record it under another name.",
            )
        connection.execute(
            "INSERT INTO record (metric, machine, value, microseconds, label) SELECT"
            " metric.id, machine.id, ?, ?, ? FROM metric, machine"
            " WHERE metric.name = ? AND machine.name = ?",
            (float(row.value), now, row.label, row.metric, machine),
        )


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    """Write all or nothing, one process after the other."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _at(microseconds: int) -> datetime:
    from datetime import UTC, datetime, timedelta

    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=microseconds)


def _identity(path: Path) -> tuple[int, int] | None:
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


def _open(path: Path) -> Connection:
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


def _create(path: Path) -> None:
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
        return
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
