"""The history of measured values, in one file that many write."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from math import inf, nan
from pathlib import Path
from typing import IO

import pytest
from goobits_monitor._errors import HistoryError, ResultError
from goobits_monitor._history import _file, _monitor, _places
from goobits_monitor._history._monitor import PerformanceMonitor
from goobits_monitor._history._places import machine_name
from goobits_monitor._history._values import Measured, Metric, Record

SCRIPTS = Path(__file__).parent / "history"

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX processes")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_750_000_000.25

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "monitor.sqlite3"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def monitor(path: Path, clock: Clock) -> Iterator[PerformanceMonitor]:
    with PerformanceMonitor(path, machine="test", clock=clock) as monitor:
        yield monitor


def start(path: Path, label: str, count: int) -> subprocess.Popen[str]:
    """Start a writer that is ready to record as soon as it is told to."""
    writer = subprocess.Popen(
        [sys.executable, SCRIPTS / "writer.py", path, label, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert output(writer).readline() == "ready\n"
    return writer


def output(writer: subprocess.Popen[str]) -> IO[str]:
    assert writer.stdout is not None
    return writer.stdout


def go(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("\n")
    writer.stdin.flush()


def assert_sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    finally:
        connection.close()


def values(monitor: PerformanceMonitor, metric: str = "start-up") -> list[float]:
    return [record.value for record in monitor.history(metric)]


def test_record_is_read_back(monitor: PerformanceMonitor) -> None:
    """Every field of a record is what a report is made of."""
    monitor.record("start-up", 0.125, label="v1")
    at = datetime(2025, 6, 15, 15, 6, 40, 250_000, tzinfo=UTC)
    assert monitor.history("start-up") == (
        Record("start-up", 0.125, "s", at, "v1", "test"),
    )


def test_history_is_oldest_first(monitor: PerformanceMonitor, clock: Clock) -> None:
    """Steps are found in time order; values of one instant keep their order."""
    monitor.record("start-up", 3)
    monitor.record("start-up", 1)
    clock.now -= 10
    monitor.record("start-up", 2)
    assert values(monitor) == [2, 3, 1]
    assert [record.value for record in monitor.history("start-up", last=2)] == [3, 1]
    assert monitor.history("start-up", last=0) == ()
    with pytest.raises(ValueError, match="-1"):
        monitor.history("start-up", last=-1)


def test_metrics_are_summarised(monitor: PerformanceMonitor, clock: Clock) -> None:
    """A user asks first what there is."""
    monitor.record("start-up", 2)
    monitor.record("memory", 1e6, unit="bytes")
    first = datetime.fromtimestamp(clock.now, UTC)
    clock.now += 1
    last = datetime.fromtimestamp(clock.now, UTC)
    monitor.record("start-up", 1)
    assert monitor.metrics() == (
        Metric("memory", "bytes", "test", 1, first, first, 1e6),
        Metric("start-up", "s", "test", 2, first, last, 1),
    )


def test_machines_are_apart(monitor: PerformanceMonitor, path: Path) -> None:
    """A faster machine is no improvement of the program."""
    monitor.record("start-up", 1)
    with PerformanceMonitor(path, machine="other") as other:
        assert other.metrics() == ()
        assert other.history("start-up") == ()
        other.record("start-up", 2)
        assert values(other) == [2]
    assert values(monitor) == [1]
    assert [metric.count for metric in monitor.metrics()] == [1]


def test_steps_are_those_of_the_history(monitor: PerformanceMonitor) -> None:
    """The monitor hands its values to the step detection, oldest first."""
    monitor.record_many(
        Measured("start-up", value) for value in [1.0] * 30 + [1.5] * 30
    )
    (step,) = monitor.steps("start-up")
    assert (step.index, step.ratio) == (30, 1.5)
    assert monitor.steps("start-up", last=20) == ()
    assert monitor.steps("start-up", least=0.6) == ()
    assert monitor.steps("unknown") == ()


def test_reading_creates_nothing(
    monitor: PerformanceMonitor, path: Path, tmp_path: Path
) -> None:
    """A query changes no state, and a new history is empty rather than an error."""
    assert monitor.metrics() == ()
    assert monitor.history("start-up") == ()
    assert monitor.steps("start-up") == ()
    assert monitor.record_many([]) == 0
    assert not list(tmp_path.iterdir())
    with PerformanceMonitor(path) as other:
        other.record("start-up", 1)
    assert monitor.history("start-up") == ()
    with PerformanceMonitor(path) as other:
        assert values(other) == [1]


@posix
def test_folder_and_file_are_private(monitor: PerformanceMonitor, path: Path) -> None:
    """What someone measures is no one else's business."""
    monitor.record("start-up", 1)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (Measured("start-up", nan), "no cost"),
        (Measured("start-up", inf), "no cost"),
        (Measured("start-up", -0.1), "no cost"),
        (Measured("start-up", 10**400), "no cost"),
        (Measured("", 1), "a metric is empty"),
        (Measured(" ", 1), "a metric is empty"),
        (Measured("a\nb", 1), "no metric"),
        (Measured("a\x1b[0m", 1), "no metric"),
        (Measured("\ud800", 1), "no metric"),
        (Measured("x" * 201, 1), "no metric"),
        (Measured("start-up", 1, unit=""), "a unit is empty"),
        (Measured("start-up", 1, unit="s\t"), "no unit"),
        (Measured("start-up", 1, label="\0"), "no label"),
        (Measured("start-up", 1, unit="ms"), "recorded in 's'"),
    ],
)
def test_what_would_spoil_a_series_is_refused(
    monitor: PerformanceMonitor, record: Measured, message: str
) -> None:
    """All or nothing: the sound values beside it are not recorded either."""
    monitor.record("start-up", 1)
    with pytest.raises(ResultError, match=message) as refusal:
        monitor.record_many([Measured("start-up", 2), record])
    assert refusal.value.hint
    assert values(monitor) == [1]
    assert len(monitor.metrics()) == 1


def test_longest_name_and_empty_label_are_taken(monitor: PerformanceMonitor) -> None:
    """The limits are those that are told."""
    monitor.record("é" * 200, 0, label="")
    assert values(monitor, "é" * 200) == [0]


@pytest.mark.parametrize("length", [0, 50, 100, 5000])
def test_foreign_file_is_left_as_it_is(path: Path, length: int) -> None:
    """A mistyped path must not cost anyone a file."""
    path.parent.mkdir()
    path.write_bytes(b"precious " * length)
    with PerformanceMonitor(path) as monitor:
        for use in (monitor.metrics, lambda: monitor.record("start-up", 1)):
            with pytest.raises(HistoryError, match="no history") as refusal:
                use()
            assert refusal.value.path == path
            assert refusal.value.hint
    assert path.read_bytes() == b"precious " * length
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("pragma", "message"),
    [("application_id = 7", "no history"), ("user_version = 2", "of version 2")],
)
def test_database_of_another_kind_is_left_as_it_is(
    path: Path, pragma: str, message: str
) -> None:
    """Neither another program's tables nor those of our future are to be written."""
    with PerformanceMonitor(path) as monitor:
        monitor.record("start-up", 1)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA {pragma}")
    connection.close()
    before = path.read_bytes()
    with (
        PerformanceMonitor(path) as monitor,
        pytest.raises(HistoryError, match=message),
    ):
        monitor.record("start-up", 1)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_damaged_file_is_told_and_left(path: Path) -> None:
    """What can still be rescued from it must not be written over."""
    with PerformanceMonitor(path) as monitor:
        monitor.record("start-up", 1)
    damaged = path.read_bytes()[:4096] + b"\xff" * 20_000
    path.write_bytes(damaged)
    with PerformanceMonitor(path) as monitor:
        with pytest.raises(HistoryError, match="malformed") as failure:
            monitor.record("start-up", 2)
        assert "damaged" in failure.value.hint
    assert path.read_bytes() == damaged


def test_place_that_cannot_be_a_file_is_told(tmp_path: Path) -> None:
    """The path comes from the user, who must learn what is wrong with it."""
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "folder", tmp_path / "file" / "history"):
        with PerformanceMonitor(place) as monitor:
            for use in (monitor.metrics, lambda: monitor.record("start-up", 1)):
                with pytest.raises(HistoryError) as failure:
                    use()
                assert str(place) in str(failure.value)
                assert failure.value.hint


@posix
def test_link_to_nowhere_is_told(path: Path, monitor: PerformanceMonitor) -> None:
    """It is neither there nor free to be created."""
    path.parent.mkdir()
    path.symlink_to(path.parent / "nowhere" / "history")
    with pytest.raises(HistoryError, match="cannot be created"):
        monitor.record("start-up", 1)
    assert list(path.parent.iterdir()) == [path]


@posix
def test_folder_that_cannot_be_written_is_told(ordinary: Path) -> None:
    """A read-only home is common in containers."""
    ordinary.chmod(0o500)
    try:
        with (
            PerformanceMonitor(ordinary / "history") as monitor,
            pytest.raises(HistoryError, match="ermission denied"),
        ):
            monitor.record("start-up", 1)
    finally:
        ordinary.chmod(0o700)


@posix
def test_full_disk_loses_nothing_that_was_recorded(path: Path) -> None:
    """The failed value is told; those before it stay, and those after it are taken."""
    script = [sys.executable, SCRIPTS / "filled_disk.py", path]
    output = subprocess.check_output(script, text=True).splitlines()
    assert str(path) in output[0]
    assert output[1]
    with PerformanceMonitor(path, machine="test") as monitor:
        assert values(monitor) == list(range(int(output[2])))
    assert len(output) == 3
    assert_sound(path)


def test_log_of_a_deleted_history_is_refused(path: Path) -> None:
    """SQLite would replay it into the new file."""
    path.parent.mkdir()
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"old")
    with (
        PerformanceMonitor(path) as monitor,
        pytest.raises(HistoryError, match="is gone"),
    ):
        monitor.record("start-up", 1)
    assert list(path.parent.iterdir()) == [log]


@posix
def test_history_deleted_meanwhile_is_begun_anew(
    monitor: PerformanceMonitor, path: Path
) -> None:
    """Values must not vanish into a file that no longer has a name."""
    monitor.record("start-up", 1)
    for file in path.parent.iterdir():
        file.unlink()
    assert values(monitor) == []
    monitor.record("start-up", 2)
    monitor.close()
    assert values(monitor) == [2]


def test_threads_share_a_monitor(monitor: PerformanceMonitor) -> None:
    """A server records from wherever it is."""

    def write(number: int) -> None:
        for value in range(25):
            monitor.record(f"metric {number}", value)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [metric.count for metric in monitor.metrics()] == [25] * 8
    assert all(
        values(monitor, f"metric {number}") == list(range(25)) for number in range(8)
    )


def test_reader_does_not_keep_writers_waiting(
    monitor: PerformanceMonitor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report, however slow, must not make a program fail that records."""
    monkeypatch.setattr(_file, "_PATIENCE", 0.1)
    monitor.record("start-up", 1)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM record").fetchone() == (1,)
    monitor.close()
    monitor.record("start-up", 2)
    reader.close()
    assert values(monitor) == [1, 2]


def test_writer_that_waited_too_long_is_told(
    monitor: PerformanceMonitor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value that was not recorded must not be believed to be."""
    monkeypatch.setattr(_file, "_PATIENCE", 0.1)
    monitor.record("start-up", 1)
    monitor.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HistoryError, match="locked") as failure:
        monitor.record("start-up", 2)
    assert "try again" in failure.value.hint
    assert monitor._connection is None  # which could still hold a lock itself
    other.close()
    monitor.record("start-up", 3)
    assert values(monitor) == [1, 3]


@posix
def test_connection_does_not_cross_a_fork(
    monitor: PerformanceMonitor, path: Path
) -> None:
    """Two processes on one connection would corrupt the file."""
    monitor.record("start-up", 1)
    before = monitor._connection
    assert before is not None
    child = os.fork()
    if not child:
        crossed = monitor._connection is not None
        monitor.record("start-up", 2)
        os._exit(int(crossed))
    monitor.record("start-up", 3)
    assert os.waitpid(child, 0)[1] == 0
    assert sorted(values(monitor)) == [1, 2, 3]
    monitor.close()
    assert_sound(path)


def test_many_processes_lose_nothing(path: Path) -> None:
    """Tests that run in parallel all record, from the first moment on."""
    writers = [start(path, f"writer {number}", 200) for number in range(8)]
    for writer in writers:
        go(writer)
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    with PerformanceMonitor(path, machine="test") as monitor:
        records = monitor.history("start-up")
    assert len(records) == 1600
    for number in range(8):
        own = [record for record in records if record.label == f"writer {number}"]
        assert sorted(record.value for record in own) == list(range(200))
    assert_sound(path)
    assert list(path.parent.iterdir()) == [path]


def test_killed_writers_lose_nothing_they_acknowledged(path: Path) -> None:
    """A CI job may be cancelled at any moment."""
    chance = random.Random(1)
    acknowledged = set()
    for number in range(10):
        pair = {side: start(path, f"{number}{side}", 0) for side in "ab"}
        for writer in pair.values():
            go(writer)
        told = {"a": "", "b": ""}
        for _ in range(number):
            told["a"] += output(pair["a"]).readline()
        time.sleep(chance.uniform(0, 0.01))
        for side, writer in pair.items():
            writer.kill()
            told[side] += output(writer).read()
            writer.communicate()
            lines = told[side].splitlines(keepends=True)
            acknowledged |= {
                (f"{number}{side}", float(line)) for line in lines if line[-1] == "\n"
            }
    with PerformanceMonitor(path, machine="test") as monitor:
        records = monitor.history("start-up")
        assert acknowledged <= {(record.label, record.value) for record in records}
        assert len(acknowledged) >= 45
        monitor.record("start-up", 1)
        assert len(monitor.history("start-up")) == len(records) + 1
    assert_sound(path)


@posix
def test_killed_creator_does_not_stop_the_next(tmp_path: Path) -> None:
    """The first record is the likeliest moment to give up waiting."""
    script = [sys.executable, SCRIPTS / "killed_creators.py", tmp_path]
    killed = int(subprocess.check_output(script, text=True))
    assert killed > 40
    found = []
    for line in range(1, killed + 1):
        path = tmp_path / str(line) / "history"
        with PerformanceMonitor(path, machine="test") as monitor:
            found.append(values(monitor))
            monitor.record("start-up", 2)
            assert values(monitor) == [*found[-1], 2]
        assert_sound(path)
    assert found == sorted(found)
    assert found[0] == []
    assert found[-1] == [1]


@posix
@pytest.mark.parametrize("taken", [False, True])
def test_file_system_without_links_is_served(
    path: Path, monkeypatch: pytest.MonkeyPatch, taken: bool
) -> None:
    """Memory cards and some containers have none; the first to create still wins."""
    temporary = path.parent / "built"
    for file, value in ((temporary, 1), (path, 2))[: 1 + taken]:
        with PerformanceMonitor(file, machine="test") as monitor:
            monitor.record("start-up", value)

    def refuse(*_: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    _file._put(temporary, path)
    with PerformanceMonitor(path, machine="test") as monitor:
        assert values(monitor) == [1 + taken]


@posix
def test_history_is_created_without_links(
    monitor: PerformanceMonitor, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way, and nothing is left beside the file."""

    def refuse(*_: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    monitor.record("start-up", 1)
    monitor.close()
    assert values(monitor) == [1]
    monitor.close()
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_creator_left_is_swept_away(
    monitor: PerformanceMonitor, path: Path
) -> None:
    """A state folder must not fill with halves of histories."""
    path.parent.mkdir()
    other = path.parent / ".other.sqlite3-abc.new"
    for name in (f".{path.name}-abc.new", f".{path.name}-abc.new-journal", other.name):
        (path.parent / name).write_bytes(b"")
    monitor.record("start-up", 1)
    monitor.close()
    assert sorted(path.parent.iterdir()) == [other, path]


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"XDG_STATE_HOME": "/xdg"}, "/xdg/goobits"),
        ("linux", {"XDG_STATE_HOME": "relative"}, "~/.local/state/goobits"),
        ("linux", {"XDG_STATE_HOME": ""}, "~/.local/state/goobits"),
        ("linux", {}, "~/.local/state/goobits"),
        (
            "darwin",
            {"XDG_STATE_HOME": "/xdg"},
            "~/Library/Application Support/goobits",
        ),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/goobits"),
        ("win32", {}, "~/AppData/Local/goobits"),
    ],
)
def test_history_lies_where_the_platform_keeps_state(
    platform: str, environment: dict[str, str], expected: str
) -> None:
    """Users look for it, and back it up, where their system says."""
    path = _places.default_history_path(environment, platform)
    assert path == Path(expected).expanduser() / "monitor.sqlite3"


def test_default_path_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The path is looked up when the monitor is made, not when it is imported."""
    place = tmp_path / "monitor.sqlite3"
    monkeypatch.setattr(_monitor, "default_history_path", lambda: place)
    with PerformanceMonitor() as monitor:
        monitor.record("start-up", 1)
        assert monitor.machine == machine_name()
    assert place.exists()


def test_machine_name_is_one_line_that_names_no_one() -> None:
    """A history may be published."""
    import platform

    name = machine_name()
    assert name.isprintable()
    assert name == machine_name()
    assert platform.node() not in name
    assert f"{os.cpu_count()} core" in name


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_processor_is_told(tmp_path: Path) -> None:
    """What a value costs depends on it; a machine that does not tell it has a name too."""
    info = tmp_path / "cpuinfo"
    info.write_text("processor : 0\nmodel name\t: Some  CPU\t3\nmodel name : other\n")
    assert _places._processor(info) == "Some CPU 3"
    info.write_text("processor : 0\n")
    assert _places._processor(info) == ""
    assert _places._processor(tmp_path / "missing") == ""
