"""The cache on disk keeps the promises of a cache, and those of a folder."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cache_contract import CacheContract, Clock, Make
from goobits_cache import BYTES, JSON, TEXT, Codec, CodecError, PersistentCache
from goobits_cache._persistent import _cache as implementation


class TestPersistentCache(CacheContract):
    """It is a cache, and its entries outlive it."""

    durable = True
    shared = True

    @pytest.fixture
    def make(self, tmp_path: Path) -> Make:
        def make(**options: object) -> PersistentCache[bytes]:
            return PersistentCache(tmp_path / "cache", **options)  # type: ignore[arg-type]

        return make


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


# What is kept


def test_each_codec_keeps_its_values(tmp_path: Path) -> None:
    """The codec decides what a value is; one folder serves them all."""
    text = PersistentCache(tmp_path, codec=TEXT)
    json = PersistentCache(tmp_path, codec=JSON)
    raw = PersistentCache(tmp_path)
    text["a"], json["a"], raw["a"] = "text", {"x": [1, None]}, b"bytes"
    assert (text["a"], json["a"], raw["a"]) == ("text", {"x": [1, None]}, b"bytes")
    assert len(text) == len(json) == len(raw) == 1


def test_value_that_the_codec_refuses_is_an_error(tmp_path: Path) -> None:
    """That is a mistake of the caller, and the entry from before stays."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    with pytest.raises(CodecError):
        cache["a"] = "text"  # type: ignore[assignment]
    assert cache["a"] == b"1"


def test_another_schema_does_not_see_an_entry(tmp_path: Path) -> None:
    """Values of an older program would be taken for those of this one."""
    first = PersistentCache(tmp_path, schema="1")
    second = PersistentCache(tmp_path, schema="2")
    first["a"] = b"1"
    assert "a" not in second
    assert list(second) == []
    second["a"] = b"2"
    second.clear()
    assert dict(first.items()) == {"a": b"1"}


def test_another_tag_does_not_see_an_entry(tmp_path: Path) -> None:
    """Compiled code of one Python crashes another."""
    first = PersistentCache(
        tmp_path, codec=Codec("code", bytes, bytes, tag="cpython-311")
    )
    second = PersistentCache(
        tmp_path, codec=Codec("code", bytes, bytes, tag="cpython-312")
    )
    first["a"] = b"1"
    assert "a" not in second


@pytest.mark.parametrize(("one", "other"), [(("ab", "c"), ("a", "bc"))])
def test_schema_and_name_of_a_codec_are_not_mixed_up(
    tmp_path: Path, one: tuple[str, str], other: tuple[str, str]
) -> None:
    """Two pairs that read the same when written together are two."""
    first, second = (
        PersistentCache(tmp_path, schema=schema, codec=Codec(name, bytes, bytes))
        for schema, name in (one, other)
    )
    first["a"] = b"1"
    assert "a" not in second


@pytest.mark.parametrize(
    "key",
    ["", "\ud83d\ude00", "\U0001f600", "\udcff", "\0", "../../../etc", "k" * 10**6],
)
def test_any_text_is_a_key(tmp_path: Path, key: str) -> None:
    """A key is data, never part of a path; a pair of surrogates is not its character."""
    cache = PersistentCache(tmp_path / "cache")
    cache[key] = b"1"
    assert cache[key] == b"1"
    assert list(cache) == [key]
    assert len(files(tmp_path)) == 1
    twins = {"\ud83d\ude00", "\U0001f600"} - {key}
    assert not any(twin in cache for twin in twins)


def test_other_key_than_text_is_in_no_cache(tmp_path: Path) -> None:
    """`in` answers for anything, as that of a dict does."""
    assert 1 not in PersistentCache(tmp_path)


@pytest.mark.parametrize("size", [0, 4000, 4096, 5000, 32 * 1024 * 1024])
def test_value_may_have_any_size(tmp_path: Path, size: int) -> None:
    """Small entries are written over, large ones beside: both ways, and from one to the other."""
    cache = PersistentCache(tmp_path)
    for value in (b"short", bytes(size), b"x" * size, b"shorter", b"y"):
        cache["a"] = value
        assert cache["a"] == value
        assert len(cache) == 1
    assert disk_usage(tmp_path) == 4096


@pytest.mark.skipif(os.name != "posix", reason="numbers of files of POSIX")
def test_small_entry_is_written_over(tmp_path: Path) -> None:
    """A new file in its place costs ten times as much."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    (path,) = files(tmp_path)
    before = path.stat().st_ino
    cache["a"] = b"2" * 1000
    assert cache["a"] == b"2" * 1000
    assert path.stat().st_ino == before


def test_listing_leaves_locks_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They lie beside the entries, and somebody relies on them."""
    cache = PersistentCache(tmp_path)

    def create() -> bytes:
        assert list(cache) == []
        cache.clear()
        assert [path.suffix for path in files(tmp_path)] == [".lock"]
        return b"1"

    cache.get_or_create("a", create)
    assert caplog.records == []


def test_value_larger_than_the_cache_is_missing(tmp_path: Path) -> None:
    """It would push out all others; the value before it is not to be seen either."""
    cache = PersistentCache(tmp_path, max_bytes=100_000)
    cache["a"], cache["b"] = b"1", b"2"
    cache["a"] = bytes(100_000)
    assert dict(cache.items()) == {"b": b"2"}
    assert cache.statistics.evictions == 1


@pytest.mark.parametrize("size", [0, -1])
def test_size_is_positive(tmp_path: Path, size: int) -> None:
    """A cache of nothing is a mistake."""
    with pytest.raises(ValueError, match="max_bytes"):
        PersistentCache(tmp_path, max_bytes=size)


def test_relative_folder_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that changes its directory keeps its cache."""
    monkeypatch.chdir(tmp_path)
    cache = PersistentCache("cache")
    cache["a"] = b"1"
    (tmp_path / "other").mkdir()
    monkeypatch.chdir("other")
    assert cache["a"] == b"1"


# Clocks


def test_entry_of_the_future_is_missing(tmp_path: Path) -> None:
    """It was written under another clock: nobody knows how old it is."""
    clock = Clock()
    cache = PersistentCache(tmp_path, timer=clock)
    cache["a"] = b"1"
    clock.advance(-1)
    assert "a" not in cache
    assert cache.statistics.expirations == 1
    clock.advance(2)
    assert "a" not in cache


@pytest.mark.parametrize("now", [-1e30, -1.0, 0.0, 1e30])
def test_any_clock_will_do(tmp_path: Path, now: float) -> None:
    """A machine whose battery is empty is no reason to fail."""
    cache = PersistentCache(tmp_path, timer=lambda: now)
    cache.set("a", b"1", ttl=float("inf"))
    assert cache.get("a") in (b"1", None)
    cache.set("a", b"1", ttl=1e300)
    assert cache.get("a") in (b"1", None)


# Versions side by side


def pythons() -> list[str]:
    """Return this Python and the others that are on the PATH."""
    candidates = {shutil.which(f"python3.{minor}") for minor in range(11, 16)}
    others = [
        path
        for path in sorted(filter(None, candidates))
        if subprocess.run([path, "-c", "pass"], capture_output=True).returncode == 0
    ]
    return [sys.executable, *others]


@pytest.mark.parametrize("python", pythons())
def test_pythons_share_a_folder(tmp_path: Path, python: str) -> None:
    """Bytes are bytes in every Python; each reads and replaces what another wrote."""
    cache = PersistentCache(tmp_path)
    cache["small"], cache["large"] = b"1", bytes(10_000)
    code = (
        "import sys; from goobits_cache import PersistentCache\n"
        "cache = PersistentCache(sys.argv[1])\n"
        "assert dict(cache.items()) == {'small': b'1', 'large': bytes(10_000)}\n"
        "cache['small'] = b'2'; cache.get_or_create('new', lambda: b'3')"
    )
    source = Path(implementation.__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(source)}
    subprocess.run([python, "-c", code, str(tmp_path)], env=environment, check=True)
    assert (cache["small"], cache["new"]) == (b"2", b"3")


# What it costs to start


def test_a_lookup_imports_little(tmp_path: Path) -> None:
    """A command that finds all it needs should not feel that there is a cache."""
    PersistentCache(tmp_path)["a"] = b"1"
    code = (
        "import sys; before = set(sys.modules)\n"
        "from goobits_cache import PersistentCache\n"
        f"assert PersistentCache({str(tmp_path)!r})['a'] == b'1'\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
    )
    imported = {
        name for name in done.stdout.split() if not name.startswith("goobits_cache")
    }
    assert imported <= {"__future__", "_blake2", "errno", "zlib", "_weakref", "time"}


# Eviction


def disk_usage(folder: Path) -> int:
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in files(folder))


@pytest.mark.parametrize("size", [10, 5000])
def test_folder_stays_within_its_size(tmp_path: Path, size: int) -> None:
    """A cache that fills the disk is worse than none; small files take whole blocks."""
    limit = 1024 * 1024
    cache = PersistentCache(tmp_path, max_bytes=limit)
    for number in range(600):
        cache[str(number)] = bytes(size)
        if number % 25 == 24:
            assert disk_usage(tmp_path) <= limit * 17 / 16 + 8192
    assert cache["599"] == bytes(size)
    assert 100 < len(cache) < 600
    assert cache.statistics.evictions == 600 - len(cache)


def test_short_processes_stay_within_the_size(tmp_path: Path) -> None:
    """Programs that write two entries and end sweep, too, each once in a while."""
    limit = 1024 * 1024
    for number in range(1000):
        cache = PersistentCache(tmp_path, max_bytes=limit)
        cache[f"{number} a"] = cache[f"{number} b"] = b"x"
    assert disk_usage(tmp_path) < 2 * limit


def test_unused_entries_go_first(tmp_path: Path) -> None:
    """What was read lately is worth more than what was written lately."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)
    for number in range(200):
        cache[str(number)] = b"x"
    long_ago = time.time() - 7200
    for path in files(tmp_path):
        os.utime(path, (long_ago, long_ago))
    used = [str(number) for number in range(0, 200, 10)]
    for key in used:
        assert cache[key] == b"x"
    for number in range(200):
        cache[f"new {number}"] = b"y"
    assert all(key in cache for key in used)
    assert cache.statistics.evictions > 0


def test_use_is_noted_once_an_hour(tmp_path: Path) -> None:
    """A note at every lookup would double what a lookup costs."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    (path,) = files(tmp_path)
    for age, noted in ((3000, False), (4000, True), (-4000, True)):
        then = time.time() - age
        os.utime(path, (then, then))
        assert cache["a"] == b"1"
        assert (abs(path.stat().st_mtime - then) > 100) is noted


def test_listing_is_no_use(tmp_path: Path) -> None:
    """Who counts the entries would make them all look as if somebody needed them."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    (path,) = files(tmp_path)
    os.utime(path, (1e9, 1e9))
    assert len(cache) == len(list(cache)) == 1
    assert path.stat().st_mtime == 1e9


def fill(cache: PersistentCache[bytes], entries: int = 300) -> None:
    for number in range(entries):
        cache[str(number)] = b"x"


def test_entries_of_the_future_go_first(tmp_path: Path) -> None:
    """A clock that was wrong for a day must not make its entries immortal."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)
    cache["future"] = b"x"
    (path,) = files(tmp_path)
    os.utime(path, (2e9 * 2, 2e9 * 2))
    fill(cache)
    assert not path.exists()


def test_leftovers_of_killed_processes_are_cleaned(tmp_path: Path) -> None:
    """Half-written files pile up otherwise; what is young may still be written."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)
    cache["a"] = b"1"
    shard = files(tmp_path)[0].parent
    name = files(tmp_path)[0].name
    old = [shard / f"{'0' * 16}.new", shard / f"{name}.lock"]
    young = [shard / f"{'1' * 16}.new", shard / f"{name[:-1]}{name[-2]}.lock"]
    for path in (*old, *young):
        path.write_bytes(b"")
    for path in old:
        os.utime(path, (time.time() - 7200,) * 2)
    fill(cache)
    assert [path.exists() for path in old] == [False, False]
    assert [path.exists() for path in young] == [True, True]


def test_lock_that_somebody_holds_is_no_leftover(tmp_path: Path) -> None:
    """A computation may take longer than an hour."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)

    def create() -> bytes:
        (lock,) = tmp_path.rglob("*.lock")
        os.utime(lock, (1e9, 1e9))
        fill(cache)
        assert lock.exists()
        return b"1"

    cache.get_or_create("a", create)
    assert cache.statistics.evictions > 0


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    """Somebody may have named a folder in which they keep other things, too."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)
    cache["a"] = b"1"
    shard = files(tmp_path)[0].parent
    names = ["README", "ab.new", "zz/0", f"{shard.name}/notes", f"{shard.name}/x.lock"]
    foreign = [tmp_path / name for name in (*names, f"deep/ab/{'0' * 48}")]
    for path in foreign:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text("mine")
        os.utime(path, (1, 1))
    assert list(cache) == ["a"]
    fill(cache)
    cache.clear()
    assert files(tmp_path) == sorted(foreign)


def test_two_may_sweep_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What another process has removed meanwhile is no failure."""
    cache = PersistentCache(tmp_path, max_bytes=1024 * 1024)
    unlink = os.unlink

    def twice(path: str) -> None:
        unlink(path)
        unlink(path)

    monkeypatch.setattr(os, "unlink", twice)
    fill(cache)
    assert cache.statistics.failures == 0
    assert caplog.records == []


def test_cache_without_a_problem_says_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A log is for what somebody has to do."""
    with caplog.at_level(logging.DEBUG):
        cache = PersistentCache(tmp_path / "a" / "b", codec=BYTES)
        cache["a"] = b"1"
        cache.get_or_create("b", lambda: b"2")
        del cache["a"]
        cache.clear()
    assert cache.problem is None
    assert caplog.records == []
