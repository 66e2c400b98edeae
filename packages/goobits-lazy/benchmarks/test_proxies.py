"""What proxies, lazy modules and lazy packages cost, side by side with others.

The others are lazy-loader, lazy-object-proxy and wrapt, in the dependency group `bench-peers`.
"""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from goobits_lazy import LazyProxy, lazy_import
from harness import Measure
from pytest_benchmark.fixture import BenchmarkFixture

ROUNDS, READS = 101, 10_000
THREADS, TRIALS, NAMES = 16, 100, 15

Tell = Callable[[str], None]
Read = Callable[[], None]


class Target:
    """Has an attribute and a method."""

    def __init__(self) -> None:
        self.attribute = 1

    def method(self) -> int:
        return 1


def peer(name: str) -> ModuleType:
    return pytest.importorskip(name, reason=f"{name} is not installed (bench-peers)")


def proxies() -> dict[str, Callable[[Callable[[], object]], object]]:
    return {
        "goobits-lazy": LazyProxy,
        "lazy-object-proxy": peer("lazy_object_proxy").Proxy,
        "wrapt": peer("wrapt").LazyObjectProxy,
    }


def reading(value: Target) -> Read:
    def read() -> None:
        for _ in range(READS):
            value.attribute  # noqa: B018

    return read


def calling(value: Target) -> Read:
    def call() -> None:
        for _ in range(READS):
            value.method()

    return call


def taken(work: Read) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def against_direct(direct: Read, candidates: dict[str, Read]) -> dict[str, float]:
    """Return the medians of the ratios, each candidate in turn with the direct way."""
    ratios: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(ROUNDS):
        for name, work in candidates.items():
            ratios[name].append(taken(work) / taken(direct))
    return {name: sorted(found)[ROUNDS // 2] for name, found in ratios.items()}


def tell_ratios(tell: Tell, title: str, ratios: dict[str, float]) -> None:
    tell(f"{title}, a loop of each against the loop of the direct way")
    for name, ratio in ratios.items():
        tell(f"  {name:32} {ratio:.2f}")


@pytest.mark.parametrize("work", [reading, calling])
def test_loaded_proxy(
    work: Callable[[object], Read], benchmark: BenchmarkFixture, tell: Tell
) -> None:
    """An attribute of a loaded proxy, and a method called."""
    target = Target()
    candidates = {}
    for name, make in proxies().items():
        proxy = make(lambda: target)
        assert proxy.attribute == 1  # type: ignore[attr-defined]
        candidates[name] = work(proxy)
    benchmark.pedantic(candidates["goobits-lazy"], rounds=ROUNDS)
    tell_ratios(
        tell, f"{work.__name__} a proxy", against_direct(work(target), candidates)
    )


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that writes importable files."""
    monkeypatch.syspath_prepend(tmp_path)

    def write_file(path: str, code: str) -> None:
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(code)
        importlib.invalidate_caches()

    return write_file


def test_loaded_module(
    write: Callable[..., None], benchmark: BenchmarkFixture, tell: Tell
) -> None:
    """An attribute of a module that was imported lazily."""
    for name in ("bench_direct", "bench_ours", "bench_theirs"):
        write(f"{name}.py", "attribute = 1\n")
    direct = importlib.import_module("bench_direct")
    modules = {
        "goobits-lazy": lazy_import("bench_ours"),
        "lazy-loader": peer("lazy_loader").load("bench_theirs"),
    }
    assert all(module.attribute == 1 for module in modules.values())
    candidates = {name: reading(module) for name, module in modules.items()}
    benchmark.pedantic(candidates["goobits-lazy"], rounds=ROUNDS)
    ratios = against_direct(reading(direct), candidates)
    tell_ratios(tell, "reading a lazy module", ratios)


OURS = """
from goobits_lazy import lazy_exports
TYPE_CHECKING = False
if TYPE_CHECKING:
{block}
lazy_exports()
"""

THEIRS = """
import lazy_loader
__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={names})
"""


def packages(write: Callable[..., None], code: str, names: list[str]) -> Iterator[str]:
    """Write a package with names of its modules for each, and yield what these are called."""
    peer("lazy_loader")
    block = "\n".join(f"    from ._{name} import {name} as {name}" for name in names)
    written = {
        "goobits-lazy": OURS.format(block=block),
        "lazy-loader": THEIRS.format(names={f"_{name}": [name] for name in names}),
    }
    for name, init in written.items():
        package = f"bench_{name.partition('-')[0]}"
        write(f"{package}/__init__.py", init)
        for one in names:
            write(f"{package}/_{one}.py", code.format(one))
        yield name


def test_name_of_a_package(
    write: Callable[..., None], benchmark: BenchmarkFixture, tell: Tell
) -> None:
    """A name that a package took from its module at the first use."""
    candidates = {}
    for name in packages(write, "{0} = 1\n", ["attribute"]):
        package = importlib.import_module(f"bench_{name.partition('-')[0]}")
        assert package.attribute == 1
        candidates[name] = reading(package)  # type: ignore[arg-type]
    write("bench_direct.py", "attribute = 1\n")
    direct = reading(importlib.import_module("bench_direct"))  # type: ignore[arg-type]
    benchmark.pedantic(candidates["goobits-lazy"], rounds=ROUNDS)
    tell_ratios(tell, "reading a lazy name", against_direct(direct, candidates))


def in_threads(use: Callable[[], object]) -> int:
    """Return how many of the threads failed, all of which begin together."""
    failures = []
    barrier = threading.Barrier(THREADS)

    def one() -> None:
        barrier.wait()
        try:
            use()
        except Exception as error:  # noqa: BLE001 # it is counted
            failures.append(error)

    threads = [threading.Thread(target=one) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(failures)


def test_first_use_by_threads(
    write: Callable[..., None], benchmark: BenchmarkFixture, tell: Tell
) -> None:
    """How often a factory runs, and how often a module is not there."""
    tell(f"{THREADS} threads on first use, {TRIALS} times")
    for name, make in proxies().items():
        loads: list[int] = []

        def factory(loads: list[int] = loads) -> int:
            loads.append(1)
            time.sleep(0.001)
            return 1

        for _ in range(TRIALS):
            proxy = make(factory)
            in_threads(lambda proxy=proxy: proxy + 1)
        tell(f"  {name:32} {len(loads) / TRIALS:.2f} loads")
    importers = {"goobits-lazy": lazy_import, "lazy-loader": peer("lazy_loader").load}
    code = "import time\nfirst = 1\ntime.sleep(0.001)\nlast = 1\n"
    for name, load in importers.items():
        failures = 0
        for trial in range(NAMES):
            module = f"bench_{name.partition('-')[0]}_{trial}"
            write(f"{module}.py", code)
            failures += in_threads(lambda load=load, module=module: load(module).last)
        tell(f"  {name:32} {failures} of {THREADS * NAMES} module accesses fail")
    benchmark.pedantic(lambda: LazyProxy(int) + 1, rounds=ROUNDS)


def test_import(install: Callable[..., Path], measure: Measure) -> None:
    """The package in a program's start, side by side with the others."""
    python = install("lazy-loader", "lazy-object-proxy", "wrapt")
    programs = {
        "lazy_import('json')": "from goobits_lazy import lazy_import as l; l('json')",
        "LazyProxy(dict)": "from goobits_lazy import LazyProxy as P; P(dict)",
        "AsyncLazyProxy(dict)": "from goobits_lazy import AsyncLazyProxy as P; P(dict)",
        "lazy_loader.load('json')": "import lazy_loader as l; l.load('json')",
        "lazy_object_proxy.Proxy(dict)": "import lazy_object_proxy as l; l.Proxy(dict)",
        "wrapt.LazyObjectProxy(dict)": "import wrapt; wrapt.LazyObjectProxy(dict)",
    }
    measure(
        "goobits-lazy, against `python -c pass`",
        (python, "-c", "pass"),
        {name: (python, "-c", program) for name, program in programs.items()},
    )
