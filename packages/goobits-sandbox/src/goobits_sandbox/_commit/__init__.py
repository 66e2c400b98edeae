"""Copying back what a guest wrote: from the upper folder of an overlay onto the host's folder.

What the guest left is hostile, and the host's folder may change at any moment. So nothing is ever
reached by a path: every folder is opened by its name in the one above it, and never through a link.
"""

from __future__ import annotations

import os

from goobits_sandbox._commit._descent import Descent
from goobits_sandbox._commit._taking import Taking
from goobits_sandbox._commit._upper import TooManyError, found_in
from goobits_sandbox._outcome import Changes, Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["commit"]


def commit(
    upper: int,
    root: str,
    *,
    allows: Callable[[str], bool],
    since: int,
    entries: int = 1_000_000,
    reports: int = 1000,
) -> Changes:
    """Make the changes in the folder `upper` to the host's folder `root`, as far as allowed.

    `allows` is asked with paths relative to the root. What changed on the host after `since`
    (nanoseconds, the ctime of a file made when the run began) is left as it is. With more than
    `entries` entries nothing is taken; of what is refused, at most `reports` are told.

    Each file is replaced as a whole: killed at any moment, a file is the old or the new one. Only
    what is replaced is flushed to the disk first: losing power may cost what the guest made, and
    never what was there before. Not thread-safe for one `upper`.
    """
    try:
        found = found_in(upper, entries)
        folder = _opened(root)
    except TooManyError:
        why = f"more than {entries} files and folders: nothing was taken"
        return Changes(refused=(Refused(root, why),))
    except OSError as error:
        why = f"it cannot be opened any more: {error.strerror}"
        return Changes(refused=(Refused(root, why),))
    try:
        with Descent(upper) as source, Descent(folder) as target:
            taking = Taking(source, target, root, allows, since, entries, reports)
            return taking.take(found)
    finally:
        os.close(folder)


def _opened(path: str) -> int:
    """Open a folder by its absolute path, through no link."""
    descriptor = os.open("/", os.O_PATH | os.O_DIRECTORY)
    for name in path.split("/"):
        if name:
            above, flags = descriptor, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW
            try:
                descriptor = os.open(name, flags, dir_fd=above)
            finally:
                os.close(above)
    try:
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=descriptor)
    finally:
        os.close(descriptor)
