"""What a renderer makes: files as values, before any of them touches a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Role = Literal["entry", "hooks", "runtime", "types", "manifest"]
Merge = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Stub:
    """One hook of a hooks file: the names that it may have, the first as written here."""

    names: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of a generated program.

    `path` is POSIX and relative to the language's output folder. A file that is `once` belongs
    to its author from the first build on, and is never written again, but for two things:
    `stubs` are the hooks in it, each of which can be appended alone; `merge` returns the
    author's text with what the program needs and it lacks, and raises `ValueError` when
    it cannot make sense of it.
    """

    path: str
    role: Role
    language: str
    content: str
    once: bool = False
    executable: bool = False
    stubs: tuple[Stub, ...] = ()
    merge: Merge | None = None
