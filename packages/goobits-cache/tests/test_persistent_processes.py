"""Processes that miss one entry at once create it once, whoever of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from goobits_cache import PersistentCache
from goobits_cache._persistent import _locks

posix_only = pytest.mark.skipif(os.name != "posix", reason="forks and signals of POSIX")

PROCESSES = 8
PATIENCE = 30.0

ASK = """
import os, sys, time
from goobits_cache import PersistentCache

folder, keys, seconds = sys.argv[1], sys.argv[2].split(","), float(sys.argv[3])
cache = PersistentCache(os.path.join(folder, "cache"))

def create(key):
    def make():
        with open(os.path.join(folder, "created"), "a") as file:
            file.write(f"{key} {os.getpid()}\\n")
        time.sleep(seconds)
        inner = [cache.get_or_create(other, create(other)) for other in needs(key)]
        return key.encode() + b"".join(inner)
    return make

def needs(key):
    return [key[1:]] if key[1:] else []

print("ready", flush=True)
sys.stdin.readline()
print(b" ".join(cache.get_or_create(key, create(key)) for key in keys).decode(), flush=True)
"""


@contextmanager
def asking(
    folder: Path, *keys: str, seconds: float = 0.0, count: int = 1
) -> Iterator[list[subprocess.Popen[str]]]:
    """Start processes that will ask for keys, one after the other, when told."""
    command = [sys.executable, "-c", ASK, str(folder), ",".join(keys), str(seconds)]
    processes = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(count)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def go(processes: list[subprocess.Popen[str]]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()


def answers(processes: list[subprocess.Popen[str]]) -> list[str]:
    return [process.communicate(timeout=PATIENCE)[0].strip() for process in processes]


def created(folder: Path, count: int = 0) -> list[str]:
    """Return which keys were created, when there are that many of them."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        path = folder / "created"
        found = path.read_text().splitlines() if path.exists() else []
        if len(found) >= count:
            return [line.split()[0] for line in found]
        time.sleep(0.005)
    raise AssertionError(f"{count} entries were not created")


def locks(folder: Path) -> list[Path]:
    return list(folder.rglob("*.lock"))


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_processes_create_each_entry_once(tmp_path: Path, seconds: float) -> None:
    """Eight builds that start together compile a template once; nothing is left behind."""
    with asking(tmp_path, "a", "b", "c", seconds=seconds, count=PROCESSES) as processes:
        go(processes)
        assert answers(processes) == ["a b c"] * PROCESSES
    assert sorted(created(tmp_path)) == ["a", "b", "c"]
    assert locks(tmp_path) == []


@pytest.mark.parametrize("ttl", [0.001, None])
def test_processes_create_an_unusable_entry_once(
    tmp_path: Path, ttl: float | None
) -> None:
    """One that is found expired or damaged is like one that is missing."""
    cache = PersistentCache(tmp_path / "cache")
    cache.set("a", b"old", ttl=ttl)
    if ttl is None:
        (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
        path.write_bytes(b"damaged")
    time.sleep(0.01)
    with asking(tmp_path, "a", seconds=0.05, count=PROCESSES) as processes:
        go(processes)
        assert answers(processes) == ["a"] * PROCESSES
    assert created(tmp_path) == ["a"]


def test_creation_that_needs_another_entry_waits_for_nobody(tmp_path: Path) -> None:
    """A template includes another, which somebody else may be compiling."""
    with (
        asking(tmp_path, "abc", seconds=0.05, count=3) as outer,
        asking(tmp_path, "bc", "abc", seconds=0.05, count=3) as inner,
    ):
        go([*outer, *inner])
        assert answers(outer) == ["abcbcc"] * 3
        assert answers(inner) == ["bcc abcbcc"] * 3
    assert sorted(created(tmp_path)) == ["abc", "bc", "c"]


@posix_only
def test_killed_creator_lets_the_next_one_in(tmp_path: Path) -> None:
    """The lock goes with its process; the file that it leaves is nobody's."""
    with asking(tmp_path, "a", seconds=60) as (killed,):
        go([killed])
        assert created(tmp_path, 1) == ["a"]
        with asking(tmp_path, "a", count=PROCESSES - 1) as processes:
            go(processes)
            time.sleep(0.2)
            assert created(tmp_path) == ["a"]
            killed.send_signal(signal.SIGKILL)
            assert answers(processes) == ["a"] * (PROCESSES - 1)
    assert created(tmp_path) == ["a", "a"]
    assert locks(tmp_path) == []


def test_lock_file_that_was_left_is_no_lock(tmp_path: Path) -> None:
    """A power cut leaves the file; nobody holds it."""
    cache = PersistentCache(tmp_path)
    cache["a"] = b"1"
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    del cache["a"]
    path.with_name(f"{path.name}.lock").touch()
    assert cache.get_or_create("a", lambda: b"2") == b"2"
    assert locks(tmp_path) == []


def test_two_caches_of_one_thread_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """A library opens the folder of the program that called it."""
    outer, inner = PersistentCache(tmp_path), PersistentCache(tmp_path)
    found = outer.get_or_create("a", lambda: inner.get_or_create("a", lambda: b"1"))
    assert found == b"1"
    assert locks(tmp_path) == []


def test_circle_of_two_caches_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Processes that need each other's entries go on without the lock after a while."""
    monkeypatch.setattr(_locks, "_PATIENCE", 0.2)
    both = threading.Barrier(2)

    def ask(one: str, other: str) -> bytes:
        cache = PersistentCache(tmp_path)

        def create() -> bytes:
            both.wait(PATIENCE)
            return cache.get_or_create(other, lambda: b"x")

        return cache.get_or_create(one, create)

    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(ask, *pair) for pair in (("a", "b"), ("b", "a"))]
        assert [one.result(PATIENCE) for one in waiting] == [b"x", b"x"]
    assert locks(tmp_path) == []


def test_failing_creation_leaves_no_lock(tmp_path: Path) -> None:
    """Whatever ends a creation, the next one who asks begins."""
    cache = PersistentCache(tmp_path)

    def fail() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.get_or_create("a", fail)
    assert locks(tmp_path) == []
    assert PersistentCache(tmp_path).get_or_create("a", lambda: b"1") == b"1"


@pytest.mark.parametrize("error", [OSError, ImportError, PermissionError])
def test_without_locks_entries_are_created_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """Some network file systems have none."""

    def lock(*_: object) -> bool:
        raise error

    monkeypatch.setattr(_locks, "_lock", lock)
    cache = PersistentCache(tmp_path)
    assert cache.get_or_create("a", lambda: b"1") == b"1"
    assert cache["a"] == b"1"
    assert cache.statistics.failures == 0


@posix_only
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_forked_child_holds_no_lock_of_its_parent(tmp_path: Path) -> None:
    """A child that outlives its parent would keep everybody waiting."""
    cache = PersistentCache(tmp_path)
    asked, told = os.pipe()

    def create() -> bytes:
        child = os.fork()
        if not child:
            found = cache.get_or_create("b", lambda: b"of the child")
            handles = [held for held in _locks._held._locks if held]
            os.write(told, b"%d" % (found == b"of the child" and not handles))
            signal.pause()
            os._exit(0)
        children.append(child)
        assert os.read(asked, 1) == b"1"
        # As if this process were killed: its handle goes, nothing is unlocked.
        ((path, handle),) = _locks._held._locks
        os.close(handle)
        _locks._held.discard(path, handle)
        return b"1"

    children: list[int] = []
    try:
        assert cache.get_or_create("a", create) == b"1"
        del cache["a"]
        began = time.monotonic()
        handle = _locks._acquire(cache._path(b"a") + ".lock", 5.0)
        assert handle is not None
        os.close(handle)
        assert time.monotonic() - began < 4
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(asked)
        os.close(told)


@posix_only
def test_child_that_is_forked_in_a_creation_may_finish_it(tmp_path: Path) -> None:
    """It ends the creation without the lock, which is its parent's."""
    code = (
        "import os, sys\n"
        "from goobits_cache import PersistentCache\n"
        "cache = PersistentCache(sys.argv[1])\n"
        "found = cache.get_or_create('a', lambda: b'x' * (os.fork() and 2 or 1))\n"
        "if len(found) == 2: os.wait()\n"
        "print(found)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
    assert (sorted(done.stdout.split()), done.stderr) == (["b'x'", "b'xx'"], "")
    assert locks(tmp_path) == []
