"""Nothing that happens to the folder of a cache is an error: it is a miss, and one line."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from goobits_cache import PersistentCache
from goobits_cache._persistent import _files

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes and owners of POSIX")
root = os.name == "posix" and os.geteuid() == 0
root_only = pytest.mark.skipif(
    not root, reason="only root can give files away or mount"
)


def test_folder_that_is_removed_is_made_anew(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody cleans their caches while a program runs."""
    cache = PersistentCache(tmp_path / "cache")
    for remove in (tmp_path / "cache", None):
        cache["a"] = b"1"
        if remove:
            shutil.rmtree(remove)
        else:
            for path in (tmp_path / "cache").iterdir():
                shutil.rmtree(path)
        assert "a" not in cache
        assert list(cache) == []
        assert cache.get_or_create("a", lambda: b"2") == b"2"
        assert cache["a"] == b"2"
    assert caplog.records == []


UNPRIVILEGED = """
    import logging, os, sys
    # Another user may not be able to read this Python: whatever is needed comes first.
    import goobits_cache._statistics, goobits_cache._views
    import goobits_cache._persistent._locks, goobits_cache._persistent._sweep, fcntl
    from goobits_cache import PersistentCache
    folder = sys.argv[1]
    lines = []
    logging.getLogger("goobits_cache").addFilter(lines.append)
    logging.getLogger("goobits_cache").addHandler(logging.NullHandler())
    if os.geteuid() == 0:
        os.chown(folder, 12345, 12345)
        os.setuid(12345)
    os.chmod(folder, 0o700)
    cache = PersistentCache(folder)
    cache["small"], cache["large"] = b"1", b"1" * 5000
    shards = [os.path.join(folder, name) for name in os.listdir(folder)]
    for path in (*shards, folder):
        os.chmod(path, 0o500)
    cache = PersistentCache(folder, ttl=10)
    assert (cache["small"], cache["large"]) == (b"1", b"1" * 5000)
    assert cache.get_or_create("new", lambda: b"3") == b"3"
    assert not lines or cache.statistics.failures, lines
    cache["large"] = b"2" * 5000
    cache["new 2"] = b"2"
    assert "large" not in cache and "new 2" not in cache
    del cache["small"]
    assert "small" not in cache and list(cache) == []
    cache.clear()
    assert cache.statistics.failures and len(lines) == 1
    assert PersistentCache(folder)["small"] == b"1"
    for path in (folder, *shards):
        os.chmod(path, 0o700)
    cache["large"] = b"3" * 5000
    assert cache["large"] == b"3" * 5000
"""


@posix_only
def test_folder_that_cannot_be_written_is_read() -> None:
    """Nobody sees the value from before a `set` that failed; the rest is there."""
    with tempfile.TemporaryDirectory() as parent:
        os.chmod(parent, 0o711)
        folder = Path(parent, "cache")
        folder.mkdir()
        command = [sys.executable, "-c", textwrap.dedent(UNPRIVILEGED), str(folder)]
        done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Yield the mount point of a disk of 200 KB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k,mode=700", "tmpfs", str(path)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("there is no mount")
    if done.returncode:
        pytest.skip(f"cannot mount: {done.stderr.strip()}")
    yield path
    subprocess.run(["umount", str(path)], check=True)


@root_only
def test_full_disk_loses_entries_only(
    small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The program goes on, and each value is the last one or missing."""
    cache = PersistentCache(small_disk)
    last: dict[str, bytes] = {}
    for size in (10, 5000, 20_000, 50_000, 3000):
        for number in range(8):
            last[str(number)] = cache[str(number)] = bytes([number]) * size
            found = dict(cache.items())
            assert found.items() <= last.items()
    assert cache.statistics.failures > 0
    assert len(caplog.records) == 1
    assert "No space left" in caplog.text
    assert not list(small_disk.rglob("*.new"))


@pytest.mark.parametrize("size", [10, 4000, 100_000])
def test_write_that_fails_leaves_no_older_value(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    size: int,
) -> None:
    """A disk can be full at any write; the value before is wrong by then."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"

    def write(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", write)
    cache["a"] = bytes(size)
    cache["b"] = bytes(size)
    monkeypatch.undo()
    assert list(cache.items()) == []
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []
    assert cache.statistics.failures == 2
    assert len(caplog.records) == 1


@pytest.mark.parametrize("size", [3000, 100_000])
def test_short_writes_are_finished_or_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """The system may write a part and say so."""
    cache = PersistentCache(tmp_path)
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:1000]))
    cache["a"] = bytes(size)
    assert cache["a"] == bytes(size)
    cache["a"] = b"x" * size
    assert cache.get("a") in (None, b"x" * size)


def test_short_reads_are_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system reads at most 2 GiB at once, and less when it likes."""
    cache = PersistentCache(tmp_path)
    cache["a"] = value = bytes(range(256)) * 100
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: read(handle, min(size, 1000)))
    assert cache["a"] == value
    assert cache.statistics.failures == 0


@pytest.mark.parametrize("name", ["open", "read", "fstat"])
def test_read_that_fails_is_a_miss(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    """A bad sector, or too many open files; the entry stays for better times."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"

    def fail(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, name, fail)
    assert cache.get("a") is None
    assert cache.get("a") is None
    monkeypatch.undo()
    assert cache["a"] == b"1"
    assert cache.statistics.failures == 2
    assert len(caplog.records) == 1


def test_file_that_is_in_use_on_windows_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader is in the way for microseconds; one that stays makes the `set` fail."""
    cache = PersistentCache(tmp_path)
    cache["a"] = bytes(5000)
    replace, left = os.replace, [2]

    def refuse(source: str, target: str) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "in use", source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(_files, "_IN_THE_WAY", (0.001, 0.001, 0.001))
    cache["a"] = b"x" * 5000
    assert cache["a"] == b"x" * 5000
    left[0] = 100
    cache["a"] = b"y" * 5000
    assert cache.get("a") is None
    assert not list(tmp_path.rglob("*.new"))
