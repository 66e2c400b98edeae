"""Which vectors a language is asked here, and whether it answers them."""

from __future__ import annotations

import os

from .adapters import Adapter, BuiltProgram
from .comparison import differences, report
from .processes import Surroundings, run
from .vector_files import Vector


def can_run(vector: Vector, surroundings: Surroundings) -> bool:
    """Tell whether this system can put what the vector asks for."""
    platform = "posix" if os.name == "posix" else "windows"
    needs_posix = vector.stdio or vector.tty or vector.signal
    raw = any(not _is_text(word) for word in (*vector.argv, *vector.env.values()))
    if platform == "windows" and (needs_posix or raw):
        return False
    if vector.platforms and platform not in vector.platforms:
        return False
    return not vector.locale or vector.locale in surroundings.locales


def mistake(
    vector: Vector, adapter: Adapter, program: BuiltProgram, surroundings: Surroundings
) -> str:
    """Run one vector and report what is wrong with the answer; empty when nothing is."""
    outcome = run(adapter.command(program), vector, surroundings)
    found = differences(vector, outcome, adapter, program.hooks)
    return report(vector, found) if found else ""


def _is_text(word: bytes) -> bool:
    try:
        word.decode()
    except UnicodeDecodeError:
        return False
    return True
