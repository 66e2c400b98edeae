"""Caches behind each other, and what their copies may never do."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from cache_contract import Clock
from goobits_cache import (
    Cache,
    CodecError,
    TieredCache,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule


class Tier(Cache[str, bytes]):
    """A dict with times, which loses entries and fails when a test wants it to."""

    def __init__(self, timer: Callable[[], float], ttl: float | None = None) -> None:
        super().__init__()
        self._timer = timer
        self._ttl = ttl
        self.entries: dict[str, tuple[bytes, float]] = {}
        self.error: BaseException | None = None
        self.reached: Callable[[], None] = lambda: None

    def set(self, key: str, value: bytes, *, ttl: float | None = None) -> None:
        if self.error is not None:
            raise self.error
        life = self._ttl if ttl is None else ttl
        until = math.inf if life is None else self._timer() + life
        self.entries[key] = (value, until)

    def __getitem__(self, key: str) -> bytes:
        found = self._peek(key)
        self.reached()
        if not found:
            self._misses += 1
            raise KeyError(key)
        self._hits += 1
        return found[0]

    def __delitem__(self, key: str) -> None:
        found = self._peek(key)
        self.entries.pop(key, None)
        if not found:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter([key for key in list(self.entries) if self._peek(key)])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def clear(self) -> None:
        self.entries.clear()

    def until(self, key: str) -> float:
        """Return the instant at which an entry ends."""
        return self.entries[key][1]

    def _peek(self, key: str) -> tuple[bytes] | tuple[()]:
        value, until = self.entries.get(key, (b"", -math.inf))
        return (value,) if self._timer() < until else ()

    def _remaining(self, key: str) -> float | None:
        if not self._peek(key):
            return 0.0
        left = self.until(key) - self._timer()
        return None if left == math.inf else left


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def front(clock: Clock) -> Tier:
    return Tier(clock, ttl=5)


@pytest.fixture
def back(clock: Clock) -> Tier:
    return Tier(clock)


@pytest.fixture
def tiered(front: Tier, back: Tier) -> TieredCache[str, bytes]:
    return TieredCache(front, back)


# Where entries are.


def test_lookup_fills_the_tiers_before(clock: Clock) -> None:
    """What is found far behind is near the next time."""
    near, middle, far = Tier(clock), Tier(clock), Tier(clock)
    cache = TieredCache(near, middle, far)
    far["a"] = b"1"
    assert cache["a"] == b"1"
    assert near["a"] == middle["a"] == b"1"
    del far["a"], middle["a"]
    assert cache["a"] == b"1"


def test_asking_whether_it_is_there_fills_nothing(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """`in` changes nothing, neither entries nor counts."""
    back["a"] = b"1"
    assert "a" in tiered
    assert list(tiered.items()) == [("a", b"1")]
    assert front.entries == {}
    assert tiered.statistics.hits == tiered.statistics.misses == 0


def test_writes_and_deletions_reach_every_tier(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """No tier has what another one has no more."""
    tiered["a"] = b"1"
    assert front["a"] == back["a"] == b"1"
    del tiered["a"]
    assert front.entries == back.entries == {}
    front["b"] = b"2"
    del tiered["b"]
    assert front.entries == {}
    tiered["c"] = b"3"
    tiered.clear()
    assert front.entries == back.entries == {}


def test_length_is_that_of_the_last_tier(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """The last tier has the entries, the others have some copies."""
    tiered.update(a=b"1", b=b"2")
    front.clear()
    assert (len(tiered), sorted(tiered)) == (2, ["a", "b"])
    assert tiered.tiers == (front, back)


def test_one_tier_is_enough(clock: Clock) -> None:
    """A program that has no server today configures no other code."""
    cache = TieredCache(Tier(clock))
    cache["a"] = b"1"
    assert cache["a"] == b"1"
    del cache["a"]
    assert cache.get("a") is None


def test_tiers_may_have_tiers(clock: Clock) -> None:
    """A cache with tiers is a cache; the times of its last tier bound the copies before it."""
    near, middle, far = Tier(clock), Tier(clock), Tier(clock)
    cache = TieredCache(near, TieredCache(middle, far))
    far.set("a", b"1", ttl=3)
    assert cache["a"] == b"1"
    assert near.until("a") == middle.until("a") == far.until("a")


# How long copies live.


@pytest.mark.parametrize("life", [None, 3, 5, 60])
@pytest.mark.parametrize("filled", [False, True])
def test_copy_never_outlives_the_entry_behind(
    tiered: TieredCache[str, bytes],
    front: Tier,
    back: Tier,
    clock: Clock,
    life: float | None,
    filled: bool,
) -> None:
    """A copy ends with its entry, and after the time of its own tier at the latest."""
    if filled:
        back.set("a", b"1", ttl=life)
        clock.advance(1)
        assert tiered["a"] == b"1"
    else:
        tiered.set("a", b"1", ttl=life)
    assert front.until("a") == min(clock.now + 5, back.until("a"))


def test_default_of_the_back_bounds_the_front(clock: Clock) -> None:
    """A front that keeps for longer than the back is no reason to serve what is gone."""
    front, back = Tier(clock, ttl=300), Tier(clock, ttl=10)
    cache = TieredCache(front, back)
    cache["a"] = b"1"
    assert front.until("a") == back.until("a")
    cache.set("a", b"1", ttl=60)
    assert front.until("a") == back.until("a") == clock.now + 60


def test_entry_that_ends_while_it_is_copied_is_not_kept(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier, clock: Clock
) -> None:
    """Between the value and its time the server may forget it."""
    back.set("a", b"1", ttl=1)
    back.reached = lambda: clock.advance(2)
    assert tiered["a"] == b"1"
    assert front.entries == {}


def test_change_by_another_is_seen_within_the_time_of_the_front(
    tiered: TieredCache[str, bytes], back: Tier, clock: Clock
) -> None:
    """The bound of staleness is a number that the program chooses."""
    tiered["a"] = b"1"
    back["a"] = b"2"
    assert tiered["a"] == b"1"
    clock.advance(5)
    assert tiered["a"] == b"2"


# Failures.


def test_write_that_the_back_refuses_leaves_no_copy(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """What was not kept is found by nobody, in no tier."""
    tiered["a"] = b"1"
    back.error = CodecError("no", "bytes")
    with pytest.raises(CodecError):
        tiered["a"] = b"2"
    assert front.entries == {}
    assert back["a"] == b"1"


def test_write_that_the_front_refuses_leaves_no_older_copy(
    clock: Clock,
) -> None:
    """The back has the new value, so a copy of the old one must go."""
    near, middle, far = Tier(clock), Tier(clock), Tier(clock)
    cache = TieredCache(near, middle, far)
    cache["a"] = b"1"
    middle.error = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        cache["a"] = b"2"
    assert cache._peek("a") == (b"2",)


def test_time_to_live_is_checked_before_anything_is_written(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """A mistake of the caller changes nothing."""
    tiered["a"] = b"1"
    with pytest.raises(ValueError, match="ttl"):
        tiered.set("a", b"2", ttl=0)
    assert front["a"] == back["a"] == b"1"


# Threads and processes.


@pytest.mark.parametrize("change", ["replace", "delete", "clear"])
def test_copy_on_its_way_is_older_than_no_change(
    tiered: TieredCache[str, bytes],
    back: Tier,
    change: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A thread that read the old value does not put it before the new one."""
    back["a"] = b"old"
    reading, go_on = threading.Event(), threading.Event()

    def pause() -> None:
        back.reached = lambda: None
        reading.set()
        assert go_on.wait(20)

    # It may go between the question for its time and the copy, too.
    monkeypatch.setattr(back, "_remaining", lambda key: None)

    def alter() -> None:
        if change == "replace":
            tiered["a"] = b"new"
        elif change == "delete":
            del tiered["a"]
        else:
            tiered.clear()

    back.reached = pause
    with ThreadPoolExecutor(2) as pool:
        reader = pool.submit(tiered.get, "a")
        assert reading.wait(20)
        writer = pool.submit(alter)
        if change == "clear":
            writer.result(20)
        go_on.set()
        assert reader.result(20) == b"old"
        writer.result(20)
    assert tiered.get("a") == (b"new" if change == "replace" else None)


def test_threads_that_miss_the_front_ask_the_back_once(
    tiered: TieredCache[str, bytes], back: Tier
) -> None:
    """A copy that ends is fetched by one thread, not by all."""
    back["a"] = b"1"
    together = threading.Barrier(16)

    def ask(_: int) -> bytes:
        together.wait()
        return tiered["a"]

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(ask, range(16))) == {b"1"}
    assert back.statistics.hits == 1
    assert tiered.statistics.hits == 16


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_fork_while_a_thread_fetches_leaves_the_child_free(
    tiered: TieredCache[str, bytes], back: Tier
) -> None:
    """The child has none of the parent's threads, so none of their locks."""
    back["a"] = b"1"
    reading, go_on = threading.Event(), threading.Event()

    def pause() -> None:
        reading.set()
        assert go_on.wait(20)

    back.reached = pause
    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(tiered.get, "a")
        assert reading.wait(20)
        child = os.fork()
        if child == 0:
            back.reached = lambda: None
            os._exit(0 if tiered.get("a") == b"1" else 1)
        go_on.set()
        assert reader.result(20) == b"1"
    assert os.waitpid(child, 0)[1] == 0


# Counting.


def test_statistics_are_of_the_whole_and_of_each_tier(
    tiered: TieredCache[str, bytes], front: Tier, back: Tier
) -> None:
    """The whole counts each lookup once, whatever it took."""
    back["a"] = b"1"
    assert tiered["a"] == tiered["a"] == b"1"
    assert tiered.get("b") is None
    back._failures, front._failures, back._evictions = 2, 1, 4
    front._evictions = 9
    whole = tiered.statistics
    assert (whole.hits, whole.misses) == (2, 1)
    assert (whole.failures, whole.evictions) == (3, 4)
    assert (front.statistics.hits, front.statistics.misses) == (1, 2)
    assert (back.statistics.hits, back.statistics.misses) == (1, 1)


def test_closing_closes_every_tier() -> None:
    """Who made a cache of caches closes one thing."""
    closed: list[str] = []

    class Closing(Tier):
        def close(self) -> None:
            closed.append(type(self).__name__)

    with TieredCache(Closing(Clock()), Closing(Clock())):
        pass
    assert closed == ["Closing"] * 2


KEYS = st.sampled_from("abc")
VALUES = st.binary(max_size=2)
TIMES = st.none() | st.integers(1, 20)
FRONT_TIME = 5


class TieredMachine(RuleBasedStateMachine):
    """Two tiers against one dict with times.

    What this cache wrote last is what it has, unless it ended. What another one writes behind
    its back is seen after the time of the front at the latest.
    """

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(0.0)
        self.front = Tier(self.clock, ttl=FRONT_TIME)
        self.back = Tier(self.clock, ttl=12)
        self.cache = TieredCache(self.front, self.back)
        self.model: dict[str, tuple[bytes, float]] = {}
        self.older: dict[str, list[tuple[bytes, float]]] = {}
        """What another replaced, and until when it may still be seen."""

    def now(self, key: str) -> bytes | None:
        value, until = self.model.get(key, (b"", -math.inf))
        return value if self.clock.now < until else None

    def allowed(self, key: str) -> list[bytes | None]:
        stale = self.older.get(key, [])
        return [self.now(key)] + [v for v, until in stale if self.clock.now < until]

    def changed(self, key: str, value: bytes | None, ttl: float | None) -> None:
        until = self.clock.now + (12 if ttl is None else ttl)
        self.model.pop(key, None)
        if value is not None:
            self.model[key] = (value, until)

    def by_another(self, key: str) -> None:
        value, until = self.model.get(key, (b"", -math.inf))
        until = min(until, self.clock.now + FRONT_TIME)
        self.older.setdefault(key, []).append((value, until))

    @rule(key=KEYS, value=VALUES, ttl=TIMES)
    def write(self, key: str, value: bytes, ttl: float | None) -> None:
        self.cache.set(key, value, ttl=ttl)
        self.changed(key, value, ttl)
        self.older.pop(key, None)

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        allowed = self.allowed(key)
        try:
            del self.cache[key]
        except KeyError:
            assert None in allowed
        else:
            assert allowed != [None]
        self.changed(key, None, None)
        self.older.pop(key, None)

    @rule(key=KEYS)
    def read(self, key: str) -> None:
        assert self.cache.get(key) in self.allowed(key)

    @rule(key=KEYS, value=VALUES, ttl=TIMES)
    def create(self, key: str, value: bytes, ttl: float | None) -> None:
        allowed = self.allowed(key)
        calls: list[int] = []

        def make() -> bytes:
            calls.append(1)
            return value

        found = self.cache.get_or_create(key, make, ttl=ttl)
        if calls:
            assert None in allowed
            assert found == value
            self.changed(key, value, ttl)
            self.older.pop(key, None)
        else:
            assert found in allowed

    @rule(key=KEYS, value=VALUES, ttl=TIMES)
    def write_behind(self, key: str, value: bytes, ttl: float | None) -> None:
        self.by_another(key)
        self.back.set(key, value, ttl=ttl)
        self.changed(key, value, ttl)

    @rule(key=KEYS)
    def delete_behind(self, key: str) -> None:
        self.by_another(key)
        self.back.entries.pop(key, None)
        self.changed(key, None, None)

    @rule(key=KEYS)
    def lose_the_copy(self, key: str) -> None:
        self.front.entries.pop(key, None)
        self.older.pop(key, None)

    @rule()
    def clear(self) -> None:
        self.cache.clear()
        self.model.clear()
        self.older.clear()

    @rule(seconds=st.integers(1, 8))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @invariant()
    def entries_are_those_of_the_back(self) -> None:
        living = {key for key in "abc" if self.now(key) is not None}
        assert set(self.cache) == living
        assert len(self.cache) == len(living)

    @invariant()
    def copies_end_in_time(self) -> None:
        for key, (value, until) in self.front.entries.items():
            assert until <= self.clock.now + FRONT_TIME
            if self.front._peek(key) and value == self.now(key) and not self.older:
                assert until <= self.back.until(key)


TestTieredMachine = TieredMachine.TestCase
TestTieredMachine.settings = settings(
    max_examples=100, stateful_step_count=30, deadline=None
)
