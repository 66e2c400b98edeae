"""Mistakes to plant in the runtimes: patches of their templates, one file each.

A patch begins with the topics whose vectors must notice it (`Topics: words, groups`) and
with what the mistake is.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import goobits_engine.languages as languages
import pytest
from goobits_engine.languages import _templates

from .vector_files import VECTORS, Vector, load

FAULTS = Path(__file__).parent / "faults"
LANGUAGES = Path(languages.__file__).parent
HEADER = "Topics: "


class FaultError(ValueError):
    """A patch that names no topics, or that does not fit the templates any more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake, and the topics whose vectors notice it."""

    name: str
    patch: Path
    topics: tuple[str, ...]

    def vectors(self) -> list[Vector]:
        """Return the vectors of the topics, in their order."""
        paths = [VECTORS / f"{topic}.json" for topic in self.topics]
        return [vector for path in paths for vector in load(path)]


def faults_of(runtime: str) -> list[Fault]:
    """Return the faults of a runtime, by name."""
    return [_read(path) for path in sorted((FAULTS / runtime).glob("*.patch"))]


def _read(path: Path) -> Fault:
    header = path.read_text("utf-8").partition("\n")[0]
    if not header.startswith(HEADER):
        raise FaultError(f"{path.name} names no topics")
    topics = header.removeprefix(HEADER).split(", ")
    return Fault(path.stem, path, tuple(topics))


def plant(fault: Fault, folder: Path) -> None:
    """Copy the templates of all languages to `folder`, with the mistake in them.

    Raises:
        FaultError: the patch does not fit.
    """
    for templates in LANGUAGES.glob("*/templates"):
        target = folder / templates.relative_to(LANGUAGES)
        shutil.copytree(templates, target)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", str(fault.patch)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise FaultError(f"{fault.name}: {done.stderr}")


@contextmanager
def templates_from(folder: Path) -> Iterator[None]:
    """Let renderers read the templates below `folder`."""
    languages.own_templates.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_templates, "FOLDER", folder)
        yield
    languages.own_templates.cache_clear()
