"""What kept things are found by: digests of what they were made of, and by which code.

Read by every run, also by one that has nothing to do, so it imports what costs least.
"""

from __future__ import annotations

import os
import sys

try:
    from _blake2 import blake2b
except ImportError:  # an interpreter that has it elsewhere
    from hashlib import blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def digest(parts: Iterable[bytes]) -> str:
    """Return 128 bits, in hex, of byte strings in this order."""
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.hexdigest()


def code_stamp(folder: str = os.path.dirname(__file__)) -> bytes:
    """Return what changes when a file of this package does, or the interpreter.

    It looks at names, sizes and times of about 150 files and opens none: a third of a
    millisecond.
    """
    files = "\n".join(sorted(_files(folder)))
    return f"{sys.implementation.cache_tag}\n{files}".encode("utf-8", "surrogateescape")


def _files(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
