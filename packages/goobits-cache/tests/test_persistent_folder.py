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


def keeps_nothing(cache: PersistentCache[bytes]) -> bool:
    """Use a cache in every way; return whether it never found anything."""
    cache["a"] = b"1"
    assert cache.get_or_create("b", lambda: b"2") == b"2"
    cache.clear()
    assert cache.pop("a", None) is None
    with pytest.raises(KeyError):
        del cache["a"]
    return "a" not in cache and list(cache.items()) == [] and len(cache) == 0


@posix_only
def test_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """Others can neither read values nor put theirs there."""
    before = os.umask(0)
    try:
        PersistentCache(tmp_path / "a" / "cache")["key"] = b"1"
    finally:
        os.umask(before)
    made = [tmp_path / "a" / "cache", *(tmp_path / "a" / "cache").rglob("*")]
    assert [path.stat().st_mode & 0o077 for path in made] == [0] * 3


@posix_only
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o770, 0o720, 0o702])
def test_folder_that_others_can_write_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: int
) -> None:
    """Who can write there chooses what this program computes with."""
    PersistentCache(tmp_path)["old"] = b"1"
    tmp_path.chmod(mode)
    cache = PersistentCache(tmp_path)
    assert "old" not in cache
    assert keeps_nothing(cache)
    assert cache.problem is not None
    assert f"chmod 700 {tmp_path}" in cache.problem
    assert cache.statistics.failures > 0
    assert [record.name for record in caplog.records] == ["goobits_cache"]
    assert cache.problem in caplog.text
    tmp_path.chmod(0o755)
    assert PersistentCache(tmp_path)["old"] == b"1"


@root_only
@posix_only
@pytest.mark.parametrize("name", ["cache", "link"])
def test_folder_of_another_user_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Its owner can write it at any time; a link to it is no better."""
    PersistentCache(tmp_path / "cache")["old"] = b"1"
    (tmp_path / "link").symlink_to("cache")
    os.chown(tmp_path / "cache", 12345, 12345)
    cache = PersistentCache(tmp_path / name)
    assert keeps_nothing(cache)
    assert "belongs to another user, number 12345" in str(cache.problem)
    assert len(caplog.records) == 1


@root_only
@posix_only
def test_link_of_another_user_is_refused(tmp_path: Path) -> None:
    """In a folder like /tmp somebody could lead the cache into any folder of its user."""
    (tmp_path / "cache").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to("cache")
    os.chown(tmp_path / "link", 12345, 12345, follow_symlinks=False)
    cache = PersistentCache(tmp_path / "link")
    assert keeps_nothing(cache)
    assert "belongs to another user" in str(cache.problem)


@posix_only
def test_own_link_to_an_own_folder_is_followed(tmp_path: Path) -> None:
    """Caches are moved to other disks that way."""
    (tmp_path / "link").symlink_to("cache")
    (tmp_path / "cache").mkdir(mode=0o700)
    cache = PersistentCache(tmp_path / "link")
    cache["a"] = b"1"
    assert PersistentCache(tmp_path / "cache")["a"] == b"1"


@pytest.mark.parametrize("kind", ["file", "below a file", "dangling", "too long"])
def test_what_is_no_folder_is_refused(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    """The message names the path, so that somebody can mend it."""
    path = tmp_path / "cache"
    if kind == "dangling":
        path.symlink_to("nowhere")
    elif kind == "too long":
        path = tmp_path / ("x" * 300)
    else:
        path.write_text("mine")
        path = path / "cache" if kind == "below a file" else path
    cache = PersistentCache(path)
    assert keeps_nothing(cache)
    assert str(path) in str(cache.problem)
    assert len(caplog.records) == 1


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


@posix_only
def test_folder_that_is_replaced_is_looked_at_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What was trusted once is gone; the new one may be open to anybody."""
    cache = PersistentCache(tmp_path / "cache")
    cache["a"] = b"1"
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    cache["a"] = b"2"
    assert "a" not in cache
    assert "can be written by others" in str(cache.problem)
    assert list((tmp_path / "cache").iterdir()) == []
    assert len(caplog.records) == 1


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
