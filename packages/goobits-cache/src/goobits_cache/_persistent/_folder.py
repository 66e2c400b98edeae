"""The folder of a cache: made for its owner alone, and refused when others could write it."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISLNK

from goobits_cache._persistent._files import is_ours

_SHARED = 0o022  # the modes that let others write


def prepare(path: str) -> str:
    """Make the folder when it is missing; return why it cannot be trusted or used, or "".

    The rules, for the folder and for a symbolic link to it: it belongs to who runs this
    process, and nobody else can write it. Who can rename what lies above it can take it away;
    `_files` sees to it that they put nothing in its place.
    """
    try:
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            os.makedirs(path, mode=0o700, exist_ok=True)
            found = os.lstat(path)
        problem = _of_owner(path, found)
        if not problem and S_ISLNK(found.st_mode):
            found = os.stat(path)
            problem = _of_owner(path, found)
    except OSError as error:
        return (
            f"{path} cannot be used: {error.strerror or error}; "
            "make it a folder that you can write, or name another"
        )
    if problem:
        return problem
    if not S_ISDIR(found.st_mode):
        return f"{path} is no folder; remove it, or name another"
    if os.name == "posix" and found.st_mode & _SHARED:
        return f"{path} can be written by others; empty it, then: chmod 700 {path}"
    return ""


def _of_owner(path: str, found: os.stat_result) -> str:
    if is_ours(found):
        return ""
    return (
        f"{path} belongs to another user, number {found.st_uid}; "
        "name a folder of your own"
    )
