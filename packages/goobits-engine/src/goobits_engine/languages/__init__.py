"""The languages: one folder each, with a `render` that makes files of a program.

A folder `<language>/` is a package with `render(program, templates) -> tuple[Artifact, ...]`.
What else knows the languages by name is what checks a configuration: which there are
(`_config/_schema.py`), which paths they can use (`_places.py`) and which names are one to
them (`_clashes.py`).
"""

from __future__ import annotations

import importlib
import os
from typing import Protocol, cast

from goobits_engine._artifacts import Artifact
from goobits_engine._program import Program
from goobits_engine.languages._templates import Templates, own_templates

__all__ = ["Language", "Templates", "language", "language_names", "own_templates"]


class Language(Protocol):
    """A renderer."""

    def render(self, program: Program, templates: Templates) -> tuple[Artifact, ...]:
        """Return the files of the program in this language."""


def language_names() -> tuple[str, ...]:
    """Return the names of the languages that have a folder, sorted."""
    entries = [entry for folder in __path__ for entry in os.scandir(folder)]
    found = (e.name for e in entries if os.path.exists(f"{e.path}/__init__.py"))
    return tuple(sorted(found))


def language(name: str) -> Language:
    """Return a language by one of `language_names()`."""
    return cast(Language, importlib.import_module(f"{__name__}.{name}"))
