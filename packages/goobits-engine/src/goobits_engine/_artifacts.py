"""What a renderer makes: files as values, before any of them touches a disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["entry", "hooks", "runtime", "manifest"]


@dataclass(frozen=True, slots=True)
class Stub:
    """One hook of a hooks file: the names that it may have, the first as written here."""

    names: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of a generated program.

    `path` is POSIX and relative to the language's output folder. A file that is `once` belongs
    to its author from the first build on, and is never written again; `stubs` are the hooks in
    it, each of which can be appended alone.
    """

    path: str
    role: Role
    language: str
    content: str
    once: bool = False
    executable: bool = False
    stubs: tuple[Stub, ...] = ()
