"""The cache in memory: its contract, its bounds, and what it counts."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
import warnings
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import cachetools
import pytest
from cache_contract import CacheContract, Clock, Make
from cachetools.keys import hashkey
from goobits_cache import MemoryCache
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

Policy = Literal["s3-fifo", "lru", "lfu"]
POLICIES: list[Policy] = ["s3-fifo", "lru", "lfu"]


class Contract(CacheContract):
    """The contract, for caches of a policy."""

    bounded = True
    policy: Policy

    @pytest.fixture
    def make(self) -> Make:
        def made(
            *,
            ttl: float | None = None,
            timer: Callable[[], float] = time.monotonic,
            maxsize: int | None = None,
        ) -> MemoryCache[str, bytes]:
            size = 1000 if maxsize is None else maxsize
            return MemoryCache(size, ttl=ttl, timer=timer, policy=self.policy)

        return made


class TestS3Fifo(Contract):
    """Our own policy."""

    policy: Policy = "s3-fifo"


class TestLeastRecentlyUsed(Contract):
    """That of cachetools."""

    policy: Policy = "lru"


class TestLeastFrequentlyUsed(Contract):
    """That of cachetools."""

    policy: Policy = "lfu"


class Model(RuleBasedStateMachine):
    """A dict with expiry, of which the cache may have lost entries, and never others."""

    keys = st.integers(0, 12)
    times = st.none() | st.sampled_from([0.5, 3.0, 10.0, float("inf")])

    @initialize(maxsize=st.integers(1, 9), ttl=times, policy=st.sampled_from(POLICIES))
    def begin(self, maxsize: int, ttl: float | None, policy: Policy) -> None:
        self.clock = Clock()
        self.cache = MemoryCache[int, int](
            maxsize, ttl=ttl, timer=self.clock, policy=policy
        )
        self.ttl = ttl
        self.model: dict[int, tuple[int, float, float]] = {}
        self.serial = self.lookups = self.found = self.added = self.removed = 0

    def expected(self, key: int) -> int | None:
        value, since, deadline = self.model.get(key, (None, 0.0, 0.0))
        return value if since <= self.clock.now < deadline else None

    @rule(key=keys, ttl=times)
    def set(self, key: int, ttl: float | None) -> None:
        self.serial += 1
        before = self.cache._policy.peek(key)
        self.cache.set(key, self.serial, ttl=ttl)
        seconds = self.ttl if ttl is None else ttl
        life = float("inf") if seconds is None else seconds
        since = float("-inf") if seconds is None else self.clock.now
        self.model[key] = (self.serial, since, self.clock.now + life)
        self.added += before is None

    @rule(key=keys, how=st.sampled_from(["get", "item", "create", "default"]))
    def look_up(self, key: int, how: str) -> None:
        self.lookups += 1
        found: int | None
        if how == "get":
            found = self.cache.get(key)
        elif how == "default":
            found = self.cache.get(key, -1)
            found = None if found == -1 else found
        elif how == "item":
            try:
                found = self.cache[key]
            except KeyError:
                found = None
        else:
            try:
                found = self.cache.get_or_create(key, lambda: 1 // 0)
            except ZeroDivisionError:
                found = None
        assert found in (None, self.expected(key))
        self.found += found is not None

    @rule(key=keys)
    def delete(self, key: int) -> None:
        expired = self.cache.statistics.expirations
        there = key in self.cache
        try:
            del self.cache[key]
            assert there
            self.removed += 1
        except KeyError:
            assert not there
            assert self.cache.statistics.expirations - expired in (0, 1)
        self.model.pop(key, None)

    @rule()
    def clear(self) -> None:
        self.removed += len(self.cache._entries)
        self.cache.clear()
        self.model.clear()
        assert len(self.cache) == 0

    @rule(maxsize=st.integers(1, 9))
    def resize(self, maxsize: int) -> None:
        self.cache.resize(maxsize)

    @rule(seconds=st.sampled_from([0.25, 1.0, 4.0, 20.0, -1.0, -1e6, 1e7]))
    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule()
    def walk(self) -> None:
        for key, value in self.cache.items():
            assert value == self.expected(key)
        assert len(self.cache) == len(list(self.cache))

    @precondition(lambda self: self.ttl is None)
    @rule(key=keys)
    def set_is_there(self, key: int) -> None:
        self.set(key, None)
        assert self.cache._peek(key) == (self.serial,)

    @invariant()
    def never_more_than_allowed(self) -> None:
        assert len(self.cache._entries) <= self.cache.maxsize

    @invariant()
    def counts_add_up(self) -> None:
        counts = self.cache.statistics
        assert counts.hits == self.found
        assert counts.hits + counts.misses == self.lookups
        gone = counts.evictions + counts.expirations + self.removed
        assert len(self.cache._entries) == self.added - gone

    @invariant()
    def keys_wait_once(self) -> None:
        if self.cache._policy_name == "s3-fifo":
            policy = self.cache._policy
            queued = [*policy._small, *policy._main]
            assert len(queued) == len(set(queued))
            assert set(queued) == set(policy.entries) | policy._removed
            assert len(policy._removed) <= len(policy.entries) + 8


Model.TestCase.settings = settings(max_examples=150, deadline=None)
TestModel = Model.TestCase


@pytest.mark.parametrize("maxsize", [0, -1])
def test_size_is_positive(maxsize: int) -> None:
    """A cache that can hold nothing is a mistake."""
    with pytest.raises(ValueError, match="maxsize"):
        MemoryCache(maxsize)
    with pytest.raises(ValueError, match="maxsize"):
        MemoryCache[int, int](1).resize(maxsize)


def test_policy_has_a_known_name() -> None:
    """The error says which there are."""
    with pytest.raises(ValueError, match="'s3-fifo', 'lru', 'lfu'"):
        MemoryCache(1, policy="fifo")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="weigh"):
        MemoryCache(1, getsizeof=len)


def test_popular_entries_outlast_a_scan() -> None:
    """What sets S3-FIFO apart from LRU: keys that come once push out none that come again."""
    found = {}
    for policy in POLICIES:
        cache = MemoryCache[int, int](100, policy=policy)
        for key in list(range(50)) * 3:
            cache.get_or_create(key, lambda: 0)
        for key in range(1000, 2000):
            cache[key] = 0
        found[policy] = sum(key in cache for key in range(50))
    assert found == {"s3-fifo": 50, "lru": 0, "lfu": 50}


def test_lru_evicts_the_least_recently_used() -> None:
    """The policy of cachetools decides, and a lookup counts as a use."""
    cache = MemoryCache[str, int](2, policy="lru")
    cache.update(a=1, b=2)
    assert cache["a"] == 1
    cache["c"] = 3
    assert set(cache) == {"a", "c"}
    assert "a" in cache
    cache["d"] = 4
    assert set(cache) == {"c", "d"}, "`in` is no use"


def test_lfu_evicts_the_least_frequently_used() -> None:
    """Uses count, not their order."""
    cache = MemoryCache[str, int](2, policy="lfu")
    cache.update(a=1, b=2)
    assert (cache["a"], cache["a"], cache["b"]) == (1, 1, 2)
    cache["c"] = 3
    assert set(cache) == {"a", "c"}


@pytest.mark.parametrize("policy", ["lru", "lfu"])
def test_values_together_weigh_at_most_the_size(policy: Policy) -> None:
    """The weights are those of the values kept now, after each kind of change."""
    cache = MemoryCache[int, bytes](100, policy=policy, getsizeof=len)
    for number in range(300):
        cache[number % 17] = bytes(number * 7 % 60)
        assert sum(map(len, cache.values())) <= 100
        assert cache[number % 17] == bytes(number * 7 % 60)
    cache.resize(50)
    assert sum(map(len, cache.values())) <= 50


def test_value_that_grows_pushes_out_others_only() -> None:
    """Its own former value is replaced, and no eviction, also where it would go first."""
    cache = MemoryCache[str, bytes](8, policy="lru", getsizeof=len)
    cache.update(a=b"123", b=b"12", c=b"123")
    cache["a"] = b"123456"
    assert dict(cache.items()) == {"a": b"123456"}
    assert cache.statistics.evictions == 2


def test_value_too_heavy_is_not_kept() -> None:
    """It is evicted at once, and what its key had before is gone, too."""
    cache = MemoryCache[str, bytes](10, policy="lru", getsizeof=len)
    cache["a"] = b"12345"
    assert cache["a"] == b"12345"
    cache["b"] = b"1"
    cache["a"] = bytes(11)
    assert dict(cache.items()) == {"b": b"1"}
    assert cache.statistics.evictions == 1
    assert cache.statistics.hits == 1
    assert cache.get_or_create("c", lambda: bytes(11)) == bytes(11)


def test_negative_weight_is_refused() -> None:
    """It would make room without end."""
    cache = MemoryCache[str, int](10, policy="lru", getsizeof=lambda value: value)
    with pytest.raises(ValueError, match="getsizeof"):
        cache["a"] = -1


@pytest.mark.parametrize("policy", POLICIES)
def test_cachetools_decorates_with_our_caches(policy: Policy) -> None:
    """`cachetools.cached` and its keys work, with a lock or without."""
    cache = MemoryCache[object, int](10, policy=policy)
    calls = []

    @cachetools.cached(cache, key=hashkey)
    def double(number: int, *, twice: bool = False) -> int:
        calls.append(number)
        return number * (4 if twice else 2)

    assert [double(1), double(1), double(1, twice=True), double(2)] == [2, 2, 4, 4]
    assert calls == [1, 1, 2]
    assert cache[hashkey(1)] == 2


def test_deleted_and_evicted_values_are_let_go() -> None:
    """A cache holds on to nothing that it does not have."""

    class Value:
        pass

    for policy in POLICIES:
        cache = MemoryCache[int, Value](3, policy=policy)
        references = []
        for number in range(12):
            value = Value()
            references.append(weakref.ref(value))
            cache[number] = value
            del value
        del cache[next(iter(cache))]
        gc.collect()
        assert sum(reference() is not None for reference in references) == 2


def test_many_deletions_leave_nothing_behind() -> None:
    """A cache that never fills does not grow, whatever comes and goes."""
    cache = MemoryCache[int, int](1000)
    for number in range(20_000):
        cache[number] = number
        del cache[number]
    policy = cache._policy
    assert len(policy._small) + len(policy._main) + len(policy._removed) < 40


def test_finalizers_may_use_the_cache() -> None:
    """A value whose end comes under the lock does not wait for it."""

    class Value:
        def __del__(self) -> None:
            cache.get("x")
            cache.set(f"late {len(cache)}", None)

    cache = MemoryCache[str, Value | None](3)
    done = []

    def work() -> None:
        for number in range(100):
            cache[str(number)] = Value()
        cache.clear()
        done.append(True)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(30)
    assert done
    assert len(cache) <= 3


def test_threads_at_once_stay_within_the_size() -> None:
    """The bound, the counts and the values hold while everybody changes everything."""
    clock = Clock()
    cache = MemoryCache[int, int](50, ttl=5, timer=clock)

    def work(seed: int) -> int:
        lookups = 0
        for number in range(4000):
            key = (number * seed) % 97
            lookups += 1
            assert cache.get(key) in (None, key)
            cache[key] = key
            if number % 7 == 0:
                cache.pop(key, None)
                lookups += 1
            if number % 11 == 0:
                clock.advance(0.1)
            if number % 501 == 0:
                cache.resize(20 + number % 60)
            assert len(cache._entries) <= 80
        return lookups

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            lookups = sum(pool.map(work, range(1, 9)))
    finally:
        sys.setswitchinterval(interval)
    counts = cache.statistics
    assert len(cache) <= cache.maxsize
    assert abs(counts.hits + counts.misses - lookups) <= lookups // 1000


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_fork_while_another_thread_changes_the_cache() -> None:
    """The child has no such thread: it begins anew, where it would wait for ever."""
    cache = MemoryCache[str, int](10)
    cache["a"] = 1
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with cache._lock:
            held.set()
            go_on.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(30)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        cache["b"] = 2
        os._exit(0 if dict(cache.items()) == {"b": 2} else 1)
    deadline = time.monotonic() + 20
    while (status := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, 9)
        time.sleep(0.01)
    go_on.set()
    thread.join()
    assert os.waitstatus_to_exitcode(status[1]) == 0
    assert cache["a"] == 1


def test_fork_keeps_the_entries() -> None:
    """A child without such a thread has what its parent had."""
    code = """
import os
from goobits_cache import MemoryCache
cache = MemoryCache(10)
cache["a"] = 1
child = os.fork() if hasattr(os, "fork") else None
if child:
    raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
assert cache["a"] == 1
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_nothing_else_is_imported() -> None:
    """A fresh process pays for the cache in memory only."""
    code = """
import sys
before = set(sys.modules)
from goobits_cache import MemoryCache
cache = MemoryCache(10, ttl=5)
cache["a"] = 1
assert cache.get_or_create("b", lambda: 2) == 2
assert cache.statistics.misses == 1
print(*sorted(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
    )
    assert set(done.stdout.split()) <= {
        "__future__",
        "_collections",
        "goobits_cache",
        "goobits_cache._cache",
        "goobits_cache._locks",
        "goobits_cache._mapping",
        "goobits_cache._memory",
        "goobits_cache._s3fifo",
        "goobits_cache._statistics",
    }
