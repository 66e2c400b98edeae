"""The vectors notice mistakes of the kind that a port makes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from goobits_engine import parse, render

from .adapters import ADAPTERS, Adapter
from .asking import can_run, mistake
from .faults import FAULTS, Fault, FaultError, faults_of, plant, templates_from
from .processes import Surroundings
from .programs import Programs, written
from .tally import Tally
from .test_vectors import WORKERS, need, need_tool
from .vector_files import SPECS, Vector

RUNTIMES = [adapter for adapter in ADAPTERS if (FAULTS / adapter.name).is_dir()]
TEN = 10
AT_ONCE = 4 * WORKERS


class FaultyPrograms:
    """The programs of every faulty runtime of a language, built at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._built: dict[str, dict[str, Programs]] = {}

    def of(self, adapter: Adapter, fault: Fault) -> Programs:
        """Return the programs that have the fault."""
        if adapter.name not in self._built:
            self._built[adapter.name] = self._build(adapter)
        return self._built[adapter.name][fault.name]

    def _build(self, adapter: Adapter) -> dict[str, Programs]:
        root = self._root / adapter.name
        built = {}
        for fault in faults_of(adapter.name):
            templates = root / "templates" / fault.name
            plant(fault, templates)
            with templates_from(templates):
                programs = written(adapter, fault.vectors(), root / fault.name)
            built[fault.name] = programs
        made = [program for each in built.values() for program in each.values()]
        adapter.compile(root, made)
        return built


@pytest.fixture(autouse=True)
def _git() -> None:
    """Ask for what applies the patches."""
    need(shutil.which("git"), "git is not installed")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> FaultyPrograms:
    """Return the place where faulty programs are built."""
    return FaultyPrograms(tmp_path_factory.mktemp("faulty"))


@pytest.mark.parametrize(
    ("adapter", "fault"),
    [
        pytest.param(adapter, fault, id=f"{adapter.name}-{fault.name}")
        for adapter in RUNTIMES
        for fault in faults_of(adapter.name)
    ],
)
def test_planted_fault_is_noticed(
    adapter: Adapter,
    fault: Fault,
    faulty: FaultyPrograms,
    surroundings: Surroundings,
    fault_tally: Tally,
) -> None:
    """Vectors that pass whatever the runtime does would prove nothing.

    Some answers stay right: it is the fault that is noticed, not a program that does not run.
    """
    need_tool(adapter)
    programs = faulty.of(adapter, fault)
    vectors = [
        vector
        for vector in fault.vectors()
        if adapter.is_asked(vector) and can_run(vector, surroundings)
    ]

    def is_wrong(vector: Vector) -> bool:
        program = programs[vector.spec, vector.variant]
        return bool(mistake(vector, adapter, program, surroundings))

    answers: set[bool] = set()
    with ThreadPoolExecutor(WORKERS) as pool:
        for some in _chunks(vectors):
            answers.update(pool.map(is_wrong, some))
            if len(answers) == 2:
                break
    fault_tally.add(adapter.name, answered=int(True in answers), asked=1)
    assert True in answers, f"nothing in {', '.join(fault.topics)} notices it"
    assert False in answers, "no answer is right: the program does not run"


@pytest.mark.parametrize("adapter", RUNTIMES, ids=lambda adapter: adapter.name)
def test_ten_faults_are_planted(adapter: Adapter) -> None:
    """A folder that was not found would plant nothing, and pass."""
    assert len(faults_of(adapter.name)) == TEN


def test_faults_are_planted_in_every_language() -> None:
    """A language without faults has vectors that nobody has tried."""
    assert {adapter.language for adapter in RUNTIMES} == {
        adapter.language for adapter in ADAPTERS
    }


@pytest.mark.parametrize("adapter", RUNTIMES, ids=lambda adapter: adapter.name)
def test_templates_are_read_from_the_copy(adapter: Adapter, tmp_path: Path) -> None:
    """A patch of a file that nobody reads would be a fault that nobody planted."""
    fault = faults_of(adapter.name)[0]
    program = parse((SPECS / "plain.yaml").read_text("utf-8")).program
    plant(fault, tmp_path)

    def texts() -> list[str]:
        return [artifact.content for artifact in render(program, adapter.language)]

    before = texts()
    with templates_from(tmp_path):
        assert texts() != before
    assert texts() == before


def test_patch_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """A runtime that was rewritten needs its faults rewritten."""
    path = tmp_path / "stale.patch"
    text = faults_of("python")[0].patch.read_text("utf-8")
    path.write_text(text.replace("\n-  ", "\n-# "), "utf-8")
    fault = replace(faults_of("python")[0], patch=path)
    with pytest.raises(FaultError, match="does not apply"):
        plant(fault, tmp_path / "templates")


def _chunks(vectors: Sequence[Vector]) -> Iterator[Sequence[Vector]]:
    for start in range(0, len(vectors), AT_ONCE):
        yield vectors[start : start + AT_ONCE]
