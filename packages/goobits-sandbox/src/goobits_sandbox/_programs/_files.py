"""Questions about paths and small files of the host, none of which waits or reads without end."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_LINKS = 40
_LONGEST = 65536


def is_below(path: str, folder: str) -> bool:
    """Tell whether a path is the folder, or lies in it."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def is_of_system(path: str) -> bool:
    """Tell whether every guest sees the path anyway."""
    return any(is_below(path, root) for root in _SYSTEM)


def is_program(path: str) -> bool:
    """Tell whether a path is a regular file that this process may execute."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode) and os.access(path, os.X_OK)
    except (OSError, ValueError):
        return False


def entries(folder: str) -> list[str]:
    """Return the names in a folder, sorted; none where it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def head(path: str, most: int) -> bytes:
    """Return the first bytes of a regular file; none of anything else.

    A FIFO or a device that is put there meanwhile is neither waited for nor read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return b""
    try:
        is_regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return os.read(descriptor, most) if is_regular else b""
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def text(path: str) -> str:
    """Return what a small file says, "" where it is not there."""
    return os.fsdecode(head(path, _LONGEST))


def upwards(folder: str) -> Iterator[str]:
    """Yield the folder and all that are above it."""
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def hops(file: str) -> list[str]:
    """Return the paths that lead from a file, over its links, to the real one."""
    real, found = os.path.realpath(file), [file]
    while len(found) < _LINKS:
        try:
            target = os.readlink(found[-1])
        except OSError:
            break
        folder = os.path.realpath(os.path.dirname(found[-1]))
        found.append(os.path.normpath(os.path.join(folder, target)))
    return [*(path for path in found if path != real), real]


def outermost(trees: set[str]) -> tuple[str, ...]:
    """Return the trees that lie in no other one, sorted."""
    return tuple(
        tree
        for tree in sorted(trees)
        if not any(other != tree and is_below(tree, other) for other in trees)
    )
