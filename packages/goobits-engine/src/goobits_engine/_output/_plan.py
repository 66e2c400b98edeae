"""Compare what a build made with what is on the disk, without writing anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from goobits_engine._artifacts import Artifact, Merge
from goobits_engine._errors import EditedFileError, ManifestError
from goobits_engine._output._files import read_file
from goobits_engine._output._lock import LOCK_NAME, Lock, plain_lines

State = Literal["missing", "outdated", "unchanged", "kept"]


@dataclass(frozen=True, slots=True)
class Change:
    """One artifact and its state on the disk.

    `present` is what the file holds, `content` what it must hold afterwards; `missing_hooks`
    are hooks of the program that an existing hooks file never names.
    """

    artifact: Artifact
    state: State
    present: bytes
    content: bytes
    missing_hooks: tuple[str, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether the file has to be written."""
        return self.state in ("missing", "outdated")


def plan(
    artifacts: Iterable[Artifact], folder: Path, *, add_missing_hooks: bool = False
) -> tuple[Change, ...]:
    """Return the state of every artifact below a folder, which need not be there.

    Raises:
        OutputError: something on the disk cannot be read, or is no regular file;
            `ManifestError` when a manifest cannot be added to.
    """
    return tuple(
        _compare(artifact, folder, add_missing_hooks) for artifact in artifacts
    )


def lock_state(changes: Iterable[Change], folder: Path) -> State:
    """Return the state that the lock of a folder is in, compared with these changes.

    Raises:
        OutputError: it cannot be read.
    """
    lock = Lock.read(folder)
    if lock.settled(owned(changes)) == lock:
        return "unchanged"
    return "outdated" if lock.files else "missing"


def lock_content(changes: Iterable[Change], folder: Path) -> bytes | None:
    """Return what the lock file of a folder holds, or None when that is not these changes.

    Raises:
        OutputError: it cannot be read.
    """
    present = read_file(folder / LOCK_NAME)
    lock = Lock.of(present, folder)
    return present if lock.settled(owned(changes)) == lock else None


def owned(changes: Iterable[Change]) -> dict[str, bytes]:
    """Return what the generated files must hold, by their paths."""
    return {c.artifact.path: c.content for c in changes if not c.artifact.once}


def refuse_edited(changes: Iterable[Change], folder: Path) -> None:
    """Refuse to replace a file that no build has written.

    Raises:
        EditedFileError: there are such files.
        OutputError: the lock file cannot be read.
    """
    lock = Lock.read(folder)
    edited = [
        change.artifact.path
        for change in changes
        if change.state == "outdated" and not change.artifact.once
        if not lock.owns(change.artifact.path, change.present)
    ]
    if edited:
        strange = not any(map(lock.knows, edited))
        raise EditedFileError([folder / path for path in edited], strange=strange)


def _compare(artifact: Artifact, folder: Path, append: bool) -> Change:
    content = artifact.content.encode()
    present = read_file(folder / artifact.path)
    if present is None:
        return Change(artifact, "missing", b"", content)
    if not artifact.once:
        state: State = "unchanged" if plain_lines(present) == content else "outdated"
        return Change(artifact, state, present, content)
    if artifact.merge is not None:
        return _merged(artifact, artifact.merge, present, folder)
    known = set(re.findall(rb"\w+", present))
    missing = [
        stub
        for stub in artifact.stubs
        if not any(name.encode() in known for name in stub.names)
    ]
    names = tuple(stub.names[0] for stub in missing)
    if not (append and missing):
        return Change(artifact, "kept", present, present, names)
    added = "".join(stub.text for stub in missing).encode()
    extended = present.rstrip(b"\n") + b"\n" + added
    return Change(artifact, "outdated", present, extended)


def _merged(artifact: Artifact, merge: Merge, present: bytes, folder: Path) -> Change:
    """Add to a file of the author's what the program needs and it lacks."""
    path = folder / artifact.path
    try:
        content = merge(present.decode()).encode()
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8, and build again"
        message = f"cannot add to {path}: it is not UTF-8 at byte {error.start + 1}"
        raise ManifestError(message, path, hint) from error
    except ValueError as error:
        hint = "mend it, and build again"
        raise ManifestError(f"cannot add to {path}: {error}", path, hint) from error
    state: State = "kept" if content == present else "outdated"
    return Change(artifact, state, present, content)
