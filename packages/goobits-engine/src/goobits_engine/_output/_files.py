"""Read what lies in an output folder, and find where a file really is."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from goobits_engine._errors import OutputError


def read_file(path: Path) -> bytes | None:
    """Return what a regular file holds, or None when there is nothing.

    Anything else is refused unread: a pipe would block, a device never end.

    Raises:
        OutputError: it cannot be read, or is no regular file.
    """
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            return path.read_bytes()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise OutputError.of(error, path) from error
    except (OSError, ValueError) as error:
        raise OutputError.of(error, path, "read") from error
    hint = "move it away and build again"
    raise OutputError(f"{path} is not a regular file", path, hint)


def place_of(folder: Path, name: str) -> Path:
    """Return the path of a file of a folder, with the links below the folder followed.

    Raises:
        OutputError: a link leads out of the folder.
    """
    path = folder / name
    try:
        home, real = os.path.realpath(folder), os.path.realpath(path)
    except OSError as error:
        raise OutputError.of(error, path) from error
    if not Path(real).is_relative_to(home):
        hint = "put a file or a folder where the symbolic link is"
        raise OutputError(f"{path} leads out of {folder}", path, hint)
    return folder / Path(real).relative_to(home)
