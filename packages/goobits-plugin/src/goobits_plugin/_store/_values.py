"""What the store says of what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EVERY_PROGRAM = "*"
LINK = "link:"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was installed; the path is relative to the plugin's folder."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Word:
    """A first word that a plugin answers to; `help` is None for one that help does not list."""

    name: str
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """One plugin of a generation.

    `source` is where it came from ("file:...", "link:..."), `programs` are the names of those that
    have its commands, or `*`. A linked plugin has no `sha256`, and its `files` are its manifest.
    `dependencies` are (name, versions). `published_at` is an RFC 3339 instant, or empty.
    """

    name: str
    version: str
    sha256: str
    source: str
    folder: Path
    words: tuple[Word, ...]
    files: tuple[File, ...]
    permissions_hash: str
    programs: tuple[str, ...] = (EVERY_PROGRAM,)
    enabled: bool = True
    dependencies: tuple[tuple[str, str], ...] = ()
    publisher_keys: tuple[str, ...] = ()
    published_at: str = ""

    @property
    def linked(self) -> bool:
        """Whether it runs from the folder that its author works in."""
        return self.source.startswith(LINK)

    def shares(self, other: Installed) -> bool:
        """Tell whether one program has the commands of both."""
        mine, theirs = set(self.programs), set(other.programs)
        return EVERY_PROGRAM in mine | theirs or bool(mine & theirs)


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of what is installed; the hashes are those of its table and of its records."""

    number: int
    plugins: tuple[Installed, ...] = ()
    commands_sha256: str = ""
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was installed; `plugin` is empty for the generation itself."""

    plugin: str
    path: str
    message: str
