"""What a shared cache costs above redis-py, and a copy in front of it above none behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest
from goobits_cache import MemoryCache, RedisCache, TieredCache
from pytest_benchmark.fixture import BenchmarkFixture
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis_server import RedisServer

Tell = Callable[[str], None]

PAIRS = 61
VALUE = bytes(1000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def client(server: RedisServer) -> Iterator[Redis]:
    with server.client(retry=Retry(NoBackoff(), 0), socket_timeout=0.25) as client:
        yield client


def repeat(call: Callable[[str], object], times: int) -> None:
    for _ in range(times):
        call("key")


def compare(
    tell: Tell,
    times: int,
    base: tuple[str, Callable[[str], object]],
    *others: tuple[str, Callable[[str], object]],
) -> None:
    """Tell what each call costs, in turn with the base: CPU time of this process."""
    rounds = [[_cpu(call, times) for _, call in (base, *others)] for _ in range(PAIRS)]
    costs = [median(column) / times * 1e6 for column in zip(*rounds, strict=True)]
    tell(f"{base[0]}: {costs[0]:.2f} us")
    for place, (name, _) in enumerate(others, 1):
        ratio = median(row[place] / row[0] for row in rounds)
        tell(f"  {name}: {costs[place]:.2f} us, {ratio:.2f} x")


def _cpu(call: Callable[[str], object], times: int) -> float:
    before = time.process_time()
    repeat(call, times)
    return time.process_time() - before


def test_get(
    benchmark: BenchmarkFixture, server: RedisServer, client: Redis, tell: Tell
) -> None:
    """A value of 1000 bytes over a Unix socket."""
    client.set("key", VALUE)
    with RedisCache(server.url, prefix="app") as cache:
        cache["key"] = VALUE
        compare(
            tell, 100, ("redis-py, GET", client.get), ("RedisCache", cache.__getitem__)
        )
        benchmark(cache.__getitem__, "key")


def test_set(
    benchmark: BenchmarkFixture, server: RedisServer, client: Redis, tell: Tell
) -> None:
    """A value of 1000 bytes with a time to live."""

    def bare(key: str) -> None:
        client.set(key, VALUE, px=60_000)

    with RedisCache(server.url, prefix="app", ttl=60) as cache:

        def ours(key: str) -> None:
            cache[key] = VALUE

        compare(tell, 100, ("redis-py, SET with PX", bare), ("RedisCache", ours))
        benchmark(ours, "key")


def test_copy(benchmark: BenchmarkFixture, server: RedisServer, tell: Tell) -> None:
    """A value whose copy is in memory, by two ways to ask."""
    memory = MemoryCache[str, bytes](1000, ttl=60)
    front = MemoryCache[str, bytes](1000, ttl=60)
    memory["key"] = VALUE
    with TieredCache(front, RedisCache(server.url, prefix="app")) as cache:
        cache["key"] = VALUE
        for name in ("__getitem__", "get"):
            ours = getattr(cache, name)
            base = (f"MemoryCache, {name}", getattr(memory, name))
            compare(tell, 5000, base, ("before RedisCache, in a TieredCache", ours))
        benchmark(cache.__getitem__, "key")


def test_absent_server(
    benchmark: BenchmarkFixture, tmp_path: Path, client: Redis, tell: Tell
) -> None:
    """A lookup in the pause after a failure, against one that is answered."""
    with RedisCache(f"unix://{tmp_path}/absent", prefix="app", pause=600) as cache:
        cache.get("key")
        base = ("redis-py, GET", client.get)
        compare(tell, 100, base, ("RedisCache without Redis", cache.get))
        benchmark(cache.get, "key")
