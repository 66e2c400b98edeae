"""The database of known vulnerabilities: fetched from a local server, matched offline."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from goobits_scanner import _osv
from goobits_scanner._dependencies import Dependency
from goobits_scanner._errors import DatabaseError
from goobits_scanner._finding import Axis, Severity
from goobits_scanner._osv import Database, Download, Fetch, findings_of, update
from goobits_scanner._osv_records import cvss_score, semver_key

CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def record(
    name: str,
    *events: tuple[str, str],
    identity: str = "GHSA-1",
    ecosystem: str = "PyPI",
    versions: tuple[str, ...] = (),
    **more: object,
) -> dict[str, object]:
    kind = "SEMVER" if ecosystem != "PyPI" else "ECOSYSTEM"
    affected = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": kind, "events": [{key: value} for key, value in events]}],
        "versions": list(versions),
    }
    return {"id": identity, "summary": "it breaks", "affected": [affected], **more}


def archive(*records: object) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as members:
        for number, item in enumerate(records):
            text = item if isinstance(item, bytes) else json.dumps(item).encode()
            members.writestr(f"{number}.json", text)
    return buffer.getvalue()


def pinned(name: str, version: str | None, ecosystem: str = "pypi") -> Dependency:
    return Dependency(ecosystem, name, "", version, "lock", 3, f"{name} {version}")


@pytest.fixture
def served() -> Iterator[Callable[[bytes, int], Fetch]]:
    """Serve bytes on the loopback, told to be longer than they are by `missing`."""
    body, missing = b"", 0

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + missing))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()

    def serve(data: bytes, short_of: int = 0) -> Fetch:
        nonlocal body, missing
        body, missing = data, short_of

        @contextmanager
        def fetch(url: str) -> Iterator[Download]:
            assert url.startswith("https://")
            assert url.endswith("/all.zip")
            address = f"http://127.0.0.1:{server.server_port}/all.zip"
            with urllib.request.urlopen(address, timeout=10) as answer:
                yield answer

        return fetch

    yield serve
    server.shutdown()
    thread.join()
    server.server_close()


Serve = Callable[..., Fetch]


@pytest.fixture
def known(tmp_path: Path, served: Serve) -> Iterator[Callable[..., Database]]:
    """Open a database of these records."""
    opened: list[Database] = []

    def build(*records: object, ecosystem: str = "PyPI") -> Database:
        folder = str(tmp_path / "osv")
        update(folder, [ecosystem], served(archive(*records)))
        opened.append(Database.open(folder))
        return opened[-1]

    yield build
    for database in opened:
        database.close()


@pytest.mark.parametrize(
    ("events", "version", "is_affected"),
    [
        ([("introduced", "0"), ("fixed", "2.0")], "1.9", True),
        ([("introduced", "0"), ("fixed", "2.0")], "2.0", False),
        ([("introduced", "0"), ("fixed", "2.0")], "2.0rc1", True),
        ([("introduced", "1.0"), ("last_affected", "1.5")], "1.5", True),
        ([("introduced", "1.0"), ("last_affected", "1.5")], "1.5.1", False),
        ([("introduced", "1.0")], "0.9", False),
        ([("introduced", "1.0")], "99", True),
        (
            [("introduced", "0"), ("fixed", "1"), ("introduced", "2"), ("fixed", "3")],
            "2.5",
            True,
        ),
        (
            [("introduced", "2"), ("fixed", "3"), ("introduced", "0"), ("fixed", "1")],
            "1.5",
            False,
        ),
        ([("introduced", "0"), ("limit", "2.0")], "1.0", True),
        ([("introduced", "0"), ("limit", "2.0")], "2.0", False),
        ([("introduced", "0"), ("fixed", "1.10")], "1.9", True),
    ],
)
def test_ranges_are_read_as_the_schema_says(
    known: Callable[..., Database],
    events: list[tuple[str, str]],
    version: str,
    is_affected: bool,
) -> None:
    """A version read wrongly is a missed vulnerability or a false alarm."""
    database = known(record("demo", *events))
    assert bool(database.match(pinned("demo", version))) is is_affected


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [("1.0.0-alpha", True), ("1.0.0", False), ("0.9.10", True), ("1.0.0+build", False)],
)
def test_npm_versions_are_semantic(
    known: Callable[..., Database], version: str, is_affected: bool
) -> None:
    """A pre-release comes before its release, and 10 after 9."""
    item = record("demo", ("introduced", "0"), ("fixed", "1.0.0"), ecosystem="npm")
    database = known(item, ecosystem="npm")
    assert bool(database.match(pinned("demo", version, "npm"))) is is_affected


def test_semantic_versions_sort_as_their_specification_does() -> None:
    """The example of semver.org, section 11."""
    names = "alpha alpha.1 alpha.beta beta beta.2 beta.11 rc.1".split()
    versions = [f"1.0.0-{name}" for name in names] + [
        "1.0.0",
        "1.0.1",
        "1.2.0",
        "2.0.0",
    ]
    keys = [semver_key(version) for version in versions]
    assert None not in keys
    assert keys == sorted(keys, key=lambda key: key or ())
    assert len(set(keys)) == len(keys)


def test_listed_versions_match_in_any_spelling(known: Callable[..., Database]) -> None:
    """1.0 and 1.0.0 are one version of a Python package."""
    database = known(record("De.mo", ("introduced", "9"), versions=("1.0.0",)))
    assert database.match(pinned("de_mo", "1.0"))


def test_unpinned_dependency_matches_nothing(known: Callable[..., Database]) -> None:
    """Which version a range becomes is not known."""
    database = known(record("demo", ("introduced", "0")))
    assert database.match(pinned("demo", None)) == []


def test_withdrawn_record_is_none(known: Callable[..., Database]) -> None:
    """It was an error."""
    gone = record("demo", ("introduced", "0"), withdrawn="2024-01-01T00:00:00Z")
    database = known(gone, record("other", ("introduced", "0")))
    assert database.match(pinned("demo", "1.0")) == []


def test_two_tellings_of_one_vulnerability_are_one(
    known: Callable[..., Database],
) -> None:
    """PyPI's database and GitHub's tell of the same things."""
    one = record("demo", ("introduced", "0"), identity="GHSA-1", aliases=["CVE-1"])
    two = record(
        "demo", ("introduced", "0"), identity="PYSEC-1", aliases=["CVE-1", "GHSA-1"]
    )
    assert len(known(one, two).match(pinned("demo", "1.0"))) == 1


def test_malicious_package_is_malice(known: Callable[..., Database]) -> None:
    """It attacks whoever installs it; that is another axis than a mistake."""
    database = known(record("demo", ("introduced", "0"), identity="MAL-2024-1"))
    (finding,) = findings_of([pinned("demo", "1.0")], database)
    assert (finding.rule, finding.axis, finding.severity, finding.category) == (
        "known-malicious-package",
        Axis.MALICE,
        Severity.HIGH,
        "dependencies",
    )
    assert (finding.file, finding.line) == ("lock", 3)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({"severity": [{"type": "CVSS_V3", "score": CRITICAL}]}, Severity.HIGH),
        (
            {"severity": [{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N"}]},
            Severity.MEDIUM,
        ),
        ({"database_specific": {"severity": "LOW"}}, Severity.LOW),
        ({"database_specific": {"severity": "CRITICAL"}}, Severity.HIGH),
        ({}, Severity.MEDIUM),
    ],
)
def test_vulnerability_is_as_severe_as_told(
    known: Callable[..., Database], more: dict[str, object], severity: Severity
) -> None:
    """The score orders what to mend first."""
    database = known(record("demo", ("introduced", "0"), ("fixed", "2"), **more))
    (finding,) = findings_of([pinned("demo", "1.0")], database)
    assert (finding.axis, finding.severity) == (Axis.VULNERABILITY, severity)
    assert finding.fix == "Use 2 or later."


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        (CRITICAL, 9.8),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
        ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),
        ("CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:U/C:L/I:N/A:N", 1.9),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 7.5),
        ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:N/I:N/A:N", 0.0),
        ("CVSS:3.1/AV:N", None),
        ("CVSS:4.0/AV:N/AC:L", None),
    ],
)
def test_cvss_score_is_that_of_the_specification(
    vector: str, score: float | None
) -> None:
    """Scores published with these vectors."""
    assert cvss_score(vector) == score


def test_bad_records_are_skipped_and_counted(tmp_path: Path, served: Serve) -> None:
    """One broken record must not cost all others, nor go unsaid."""
    broken: list[object] = [
        b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000, {"id": 1},
        {"id": "X", "affected": [1]}, {"id": "X", "affected": {"a": 1}},
        {"id": "X", "affected": [{"package": {"ecosystem": "PyPI", "name": 3}}]},
    ]  # fmt: skip
    good = record("demo", ("introduced", "0"))
    fetch = served(archive(*broken, good))
    (told,) = update(str(tmp_path / "osv"), ["PyPI"], fetch)
    assert (told.records, told.skipped) == (1, len(broken))


def test_bomb_is_refused(
    tmp_path: Path, served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small download must not fill the disk or the memory."""
    monkeypatch.setattr(_osv, "_UNPACKED", 1 << 20)
    bomb = archive(b" " * (2 << 20))
    with pytest.raises(DatabaseError, match="too much"):
        update(str(tmp_path / "osv"), ["PyPI"], served(bomb))


def test_record_of_enormous_size_is_skipped(tmp_path: Path, served: Serve) -> None:
    """No record needs as much."""
    fetch = served(archive(b" " * (9 << 20), record("demo", ("introduced", "0"))))
    (told,) = update(str(tmp_path / "osv"), ["PyPI"], fetch)
    assert (told.records, told.skipped) == (1, 1)


def test_download_without_end_is_refused(
    tmp_path: Path, served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server must not be able to fill the disk."""
    monkeypatch.setattr(_osv, "_DOWNLOAD", 1000)
    with pytest.raises(DatabaseError, match="too large"):
        update(str(tmp_path / "osv"), ["PyPI"], served(b"x" * 2000))


def test_interrupted_download_leaves_the_old_database(
    tmp_path: Path, served: Serve
) -> None:
    """An update that fails must not take away what was there."""
    folder = str(tmp_path / "osv")
    data = archive(record("demo", ("introduced", "0")))
    update(folder, ["PyPI"], served(data))
    with pytest.raises(DatabaseError) as caught:
        update(folder, ["PyPI"], served(data, 10))
    assert "old database is kept" in caught.value.hint
    assert os.listdir(folder) == ["PyPI.sqlite3"]
    with Database.open(folder) as database:
        assert database.match(pinned("demo", "1.0"))


def test_archive_that_is_none_is_refused(tmp_path: Path, served: Serve) -> None:
    """An error page of a proxy is no database."""
    with pytest.raises(DatabaseError, match="not a usable archive"):
        update(str(tmp_path / "osv"), ["PyPI"], served(b"<html>no</html>"))


_KILLED = """
import contextlib, io, sys, time
from goobits_scanner._osv import update

class Slow(io.BytesIO):
    def read(self, size=-1):
        print("reading", flush=True)
        time.sleep(60)

@contextlib.contextmanager
def fetch(url):
    yield Slow()

update(sys.argv[1], ["PyPI"], fetch)
"""


def test_killed_update_leaves_the_old_database(tmp_path: Path, served: Serve) -> None:
    """Nobody can choose the moment in which a machine goes down."""
    folder = str(tmp_path / "osv")
    data = archive(record("demo", ("introduced", "0")))
    update(folder, ["PyPI"], served(data))
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, folder], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reading\n"
        process.kill()
    assert len(os.listdir(folder)) > 1
    with Database.open(folder) as database:
        assert database.match(pinned("demo", "1.0"))
    for name in os.listdir(folder):
        old = time.time() - 2 * 86_400
        os.utime(os.path.join(folder, name), (old, old))
    update(folder, ["PyPI"], served(data))
    assert os.listdir(folder) == ["PyPI.sqlite3"]


def test_folder_is_the_users_own(tmp_path: Path, served: Serve) -> None:
    """Whoever can write the database can hide what they like."""
    folder = tmp_path / "osv"
    update(str(folder), ["PyPI"], served(archive(record("demo", ("introduced", "0")))))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_folder_of_another_user_is_refused(
    tmp_path: Path, served: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever owns the folder can put another database there."""
    monkeypatch.setattr(os, "getuid", lambda: os.stat(tmp_path).st_uid + 1)
    with pytest.raises(DatabaseError, match="another user"):
        update(str(tmp_path), ["PyPI"], served(b""))
    with pytest.raises(DatabaseError, match="another user"):
        Database.open(str(tmp_path))


def test_folder_that_is_a_link_is_refused(tmp_path: Path, served: Serve) -> None:
    """A link can lead anywhere."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(DatabaseError, match="not a folder"):
        update(str(tmp_path / "link"), ["PyPI"], served(b""))


def test_missing_database_says_how_to_get_one(tmp_path: Path) -> None:
    """The first thing that a user meets."""
    with pytest.raises(DatabaseError) as caught:
        Database.open(str(tmp_path / "osv"))
    assert "db update" in caught.value.hint


@pytest.mark.parametrize("damage", [b"", b"not a database" * 100])
def test_damaged_database_says_how_to_mend_it(tmp_path: Path, damage: bytes) -> None:
    """A database that cannot be read must not pass for one that knows nothing."""
    (tmp_path / "PyPI.sqlite3").write_bytes(damage)
    with pytest.raises(DatabaseError) as caught:
        Database.open(str(tmp_path))
    assert "db update" in caught.value.hint


def test_record_damaged_within_is_an_error(
    known: Callable[..., Database], tmp_path: Path
) -> None:
    """So must not one that can be opened."""
    known(record("demo", ("introduced", "0"))).close()
    connection = sqlite3.connect(tmp_path / "osv" / "PyPI.sqlite3")
    connection.execute("UPDATE affected SET record = '[1, 2]'")
    connection.commit()
    connection.close()
    with (
        Database.open(str(tmp_path / "osv")) as database,
        pytest.raises(DatabaseError, match="damaged"),
    ):
        database.match(pinned("demo", "1.0"))


def test_unknown_ecosystem_is_refused(tmp_path: Path, served: Serve) -> None:
    """Its name would become a path."""
    with pytest.raises(DatabaseError, match="no such ecosystem"):
        update(str(tmp_path / "osv"), ["../x"], served(b""))
