"""A damaged entry is a miss and a line in the log, and it is gone after that."""

from __future__ import annotations

import marshal
import os
import pickle
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_cache import JSON, TEXT, Codec, PersistentCache
from goobits_cache._persistent import _entries

posix_only = pytest.mark.skipif(os.name != "posix", reason="files of POSIX")


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is writing here."""
    monkeypatch.setattr("goobits_cache._persistent._entries._PAUSES", (0.0,))


def entry_of(cache: PersistentCache[bytes], key: str) -> Path:
    return Path(cache._path(_entries.encode_key(key)))


def test_every_damaged_byte_is_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk may change any bit; whichever it is, the value is never another one."""
    cache = PersistentCache(tmp_path)
    cache["a key"] = b"and its value"
    path = entry_of(cache, "a key")
    whole = path.read_bytes()
    for place in range(len(whole)):
        for bits in (0x01, 0x80, 0xFF):
            damaged = bytearray(whole)
            damaged[place] ^= bits
            path.write_bytes(damaged)
            assert cache.get("a key") is None
            assert not path.exists()
    count = 3 * len(whole)
    assert cache.statistics.failures == cache.statistics.misses == count
    assert len(caplog.records) == count
    assert str(path) in caplog.records[0].getMessage()


@pytest.mark.parametrize("size", [13, 5000])
def test_every_torn_file_is_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    """After a power cut a file may have any length, or end in zeros."""
    cache = PersistentCache(tmp_path)
    cache["a key"] = os.urandom(size)
    path = entry_of(cache, "a key")
    whole = path.read_bytes()
    lengths = range(len(whole)) if size < 100 else range(0, len(whole), 97)
    for length in lengths:
        for damaged in (whole[:length], whole[:length].ljust(len(whole), b"\0")):
            if damaged != whole:
                path.write_bytes(damaged)
                assert "a key" not in cache
                assert not path.exists()
    assert len(caplog.records) == cache.statistics.failures > 50


def test_what_follows_an_entry_does_not_matter(tmp_path: Path) -> None:
    """A short entry over a longer one leaves the end of that one."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    with entry_of(cache, "a").open("ab") as file:
        file.write(b"the end of the other one")
    assert cache["a"] == b"1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b"goobits2" + b"\0" * 32,
        b"goobits1" + b"\xff" * 100,
        pickle.dumps({"a": 1}),
        marshal.dumps(compile("raise SystemExit", "", "exec")),
        b"SQLite format 3\0" * 100,
    ],
)
def test_file_of_another_kind_is_a_miss(tmp_path: Path, content: bytes) -> None:
    """Nothing in the folder is ever run or unpickled."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    entry_of(cache, "a").write_bytes(content)
    assert cache.get("a") is None
    assert cache.get_or_create("a", lambda: b"2") == b"2"
    assert cache.statistics.failures == 1


def test_entry_under_the_name_of_another_is_a_miss(tmp_path: Path) -> None:
    """A file that somebody copied has a good checksum and the wrong key."""
    cache = PersistentCache(tmp_path)
    cache["a"], cache["b"] = b"1", b"2"
    entry_of(cache, "b").write_bytes(entry_of(cache, "a").read_bytes())
    assert cache.get("b") is None
    assert cache["a"] == b"1"
    assert list(cache) == ["a"]


def test_payload_that_the_codec_cannot_read_is_a_miss(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Another program may have used the same schema and the same name."""
    raw = PersistentCache(tmp_path, codec=Codec("json", bytes, bytes))
    raw["a"] = b"{"
    cache = PersistentCache(tmp_path, codec=JSON)
    assert cache.get("a") is None
    assert "a" not in raw
    assert len(caplog.records) == cache.statistics.failures == 1
    text = PersistentCache(tmp_path, codec=TEXT)
    assert text.get_or_create("a", lambda: "1") == "1"


def put_folder(path: Path) -> None:
    path.mkdir()


def put_link_out(path: Path) -> None:
    path.symlink_to(path.parents[2] / "secret")


def put_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def put_pipe(path: Path) -> None:
    os.mkfifo(path)


def put_socket(path: Path) -> None:
    directory = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{directory}/{path.name}")
    os.close(directory)


@posix_only
@pytest.mark.parametrize("size", [1, 10_000])
@pytest.mark.parametrize(
    "put", [put_folder, put_link_out, put_link_to_itself, put_pipe, put_socket]
)
def test_what_is_no_file_is_a_miss(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    put: Callable[[Path], None],
    size: int,
) -> None:
    """A link may lead to a file that is not ours to read or write, a pipe blocks for ever."""
    if put is put_socket and not os.path.exists("/proc/self/fd"):
        pytest.skip("the path is too long for a socket")
    cache = PersistentCache(tmp_path / "cache")
    whole = b"goobits"
    cache["a"] = b"1"
    path = entry_of(cache, "a")
    (tmp_path / "secret").write_bytes(path.read_bytes())
    secret = (tmp_path / "secret").read_bytes()
    path.unlink()
    put(path)
    assert cache.get("a") is None
    assert not os.path.lexists(path)
    assert len(caplog.records) == cache.statistics.failures == 1
    put(path)
    cache["a"] = whole * size
    assert cache.get("a") in (None, whole * size)
    cache["a"] = whole * size
    assert cache["a"] == whole * size
    assert (tmp_path / "secret").read_bytes() == secret


@posix_only
def test_folder_with_something_in_it_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It holds somebody's files; the entry stays missing, and everything else works."""
    cache = PersistentCache(tmp_path)
    path = entry_of(cache, "a")
    (path / "inner").mkdir(parents=True)
    path.parent.chmod(0o700)
    cache["a"] = b"1"
    assert cache.get_or_create("a", lambda: b"2") == b"2"
    assert "a" not in cache
    cache["b"] = b"1"
    assert dict(cache.items()) == {"b": b"1"}
    assert (path / "inner").is_dir()


@posix_only
@pytest.mark.parametrize("size", [1, 10_000])
def test_other_name_of_a_file_keeps_its_content(tmp_path: Path, size: int) -> None:
    """Backups are made of hard links; what is written over would change in them, too."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    backup = tmp_path / "backup"
    os.link(entry_of(cache, "a"), backup)
    before = backup.read_bytes()
    cache["a"] = b"2" * size
    assert backup.read_bytes() == before
    assert cache["a"] == b"2" * size


def test_reader_never_sees_a_mixture(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Entries are written over while others read them: each value is one that was set."""
    values = [bytes([number]) * (1 + 97 * number) for number in range(60)]
    stop = threading.Event()

    def write(first: int) -> None:
        cache = PersistentCache(tmp_path)
        number = first
        while not stop.is_set():
            number = (number * 7 + 1) % len(values)
            cache["a"] = values[number]

    writers = [threading.Thread(target=write, args=(number,)) for number in (1, 2)]
    for writer in writers:
        writer.start()
    try:
        cache = PersistentCache(tmp_path)
        while "a" not in cache:
            pass
        for _ in range(3000):
            assert cache["a"] in values
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert caplog.records == []


def test_torn_read_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Who reads at the very moment of a write is not told that the entry was damaged."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    read, torn = os.read, [True]

    def half(handle: int, size: int) -> bytes:
        data = read(handle, size)
        return data[:20].ljust(len(data), b"x") if torn and torn.pop() else data

    monkeypatch.setattr(os, "read", half)
    assert cache["a"] == b"1"
    assert cache.statistics.failures == 0
    assert caplog.records == []


@pytest.mark.parametrize("usable", [True, False])
def test_entry_that_is_created_anew_is_not_removed(
    tmp_path: Path, usable: bool
) -> None:
    """Who found it damaged is late: another one has already mended it."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    path = entry_of(cache, "a")
    if not usable:
        path.write_bytes(b"")
    cache._remove_unusable(str(path))
    assert path.exists() is usable
