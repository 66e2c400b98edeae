"""What a package depends on: declared names, locked versions, names made to deceive."""

from __future__ import annotations

from typing import NamedTuple


class Dependency(NamedTuple):
    """One package that another one asks for.

    `ecosystem` is pypi, npm or crates. `version` is set only where exactly one is meant.
    """

    ecosystem: str
    name: str
    specifier: str
    version: str | None
    file: str
    line: int
    evidence: str


__all__ = ["Dependency"]
