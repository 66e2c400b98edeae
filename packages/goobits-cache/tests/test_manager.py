"""A budget that moves between caches to where it is used."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from cache_contract import Clock
from goobits_cache import BudgetError, CacheManager, MemoryCache
from hypothesis import given, settings
from hypothesis import strategies as st
from workloads import Lookup, even, mixed, turning

BUDGET = 1000
LENGTH = 100_000
GRID = 50

Caches = Mapping[str, MemoryCache[int, int]]


def hits(caches: Caches, trace: list[Lookup]) -> int:
    """Return how many lookups of a trace hit, when each that misses is filled."""
    for name, key in trace:
        cache = caches[name]
        if cache.get(key) is None:
            cache[key] = 1
    return sum(cache.statistics.hits for cache in caches.values())


def managed(names: list[str], budget: int = BUDGET) -> tuple[CacheManager, Caches]:
    manager = CacheManager(budget)
    caches: Caches = {name: manager.create(name) for name in names}
    return manager, caches


def equal(trace: list[Lookup]) -> float:
    """Return the hit rate of an equal split."""
    names = {name for name, _ in trace}
    caches = {name: MemoryCache[int, int](BUDGET // len(names)) for name in names}
    return hits(caches, trace) / len(trace)


def best_fixed(trace: list[Lookup]) -> float:
    """Return the hit rate of the best of all fixed splits, in parts of `GRID` entries.

    A cache of a fixed size depends on no other, so each is tried once in each size.
    """
    best = {0: 0}
    for name in {name for name, _ in trace}:
        lookups = [lookup for lookup in trace if lookup[0] == name]
        found = {
            size: hits({name: MemoryCache(size)}, lookups)
            for size in range(GRID, BUDGET, GRID)
        }
        best = {
            used: max(
                best[used - size] + found[size] for size in found if used - size in best
            )
            for used in range(GRID, BUDGET + 1, GRID)
            if any(used - size in best for size in found)
        }
    return best[BUDGET] / len(trace)


def test_room_goes_to_where_it_is_used() -> None:
    """Of a broad, a narrow and a useless cache, the broad one needs most of the budget."""
    trace = mixed(LENGTH)
    manager, caches = managed(["broad", "narrow", "once"])
    ours, fixed, best = hits(caches, trace) / LENGTH, equal(trace), best_fixed(trace)
    print(f"mixed: ours {ours:.4f}, equal {fixed:.4f}, best fixed {best:.4f}")
    assert ours > fixed + 0.8 * (best - fixed)
    sizes = manager.sizes
    assert sizes["broad"] > sizes["narrow"] > sizes["once"]
    assert sizes["once"] < BUDGET // 20


def test_room_follows_the_use() -> None:
    """When one cache takes the place of another no fixed split is right."""
    trace = turning(LENGTH)
    manager, caches = managed(["early", "late"])
    ours, fixed, best = hits(caches, trace) / LENGTH, equal(trace), best_fixed(trace)
    print(f"turning: ours {ours:.4f}, equal {fixed:.4f}, best fixed {best:.4f}")
    assert ours > best
    assert ours > fixed + 0.01
    assert manager.sizes["late"] > 0.75 * BUDGET


def test_caches_of_equal_use_keep_their_room() -> None:
    """Chance moves little: a part of the budget that moves costs hits."""
    trace = even(LENGTH)
    manager, caches = managed(["left", "right"])
    ours, fixed = hits(caches, trace) / LENGTH, equal(trace)
    print(f"even: ours {ours:.4f}, equal {fixed:.4f}, {manager.sizes}")
    assert ours > fixed - 0.005
    assert abs(manager.sizes["left"] - BUDGET // 2) < BUDGET // 5


def test_same_lookups_lead_to_the_same_sizes() -> None:
    """Nothing is drawn by chance, and no clock is asked."""
    trace = mixed(LENGTH // 4)
    found = set()
    for _ in range(2):
        manager, caches = managed(["broad", "narrow", "once"])
        found.add((hits(caches, trace), *manager.sizes.values()))
    assert len(found) == 1


@settings(max_examples=40, deadline=None)
@given(
    budget=st.integers(4, 200),
    minimum=st.integers(1, 20),
    actions=st.lists(
        st.tuples(st.sampled_from("abcde"), st.integers(0, 300)), max_size=600
    ),
)
def test_budget_is_never_exceeded(
    budget: int, minimum: int, actions: list[tuple[str, int]]
) -> None:
    """Neither by the sizes nor by the entries, whenever caches are created."""
    if budget < minimum:
        with pytest.raises(BudgetError):
            CacheManager(budget, minimum=minimum)
        return
    manager = CacheManager(budget, minimum=minimum)
    for name, key in actions:
        if name not in manager:
            if budget < minimum * (len(manager) + 1):
                with pytest.raises(BudgetError) as error:
                    manager.create(name)
                assert error.value.budget == budget
                continue
            manager.create(name)
        for each in (key, key + 1, key):
            if manager[name].get(each) is None:
                manager[name][each] = name
        sizes = manager.sizes
        assert sum(sizes.values()) == budget
        assert min(sizes.values()) >= minimum
        assert sum(map(len, manager.values())) <= budget


def test_threads_at_once_stay_within_the_budget() -> None:
    """Room leaves one cache before another has it."""
    manager, caches = managed(["broad", "narrow", "once"], 200)
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            # At one moment: read one by one, room on its way would count twice.
            assert sum(manager.sizes.values()) <= 200

    with ThreadPoolExecutor(5) as pool:
        watching = pool.submit(watch)
        try:
            list(pool.map(lambda seed: hits(caches, mixed(2500, seed)), range(4)))
        finally:
            done.set()
        watching.result()
    assert sum(manager.sizes.values()) == 200


def test_first_cache_has_the_whole_budget() -> None:
    """Room that nobody else has is of no use."""
    manager = CacheManager(100)
    manager.create("a")
    assert manager.sizes == {"a": 100}
    manager.create("b")
    assert manager.sizes == {"a": 50, "b": 50}
    assert list(manager) == ["a", "b"]


def test_names_are_used_once() -> None:
    """Two parts of a program that share a cache by mistake would mix their keys."""
    manager = CacheManager(100)
    manager.create("a")
    with pytest.raises(ValueError, match="'a'"):
        manager.create("a")
    with pytest.raises(KeyError):
        manager["b"]


def test_refused_cache_changes_nothing() -> None:
    """The others keep their room."""
    manager = CacheManager(100, minimum=40)
    manager.create("a")
    with pytest.raises(ValueError, match="ttl"):
        manager.create("b", ttl=0)
    assert manager.sizes == {"a": 100}
    manager.create("b")
    with pytest.raises(BudgetError):
        manager.create("c")
    assert manager.sizes == {"a": 50, "b": 50}
    with pytest.raises(ValueError, match="minimum"):
        CacheManager(100, minimum=0)


def test_only_the_manager_changes_sizes() -> None:
    """Else the budget would hold no longer."""
    manager, caches = managed(["a", "b"])
    with pytest.raises(BudgetError) as error:
        caches["a"].resize(5000)
    assert error.value.hint
    assert sum(manager.sizes.values()) == BUDGET


def test_managed_entries_expire_by_the_timer_of_the_manager() -> None:
    """Time to live and timer are handed on."""
    clock = Clock()
    manager = CacheManager(100, timer=clock)
    cache: MemoryCache[str, int] = manager.create("a", ttl=10)
    cache["a"] = 1
    clock.advance(11)
    assert cache.get("a") is None
