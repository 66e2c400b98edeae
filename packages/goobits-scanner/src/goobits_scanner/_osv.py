"""Known vulnerabilities of dependencies: OSV's records, fetched when asked, matched offline."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Final, NamedTuple, Protocol

from goobits_scanner._dependencies import Dependency
from goobits_scanner._errors import DatabaseError
from goobits_scanner._finding import Finding, Severity
from goobits_scanner._limits import MIB
from goobits_scanner._manifests._rule import found
from goobits_scanner._osv_records import Record, affects, records_of
from goobits_scanner._places import database_directory

ECOSYSTEMS: Final = ("PyPI", "npm", "crates.io")
_URL = "https://osv-vulnerabilities.storage.googleapis.com/{}/all.zip"
_SCHEMA = "1"
_DOWNLOAD = 2048 * MIB
_RECORD = 8 * MIB
_UNPACKED = 16 * 1024 * MIB
_RECORDS = 2_000_000
_TIMEOUT = 60.0
_ABANDONED = 86_400.0
_NAMES = {"pypi": "PyPI", "npm": "npm", "crates": "crates.io"}
_UPDATE = "goobits-scan db update"


class Download(Protocol):
    """What is read of an answer of the network; `headers` may tell its length."""

    def read(self, size: int, /) -> bytes: ...


Fetch = Callable[[str], AbstractContextManager[Download]]


class Updated(NamedTuple):
    """What an update of one ecosystem brought. `skipped` records were no usable ones."""

    ecosystem: str
    records: int
    skipped: int


def update(
    directory: str | None = None,
    ecosystems: Iterable[str] = ECOSYSTEMS,
    fetch: Fetch | None = None,
) -> list[Updated]:
    """Fetch the records of ecosystems and put them in the place of the old ones.

    Each ecosystem has a file of its own that is replaced whole or not at all: whatever breaks
    off an update leaves the old one.

    Raises:
        DatabaseError: the folder is somebody else's, or the download is not usable.
    """
    folder = directory or database_directory()
    _prepare(folder)
    return [_update(folder, ecosystem, fetch or _fetch) for ecosystem in ecosystems]


def _prepare(folder: str) -> None:
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        _check_owner(folder)
        os.chmod(folder, 0o700)
        names = os.listdir(folder)
    except OSError as error:
        raise DatabaseError(
            f"{folder}: {error.strerror}", hint="Choose another folder."
        ) from error
    for name in names:
        if name.startswith(".update-"):
            _remove_old(os.path.join(folder, name))


def _check_owner(folder: str) -> None:
    status = os.lstat(folder)
    if not stat.S_ISDIR(status.st_mode):
        raise DatabaseError(f"{folder}: not a folder", hint="Choose another folder.")
    if hasattr(os, "getuid") and status.st_uid != os.getuid():
        raise DatabaseError(
            f"{folder}: belongs to another user", hint="Choose a folder of your own."
        )


def _remove_old(path: str) -> None:
    """Remove what a killed update left behind, not what another one is writing now."""
    import time
    from contextlib import suppress

    with suppress(OSError):
        if time.time() - os.lstat(path).st_mtime > _ABANDONED:
            os.unlink(path)


def _remove(path: str) -> None:
    from contextlib import suppress

    with suppress(OSError):
        os.unlink(path)


def _update(folder: str, ecosystem: str, fetch: Fetch) -> Updated:
    if ecosystem not in ECOSYSTEMS:
        raise DatabaseError(
            f"{ecosystem}: no such ecosystem", hint=", ".join(ECOSYSTEMS)
        )
    archive = _temporary(folder)
    compiled = _temporary(folder)
    try:
        _download(_URL.format(ecosystem), archive, fetch)
        counts = _compile(archive, compiled, ecosystem)
        with open(compiled, "rb") as file:
            os.fsync(file.fileno())
        os.replace(compiled, _path(folder, ecosystem))
    finally:
        _remove(archive)
        _remove(compiled)
    return Updated(ecosystem, *counts)


def _temporary(folder: str) -> str:
    descriptor, path = tempfile.mkstemp(prefix=".update-", dir=folder)
    os.close(descriptor)
    return path


def _path(folder: str, ecosystem: str) -> str:
    return os.path.join(folder, f"{ecosystem}.sqlite3")


def _fetch(url: str) -> AbstractContextManager[Download]:
    import urllib.request

    answer = urllib.request.urlopen(url, timeout=_TIMEOUT)
    if not answer.geturl().startswith("https://"):
        answer.close()
        raise DatabaseError(f"{url}: redirects to an unencrypted address")
    opened: AbstractContextManager[Download] = answer
    return opened


def _download(url: str, path: str, fetch: Fetch) -> None:
    from http.client import HTTPException

    size = 0
    hint = "Check the network, then try again; the old database is kept."
    try:
        with fetch(url) as answer, open(path, "wb") as file:
            while chunk := answer.read(MIB):
                size += len(chunk)
                if size > _DOWNLOAD:
                    raise DatabaseError(f"{url}: too large", hint=hint)
                file.write(chunk)
            told = getattr(answer, "headers", {}).get("Content-Length")
    except (OSError, HTTPException) as error:
        raise DatabaseError(f"{url}: {error}", hint=hint) from error
    if told is not None and told.isdigit() and int(told) != size:
        raise DatabaseError(f"{url}: broke off after {size} bytes", hint=hint)


def _compile(archive: str, path: str, ecosystem: str) -> tuple[int, int]:
    """Write the records of an archive to a database; return how many, and how many were not."""
    import sqlite3
    import zipfile
    import zlib

    records = skipped = 0
    try:
        with zipfile.ZipFile(archive) as members:
            names = members.infolist()
            if len(names) > _RECORDS or sum(n.file_size for n in names) > _UNPACKED:
                raise DatabaseError(f"{ecosystem}: the download unpacks to too much")
            database = sqlite3.connect(path)
            try:
                database.execute("PRAGMA journal_mode = OFF")
                database.execute("CREATE TABLE affected (name TEXT, record TEXT)")
                for member in names:
                    rows = _rows(members, member, ecosystem)
                    if rows is None:
                        skipped += 1
                        continue
                    records += 1
                    database.executemany("INSERT INTO affected VALUES (?, ?)", rows)
                database.execute("CREATE INDEX by_name ON affected (name)")
                _describe(database, ecosystem, records, skipped)
                database.commit()
            finally:
                database.close()
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise DatabaseError(
            f"{ecosystem}: not a usable archive: {error}", hint="Try again later."
        ) from error
    if not records:
        raise DatabaseError(f"{ecosystem}: the download holds no record")
    return records, skipped


def _rows(
    members: zipfile.ZipFile, member: zipfile.ZipInfo, ecosystem: str
) -> list[tuple[str, str]] | None:
    """Return the rows of one member, or None where it is no usable record."""
    import json
    import zipfile
    import zlib

    if member.file_size > _RECORD or not member.filename.endswith(".json"):
        return None
    try:
        with members.open(member) as file:
            text = file.read(_RECORD + 1)
        if len(text) > _RECORD:
            return None
        return [
            (name, json.dumps(record, separators=(",", ":")))
            for name, record in records_of(json.loads(text), ecosystem)
        ]
    except (
        ValueError, KeyError, TypeError, AttributeError, RecursionError, RuntimeError,
        OSError, EOFError, zipfile.BadZipFile, zlib.error,
    ):  # fmt: skip
        return None


def _describe(
    database: sqlite3.Connection, ecosystem: str, records: int, skipped: int
) -> None:
    database.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
    database.executemany(
        "INSERT INTO about VALUES (?, ?)",
        [
            ("schema", _SCHEMA),
            ("ecosystem", ecosystem),
            ("records", str(records)),
            ("skipped", str(skipped)),
        ],
    )


class Database:
    """The known vulnerabilities, opened for reading; a context manager."""

    def __init__(self, connections: dict[str, sqlite3.Connection]) -> None:
        self._connections = connections

    @classmethod
    def open(cls, directory: str | None = None) -> Database:
        """Open the files that an update wrote.

        Raises:
            DatabaseError: there is none, one is not usable, or the folder is somebody else's.
        """
        folder = directory or database_directory()
        try:
            _check_owner(folder)
        except OSError as error:
            raise DatabaseError(
                f"{folder}: no database", hint=f"Run: {_UPDATE}"
            ) from error
        paths = {name: _path(folder, name) for name in ECOSYSTEMS}
        present = {name: path for name, path in paths.items() if os.path.exists(path)}
        if not present:
            raise DatabaseError(f"{folder}: no database", hint=f"Run: {_UPDATE}")
        database = cls({})
        try:
            for name, path in present.items():
                database._connections[name] = _opened(path)
        except DatabaseError:
            database.close()
            raise
        return database

    @property
    def ecosystems(self) -> tuple[str, ...]:
        """The ecosystems that it knows."""
        return tuple(self._connections)

    def match(self, dependency: Dependency) -> list[Record]:
        """Return what is known against a dependency, worst first; unpinned ones match nothing.

        Raises:
            DatabaseError: the database is damaged.
        """
        connection = self._connections.get(_NAMES.get(dependency.ecosystem, ""))
        if connection is None or dependency.version is None:
            return []
        import json
        import sqlite3

        name = _key(dependency)
        try:
            rows = connection.execute(
                "SELECT record FROM affected WHERE name = ?", (name,)
            ).fetchall()
            records = [Record(*json.loads(row[0])) for row in rows]
            matched = {
                record.id: record
                for record in records
                if affects(record, dependency.ecosystem, dependency.version)
            }
        except (
            sqlite3.Error,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
        ) as error:
            raise _damaged(dependency.ecosystem, error) from error
        return sorted(
            _without_aliases(matched), key=lambda record: (-record.severity, record.id)
        )

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._connections = {}

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _without_aliases(records: dict[str, Record]) -> Iterator[Record]:
    """Yield each vulnerability once, where several sources told of it: the worst telling."""
    told: set[str] = set()
    for record in sorted(
        records.values(), key=lambda item: (-item.severity, not item.summary, item.id)
    ):
        names = {record.id, *record.aliases}
        if not names & told:
            yield record
        told |= names


def _key(dependency: Dependency) -> str:
    if dependency.ecosystem == "pypi":
        return re.sub(r"[-_.]+", "-", dependency.name).lower()
    return dependency.name


def _opened(path: str) -> sqlite3.Connection:
    import sqlite3
    from urllib.request import pathname2url

    connection = None
    try:
        connection = sqlite3.connect(
            f"file:{pathname2url(path)}?mode=ro&immutable=1", uri=True
        )
        row = connection.execute(
            "SELECT value FROM about WHERE key = 'schema'"
        ).fetchone()
        connection.execute("SELECT name, record FROM affected LIMIT 1").fetchone()
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise _damaged(path, error) from error
    if row is None or row[0] != _SCHEMA:
        connection.close()
        raise DatabaseError(
            f"{path}: written by another version", hint=f"Run: {_UPDATE}"
        )
    return connection


def _damaged(what: str, error: Exception) -> DatabaseError:
    return DatabaseError(
        f"{what}: the database is damaged: {error}", hint=f"Run: {_UPDATE}"
    )


def findings_of(
    dependencies: Iterable[Dependency], database: Database
) -> list[Finding]:
    """Return a finding for each known vulnerability of each dependency."""
    findings: list[Finding] = []
    for dependency in dict.fromkeys(dependencies):
        for record in database.match(dependency):
            rule = (
                "known-malicious-package"
                if record.is_malicious
                else "known-vulnerability"
            )
            finding = found(
                rule,
                dependency.file,
                dependency.line,
                f"{dependency.name} {dependency.version}: {_told(record)}",
                severity=Severity(record.severity),
            )
            if record.fixed and not record.is_malicious:
                finding = finding._replace(
                    fix=f"Use {', '.join(record.fixed)} or later."
                )
            findings.append(finding)
    return findings


def _told(record: Record) -> str:
    cve = next((alias for alias in record.aliases if alias.startswith("CVE-")), "")
    names = f"{record.id} ({cve})" if cve else record.id
    return f"{names}: {record.summary}" if record.summary else names


TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    import zipfile
