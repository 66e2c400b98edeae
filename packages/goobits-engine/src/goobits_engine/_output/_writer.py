"""Write files so that a kill at any moment leaves the old state or the new one.

Everything is written and synced beside its place first, both lock files too; what is left then
are renames: the lock that knows old and new, the files, the lock that knows the new only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from goobits_engine._errors import OutputError
from goobits_engine._output._files import place_of
from goobits_engine._output._lock import LOCK_NAME, Lock
from goobits_engine._output._plan import Change, owned


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Make a folder and keep other builds out of it; what is not committed is discarded.

    Raises:
        OutputError: the folder cannot be made or opened.
    """
    stage = Stage(folder)
    try:
        stage.make_folder(folder)
        with _locked(folder):
            yield stage
    finally:
        stage.discard()


def write_all(stage: Stage, changes: tuple[Change, ...]) -> bool:
    """Write what is due and the lock; return whether the lock changed.

    Raises:
        OutputError: something could not be written; then nothing was changed, unless renaming
            itself failed half-way, which the next build mends.
    """
    contents = owned(changes)
    due = [change for change in changes if change.is_due]
    lock = Lock.read(stage.folder)
    settled = lock.settled(contents)
    if not due and settled == lock:
        return False
    for change in due:
        stage.add(change.artifact.path, change.content, change.artifact.executable)
    both = stage.add(LOCK_NAME, lock.having(contents).dump(), suffix=".old-and-new")
    stage.add(LOCK_NAME, settled.dump())
    stage.commit(both)
    return settled != lock


class Stage:
    """Files of one folder that are written but not yet in their place."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pending: dict[Path, Path] = {}
        self._made: list[Path] = []

    def add(
        self, name: str, content: bytes, executable: bool = False, suffix: str = ""
    ) -> tuple[Path, Path]:
        """Write and sync a file beside its place; return where it is, and its place."""
        path = place_of(self.folder, name)
        self.make_folder(path.parent)
        temporary = path.with_name(f".{path.name}.goobits-new{suffix}")
        if temporary in self._pending:
            hint = "choose another path, or remove the symbolic link between them"
            raise OutputError(f"two files would be {path}", path, hint)
        self._pending[temporary] = path
        try:
            _write(temporary, content, path, executable)
        except OSError as error:
            raise OutputError.of(error, path) from error
        return temporary, path

    def commit(self, first: tuple[Path, Path] | None = None) -> None:
        """Rename everything into place, `first` first, the rest in the order of adding."""
        if first is not None:
            self._rename(*first)
        for temporary, path in list(self._pending.items()):
            self._rename(temporary, path)
        self._made.clear()

    def discard(self) -> None:
        """Remove what was staged and not committed, and the folders made for it."""
        for temporary in self._pending:
            with suppress(OSError):
                temporary.unlink()
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()

    def make_folder(self, folder: Path) -> None:
        """Make a folder and what is missing above it."""
        path = folder
        try:
            missing = []
            while not path.exists():
                missing.append(path)
                path = path.parent
            for path in reversed(missing):
                if self._make(path):
                    self._made.append(path)
        except (OSError, ValueError) as error:
            raise OutputError.of(error, path) from error

    @staticmethod
    def _make(folder: Path) -> bool:
        """Make one folder; return whether it was not there by now."""
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise
            return False
        return True

    def _rename(self, temporary: Path, path: Path) -> None:
        try:
            os.replace(temporary, path)
            _sync_folder(path.parent)
        except OSError as error:
            raise OutputError.of(error, path) from error
        del self._pending[temporary]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; it goes with the process that holds it."""
    if os.name != "posix":
        yield
        return
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise OutputError.of(error, folder, "read") from error
    try:
        with suppress(OSError):  # some file systems of a network have no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _write(temporary: Path, content: bytes, path: Path, executable: bool) -> None:
    """Write and sync a file that shall replace another one, with that one's mode."""
    mode = None
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode & 0o777
    fresh = 0o777 if executable else 0o666
    temporary.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    descriptor = os.open(temporary, flags, fresh if mode is None else mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    if mode is not None:
        temporary.chmod(mode)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
