"""What a loader costs at the start of a program, at a use, and what preloading saves."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import goobits_monitor
from goobits_lazy import LazyLoader, UsageStore
from harness import ENVIRONMENT, Measure, as_text
from pytest_benchmark.fixture import BenchmarkFixture

REGISTER = """
from goobits_lazy import {names}
loader = LazyLoader({strategy})
for number in range(20):
    loader.register(f"component {{number}}", "json:loads")
with loader:
    pass
"""

RUN = """
import sys, time
from goobits_lazy import LazyLoader, PredictiveLoadingStrategy, UsageStore
kind, folder, during = sys.argv[1:]
strategy = PredictiveLoadingStrategy(UsageStore(folder, "fetch"))
loader = LazyLoader(strategy if kind == "predictive" else None)
for name in ("asyncio", "decimal", "email.message", "http.client", "unittest.mock"):
    loader.register(name, name)
with loader:
    if during == "idle":
        time.sleep(0.1)
    else:
        last = time.thread_time() + 0.1
        while time.thread_time() < last:
            pass
    for name in loader:
        loader.get(name)
"""


def test_registration(
    install: Callable[..., Path], tmp_path: Path, measure: Measure
) -> None:
    """The loader in a program's start, with 20 components of which none is used."""
    python = install()
    bare = "from goobits_lazy import LazyLoader\nloader = LazyLoader()\n"
    bare += "for number in range(20): loader.register(f'c{number}', 'json:loads')"
    usage = f"UsageStore({str(tmp_path)!r}, 'nothing')"
    predictive = f"PredictiveLoadingStrategy({usage})"
    strategies = {
        "and LazyLoadingStrategy, entered": (
            "LazyLoader, LazyLoadingStrategy",
            "LazyLoadingStrategy()",
        ),
        "and Predictive..., nothing known": (
            "LazyLoader, PredictiveLoadingStrategy, UsageStore",
            predictive,
        ),
    }
    candidates = {
        "import goobits_lazy": (python, "-c", "import goobits_lazy"),
        "a LazyLoader, 20 components": (python, "-c", bare),
        **{
            name: (python, "-c", REGISTER.format(names=names, strategy=strategy))
            for name, (names, strategy) in strategies.items()
        },
    }
    measure(
        "goobits-lazy, against `python -c pass`", (python, "-c", "pass"), candidates
    )


def test_preloading(
    install: Callable[..., Path],
    tmp_path: Path,
    planning: bool,
    benchmark: BenchmarkFixture,
    tell: Callable[[str], None],
) -> None:
    """A command that uses five modules of the standard library after 100 ms, by the clock."""
    python = install()
    store = UsageStore(tmp_path, "fetch")
    for name in ("asyncio", "decimal", "email.message", "http.client", "unittest.mock"):
        store.record({name: 0.01})

    def learn(during: str) -> None:
        for _ in range(10):
            subprocess.run(
                [python, "-c", RUN, "predictive", tmp_path, during],
                env=ENVIRONMENT,
                check=True,
            )

    def compare(during: str) -> None:
        lazy, predictive = (
            [str(python), "-c", RUN, kind, str(tmp_path), during]
            for kind in ("lazy", "predictive")
        )
        [found] = goobits_monitor.compare(
            lazy, predictive, pairs=21, repeats=1, environment=ENVIRONMENT
        )
        for metric in ("wall", "cpu"):
            verdict = as_text(found.verdict(metric))
            tell(
                f"preloading while the command is {during}, {metric:4}: {verdict} x lazy"
            )

    def compare_all() -> None:
        for during in ("idle", "busy"):
            learn(during)
            if not planning:
                compare(during)

    benchmark.pedantic(compare_all, rounds=1)


def test_get(benchmark: BenchmarkFixture, tell: Callable[[str], None]) -> None:
    """A component that is loaded, against a dictionary's get."""
    loader = LazyLoader()
    loader.register("settings", dict)
    plain = {"settings": loader.get("settings")}
    benchmark(loader.get, "settings")
    ratio = _nanoseconds(loader.get) / _nanoseconds(plain.get)
    tell(f"LazyLoader.get: {_nanoseconds(loader.get):.0f} ns, {ratio:.1f} x dict.get")


def test_usage(
    benchmark: BenchmarkFixture, tmp_path: Path, tell: Callable[[str], None]
) -> None:
    """Reading a file of usage that is as large as it becomes, and adding a run."""
    store = UsageStore(tmp_path, "build")
    names = [f"package.module_{number}" for number in range(40)]
    while not os.path.exists(store.path) or os.path.getsize(store.path) < 15_000:
        store.record(dict.fromkeys(names[:20], 0.0125))
    read = benchmark(store.read)
    assert read.runs > 1
    costs = sorted(_cpu(store.read) for _ in range(201))
    tell(f"UsageStore.read, largest file: {costs[100] * 1e3:.2f} ms of CPU")
    used = dict.fromkeys(names[:20], 0.0125)
    costs = sorted(_cpu(lambda: store.record(used)) for _ in range(201))
    tell(f"UsageStore.record: {costs[100] * 1e3:.2f} ms, at most {costs[-1] * 1e3:.2f}")


def _nanoseconds(get: Callable[[str], object]) -> float:
    def run() -> None:
        for _ in range(10_000):
            get("settings")

    return sorted(_cpu(run) for _ in range(21))[10] * 1e5


def _cpu(call: Callable[[], object]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before
