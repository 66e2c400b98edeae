"""What the monitor itself costs those who use it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from goobits_monitor import PerformanceMonitor, StartupBenchmark
from harness import Measure
from pytest_benchmark.fixture import BenchmarkFixture

PHASES = 1000


def test_import(tree: Path, tmp_path: Path, measure: Measure) -> None:
    """The package in a program's start, installed and compiled as pip does it."""
    python = tmp_path / "env" / "bin" / "python"
    package = tree / "packages" / "goobits-monitor"
    for words in (
        ("uv", "venv", "--python", sys.executable, tmp_path / "env"),
        ("uv", "pip", "install", "--compile-bytecode", "--python", python, package),
    ):
        subprocess.run([str(word) for word in words], check=True, capture_output=True)
    phase = "from goobits_monitor import StartupBenchmark as B; b = B()\n"
    phase += "with b.phase('imports'): pass"
    candidates = {
        "import goobits_monitor": (python, "-c", "import goobits_monitor"),
        "a StartupBenchmark and a phase": (python, "-c", phase),
        "goobits-monitor --help": (python.with_name("goobits-monitor"), "--help"),
    }
    measure(
        "goobits-monitor, against `python -c pass`", (python, "-c", "pass"), candidates
    )


def run_phases(benchmark: StartupBenchmark) -> None:
    phase = benchmark.phase
    for _ in range(PHASES):
        with phase("imports"):
            pass


def run_nothing() -> None:
    for _ in range(PHASES):
        with nullcontext("imports"):
            pass


def test_phase(benchmark: BenchmarkFixture, tell: Callable[[str], None]) -> None:
    """A phase around nothing, by the thousand."""
    benchmark.pedantic(
        run_phases, setup=lambda: ((StartupBenchmark(),), {}), rounds=200
    )
    costs = [
        (_cpu(run_phases, StartupBenchmark()), _cpu(run_nothing)) for _ in range(201)
    ]
    phase, nothing = (
        sorted(column)[100] / PHASES for column in zip(*costs, strict=True)
    )
    tell(
        f"a phase: {phase * 1e9:.0f} ns, {phase / nothing:.1f} x contextlib.nullcontext"
    )


def _cpu(call: Callable[..., None], *arguments: object) -> float:
    before = time.process_time()
    call(*arguments)
    return time.process_time() - before


def test_record(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    """One value into the history, durable when it returns."""
    with PerformanceMonitor(tmp_path / "history.sqlite3") as monitor:
        benchmark(monitor.record, "start", 0.1)
