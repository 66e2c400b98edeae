"""Writes the files of an archive below a descriptor, and nowhere else."""

from __future__ import annotations

import os

from goobits_plugin._archive._values import Archive
from goobits_plugin._errors import StoreError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def extract(archive: Archive, into: int) -> None:
    """Write an archive's files into an empty folder, and make them read-only.

    `into` is the folder's descriptor; its own mode is left as it is, since a folder that cannot
    be written cannot be moved to another one either. Files get the mode 0444 or 0555, folders
    0555, whatever the umask. Nothing is synchronised to the disk.

    Raises:
        StoreError: it is not empty, or cannot be written; `remove_tree` takes away what is there.
    """
    path = "."
    try:
        if os.listdir(into):
            raise StoreError("the folder to extract into is not empty")
        with _Folders(into) as folders:
            for member in archive.members:
                path = member.path
                above, _, name = path.rpartition("/")
                at = folders.enter(above.split("/") if above else [])
                mode = 0o555 if member.executable else 0o444
                _write(at, name, archive.content(member), mode)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        reason = error.strerror or str(error)
        raise StoreError(f"cannot write {path!r}: {reason}") from error


def _write(at: int, name: str, content: memoryview, mode: int) -> None:
    descriptor = os.open(name, _FILE, 0o600, dir_fd=at)
    try:
        while content:
            content = content[os.write(descriptor, content) :]
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


class _Folders:
    """The open folders from the root to where the next file is written.

    The paths come sorted, so that a folder that is left is not entered again.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._open: list[tuple[str, int]] = []

    def __enter__(self) -> _Folders:
        return self

    def __exit__(self, *error: object) -> None:
        while self._open:
            self._leave()

    def enter(self, parts: list[str]) -> int:
        """Return the descriptor of a folder, which is made when it was not entered before."""
        shared = 0
        for (name, _), part in zip(self._open, parts, strict=False):
            if name != part:
                break
            shared += 1
        while len(self._open) > shared:
            self._leave()
        for part in parts[shared:]:
            self._make(part)
        return self._open[-1][1] if self._open else self._root

    def _make(self, name: str) -> None:
        above = self._open[-1][1] if self._open else self._root
        os.mkdir(name, 0o755, dir_fd=above)
        self._open.append((name, os.open(name, _FOLDER, dir_fd=above)))

    def _leave(self) -> None:
        _, descriptor = self._open.pop()
        try:
            os.fchmod(descriptor, 0o555)
        finally:
            os.close(descriptor)
