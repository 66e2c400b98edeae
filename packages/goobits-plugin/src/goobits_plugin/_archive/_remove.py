"""Takes a read-only tree away without following links."""

from __future__ import annotations

import os
import stat

from goobits_plugin._errors import StoreError

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_DEEPEST = 64


def remove_tree(at: int, name: str) -> None:
    """Remove what has this name in a folder, with everything in it.

    `at` is the folder's descriptor. Folders are made writable on the way; a link is removed, not
    what it points to. A name that is not there is fine: an interrupted removal can be repeated.

    Raises:
        StoreError: something could not be removed.
    """
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise ValueError(f"not the name of a file or folder: {name!r}")
    try:
        _remove(at, name, _DEEPEST)
    except OSError as error:
        if isinstance(error, StoreError):
            raise
        reason = error.strerror or str(error)
        raise StoreError(f"cannot remove {name!r}: {reason}") from error


def _remove(at: int, name: str, depth: int) -> None:
    try:
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            _empty(at, name, depth)
            os.rmdir(name, dir_fd=at)
        else:
            os.unlink(name, dir_fd=at)
    except FileNotFoundError:
        return


def _empty(at: int, name: str, depth: int) -> None:
    if not depth:
        raise StoreError(f"folders are nested deeper than {_DEEPEST}")
    folder = os.open(name, _FOLDER, dir_fd=at)
    try:
        os.fchmod(folder, 0o700)
        for entry in os.listdir(folder):
            _remove(folder, entry, depth - 1)
    finally:
        os.close(folder)
