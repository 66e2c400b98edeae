"""What `Cargo.toml` says, in the forms that cargo and its registry accept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final, TypeAlias

from goobits_engine._frozen import Frozen
from goobits_engine._program import Package, Program
from goobits_engine.languages._layout import Layout
from goobits_engine.languages._templates import Templates
from goobits_engine.languages._toml import toml
from goobits_engine.languages._versions import semantic_version

_EDITION: Final = "2021"
_OLDEST_RUST: Final = "1.75"
Scalar: TypeAlias = str | bool | int

RELEASE: Final[dict[str, Scalar]] = {
    "opt-level": "s",
    "lto": True,
    "codegen-units": 1,
    "strip": True,
}
"""The profile of a fresh manifest: small, and quick to start."""
_LONGEST_NAME: Final = 64
_MOST_KEYWORDS: Final = 5
_KEYWORD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_+-]{0,19}")
_DESCRIPTION: Final = re.compile(r".{1,1000}", re.DOTALL)
_LICENSE: Final = re.compile(
    r"\(*[0-9A-Za-z.-]+\+?\)*"
    r"( (AND|OR|WITH) \(*[0-9A-Za-z.-]+\+?\)*)*"
)
"""The form of an SPDX expression."""
_URL: Final = re.compile(r"https?://[^\s/]\S*")
_PROGRAMS: Final = PurePosixPath("src/bin")
_PROGRAM: Final = PurePosixPath("src/main.rs")
_FORBIDDEN: Final = frozenset({"build", "deps", "examples", "incremental"})
"""Folders of cargo's, which no program may be called."""


class Needed(Frozen):
    """What the program needs in its manifest.

    The entry is `is_amid_programs` when its folder is one where cargo takes every file for
    a program of its own.
    """

    name: str
    version: str
    program: str
    entry: str
    is_amid_programs: bool

    @property
    def package(self) -> dict[str, Scalar]:
        """The keys of `[package]`."""
        package: dict[str, Scalar] = {"name": self.name, "version": self.version}
        package["edition"] = _EDITION
        return package | ({"autobins": False} if self.is_amid_programs else {})

    @property
    def binary(self) -> dict[str, Scalar]:
        """The keys of the program's `[[bin]]`."""
        return {"name": self.program, "path": self.entry}


def needed(program: Program, files: Layout) -> Needed:
    """Return what the program needs."""
    prog = program.root.name
    return Needed(
        name=crate_name(program.package.name),
        version=semantic_version(program.package.version),
        program=f"{prog}-cli" if prog in _FORBIDDEN else prog,
        entry=str(files.entry),
        is_amid_programs=_is_amid_programs(files),
    )


def crate_name(name: str) -> str:
    """Return a name that cargo and its registry accept."""
    return name.replace(".", "-")[:_LONGEST_NAME].rstrip("-_")


def fresh(package: Package, needed: Needed, templates: Templates) -> str:
    """Return the manifest of a crate that has none."""
    return templates.get("rust", "Cargo.toml.j2", rs_toml=value).render(
        package=[*needed.package.items(), ("rust-version", _OLDEST_RUST)],
        texts=_texts(package),
        lists=_lists(package),
        needed=needed,
        release=RELEASE.items(),
    )


def value(said: Scalar) -> str:
    """Spell a value as TOML."""
    return toml(said) if isinstance(said, str) else str(said).lower()


def _texts(package: Package) -> list[tuple[str, str]]:
    """Return the fields that are texts, those that the registry takes."""
    fields = [
        ("description", package.description, _DESCRIPTION),
        ("license", package.license, _LICENSE),
        ("homepage", package.homepage, _URL),
        ("repository", package.repository, _URL),
    ]
    return [(name, said) for name, said, form in fields if form.fullmatch(said)]


def _lists(package: Package) -> list[tuple[str, list[str]]]:
    """Return the fields that are lists, those that the registry takes."""
    email = f"<{package.email}>" if package.email else ""
    author = " ".join(filter(None, [package.author, email]))
    fields = [
        ("authors", [author] if author else []),
        ("keywords", _keywords(package.keywords)),
    ]
    return [(name, said) for name, said in fields if said]


def _keywords(words: Iterable[str]) -> list[str]:
    valid = (word for word in words if _KEYWORD.fullmatch(word))
    return list(dict.fromkeys(valid))[:_MOST_KEYWORDS]


def _is_amid_programs(files: Layout) -> bool:
    others = (files.hooks, files.types)
    folders = {path.parent for path in (files.entry, *others)}
    return _PROGRAMS in folders or _PROGRAM in others
