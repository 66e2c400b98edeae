"""Keep measured values, in one SQLite file that many processes may write."""

from __future__ import annotations

import os
import time
from _thread import allocate_lock
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from weakref import WeakSet

from goobits_monitor._errors import HistoryError, ResultError
from goobits_monitor._history._file import connect, create, identity
from goobits_monitor._history._places import default_history_path, machine_name
from goobits_monitor._history._values import Measured, Metric, Record, check

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from sqlite3 import Connection
    from typing import Any, Self

    from goobits_monitor._statistics._steps import Step


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
            check(row)
        if not rows:
            return 0
        now = round(self._clock() * 1e6)
        with self._exclusively("write"):
            connection = self._connect()
            if connection is None:
                create(self.path)
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
        file = identity(self.path)
        if file != self._file or file is None:
            self._disconnect()
        if file is not None and self._connection is None:
            self._connection = connect(self.path)
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
