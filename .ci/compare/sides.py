"""Base and head: each with an environment of its own, and what it would measure."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from errors import UsageError
from workspace import run

GROUP = "test"
NONE_FOUND = 5
"""The exit code of pytest when there is no such test."""
AT_ONCE = ("--benchmark-max-time=0.0001", "--benchmark-min-rounds=1")

Key = tuple[str, str, str]
"""A benchmark, the title of one of its comparisons, and the name of a command there."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a side can measure.

    `failed` and `skipped` say why, by the benchmark. The commands run in `environment`.
    """

    environment: Mapping[str, str]
    commands: Mapping[Key, tuple[str, ...]]
    functions: frozenset[str]
    failed: Mapping[str, str]
    skipped: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Side:
    """The packages of the tree in `folder`, run by the benchmarks of `root`."""

    name: Literal["base", "head"]
    root: Path
    folder: Path

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    def install(self) -> None:
        """Install the packages as they stand in the tree, and what head tests with."""
        environment = self.folder / "environment"
        uv = _uv()
        self._run(uv, "venv", "--quiet", "--python", sys.executable, environment)
        packages = sorted(self.tree.glob("packages/*/pyproject.toml"))
        editable = [word for path in packages for word in ("--editable", path.parent)]
        group = f"{self.root / 'pyproject.toml'}:{GROUP}"
        words = ("--quiet", "--python", environment, "--group", group, *editable)
        self._run(uv, "pip", "install", *words)

    def plan(self, expression: str | None) -> Plan:
        """Build all that there is to measure, and keep it for as long as the folder is there.

        Raises:
            UsageError: the expression leaves no benchmark.
        """
        chosen = ("-k", expression) if expression is not None else ()
        path = self.folder / "plan.json"
        code = self._pytest(
            *sorted(self.root.glob("packages/*/benchmarks")),
            *chosen,
            *AT_ONCE,
            "--continue-on-collection-errors",
            f"--plan={path}",
            f"--basetemp={self.folder / 'built'}",
            codes=(0, 1, NONE_FOUND),
        )
        if code == NONE_FOUND:
            matches = "" if expression is None else f" that {expression!r} chooses"
            raise UsageError(f"there is no benchmark{matches}")
        return _read(path)

    def time_functions(self, functions: Sequence[str], result: Path) -> None:
        """Let pytest-benchmark measure functions, and write its results."""
        self._pytest(
            *functions,
            "--benchmark-max-time=0.1",
            "--benchmark-min-rounds=5",
            "--benchmark-warmup=on",
            "--benchmark-warmup-iterations=100",
            f"--benchmark-json={result}",
            f"--basetemp={self.folder / 'round'}",
        )

    def _pytest(self, *words: str | Path, codes: tuple[int, ...] = (0,)) -> int:
        pytest = self.folder / "environment" / "bin" / "pytest"
        options = ("-p", "no:cacheprovider", "--benchmark-enable", "--benchmark-only")
        return self._run(pytest, *options, *words, codes=codes)

    def _run(self, *words: str | Path, codes: tuple[int, ...] = (0,)) -> int:
        log = self.folder / "log.txt"
        return run(
            words, folder=self.root, environment=self._environ(), log=log, codes=codes
        )

    def _environ(self) -> dict[str, str]:
        foreign = ("PYTHONPATH", "PYTHONHOME", "PYTEST_ADDOPTS", "VIRTUAL_ENV")
        kept = {name: os.environ[name] for name in os.environ if name not in foreign}
        programs = self.folder / "environment" / "bin"
        path = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
        return {**kept, "PATH": path, "GOOBITS_TREE": str(self.tree)}


def _uv() -> str:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which("uv", path=path)
    if found is None:
        raise UsageError("uv is not installed")
    return found


def _read(path: Path) -> Plan:
    data = json.loads(path.read_text(encoding="utf-8"))
    benchmarks = data["benchmarks"]
    reasons: dict[str, dict[str, str]] = {"failed": {}, "skipped": {}, "passed": {}}
    for name, one in benchmarks.items():
        reasons[one["outcome"]][name] = one["reason"]
    passed = {name: benchmarks[name]["commands"] for name in reasons["passed"]}
    commands = {
        (name, one["title"], one["name"]): tuple(one["command"])
        for name, noted in passed.items()
        for one in noted
    }
    functions = frozenset(name for name, noted in passed.items() if not noted)
    return Plan(
        data["environment"],
        commands,
        functions,
        reasons["failed"],
        reasons["skipped"],
    )
