"""What reading a goobits.yaml gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goobits_engine._config._diagnostics import Diagnostic
    from goobits_engine._program import Program


@dataclass(frozen=True, slots=True)
class Config:
    """A valid configuration: the program that it describes, and the warnings."""

    program: Program
    warnings: tuple[Diagnostic, ...] = ()
