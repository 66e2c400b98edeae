"""What an overlay's upper folder says that a guest did.

The tree is still, as every guest process is dead, but nothing in it is trusted.
"""

from __future__ import annotations

import os
import stat

from goobits_sandbox._commit._descent import DEEPEST, FOLDER, Descent
from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final, Literal

    Kind = Literal["folder", "file", "link", "gone", "strange"]

_MARK: Final = "user.overlay."
_WHITEOUT: Final = f"{_MARK}whiteout"
_OPAQUE: Final = f"{_MARK}opaque"
_UNKNOWN: Final = frozenset((f"{_MARK}redirect", f"{_MARK}metacopy"))
_KINDS: Final = (
    (stat.S_ISFIFO, "is a FIFO"),
    (stat.S_ISSOCK, "is a socket"),
    (stat.S_ISCHR, "is a device"),
    (stat.S_ISBLK, "is a device"),
)


class TooManyError(Exception):
    """There is more below a folder than anybody wants to look at."""


class Found(Frozen):
    """One entry of the upper folder: its names from the root, and what it is.

    `kept` holds the names in a folder whose old contents are gone, and is None where they are not.
    `why` says why something strange is never taken.
    """

    parts: tuple[str, ...]
    kind: Kind
    why: str = ""
    kept: frozenset[str] | None = None
    is_empty: bool = False


def found_in(upper: int, entries: int) -> list[Found]:
    """List the entries of an upper folder, each folder before what is in it.

    Raises:
        TooManyError: there are more than `entries`.
    """
    found: list[Found] = []
    pending: list[tuple[str, ...]] = [()]
    with Descent(upper) as descent:
        while pending:
            parts = pending.pop()
            folder = descent.open(parts[:-1])
            names = _names(folder, parts, found)
            if names is None:
                continue
            if len(found) + len(pending) + len(names) > entries:
                raise TooManyError
            for name in names:
                below = _look(descent.open(parts), (*parts, name))
                if below is None:
                    pending.append((*parts, name))
                else:
                    found.append(below)
    return found


def _names(above: int, parts: tuple[str, ...], found: list[Found]) -> list[str] | None:
    """Note a folder and return the names in it, or None where it is not entered."""
    if len(parts) >= DEEPEST:
        found.append(Found(parts, "strange", "lies too deep"))
        return None
    name = parts[-1] if parts else "."
    _unlock(above, name, 0o700)
    folder = os.open(name, FOLDER, dir_fd=above)
    try:
        marks = set(os.listxattr(folder))
        if marks & _UNKNOWN:
            found.append(Found(parts, "strange", "is marked as moved"))
            return None
        names = sorted(os.listdir(folder))
        is_opaque = _OPAQUE in marks and os.getxattr(folder, _OPAQUE) == b"y"
    finally:
        os.close(folder)
    kept = frozenset(names) if is_opaque else None
    found.append(Found(parts, "folder", "", kept, not names))
    return names


def _look(folder: int, parts: tuple[str, ...]) -> Found | None:
    """Return what an entry is, None for a folder."""
    name = parts[-1]
    status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    mode = status.st_mode
    if stat.S_ISDIR(mode):
        return None
    if stat.S_ISLNK(mode):
        return Found(parts, "link")
    if stat.S_ISREG(mode):
        return _look_at_file(folder, parts)
    if stat.S_ISCHR(mode) and status.st_rdev == 0:
        return Found(parts, "gone")
    why = next(why for is_it, why in _KINDS if is_it(mode))
    return Found(parts, "strange", why)


def _look_at_file(folder: int, parts: tuple[str, ...]) -> Found:
    file = open_file(folder, parts[-1])
    try:
        marks = set(os.listxattr(file))
    finally:
        os.close(file)
    if marks & _UNKNOWN:
        return Found(parts, "strange", "is marked as moved")
    return Found(parts, "gone" if _WHITEOUT in marks else "file")


def open_file(folder: int, name: str) -> int:
    """Open a regular file of the upper folder, whatever mode its writer gave it."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        return os.open(name, flags, dir_fd=folder)
    except PermissionError:
        _unlock(folder, name, 0o600)
        return os.open(name, flags, dir_fd=folder)


def _unlock(folder: int, name: str, mode: int) -> None:
    """Let the owner read what is no link: as that is known, and the tree is still."""
    status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    if not stat.S_ISLNK(status.st_mode) and status.st_mode & mode != mode:
        os.chmod(name, status.st_mode & 0o777 | mode, dir_fd=folder)
