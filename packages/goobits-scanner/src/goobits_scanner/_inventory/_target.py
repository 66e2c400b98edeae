"""The target of a scan: a folder, a file or an archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from goobits_scanner._errors import TargetError
from goobits_scanner._inventory._budget import Budget, Exhausted, printable
from goobits_scanner._inventory._file import open_target, read_open_file, special_kind
from goobits_scanner._inventory._walk import walk
from goobits_scanner._limits import Limits
from goobits_scanner._source import Source, Unread


def inventory(
    path: str | os.PathLike[str], limits: Limits
) -> Iterator[Source | Unread]:
    """Yield every file, one in memory at a time, and what can't be looked at.

    Folders and zip archives come in the order of names, tar archives in their own. Everything is
    included, whatever its name, but for git's objects: they are compressed, nothing loads them,
    and only what has both their name and their first bytes is left out. No link is followed,
    nothing is written, run or imported. Where a limit of the whole is reached, the last that
    comes is an `Unread` that says so.

    Raises:
        TargetError: there is no folder or file at this path that can be read.
    """
    target = os.fsdecode(path)
    try:
        mode = os.stat(target).st_mode
    except (OSError, ValueError) as error:
        raise _no_target(target, error) from None
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        kind = special_kind(mode) or "no file"
        raise TargetError(
            f"{printable(target)} is {kind}", hint="name a folder, an archive or a file"
        )
    return _read(target, Budget(limits))


def _no_target(target: str, error: Exception) -> TargetError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return TargetError(
        f"{printable(target)} can't be read: {reason}",
        hint="name a folder, an archive or a file",
    )


def _read(target: str, budget: Budget) -> Iterator[Source | Unread]:
    name = printable(os.path.basename(os.path.abspath(target))) or target
    try:
        descriptor = open_target(target)
    except OSError as error:
        raise _no_target(target, error) from None
    try:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            yield from walk(target, descriptor, budget)
        else:
            yield from read_open_file(descriptor, name, budget, is_target=True)
    except Exhausted as limit:
        yield Unread(name, limit.reason)
    except OSError as error:
        yield Unread(name, f"it can't be read: {error.strerror}")
    finally:
        os.close(descriptor)
