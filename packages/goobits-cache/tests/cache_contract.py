"""What every cache promises, as tests that each implementation's test class inherits.

    class TestMemoryCache(CacheContract):
        bounded = True

        @pytest.fixture
        def make(self) -> Make:
            return MemoryCache.of_the_test

`make(**options)` returns a cache of text keys and bytes values; called twice in a test it makes
two caches at the same place, where there is a place. It closes them when the test is over. The
options are `ttl=` and, where the cache has traits for them, `timer=` and `maxsize=`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import pytest
from goobits_cache import Cache

THREADS = 16


class Make(Protocol):
    """Makes a cache, at the place of this test."""

    def __call__(
        self,
        *,
        ttl: float | None = None,
        timer: Callable[[], float] = ...,
        maxsize: int | None = None,
    ) -> Cache[str, bytes]: ...


class Clock:
    """A timer that a test sets."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what a cache has written into the log."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == "goobits_cache" and record.levelno == logging.WARNING
    ]


class CacheContract:
    """The promises of `Cache`; the traits say which of the further ones hold."""

    injected = True
    """The cache obeys `timer=`; else it is not handed one, and the class has a `clock` for it."""
    second = 1.0
    """How long a second of these tests is; more where real time passes besides."""
    bounded = False
    """The cache obeys `maxsize=`, in entries."""
    durable = False
    """Entries are there for the next cache at the same place."""
    shared = False
    """Two open caches at one place have the same entries, and create each of them once."""
    counts_expirations = True
    """An entry that is found too old is counted."""

    @pytest.fixture
    def make(self) -> Iterator[Make]:
        raise NotImplementedError

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def cache(self, make: Make, clock: Clock) -> Cache[str, bytes]:
        return self.timed(make, clock)

    def timed(
        self, make: Make, clock: Clock, ttl: float | None = None
    ) -> Cache[str, bytes]:
        """Return a cache with this clock, and this time to live in seconds of the tests."""
        seconds = None if ttl is None else ttl * self.second
        return make(ttl=seconds, timer=clock) if self.injected else make(ttl=seconds)

    # It is a mutable mapping.

    def test_it_is_a_mutable_mapping(self, cache: Cache[str, bytes]) -> None:
        """Code that takes a mapping takes a cache."""
        assert isinstance(cache, MutableMapping)
        assert isinstance(cache, Cache)

    def test_value_is_what_was_set(self, cache: Cache[str, bytes]) -> None:
        """Bytes come back whole: empty, with zeros, and of any length."""
        values = {"empty": b"", "zeros": bytes(3), "all": bytes(range(256)) * 300}
        for key, value in values.items():
            cache[key] = value
        assert {key: cache[key] for key in values} == values

    def test_keys_may_be_any_text(self, cache: Cache[str, bytes]) -> None:
        """No key collides with another, escapes its place or is too long."""
        keys = ["", " ", "a", "A", "é", "e\u0301", "\U0001f40d", "x" * 5000]
        keys += ["a\nb", "a\0b", "'", '"', "[a]", "*", "a*", "%", "_", ":", "{0}"]
        keys += ["a/b", "a\\b", "..", "../a", "/", "CON", "con.", "-1", "1", "None"]
        for number, key in enumerate(keys):
            cache[key] = str(number).encode()
        assert {key: cache[key] for key in keys} == {
            key: str(number).encode() for number, key in enumerate(keys)
        }
        assert sorted(cache) == sorted(keys)

    def test_missing_key_is_a_key_error(self, cache: Cache[str, bytes]) -> None:
        """The error names the key, as that of a dict does."""
        for missing in (cache.__getitem__, cache.__delitem__, cache.pop):
            with pytest.raises(KeyError) as error:
                missing("absent")
            assert error.value.args == ("absent",)
        with pytest.raises(KeyError):
            cache.popitem()

    def test_get_returns_the_default_of_a_missing_key(
        self, cache: Cache[str, bytes]
    ) -> None:
        """`get` never raises for a key that is not there."""
        cache["a"] = b"1"
        assert cache.get("a") == b"1"
        assert cache.get("b") is None
        assert cache.get("b", b"2") == b"2"

    def test_later_value_replaces_the_earlier(self, cache: Cache[str, bytes]) -> None:
        """One key has one value."""
        cache["a"] = b"a long first value"
        cache["a"] = b"2"
        assert cache["a"] == b"2"
        assert len(cache) == 1

    def test_deleted_entry_is_missing(self, cache: Cache[str, bytes]) -> None:
        """What was deleted does not come back, and others stay."""
        cache.update(a=b"1", b=b"2")
        del cache["a"]
        assert "a" not in cache
        assert dict(cache.items()) == {"b": b"2"}
        cache["a"] = b"3"
        assert cache["a"] == b"3"

    def test_pop_returns_and_deletes(self, cache: Cache[str, bytes]) -> None:
        """`pop` and `popitem` behave as those of a dict."""
        cache.update(a=b"1", b=b"2")
        assert cache.pop("a") == b"1"
        assert cache.pop("a", b"9") == b"9"
        assert cache.popitem() == ("b", b"2")
        assert len(cache) == 0

    def test_setdefault_keeps_what_is_there(self, cache: Cache[str, bytes]) -> None:
        """`setdefault` sets only what is missing."""
        assert cache.setdefault("a", b"1") == b"1"
        assert cache.setdefault("a", b"2") == b"1"

    def test_clear_empties(self, cache: Cache[str, bytes]) -> None:
        """A cleared cache is as good as a new one."""
        cache.update({str(number): b"x" for number in range(50)})
        cache.clear()
        assert len(cache) == 0
        assert list(cache) == []
        cache["a"] = b"1"
        assert dict(cache.items()) == {"a": b"1"}

    def test_views_agree(self, cache: Cache[str, bytes]) -> None:
        """Keys, values, items and the length tell of the same entries."""
        entries = {str(number): str(number).encode() for number in range(20)}
        cache.update(entries)
        assert len(cache) == len(list(cache)) == 20
        assert set(cache.keys()) == set(entries)
        assert set(cache.values()) == set(entries.values())
        assert dict(cache.items()) == entries
        assert ("3", b"3") in cache.items()
        assert ("3", b"4") not in cache.items()
        assert cache == entries

    def test_entries_may_change_during_iteration(
        self, cache: Cache[str, bytes]
    ) -> None:
        """An iteration goes on while entries come and go."""
        cache.update({str(number): b"x" for number in range(20)})
        for number, key in enumerate(cache):
            cache.pop(str((number + 10) % 20), None)
            cache[f"new {key}"[:12]] = b"y"
            if number > 100:
                break
        cache.update({str(number): b"x" for number in range(20)})
        for _ in cache.items():
            cache.clear()
        assert (len(cache), list(cache.items())) == (0, [])

    # Entries live for a time.

    def test_entry_is_found_before_its_time(self, make: Make, clock: Clock) -> None:
        """A time to live is not shortened."""
        cache = self.timed(make, clock, ttl=10)
        cache["a"] = b"1"
        clock.advance(5 * self.second)
        assert cache["a"] == b"1"

    def test_expired_entry_is_missing(self, make: Make, clock: Clock) -> None:
        """What is too old is gone for every way to ask."""
        cache = self.timed(make, clock, ttl=10)
        cache["a"] = b"1"
        clock.advance(10.1 * self.second)
        assert "a" not in cache
        assert cache.get("a") is None
        assert len(cache) == 0
        assert list(cache) == []
        assert list(cache.items()) == []
        for missing in (cache.__getitem__, cache.__delitem__, cache.pop):
            with pytest.raises(KeyError):
                missing("a")

    def test_entry_may_have_its_own_time(self, make: Make, clock: Clock) -> None:
        """`set` overrides the default of the cache, both ways."""
        cache = self.timed(make, clock, ttl=10)
        cache.set("short", b"1", ttl=2 * self.second)
        cache.set("long", b"2", ttl=60 * self.second)
        cache["default"] = b"3"
        clock.advance(4 * self.second)
        assert set(cache) == {"long", "default"}
        clock.advance(8 * self.second)
        assert set(cache) == {"long"}

    def test_created_entry_has_its_time(
        self, cache: Cache[str, bytes], clock: Clock
    ) -> None:
        """`get_or_create` hands the time to live on."""
        cache.get_or_create("a", lambda: b"1", ttl=5 * self.second)
        clock.advance(5.1 * self.second)
        assert cache.get_or_create("a", lambda: b"2") == b"2"

    def test_setting_again_begins_a_new_time(self, make: Make, clock: Clock) -> None:
        """A value lives from when it was set, whatever was there before."""
        cache = self.timed(make, clock, ttl=10)
        cache["a"] = b"1"
        clock.advance(6 * self.second)
        cache["a"] = b"2"
        clock.advance(6 * self.second)
        assert cache["a"] == b"2"
        cache.set("a", b"3", ttl=1 * self.second)
        clock.advance(2 * self.second)
        assert "a" not in cache

    def test_reading_does_not_lengthen_life(self, make: Make, clock: Clock) -> None:
        """A time to live counts from the write; a popular entry goes stale, too."""
        cache = self.timed(make, clock, ttl=10)
        cache["a"] = b"1"
        for _ in range(3):
            clock.advance(3 * self.second)
            assert cache["a"] == b"1"
        clock.advance(2 * self.second)
        assert "a" not in cache

    @pytest.mark.parametrize("ttl", [0, -1, -0.5, float("nan"), float("-inf")])
    def test_time_to_live_is_positive(
        self, make: Make, cache: Cache[str, bytes], ttl: float
    ) -> None:
        """A time to live that never began is a mistake of the caller, not a quiet miss."""
        with pytest.raises(ValueError, match="ttl"):
            cache.set("a", b"1", ttl=ttl)
        assert "a" not in cache
        with pytest.raises(ValueError, match="ttl"):
            make(ttl=ttl)

    def test_clock_that_jumps_raises_nothing(self, make: Make, clock: Clock) -> None:
        """After any jump an entry lives at most its time to live by the new clock."""
        if not self.injected:
            pytest.skip("the clock of this cache is not ours to set")
        cache = self.timed(make, clock, ttl=10)
        for jump in (-1e6, 1e6, -5e8, 1e9, -4.9e8, 0.0):
            cache["a"] = b"1"
            clock.advance(jump)
            assert cache.get("a") in (None, b"1")
            assert len(cache) == len(list(cache))
            clock.advance(10.1)
            assert "a" not in cache, f"immortal after a jump by {jump}"

    # Missing entries are created once.

    def test_missing_entry_is_created_and_kept(self, cache: Cache[str, bytes]) -> None:
        """The second caller gets what the first one had created."""
        assert cache.get_or_create("a", lambda: b"1") == b"1"
        assert cache.get_or_create("a", lambda: b"2") == b"1"
        assert cache["a"] == b"1"

    def test_threads_create_each_entry_once(self, cache: Cache[str, bytes]) -> None:
        """Sixteen threads that miss a key at once cause one computation, not sixteen."""
        calls: list[str] = []
        together = threading.Barrier(THREADS)

        def ask(key: str) -> bytes:
            def create() -> bytes:
                calls.append(key)
                time.sleep(0.01)
                return key.encode()

            together.wait()
            return cache.get_or_create(key, create)

        with ThreadPoolExecutor(THREADS) as pool:
            for turn in range(5):
                keys = [f"{turn} {number % 3}" for number in range(THREADS)]
                assert list(pool.map(ask, keys)) == [key.encode() for key in keys]
        assert len(calls) == 15
        assert len(set(calls)) == 15

    def test_failure_reaches_its_caller_and_is_not_kept(
        self, cache: Cache[str, bytes]
    ) -> None:
        """An error is nobody's value: the next who asks tries again."""

        def fail() -> bytes:
            raise LookupError("no")

        with pytest.raises(LookupError, match="no"):
            cache.get_or_create("a", fail)
        assert "a" not in cache
        assert cache.get_or_create("a", lambda: b"1") == b"1"

    def test_those_who_wait_for_a_failure_try_themselves(
        self, cache: Cache[str, bytes]
    ) -> None:
        """Of sixteen threads the first fails, the second creates, the rest find it."""
        calls: list[int] = []
        together = threading.Barrier(THREADS)

        def create() -> bytes:
            calls.append(1)
            time.sleep(0.01)
            if len(calls) == 1:
                raise LookupError
            return b"1"

        def ask(_: int) -> bytes | None:
            together.wait()
            try:
                return cache.get_or_create("a", create)
            except LookupError:
                return None

        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(ask, range(THREADS)))
        assert found.count(None) == 1
        assert found.count(b"1") == THREADS - 1
        assert len(calls) == 2

    def test_creation_may_use_the_cache(self, cache: Cache[str, bytes]) -> None:
        """Values that are made of values do not wait for themselves."""

        def sum_to(number: int) -> bytes:
            if number == 0:
                return b"0"
            below = cache.get_or_create(str(number - 1), lambda: sum_to(number - 1))
            return str(int(below) + number).encode()

        assert cache.get_or_create("20", lambda: sum_to(20)) == b"210"
        assert len(cache) == 21

    def test_one_slow_creation_delays_no_other_key(
        self, cache: Cache[str, bytes]
    ) -> None:
        """Who creates a key holds up nobody who wants another."""
        begun, go_on = threading.Event(), threading.Event()

        def create() -> bytes:
            begun.set()
            assert go_on.wait(30)
            return b"slow"

        with ThreadPoolExecutor(1) as pool:
            slow = pool.submit(cache.get_or_create, "slow", create)
            try:
                assert begun.wait(30)
                assert cache.get_or_create("fast", lambda: b"fast") == b"fast"
                assert "slow" not in cache
            finally:
                go_on.set()
            assert slow.result(30) == b"slow"

    def test_threads_at_once_break_nothing(self, cache: Cache[str, bytes]) -> None:
        """Every operation from eight threads: no error, and no value of another key."""
        errors: list[BaseException] = []

        def work(seed: int) -> None:
            try:
                for number in range(60):
                    key = str((number * 7 + seed) % 13)
                    cache[key] = key.encode()
                    assert cache.get(key, key.encode()) == key.encode()
                    cache.pop(str((number + seed) % 13), None)
                    assert all(k.encode() == value for k, value in cache.items())
                    assert len(cache) <= 13
                    if number % 20 == 0:
                        cache.clear()
            except BaseException as error:
                errors.append(error)
                raise

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not errors

    # It counts.

    def test_lookups_are_counted(self, cache: Cache[str, bytes]) -> None:
        """A hit rate is true only if each lookup counts once, and `in` never."""
        cache["a"] = b"1"
        assert cache["a"] == b"1"
        assert cache.get("a") == b"1"
        assert cache.get("b") is None
        with pytest.raises(KeyError):
            cache["b"]
        assert "a" in cache
        assert "b" not in cache
        cache.get_or_create("a", lambda: b"2")
        cache.get_or_create("c", lambda: b"3")
        found = cache.statistics
        assert (found.hits, found.misses) == (3, 3)
        assert found.hit_rate == 0.5

    def test_expirations_are_counted(self, make: Make, clock: Clock) -> None:
        """An entry that grew too old is one expiration, and its lookup a miss."""
        if not self.counts_expirations:
            pytest.skip("entries of this cache expire elsewhere")
        cache = self.timed(make, clock, ttl=10)
        cache["a"] = b"1"
        clock.advance(11 * self.second)
        assert cache.get("a") is None
        assert cache.get("a") is None
        found = cache.statistics
        assert (found.hits, found.misses, found.expirations) == (0, 2, 1)
        assert found.evictions == 0

    # It is closed.

    def test_closing_twice_does_nothing(self, make: Make) -> None:
        """`close` may follow a `with`."""
        with make() as cache:
            cache["a"] = b"1"
        cache.close()

    # Traits.

    def test_bounded_cache_has_at_most_its_size(self, make: Make) -> None:
        """Whatever happens, there are never more entries than allowed."""
        if not self.bounded:
            pytest.skip("this cache is not bounded in entries")
        cache = make(maxsize=10)
        for number in range(100):
            cache[str(number)] = b"x"
            cache[str(number % 7)] = b"y"
            assert len(cache) <= 10
        assert len(cache) == 10
        assert cache.statistics.evictions >= 90

    def test_durable_entries_are_there_for_the_next(
        self, make: Make, clock: Clock
    ) -> None:
        """A cache that was closed hands its entries, and their times, to the next."""
        if not self.durable:
            pytest.skip("entries of this cache go with it")
        with self.timed(make, clock) as first:
            first.set("short", b"1", ttl=5 * self.second)
            first["long"] = b"2"
        second = self.timed(make, clock)
        assert dict(second.items()) == {"short": b"1", "long": b"2"}
        clock.advance(6 * self.second)
        assert dict(second.items()) == {"long": b"2"}

    def test_caches_at_one_place_share(self, make: Make, clock: Clock) -> None:
        """What one writes or deletes the other sees."""
        if not self.shared:
            pytest.skip("entries of this cache are its own")
        first, second = self.timed(make, clock), self.timed(make, clock)
        first["a"] = b"1"
        assert second["a"] == b"1"
        second["a"] = b"2"
        assert first["a"] == b"2"
        del first["a"]
        assert "a" not in second

    def test_caches_at_one_place_create_once(self, make: Make, clock: Clock) -> None:
        """Two caches at one place cause one computation, as two processes would."""
        if not self.shared:
            pytest.skip("entries of this cache are its own")
        caches = [self.timed(make, clock) for _ in range(4)]
        calls: list[int] = []
        together = threading.Barrier(4)

        def create() -> bytes:
            calls.append(1)
            time.sleep(0.1)
            return b"1"

        def ask(cache: Cache[str, bytes]) -> bytes:
            together.wait()
            return cache.get_or_create("a", create)

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(ask, caches)) == [b"1"] * 4
        assert len(calls) == 1
