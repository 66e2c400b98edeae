"""Every generated program answers every vector."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .adapters import ADAPTERS, Adapter
from .asking import can_run, mistake
from .processes import Surroundings
from .programs import Workshop
from .tally import Tally
from .vector_files import Vector, load, topics

WORKERS = 3
MODULE_TOPICS = ("hooks", "names")


def _cases() -> list[object]:
    return [
        pytest.param(path, adapter, id=f"{path.stem}-{adapter.name}")
        for path in topics()
        for adapter in ADAPTERS
        if adapter.name != "nodejs-mjs" or path.stem in MODULE_TOPICS
    ]


@pytest.mark.parametrize(("path", "adapter"), _cases())
def test_program_answers_as_the_contract_says(
    path: Path,
    adapter: Adapter,
    workshop: Workshop,
    surroundings: Surroundings,
    tally: Tally,
) -> None:
    """All languages promise one answer to one command line."""
    need_tool(adapter)
    vectors = [vector for vector in load(path) if adapter.is_asked(vector)]
    ready = [vector for vector in vectors if can_run(vector, surroundings)]

    def failure(vector: Vector) -> str:
        program = workshop.program(adapter, vector)
        return mistake(vector, adapter, program, surroundings)

    with ThreadPoolExecutor(WORKERS) as pool:
        failures = [text for text in pool.map(failure, ready) if text]
    tally.add(
        adapter.name,
        answered=len(ready) - len(failures),
        asked=len(vectors),
        left_out=len(vectors) - len(ready),
    )
    if failures:
        count = f"{len(failures)} of {len(ready)} vectors were answered wrongly"
        pytest.fail("\n\n".join([count, *failures]), pytrace=False)


def need_tool(adapter: Adapter) -> None:
    """Skip where a toolchain is missing, but fail where it must not be."""
    need(adapter.tool, f"no toolchain for {adapter.language}")


def need(found: str | None, reason: str) -> None:
    """Skip where something was not found, but fail where it must not be missing."""
    if found is not None:
        return
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
