"""The cache on disk, against diskcache and a bare SQLite table."""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from goobits_cache import PersistentCache
from harness import Measure
from pytest_benchmark.fixture import BenchmarkFixture

KEYS = 1000
PROCESSES = 4
OPERATIONS = 10_000
ROUNDS = 7
VALUE = random.Random(1).randbytes(1000)


class Store(Protocol):
    """What is compared: text keys, values of bytes."""

    def get(self, key: str) -> object: ...

    def set(self, key: str, value: bytes) -> object: ...


class Table:
    """A bare SQLite table with a log, as fast as SQLite goes: no time to live, no bound."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._connection = sqlite3.connect(
            folder / "table", isolation_level=None, timeout=60
        )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS entry "
            "(key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID"
        )

    def get(self, key: str) -> object:
        found = self._connection.execute(
            "SELECT value FROM entry WHERE key = ?", (key,)
        )
        return found.fetchone()

    def set(self, key: str, value: bytes) -> object:
        return self._connection.execute(
            "REPLACE INTO entry VALUES (?, ?)", (key, value)
        )


def open_diskcache(folder: Path) -> Store:
    found: Store = pytest.importorskip("diskcache").Cache(str(folder))
    return found


STORES: dict[str, Callable[[Path], Store]] = {
    "PersistentCache": PersistentCache,
    "diskcache": open_diskcache,
    "a SQLite table": Table,
}


def filled(name: str, folder: Path) -> Store:
    store = STORES[name](folder / name)
    for number in range(KEYS):
        store.set(f"key {number}", VALUE)
    return store


def mixed(name: str, folder: Path, seed: int, together: object, said: object) -> None:
    """Get nine times and set once, again and again, on random keys that are there."""
    store = STORES[name](folder / name)
    chance = random.Random(seed)
    operations = [
        (chance.random() < 0.1, f"key {chance.randrange(KEYS)}")
        for _ in range(OPERATIONS)
    ]
    together.wait()  # type: ignore[attr-defined]
    began = time.perf_counter()
    for writes, key in operations:
        if writes:
            store.set(key, VALUE)
        else:
            store.get(key)
    said.put(time.perf_counter() - began)  # type: ignore[attr-defined]


def four_processes(name: str, folder: Path) -> float:
    """Return operations per second of four processes together."""
    context = multiprocessing.get_context("fork")
    together, said = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(target=mixed, args=(name, folder, seed, together, said))
        for seed in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    seconds = max(said.get(timeout=300) for _ in processes)
    for process in processes:
        process.join()
    return PROCESSES * OPERATIONS / float(seconds)


@pytest.mark.skipif(os.name != "posix", reason="forks")
def test_four_processes(
    benchmark: BenchmarkFixture,
    tmp_path: Path,
    tell: Callable[[str], None],
    planning: bool,
) -> None:
    """Nine gets and a set, over and over, in one folder, each store in turn."""
    rates: dict[str, list[float]] = {name: [] for name in STORES}
    for name in STORES:
        filled(name, tmp_path)
    for _ in range(1 if planning else ROUNDS):
        for name, found in rates.items():
            found.append(four_processes(name, tmp_path))
    tell("four processes, 90 % gets, thousands of operations per second")
    base = statistics.median(rates["diskcache"])
    for name, found in rates.items():
        middle = statistics.median(found)
        tell(
            f"  {name:32} {middle / 1000:.0f} ({min(found) / 1000:.0f} to "
            f"{max(found) / 1000:.0f}), {middle / base:.2f} x diskcache"
        )
    benchmark.pedantic(
        four_processes, ("PersistentCache", tmp_path), rounds=1 if planning else 3
    )


@pytest.mark.parametrize("name", STORES)
def test_get(benchmark: BenchmarkFixture, tmp_path: Path, name: str) -> None:
    """One entry of a thousand bytes, found."""
    benchmark(filled(name, tmp_path).get, "key 1")


@pytest.mark.parametrize("name", STORES)
def test_set(benchmark: BenchmarkFixture, tmp_path: Path, name: str) -> None:
    """One entry of a thousand bytes, which is there already."""
    benchmark(filled(name, tmp_path).set, "key 1", VALUE)


@pytest.mark.parametrize("name", STORES)
def test_set_anew(benchmark: BenchmarkFixture, tmp_path: Path, name: str) -> None:
    """One entry of a thousand bytes that is new."""
    store = filled(name, tmp_path)
    numbers = iter(range(10**9))
    benchmark.pedantic(
        lambda: store.set(f"new {next(numbers)}", VALUE), rounds=2000, iterations=1
    )


def test_first_get(
    tree: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    measure: Measure,
) -> None:
    """One get in a fresh process, from what is installed and compiled as pip does it."""
    python = tmp_path / "env" / "bin" / "python"
    package = tree / "packages" / "goobits-cache"
    for words in (
        ("uv", "venv", "--python", sys.executable, tmp_path / "env"),
        (
            *("uv", "pip", "install", "--compile-bytecode", "--python", python),
            *(package, "diskcache>=5.6"),
        ),
    ):
        subprocess.run([str(word) for word in words], check=True, capture_output=True)
    for name in STORES:
        filled(name, tmp_path)
    gets = {
        "PersistentCache": "from goobits_cache import PersistentCache as Cache\n"
        "Cache({!r})['key 1']",
        "diskcache": "from diskcache import Cache\nCache({!r})['key 1']",
        "a SQLite table": "import sqlite3\nsqlite3.connect({!r} + '/table').execute("
        "'SELECT value FROM entry WHERE key = ?', ('key 1',)).fetchone()",
    }
    candidates = {
        name: (python, "-c", code.format(str(tmp_path / name)))
        for name, code in gets.items()
    }
    measure("one get, against `python -c pass`", (python, "-c", "pass"), candidates)
