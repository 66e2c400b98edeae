"""Reads one file that may be anything, and may change meanwhile."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator

from goobits_scanner._inventory._archive import (
    archive_source,
    kind_of_blob,
    read_members,
)
from goobits_scanner._inventory._blob import DataBlob, FileBlob
from goobits_scanner._inventory._budget import Budget, too_large
from goobits_scanner._inventory._magic import is_only_archive
from goobits_scanner._source import Source, Unread

Read = Callable[[int, int], bytes]
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
FLAGS = _OPEN | os.O_NOFOLLOW
_PIECE = 1 << 20
_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def special_kind(mode: int) -> str:
    """Return what is neither a file nor a folder nor a link, in words, or ""."""
    return next((kind for is_kind, kind in _KINDS if is_kind(mode)), "")


def open_target(path: str) -> int:
    """Open what the caller named, through links if need be."""
    return os.open(path, _OPEN)


def read_open_file(
    descriptor: int,
    name: str,
    budget: Budget,
    *,
    is_target: bool = False,
    read: Read = os.read,
) -> Iterator[Source | Unread]:
    """Yield a file, the members of an archive, and why it was not read whole.

    The members of an archive that is the target itself have names of their own.
    """
    before = os.fstat(descriptor)
    size, limit = before.st_size, budget.limits.file_size
    data = _read(descriptor, min(size, limit) + 1, read)
    whole = len(data) <= limit
    if not whole:
        data = data[:limit]
    budget.count_bytes(len(data))
    executable = bool(before.st_mode & stat.S_IXUSR)
    blob = FileBlob(descriptor, size) if not whole else DataBlob(data)
    kind = kind_of_blob(blob)
    if kind:
        head = archive_source(Source(name, data, max(size, len(data)), executable))
        if not is_target or (kind == "zip" and not is_only_archive(data)):
            yield head
        del data, head
        prefix = "" if is_target else f"{name}!"
        yield from read_members(blob, kind, name, prefix, budget)
    else:
        yield Source(name, data, max(size, len(data)), executable)
        unread = None if whole else too_large(name, data, limit)
        if unread:
            yield unread
    if _changed(before, os.fstat(descriptor)) or (whole and blob.size != size):
        yield Unread(name, "changed while it was read")


def _read(descriptor: int, size: int, read: Read) -> bytes:
    """Read so many bytes, or all that there are."""
    first = read(descriptor, size)
    if len(first) >= size or not first:
        return first
    pieces = [first]
    left = size - len(first)
    while left and (piece := read(descriptor, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces) if len(pieces) > 1 else first


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return any(
        getattr(before, field) != getattr(after, field)
        for field in ("st_size", "st_mtime_ns", "st_ino", "st_dev")
    )
