"""Memory before memory, a disk and Redis keeps the promises of a cache."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cache_contract import CacheContract, Clock, Make
from goobits_cache import (
    TEXT,
    Cache,
    CodecError,
    MemoryCache,
    PersistentCache,
    RedisCache,
    TieredCache,
)
from redis_server import PATIENCE, RedisServer


@pytest.fixture
def clock() -> Clock:
    return Clock()


class TestMemoryBeforeMemory(CacheContract):
    """What every cache promises, by an injected clock."""

    @pytest.fixture
    def make(self) -> Make:
        def make(**options: object) -> TieredCache[str, bytes]:
            size = int(str(options.pop("maxsize", None) or 1000))
            front, back = (
                MemoryCache[str, bytes](maxsize, **options)  # type: ignore[arg-type]
                for maxsize in (5, size)
            )
            return TieredCache(front, back)

        return make  # type: ignore[return-value]


class TestMemoryBeforeDisk(CacheContract):
    """What every cache promises, with entries that outlive the process."""

    durable = True

    @pytest.fixture
    def make(self, tmp_path: Path) -> Iterator[Make]:
        made = []

        def make(**options: object) -> TieredCache[str, bytes]:
            front = MemoryCache[str, bytes](5, **options)  # type: ignore[arg-type]
            back = PersistentCache(tmp_path / "cache", **options)  # type: ignore[call-overload]
            made.append(TieredCache[str, bytes](front, back))
            return made[-1]

        yield make  # type: ignore[misc]
        for cache in made:
            cache.close()


class TestMemoryBeforeRedis(CacheContract):
    """What every cache promises, with a server that counts the time itself."""

    injected = False
    second = 60.0
    durable = True
    counts_expirations = False

    @pytest.fixture
    def clock(self, server: RedisServer) -> Clock:
        class Both(Clock):
            def advance(self, seconds: float) -> None:
                super().advance(seconds)
                server.pass_time(seconds)

        return Both()

    @pytest.fixture
    def make(self, server: RedisServer, clock: Clock) -> Iterator[Make]:
        made = []

        def make(**options: float) -> TieredCache[str, bytes]:
            front = MemoryCache[str, bytes](5, timer=clock, **options)  # type: ignore[arg-type]
            back = RedisCache(
                server.url, prefix="contract", **options, timeout=PATIENCE
            )
            made.append(TieredCache(front, back))
            return made[-1]

        yield make  # type: ignore[misc]
        for cache in made:
            cache.close()


@pytest.mark.parametrize("kind", ["memory", "disk"])
@pytest.mark.parametrize("default", [None, 10])
@pytest.mark.parametrize("life", [None, 8])
@pytest.mark.parametrize("filled", [False, True])
def test_copy_ends_with_the_entry_of_a_real_cache(
    tmp_path: Path,
    clock: Clock,
    kind: str,
    default: float | None,
    life: float | None,
    filled: bool,
) -> None:
    """Each cache tells how long its entries live."""
    front = MemoryCache[str, bytes](10, ttl=300, timer=clock)
    back: Cache[str, bytes] = (
        PersistentCache(tmp_path / "cache", ttl=default, timer=clock)
        if kind == "disk"
        else MemoryCache(10, ttl=default, timer=clock)
    )
    with TieredCache(front, back) as cache:
        (back if filled else cache).set("a", b"1", ttl=life)
        clock.advance(2)
        assert cache["a"] == b"1"
        clock.advance((life or default or 300) - 2.1)
        assert cache["a"] == b"1"
        clock.advance(0.2)
        assert cache.get("a") == (None if life or default else b"1")


def test_copies_answer_while_redis_is_gone(tmp_path: Path, clock: Clock) -> None:
    """What was read a moment ago is there without the server, and only so long."""
    with RedisServer(tmp_path) as server:
        front = MemoryCache[str, bytes](100, ttl=5, timer=clock)
        back = RedisCache(server.url, prefix="app", timeout=PATIENCE)
        with TieredCache(front, back) as cache:
            cache["a"] = b"1"
            server.kill()
            assert cache["a"] == b"1"
            cache["b"] = b"2"
            assert cache["b"] == b"2"
            clock.advance(5)
            assert cache.get("a") is None
            assert cache.get_or_create("a", lambda: b"3") == b"3"
            assert cache["a"] == b"3"
            assert cache.statistics.failures == back.statistics.failures > 0


CREATOR = """
import os, sys, time
from goobits_cache import MemoryCache, PersistentCache, RedisCache, TieredCache

kind, place, log = sys.argv[1:]
back = PersistentCache(place) if kind == "disk" else RedisCache(place, prefix="app", timeout=20)

def create():
    with open(log, "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(0.3)
    return b"1"

with TieredCache(MemoryCache(100, ttl=5), back) as cache:
    cache.get("warm")
    print("ready", flush=True)
    sys.stdin.readline()
    assert cache.get_or_create("a", create) == b"1"
    assert cache.tiers[0].get("a") in (None, b"1")
"""


@pytest.mark.parametrize("kind", ["disk", "redis"])
def test_processes_create_an_entry_once(
    server: RedisServer, tmp_path: Path, kind: str
) -> None:
    """The lock is that of the last tier, which holds between processes."""
    log = tmp_path / "creations"
    place = str(tmp_path / "cache") if kind == "disk" else server.url
    words = [sys.executable, "-c", CREATOR, kind, place, str(log)]
    pipe = subprocess.PIPE
    processes = [
        subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True) for _ in range(4)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        assert [process.wait(30) for process in processes] == [0] * 4
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert len(log.read_text().split()) == 1


def test_values_of_a_codec_pass_through(server: RedisServer) -> None:
    """The tiers keep the same values in different forms."""
    back = RedisCache(server.url, prefix="app", codec=TEXT, timeout=PATIENCE)
    with TieredCache(MemoryCache[str, str](10, ttl=5), back) as cache:
        cache["a"] = "é"
        assert cache["a"] == back["a"] == "é"
        with pytest.raises(CodecError):
            cache["a"] = 1  # type: ignore[assignment]
        assert cache["a"] == "é"
