"""Write files so that a kill at any moment leaves the old state or the new one.

Everything is written and synced beside its place first, both lock files too; what is left then
are renames: the lock that knows old and new, the files, the lock that knows the new only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from goobits_engine._errors import OutputError
from goobits_engine._output._lock import LOCK_NAME, Lock
from goobits_engine._output._plan import Change


def write_all(changes: tuple[Change, ...], folder: Path) -> bool:
    """Write what is due and the lock; return whether the lock changed.

    Raises:
        OutputError: something could not be written; then nothing was changed, unless renaming
            itself failed half-way, which the next build mends.
    """
    owned = {c.artifact.path: c.content for c in changes if not c.artifact.once}
    due = [change for change in changes if change.is_due]
    if not due and Lock.read(folder) == Lock.read(folder).settled(owned):
        return False
    with _staged(folder) as stage:
        lock = Lock.read(folder)
        settled = lock.settled(owned)
        for change in due:
            stage.add(change.artifact.path, change.content, change.artifact.executable)
        both = stage.add(LOCK_NAME, lock.having(owned).dump(), suffix=".old-and-new")
        stage.add(LOCK_NAME, settled.dump())
        stage.commit(both)
    return settled != lock


def replace_file(path: Path, content: bytes) -> None:
    """Write one file, whole or not at all.

    Raises:
        OutputError: it could not be written; then nothing was changed.
    """
    with _staged(path.parent) as stage:
        stage.add(path.name, content)
        stage.commit()


class _Stage:
    """Files that are written but not yet in their place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pending: dict[Path, Path] = {}
        self._made: list[Path] = []

    def add(
        self, name: str, content: bytes, executable: bool = False, suffix: str = ""
    ) -> tuple[Path, Path]:
        """Write and sync a file beside its place; return where it is, and its place."""
        path = self._folder / name
        self.make_folder(path.parent)
        staged = path.with_name(f".{path.name}.goobits-new{suffix}")
        self._pending[staged] = path
        _write(staged, content, _mode(path, executable))
        return staged, path

    def commit(self, first: tuple[Path, Path] | None = None) -> None:
        """Rename everything into place, `first` first, the rest in the order of adding."""
        if first is not None:
            self._rename(*first)
        for staged, path in list(self._pending.items()):
            self._rename(staged, path)
        self._made.clear()

    def discard(self) -> None:
        """Remove what was staged and not committed, and the folders made for it."""
        for staged in self._pending:
            staged.unlink(missing_ok=True)
        for folder in reversed(self._made):
            try:
                folder.rmdir()
            except OSError:
                continue

    def _rename(self, staged: Path, path: Path) -> None:
        try:
            os.replace(staged, path)
            _sync_folder(path.parent)
        except OSError as error:
            raise OutputError.of(error, path) from error
        del self._pending[staged]

    def make_folder(self, folder: Path) -> None:
        """Make a folder and what is missing above it."""
        missing = []
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            try:
                path.mkdir()
            except FileExistsError:
                continue
            except OSError as error:
                raise OutputError.of(error, path) from error
            self._made.append(path)


@contextmanager
def _staged(folder: Path) -> Iterator[_Stage]:
    stage = _Stage(folder)
    try:
        stage.make_folder(folder)
        with _locked(folder):
            yield stage
    finally:
        stage.discard()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other builds out of a folder; the lock goes with the process that holds it."""
    if os.name != "posix":
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _mode(path: Path, executable: bool) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o777 if executable else 0o666


def _write(path: Path, content: bytes, mode: int) -> None:
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise OutputError.of(error, path) from error


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
