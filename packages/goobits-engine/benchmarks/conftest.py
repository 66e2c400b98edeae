"""Show measured ratios at the end of a run, and keep them where pytest-benchmark keeps its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import pytest
import ratios
from pytest_benchmark.fixture import BenchmarkFixture

ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
_LINES = pytest.StashKey[list[str]]()


@pytest.fixture
def measure(
    request: pytest.FixtureRequest, benchmark: BenchmarkFixture
) -> ratios.Measure:
    """Return a function that takes a title, the base and what is compared with it.

    The table of pytest-benchmark shows wall times of the first candidate.
    """

    def take(
        title: str,
        base: ratios.Command,
        candidates: Mapping[str, ratios.Command],
        pairs: int = 41,
    ) -> None:
        first = next(iter(candidates.values()))
        found = ratios.compare(base, candidates, ENVIRONMENT, pairs)
        benchmark.pedantic(ratios.cpu_seconds, (first, ENVIRONMENT), rounds=20)
        lines = request.config.stash.setdefault(_LINES, [])
        lines.append(title)
        for name, ratio in found.items():
            lines.append(f"  {name:32} {ratio}")
            benchmark.extra_info[name] = round(ratio.median, 3)

    return take


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that takes a line for the end of the run."""
    return request.config.stash.setdefault(_LINES, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the ratios: median, lower and upper quartile."""
    lines = config.stash.get(_LINES, [])
    if lines:
        terminalreporter.section("CPU time as a ratio: median (quartiles)")
        for line in lines:
            terminalreporter.write_line(line)
