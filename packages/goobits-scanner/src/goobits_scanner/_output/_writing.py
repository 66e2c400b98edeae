"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import stat


def write_whole(path: str, text: str) -> None:
    """Replace a file by one with this text, which must be ASCII or well-formed.

    What is no regular file (a terminal, a pipe) is written to as it is. A link stays a link.

    Raises:
        OSError: it can't be written; the old file is as it was.
    """
    data = text.encode()
    if _is_stream(path):
        with open(path, "wb") as stream:
            stream.write(data)
        return
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise IsADirectoryError(21, os.strerror(21), path)
    folder, name = os.path.split(target)
    new = os.path.join(folder, f".{name[:100]}.{os.urandom(8).hex()}")
    try:
        with open(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb"
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, target)
    except BaseException:
        if os.path.lexists(new):
            os.unlink(new)
        raise


def _is_stream(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
