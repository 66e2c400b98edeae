"""Processes that miss one entry in Redis create it once, and forked ones share no connection."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from goobits_cache import RedisCache
from redis_server import PATIENCE, RedisServer


@pytest.fixture
def cache(server: RedisServer) -> Iterator[RedisCache[bytes]]:
    with RedisCache(server.url, prefix="app", timeout=PATIENCE) as cache:
        yield cache


CREATOR = """
import os, sys, time
from goobits_cache import RedisCache

url, log, seconds, lease = sys.argv[1:]

def create():
    with open(log, "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(float(seconds))
    return b"1"

with RedisCache(url, prefix="app", lease=float(lease), timeout=20) as cache:
    cache.get("warm")
    print("ready", flush=True)
    sys.stdin.readline()
    assert cache.get_or_create("a", create) == b"1"
"""


class Creators:
    """Processes that wait for a word and then want the same missing entry."""

    def __init__(self, server: RedisServer, folder: Path) -> None:
        self._server = server
        self.log = folder / "creations"
        self.processes: list[subprocess.Popen[str]] = []

    def add(self, count: int, *, seconds: float, lease: float) -> None:
        words = [sys.executable, "-c", CREATOR, self._server.url, str(self.log)]
        words += [str(seconds), str(lease)]
        pipe = subprocess.PIPE
        added = [
            subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)
            for _ in range(count)
        ]
        self.processes += added
        for process in added:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"

    def go(self) -> None:
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()

    @property
    def creations(self) -> int:
        return len(self.log.read_text().split()) if self.log.exists() else 0

    def __enter__(self) -> Creators:
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


def test_processes_create_an_entry_once(server: RedisServer, tmp_path: Path) -> None:
    """A fleet that restarts with a cold cache asks its database once."""
    with Creators(server, tmp_path) as creators:
        creators.add(5, seconds=0.3, lease=20)
        creators.go()
        assert [process.wait(30) for process in creators.processes] == [0] * 5
        assert creators.creations == 1
    assert server.call("KEYS", "app:lease:*") == []


def test_lease_of_a_dead_process_ends(server: RedisServer, tmp_path: Path) -> None:
    """Who dies while it computes delays the others for the lease, and one takes over."""
    with Creators(server, tmp_path) as creators:
        creators.add(1, seconds=60, lease=1)
        creators.go()
        deadline = time.monotonic() + 20
        while not creators.creations:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        creators.processes[0].send_signal(signal.SIGKILL)
        calls: list[int] = []

        def create() -> bytes:
            calls.append(1)
            time.sleep(0.1)
            return b"1"

        caches = [
            RedisCache(server.url, prefix="app", timeout=PATIENCE) for _ in range(4)
        ]
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda cache: cache.get_or_create("a", create), caches)
            assert list(found) == [b"1"] * 4
        for cache in caches:
            cache.close()
        assert len(calls) == 1


def test_creation_beyond_its_lease_is_not_waited_for(server: RedisServer) -> None:
    """The bound: another computes as well; the first then ends no lease but its own."""
    slow, quick = (
        RedisCache(server.url, prefix="app", lease=seconds, timeout=PATIENCE)
        for seconds in (0.1, 20)
    )
    begun, go_on, done = (threading.Event() for _ in range(3))

    def linger() -> bytes:
        begun.set()
        assert go_on.wait(20)
        return b"slow"

    def follow() -> bytes:
        go_on.set()
        assert done.wait(20)
        held.append(len(server.call("KEYS", "app:lease:*")))  # type: ignore[arg-type]
        return b"quick"

    held: list[int] = []
    with slow, quick, ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow.get_or_create, "a", linger)
        assert begun.wait(20)
        second = pool.submit(quick.get_or_create, "a", follow)
        assert first.result(20) == b"slow"
        done.set()
        assert second.result(20) == b"quick"
        assert held == [1]


def test_nobody_waits_for_ever(cache: RedisCache[bytes], server: RedisServer) -> None:
    """A key in the place of a lease, without a time to live, delays and does not block."""
    server.call("LPUSH", "app:lease:bytes::a", "x")
    with RedisCache(server.url, prefix="app", lease=0.1, timeout=PATIENCE) as impatient:
        assert impatient.get_or_create("a", lambda: b"1") == b"1"


def test_creation_may_want_its_own_key(cache: RedisCache[bytes]) -> None:
    """A thread does not wait for a lease that it holds itself."""
    begun = time.monotonic()
    outer = cache.get_or_create("a", lambda: cache.get_or_create("a", lambda: b"1"))
    assert outer == b"1"
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_forked_process_has_its_own_connections(server: RedisServer) -> None:
    """Parent and child on one connection would read each other's answers."""
    done = threading.Event()

    def work(seed: int) -> None:
        while not done.is_set():
            for number in range(seed, seed + 5):
                assert cache[str(number)] == str(number).encode()

    with RedisCache(server.url, prefix="app", timeout=PATIENCE) as cache:
        cache.update({str(number): str(number).encode() for number in range(20)})
        with ThreadPoolExecutor(3) as pool:
            workers = [pool.submit(work, seed) for seed in (0, 5, 10)]
            try:
                codes = [_in_child(lambda: _reads(cache)) for _ in range(20)]
            finally:
                done.set()
            for worker in workers:
                worker.result()
        assert codes == [0] * 20
        assert cache["3"] == b"3"
        assert cache.statistics.failures == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_child_ends_no_lease_of_its_parent(
    cache: RedisCache[bytes], server: RedisServer
) -> None:
    """A process that forks while it creates an entry still creates it alone."""

    def create() -> bytes:
        child = os.fork()
        if child == 0:
            return b"child"
        assert os.waitpid(child, 0)[1] == 0
        return json.dumps(len(server.call("KEYS", "app:lease:*"))).encode()  # type: ignore[arg-type]

    me = os.getpid()
    try:
        found = cache.get_or_create("a", create)
    finally:
        if os.getpid() != me:
            os._exit(0)
    assert found == b"1"


def _reads(cache: RedisCache[bytes]) -> bool:
    return all(
        cache.get(str(number)) == str(number).encode()
        for number in range(20)
        for _ in range(3)
    )


def _in_child(check: Callable[[], bool]) -> int:
    """Return the exit code of a forked process: 0 when the check holds."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if check() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
