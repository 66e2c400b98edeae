"""What a lookup in memory costs, and how many find something, beside other caches.

The trace: 1,000,000 lookups of 100,000 keys, of which the n-th is asked for in proportion to
1 / n ** 1.1, drawn by `random.Random(1)`; a cache has 5,000 entries. A lookup that misses sets.
"""

from __future__ import annotations

import functools
import random
import statistics
import sys
import time
from bisect import bisect
from collections.abc import Callable
from itertools import accumulate

import cachetools
import pytest
from goobits_cache import CacheManager, MemoryCache
from harness import Measure
from pytest_benchmark.fixture import BenchmarkFixture

KEYS, EXPONENT, SEED, LENGTH, SIZE = 100_000, 1.1, 1, 1_000_000, 5_000
ROUNDS = 7

Tell = Callable[[str], None]
Run = Callable[[list[int]], float]


@pytest.fixture(scope="module")
def trace() -> list[int]:
    """Return the keys in the order in which they are asked for."""
    draw = random.Random(SEED).random
    weights = list(accumulate(rank**-EXPONENT for rank in range(1, KEYS + 1)))
    return [bisect(weights, draw() * weights[-1]) for _ in range(LENGTH)]


def standard(trace: list[int]) -> float:
    """Return the hit rate of functools.lru_cache."""
    cached = functools.lru_cache(SIZE)(lambda key: key)
    for key in trace:
        cached(key)
    return cached.cache_info().hits / len(trace)


def mapping(make: Callable[[], object]) -> Run:
    """Return a function that looks keys up in a mapping, and sets those that are missing."""

    def run(trace: list[int]) -> float:
        cache = make()
        get = cache.get  # type: ignore[attr-defined]
        misses = 0
        for key in trace:
            if get(key) is None:
                cache[key] = key  # type: ignore[index]
                misses += 1
        return 1 - misses / len(trace)

    return run


def creating(make: Callable[[], MemoryCache[int, int]]) -> Run:
    """Return a function that looks keys up with `get_or_create`."""

    def run(trace: list[int]) -> float:
        cache = make()
        for key in trace:
            cache.get_or_create(key, lambda key=key: key)  # type: ignore[misc]
        return cache.statistics.hit_rate

    return run


def managed() -> MemoryCache[int, int]:
    return CacheManager(SIZE).create("one")


RIVALS: dict[str, Run] = {
    "MemoryCache": mapping(lambda: MemoryCache(SIZE)),
    "MemoryCache, ttl": mapping(lambda: MemoryCache(SIZE, ttl=60)),
    "MemoryCache, get_or_create": creating(lambda: MemoryCache(SIZE)),
    "MemoryCache of a CacheManager": mapping(managed),
    'MemoryCache, policy="lru"': mapping(lambda: MemoryCache(SIZE, policy="lru")),
    "cachetools LRUCache, no lock": mapping(lambda: cachetools.LRUCache(SIZE)),
    "cachetools LFUCache, no lock": mapping(lambda: cachetools.LFUCache(SIZE)),
    "cachetools TTLCache, no lock": mapping(lambda: cachetools.TTLCache(SIZE, 60)),
}


def test_lookups(benchmark: BenchmarkFixture, tell: Tell, trace: list[int]) -> None:
    """The speed of each cache as a share of that of functools.lru_cache, in turn with it."""
    tell(f"lookups, against functools.lru_cache, hit rate {standard(trace):.1%}")
    for name, run in RIVALS.items():
        shares = [_cpu(standard, trace) / _cpu(run, trace) for _ in range(ROUNDS)]
        rate = run(trace)
        share = statistics.median(shares)
        bounds = f"{min(shares):.3f} to {max(shares):.3f}"
        tell(f"  {name:32} {share:.3f} ({bounds}), hit rate {rate:.1%}")
    benchmark.pedantic(RIVALS["MemoryCache"], (trace,), rounds=3)


def test_import(measure: Measure) -> None:
    """The cache in a program's start."""
    candidates = {
        "import MemoryCache, and one": "from goobits_cache import MemoryCache as M; M(1)",
        "import ComponentCache, and one": (
            "from goobits_cache import ComponentCache as C; C()"
        ),
        "import CacheManager, and one": (
            "from goobits_cache import CacheManager as C; C(100).create('a')"
        ),
        "import cachetools": "import cachetools",
        "import functools": "import functools",
    }
    python = sys.executable
    measure(
        "goobits-cache, against `python -c pass`",
        (python, "-c", "pass"),
        {name: (python, "-c", code) for name, code in candidates.items()},
    )


def _cpu(call: Run, trace: list[int]) -> float:
    before = time.process_time()
    call(trace)
    return time.process_time() - before
