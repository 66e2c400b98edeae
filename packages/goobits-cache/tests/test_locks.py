"""One lock per key: attacks."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
import warnings
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import pytest
from goobits_cache import MemoryCache
from goobits_cache._locks import KeyedLocks, _waiting

TIMEOUT = 30


def test_one_thread_at_a_time_holds_a_key() -> None:
    """Without exclusion a computation would be done more than once."""
    locks = KeyedLocks()
    inside = [0, 0]

    def work(number: int) -> None:
        for turn in range(200):
            key = (number + turn) % 2
            with locks.holding(key):
                inside[key] += 1
                assert inside[key] == 1
                time.sleep(0)
                inside[key] -= 1

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
    assert len(locks) == 0
    assert not _waiting


def test_keys_are_forgotten_after_errors() -> None:
    """A key whose holder failed is free, and takes no memory."""
    locks = KeyedLocks()
    for key in range(100):
        with pytest.raises(LookupError), locks.holding(key):
            raise LookupError
    assert len(locks) == 0


def test_unhashable_key_is_a_type_error() -> None:
    """It holds nothing, and breaks nothing for the next."""
    locks = KeyedLocks()
    with pytest.raises(TypeError), locks.holding([]):  # type: ignore[arg-type]
        pass
    with locks.holding("a"):
        assert len(locks) == 1
    assert len(locks) == 0


def test_holder_may_hold_again() -> None:
    """A value may be made of itself by another way, or fail of recursion, and not hang."""
    locks = KeyedLocks()
    with locks.holding("a"), locks.holding("b"), locks.holding("a"):
        assert len(locks) == 2
    assert len(locks) == 0


def test_inner_holder_does_not_let_others_in() -> None:
    """Leaving the inner one keeps the outer one."""
    locks = KeyedLocks()
    entered = threading.Event()

    def enter() -> None:
        with locks.holding("a"):
            entered.set()

    with locks.holding("a"):
        with locks.holding("a"):
            thread = threading.Thread(target=enter)
            thread.start()
        assert not entered.wait(0.1)
    thread.join(TIMEOUT)
    assert entered.is_set()


@pytest.mark.parametrize("threads", [2, 3, 7])
def test_threads_crosswise_do_not_wait_for_each_other(threads: int) -> None:
    """Each creates a value that needs the next one's, in a circle, through two caches."""
    caches = [MemoryCache[int, int](10), MemoryCache[int, int](10)]
    together = threading.Barrier(threads)

    def create(number: int, depth: int = 0) -> int:
        def made() -> int:
            if depth == 0:
                together.wait(TIMEOUT)
            return 1 if depth == threads else create(number + 1, depth + 1)

        key = number % threads
        return caches[key % 2].get_or_create(key, made)

    pool = [
        threading.Thread(target=create, args=(n,), daemon=True) for n in range(threads)
    ]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join(TIMEOUT)
    assert not any(thread.is_alive() for thread in pool)
    assert sum(len(cache) for cache in caches) == threads
    assert [len(cache._creations) for cache in caches] == [0, 0]
    assert not _waiting


def test_waiting_without_a_circle_is_waiting() -> None:
    """Two that wait for a third, which waits for nobody, do not go on early."""
    locks = KeyedLocks()
    order: list[str] = []
    held = threading.Event()

    def first() -> None:
        with locks.holding("a"):
            held.set()
            time.sleep(0.1)
            order.append("first")

    def second() -> None:
        held.wait(TIMEOUT)
        with locks.holding("b"), locks.holding("a"):
            order.append("second")

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
    assert order == ["first", "second"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_fork_while_others_hold_and_wait() -> None:
    """The child holds nothing, not even the key that the forking thread held."""
    locks = KeyedLocks()
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with locks.holding("theirs"):
            held.set()
            go_on.wait(TIMEOUT)

    def wait() -> None:
        with locks.holding("theirs"):
            pass

    threads = [threading.Thread(target=hold), threading.Thread(target=wait)]
    threads[0].start()
    assert held.wait(TIMEOUT)
    threads[1].start()
    while not _waiting:
        time.sleep(0.001)
    with locks.holding("mine"):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            with locks.holding("theirs"), locks.holding("mine"):
                pass
    if child == 0:
        os._exit(len(locks) + len(_waiting))
    deadline = time.monotonic() + TIMEOUT
    while (status := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, 9)
        time.sleep(0.01)
    go_on.set()
    for thread in threads:
        thread.join(TIMEOUT)
    assert os.waitstatus_to_exitcode(status[1]) == 0
    assert len(locks) == 0


def test_locks_are_let_go() -> None:
    """What is mended after a fork is not kept alive for that."""
    locks = KeyedLocks()
    cache = MemoryCache[int, int](1)
    references = [weakref.ref(locks), weakref.ref(cache)]
    del locks, cache
    gc.collect()
    assert [reference() for reference in references] == [None, None]


def test_handler_at_any_moment_takes_the_same_key() -> None:
    """A signal comes between two steps of taking or leaving a key; waiting would be for ever."""
    locks = KeyedLocks()
    moments = []

    def handle(frame: FrameType, event: str, _argument: object) -> object:
        if frame.f_code.co_name in ("__enter__", "__exit__") and event != "call":
            sys.settrace(None)
            with locks.holding("key"):
                moments.append((frame.f_code.co_name, frame.f_lineno))
            sys.settrace(handle)
        return handle

    def interrupted() -> None:
        sys.settrace(handle)
        with locks.holding("key"):
            pass
        sys.settrace(None)

    thread = threading.Thread(target=interrupted, daemon=True)
    thread.start()
    thread.join(TIMEOUT)
    assert not thread.is_alive()
    assert len(set(moments)) >= 10
    assert len(locks) == 0
