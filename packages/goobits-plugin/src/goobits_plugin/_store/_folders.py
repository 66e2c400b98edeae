"""Where the plugins of a user lie, and whether nobody else can change them.

Part of every run of a plugin: it imports nothing but `os` and `stat`.
"""

from __future__ import annotations

import os
import stat

from goobits_plugin._errors import RefusedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def data_folder(environ: Mapping[str, str]) -> str:
    """Return the folder of a user's plugins, by the XDG rule; it need not be there."""
    data = environ.get("XDG_DATA_HOME", "")
    if not os.path.isabs(data):
        home = environ.get("HOME", "")
        if not os.path.isabs(home):
            home = os.path.expanduser("~")
        data = f"{home}/.local/share"
    return f"{data}/goobits/plugins"


def check_own(root: str) -> None:
    """See that the folder of plugins and the one above it are the user's own.

    What is not there is nobody else's. A link has to be the user's too, and so has what it leads
    to, in a folder where nobody else can put another thing in its place.

    Raises:
        RefusedError: another user owns one, or can write to it.
    """
    for path in (os.path.dirname(root), root):
        try:
            found = os.lstat(path)
            if stat.S_ISLNK(found.st_mode):
                _check_owner(path, found)
                path = os.path.realpath(path)
                _check_above(os.path.dirname(path))
                found = os.lstat(path)
        except RefusedError:
            raise
        except FileNotFoundError:
            continue
        except OSError as error:
            raise RefusedError(f"{path} cannot be read: {error.strerror}") from error
        check_private(path, found)


def check_private(path: str, found: os.stat_result) -> None:
    """See that the user owns a file or folder and that nobody else can write to it.

    Raises:
        RefusedError: it is not so.
    """
    _check_owner(path, found)
    if found.st_mode & _OTHERS:
        raise RefusedError(
            f"{path} can be written by others than you, who could put their own plugins there",
            hint=f"look at what is in it, then take that away: chmod go-w {path}",
        )


def _check_owner(path: str, found: os.stat_result) -> None:
    if found.st_uid != os.geteuid():
        raise RefusedError(
            f"{path} belongs to another user, whose plugins are not run",
            hint="let XDG_DATA_HOME be a folder of your own",
        )


def _check_above(path: str) -> None:
    """See that what a link leads to cannot be exchanged: as in `/tmp`, or by nobody else."""
    found = os.stat(path)
    if found.st_uid not in (0, os.geteuid()):
        _check_owner(path, found)
    if found.st_mode & _OTHERS and not found.st_mode & stat.S_ISVTX:
        raise RefusedError(
            f"{path} can be written by others than you, who could put their own plugins there",
            hint=f"take that away: chmod go-w {path}",
        )
