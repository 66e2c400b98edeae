"""The way from a goobits.yaml to files: read, render, compare, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from goobits_engine import languages
from goobits_engine._artifacts import Artifact, Role
from goobits_engine._config import Config, Diagnostic, format_text, parse, read_text
from goobits_engine._errors import LanguageError, OutputError
from goobits_engine._output import (
    LOCK_NAME,
    Change,
    lock_content,
    lock_state,
    plan,
    refuse_edited,
    staged,
    write_all,
)
from goobits_engine._program import Program
from goobits_engine._settled import (
    Settled,
    SettledFile,
    Store,
    fingerprint,
    remember,
)
from goobits_engine._tables import walk
from goobits_engine.languages import Templates

Phase = Callable[[str], AbstractContextManager[object]]
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
    templates: Templates | None = None,
    kept: Store | None = None,
    phase: Phase = nullcontext,
) -> Build:
    """Build a configuration into a folder, by default the configuration's own.

    `only` names the languages to build instead of those of the file. With several languages
    each has a folder of its own below the output. A check writes nothing.

    `templates` are where compiled ones come from, `kept` is where programs that were read and
    builds that are settled are kept by their content, and `phase` makes the context of each
    phase, by its name: `read`, `render`, `compare`, `write`.

    Raises:
        ConfigFileError: the configuration cannot be read.
        ConfigError: it is wrong.
        LanguageError: a language of `only` has no renderer.
        OutputError: a file cannot be read or written; `EditedFileError` when a generated file
            was edited, `ManifestError` when a manifest cannot be added to.
    """
    _refuse_unknown(only)
    folder = output if output is not None else config.parent
    with phase("read"):
        text = read_text(config)
        found = _parsed(text, str(config), only, kept)
    with phase("render"):
        artifacts = _artifacts(found.program, only, templates)
    with phase("compare" if check else "write"):
        make = _checked if check else _put
        files, changes = make(artifacts, folder, add_missing_hooks)
    done = Build(files, found.warnings)
    if kept is not None and (done.in_step or not check):
        settled = _settled(folder, changes, done)
        if settled is not None:
            place = None if output is None else str(output)
            remember(str(config), place, only, add_missing_hooks, kept, text, settled)
    return done


def _parsed(text: str, name: str, only: Sequence[str], kept: Store | None) -> Config:
    if kept is None:
        return parse(text, name, languages=only)
    from goobits_engine._config._kept import parse_kept

    return parse_kept(text, name, languages=only, kept=kept)


def _settled(folder: Path, changes: Sequence[Change], done: Build) -> Settled | None:
    """Return what the next build will find, unless somebody else is at work here, too."""
    try:
        lock = lock_content(changes, folder)
    except OutputError:  # the next build says so; this one has ended well
        return None
    if lock is None:
        return None
    files = [_settled_file(folder, change) for change in changes]
    path = (folder / LOCK_NAME).as_posix()
    files.append(SettledFile(path, "lock", "", "unchanged", fingerprint(lock)))
    warnings = format_text(done.warnings) if done.warnings else ""
    return Settled(tuple(files), warnings)


def _settled_file(folder: Path, change: Change) -> SettledFile:
    artifact = change.artifact
    return SettledFile(
        (folder / artifact.path).as_posix(),
        artifact.role,
        artifact.language,
        "kept" if artifact.once else "unchanged",
        fingerprint(change.content if change.is_due else change.present),
        () if change.is_due else change.missing_hooks,
    )


def _checked(
    artifacts: Sequence[Artifact], folder: Path, add_missing_hooks: bool
) -> tuple[tuple[BuiltFile, ...], tuple[Change, ...]]:
    changes = plan(artifacts, folder, add_missing_hooks=add_missing_hooks)
    lock = _lock(folder, lock_state(changes, folder))
    return (*(_found(folder, change) for change in changes), lock), changes


def _put(
    artifacts: Sequence[Artifact], folder: Path, add_missing_hooks: bool
) -> tuple[tuple[BuiltFile, ...], tuple[Change, ...]]:
    """Compare and write while no other build can come between the two."""
    with staged(folder) as stage:
        changes = plan(artifacts, folder, add_missing_hooks=add_missing_hooks)
        refuse_edited(changes, folder)
        lock_changed = write_all(stage, changes)
    lock = _lock(folder, "written" if lock_changed else "unchanged")
    return (*(_written(folder, change) for change in changes), lock), changes


def _lock(folder: Path, state: State) -> BuiltFile:
    return BuiltFile(folder / LOCK_NAME, "lock", "", state)


def _refuse_unknown(names: Sequence[str]) -> None:
    known = languages.language_names()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LanguageError(unknown, known)


def _artifacts(
    program: Program, only: Sequence[str], templates: Templates | None
) -> list[Artifact]:
    wanted = tuple(dict.fromkeys(only)) or program.languages
    apart = len(program.languages) > 1 or len(wanted) > 1
    return [
        replace(artifact, path=f"{name}/{artifact.path}") if apart else artifact
        for name, made in zip(
            wanted, _rendered(program, wanted, templates), strict=True
        )
        for artifact in made
    ]


def _rendered(
    program: Program, wanted: Sequence[str], templates: Templates | None
) -> list[tuple[Artifact, ...]]:
    def rendered(name: str) -> tuple[Artifact, ...]:
        return render(program, name, templates=templates)

    if len(wanted) > 1:
        from goobits_engine import _halves as halves

        if halves.can_halve(len(wanted), len(walk(program.root))):
            return halves.by_halves(rendered, wanted)
    return [rendered(name) for name in wanted]


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
