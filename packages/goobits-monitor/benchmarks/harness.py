"""What all benchmarks share: a plugin that the conftest.py beside them loads.

`measure` compares commands, `tell` adds a line; both are shown at the end of the run. With
`--plan FILE` nothing is measured: what there is to measure is written down, and the folders
with what was built for it are kept. Base may be older than the package that measures, so a
plan is made without it.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

if TYPE_CHECKING:
    from goobits_monitor import Verdict

Command = Sequence[str | Path]
Commands = Mapping[str, Command]

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "LC_ALL": "C.UTF-8",
    # Not the user's own; what other code has kept there is never found.
    "GOOBITS_CACHE": str(Path(tempfile.gettempdir(), "goobits-benchmarks")),
}
TREE = "GOOBITS_TREE"
WALL_ROUNDS = 20


class Measure(Protocol):
    """Compares candidates with a base, and prints the ratios below a title."""

    def __call__(
        self, title: str, base: Command, candidates: Commands, pairs: int = 41
    ) -> None: ...


class Plan:
    """Notes the benchmarks of a run: how each ended, and the commands that it measures.

    One that ended well and measures no command is a function, timed in the process itself.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._outcomes: dict[str, tuple[str, str]] = {}
        self._commands: dict[str, list[dict[str, object]]] = {}

    def add(self, benchmark: str, title: str, candidates: Commands) -> None:
        self._commands.setdefault(benchmark, []).extend(
            {"title": title, "name": name, "command": [str(word) for word in command]}
            for name, command in candidates.items()
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if "benchmark" in getattr(item, "fixturenames", ()):
            self._note(report)
        return report

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._note(report)

    def pytest_sessionfinish(self) -> None:
        benchmarks = {
            name: {
                "outcome": outcome,
                "reason": reason,
                "commands": self._commands.get(name, []),
            }
            for name, (outcome, reason) in self._outcomes.items()
        }
        plan = {"environment": ENVIRONMENT, "benchmarks": benchmarks}
        self._path.write_text(json.dumps(plan, indent=2), encoding="utf-8")

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        """Keep the outcome of the first phase that did not pass."""
        known, _ = self._outcomes.get(report.nodeid, ("passed", ""))
        if known == "passed":
            self._outcomes[report.nodeid] = (report.outcome, _reason(report))


_LINES = pytest.StashKey[list[str]]()
_PLAN = pytest.StashKey[Plan]()


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2].removeprefix("Skipped: ")
    return report.longreprtext


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("harness", "what all benchmarks share")
    group.addoption("--pairs", type=int, help="how often to run each command")
    group.addoption("--plan", type=Path, help="measure nothing, write the plan there")


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("plan", None)
    if path is not None:
        config.stash[_PLAN] = Plan(path)
        config.pluginmanager.register(config.stash[_PLAN])


@pytest.fixture
def planning(request: pytest.FixtureRequest) -> bool:
    """Return whether nothing is measured, so that what was built once will do."""
    return _PLAN in request.config.stash


@pytest.fixture
def tree(request: pytest.FixtureRequest) -> Path:
    """Return the root of the tree whose packages are measured."""
    return Path(os.environ.get(TREE) or request.config.rootpath)


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return a function that takes a line for the end of the run."""
    return request.config.stash.setdefault(_LINES, []).append


@pytest.fixture
def measure(
    request: pytest.FixtureRequest,
    benchmark: BenchmarkFixture,
    tell: Callable[[str], None],
) -> Measure:
    """Return a function that takes a title, the base and what is compared with it.

    The table of pytest-benchmark shows wall times of the first candidate.
    """
    plan = request.config.stash.get(_PLAN, None)
    chosen: int | None = request.config.getoption("pairs", None)

    def take(title: str, base: Command, candidates: Commands, pairs: int = 41) -> None:
        if plan is not None:
            noted = (request.node.nodeid, title, candidates)
            benchmark.pedantic(plan.add, noted, rounds=1)
            return
        tell(title)
        for name, verdict in compared(base, candidates, chosen or pairs).items():
            tell(f"  {name:32} {as_text(verdict)}")
            benchmark.extra_info[name] = round(verdict.ratio, 3)
        first = next(iter(candidates.values()))
        benchmark.pedantic(_run, (first,), rounds=min(chosen or pairs, WALL_ROUNDS))

    return take


def compared(base: Command, candidates: Commands, pairs: int) -> dict[str, Verdict]:
    """Return what each candidate costs against `base`, in CPU time of whole processes."""
    import goobits_monitor

    found = goobits_monitor.compare(
        base,
        *candidates.values(),
        pairs=pairs,
        repeats=1,
        pin=True,
        environment=ENVIRONMENT,
    )
    verdicts = (one.verdict("cpu") for one in found)
    return dict(zip(candidates, verdicts, strict=True))


def as_text(verdict: Verdict) -> str:
    """Return a ratio with its bounds: `1.04 (1.02 to 1.06)`."""
    if math.isinf(verdict.high):
        return f"{verdict.ratio:.2f} (too few pairs for bounds)"
    return f"{verdict.ratio:.2f} ({verdict.low:.2f} to {verdict.high:.2f})"


def _run(command: Command) -> None:
    subprocess.run(
        [str(word) for word in command],
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the ratios: the medians, and bounds that each hold with 99 %."""
    lines = config.stash.get(_LINES, [])
    if lines:
        terminalreporter.section("CPU time as a ratio: median (99 % bounds)")
        for line in lines:
            terminalreporter.write_line(line)
