"""The way from a goobits.yaml to files: read, render, compare, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from goobits_engine import languages
from goobits_engine._artifacts import Artifact, Role
from goobits_engine._config import Diagnostic, read
from goobits_engine._errors import LanguageError
from goobits_engine._output import (
    LOCK_NAME,
    Change,
    lock_state,
    plan,
    refuse_edited,
    staged,
    write_all,
)
from goobits_engine._program import Program
from goobits_engine.languages import Templates

State = Literal["written", "unchanged", "kept", "missing", "outdated"]


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of a build. `missing` and `outdated` are said by a check only."""

    path: Path
    role: Role | Literal["lock"]
    language: str
    state: State
    missing_hooks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """What a build did, or a check found."""

    files: tuple[BuiltFile, ...]
    warnings: tuple[Diagnostic, ...]

    @property
    def in_step(self) -> bool:
        """Whether nothing was or is to be written."""
        return all(file.state in ("unchanged", "kept") for file in self.files)


def render(
    program: Program, language: str, *, templates: Templates | None = None
) -> tuple[Artifact, ...]:
    """Return the files of a program in one language.

    Raises:
        LanguageError: there is no renderer for it.
    """
    _refuse_unknown([language])
    renderer = languages.language(language)
    return renderer.render(program, templates or languages.own_templates())


def build(
    config: Path,
    output: Path | None = None,
    *,
    only: Sequence[str] = (),
    check: bool = False,
    add_missing_hooks: bool = False,
) -> Build:
    """Build a configuration into a folder, by default the configuration's own.

    `only` names the languages to build instead of those of the file. With several languages
    each has a folder of its own below the output. A check writes nothing.

    Raises:
        ConfigFileError: the configuration cannot be read.
        ConfigError: it is wrong.
        LanguageError: a language of `only` has no renderer.
        OutputError: a file cannot be read or written; `EditedFileError` when a generated file
            was edited, `ManifestError` when a manifest cannot be added to.
    """
    _refuse_unknown(only)
    read_config = read(config, languages=only)
    folder = output if output is not None else config.parent
    artifacts = _artifacts(read_config.program, only)
    make = _checked if check else _put
    files = make(artifacts, folder, add_missing_hooks)
    return Build(files, read_config.warnings)


def _checked(
    artifacts: Sequence[Artifact], folder: Path, add_missing_hooks: bool
) -> tuple[BuiltFile, ...]:
    changes = plan(artifacts, folder, add_missing_hooks=add_missing_hooks)
    lock = _lock(folder, lock_state(changes, folder))
    return (*(_found(folder, change) for change in changes), lock)


def _put(
    artifacts: Sequence[Artifact], folder: Path, add_missing_hooks: bool
) -> tuple[BuiltFile, ...]:
    """Compare and write while no other build can come between the two."""
    with staged(folder) as stage:
        changes = plan(artifacts, folder, add_missing_hooks=add_missing_hooks)
        refuse_edited(changes, folder)
        lock_changed = write_all(stage, changes)
    lock = _lock(folder, "written" if lock_changed else "unchanged")
    return (*(_written(folder, change) for change in changes), lock)


def _lock(folder: Path, state: State) -> BuiltFile:
    return BuiltFile(folder / LOCK_NAME, "lock", "", state)


def _refuse_unknown(names: Sequence[str]) -> None:
    known = languages.language_names()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LanguageError(unknown, known)


def _artifacts(program: Program, only: Sequence[str]) -> list[Artifact]:
    wanted = tuple(dict.fromkeys(only)) or program.languages
    apart = len(program.languages) > 1 or len(wanted) > 1
    return [
        replace(artifact, path=f"{name}/{artifact.path}") if apart else artifact
        for name in wanted
        for artifact in render(program, name)
    ]


def _found(folder: Path, change: Change) -> BuiltFile:
    artifact = change.artifact
    return BuiltFile(
        folder / artifact.path,
        artifact.role,
        artifact.language,
        change.state,
        change.missing_hooks,
    )


def _written(folder: Path, change: Change) -> BuiltFile:
    found = _found(folder, change)
    return replace(found, state="written") if change.is_due else found
