"""Which versions were revoked: the lines of `advisories.tsv`.

A line is plugin TAB version-or-* TAB sha256-or-* TAB reason. Part of every run of a plugin, also
where there is no network: what cannot be read as such refuses to run anything.
"""

from __future__ import annotations

import os
import stat

from goobits_plugin._errors import RefusedError
from goobits_plugin._store._folders import check_private

FILE = "advisories.tsv"
EVERY = "*"


def revoked(root: str, name: str, version: str, sha256: str) -> str:
    """Return why a version of a plugin must not run, or nothing where it may.

    Raises:
        RefusedError: the advisories are damaged, or not the user's own.
    """
    for plugin, which, content, reason in read(root):
        if (
            plugin == name
            and (which == EVERY or release(which) == release(version))
            and content in (EVERY, sha256)
        ):
            return reason
    return ""


def read(root: str) -> list[list[str]]:
    """Return the four fields of every line.

    Raises:
        RefusedError: a line is damaged, or the file is not the user's own.
    """
    path = f"{root}/{FILE}"
    try:
        text = _content(path).decode()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        if isinstance(error, RefusedError):
            raise
        raise _damaged(path, f"cannot be read: {error}") from error
    if text and not text.endswith("\n"):
        raise _damaged(path, "is cut off")
    rows = [line.split("\t") for line in text.split("\n")[:-1]]
    for number, row in enumerate(rows, 1):
        if len(row) != 4 or not all(row) or "/" not in row[0]:
            raise _damaged(path, f"is damaged in line {number}")
    return rows


def release(version: str) -> str:
    """Return the one spelling of versions that are equal: 1, 1.0 and v1.0.0 are one."""
    version = version.lower().removeprefix("v")
    while version.endswith(".0"):
        version = version[:-2]
    return version


def _content(path: str) -> bytes:
    opening = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    with open(os.open(path, opening), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise _damaged(path, "is not a file")
        check_private(path, found)
        return file.read()


def _damaged(path: str, how: str) -> RefusedError:
    return RefusedError(
        f"{path} {how}: it says which plugins are revoked, and without it none is run",
        hint="mend the line, or remove the file when you know what it said",
    )
