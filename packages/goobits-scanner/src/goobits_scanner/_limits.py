"""How much of a package a scan looks at before it says that it could not."""

from __future__ import annotations

from typing import NamedTuple

MIB = 1 << 20


class Limits(NamedTuple):
    """Bounds of one scan; sizes are in bytes, times in seconds.

    `file_size` bounds a file that is read whole; of a larger one only so much is looked at and
    the rest is said to be unscanned. `total_size` and `files` bound a folder or what an archive
    unpacks to, `ratio` how far an archive may unpack, `depth` how deep folders nest, `nesting`
    how deep archives lie in archives, `parse_seconds` the parsing of one file.
    """

    file_size: int = 8 * MIB
    total_size: int = 2048 * MIB
    files: int = 200_000
    ratio: int = 200
    depth: int = 64
    nesting: int = 2
    parse_seconds: float = 5.0
