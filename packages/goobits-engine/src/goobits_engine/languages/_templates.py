"""What a language's folder holds: templates, and the parts of its runtime."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_PARTS: Final = ("messages", "values", "tables", "parser", "output", "program")


def environment(folder: Path, **filters: Callable[..., str]) -> Environment:
    """Return an environment over the `templates` of a language's folder."""
    made = Environment(
        loader=FileSystemLoader(folder / "templates"),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters)
    return made


def runtime(folder: Path, suffix: str, between: str) -> str:
    """Return the runtime of a language: its parts in reading order, with `between` them."""
    parts = (folder / "templates" / "runtime" / f"{name}{suffix}" for name in _PARTS)
    return between.join(part.read_text(encoding="utf-8") for part in parts)
