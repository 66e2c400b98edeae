"""How the evaluation of one file ended."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    """The file's lines, and why it was not evaluated whole ("" where it was)."""

    lines: int
    problem: str = ""
