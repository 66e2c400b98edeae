"""Reads zip archives: wheels, plain ones, Java's.

Members are taken from the directory, as all that install them do, and each is held against the
header in front of its data, which readers of streams go by. Members that share bytes, or bytes
that belong to no member, are said.
"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from struct import Struct

from goobits_scanner._inventory._blob import Blob
from goobits_scanner._inventory._budget import Budget, Refused, printable, too_large
from goobits_scanner._inventory._directory import (
    Entry,
    find_directory,
    read_entries,
)
from goobits_scanner._inventory._names import Names, why_hostile_target
from goobits_scanner._inventory._unpack import METHODS, unpack
from goobits_scanner._source import Source, Unread

_LOCAL = Struct("<4s5H3L2H")
_ENCRYPTED = 0x2041
_LATER = 0x8  # sizes and checksum follow the data
_MAX32 = 0xFFFFFFFF
_DESCRIPTOR = 24
_SIGNATURE = b"PK\x03\x04"


def read_zip(
    blob: Blob, prefix: str, name: str, budget: Budget
) -> Iterator[Source | Unread]:
    """Yield what a zip archive holds, in the order of names.

    Raises:
        Refused: its rest can't be read.
        Exhausted: a limit of the whole scan is reached.
    """
    directory = find_directory(blob, budget.limits.files)
    for wrong in directory.wrong:
        yield Unread(name, wrong, is_hostile=True)
    entries: list[Entry] = []
    try:
        for entry in read_entries(blob, directory):
            budget.count_files()
            entries.append(entry)
    except Refused as refusal:
        yield Unread(name, refusal.reason, refusal.is_hostile)
    entries.sort(key=lambda entry: entry.name)
    budget.check_ratio(sum(entry.size for entry in entries), blob.size)
    for wrong in _misplaced(blob, entries, directory.start):
        yield Unread(name, wrong, is_hostile=True)
    names = Names(budget.limits)
    unpacked = 0
    for entry in entries:
        shown = prefix + printable(entry.name)
        for found in _member(blob, entry, shown, names, budget):
            if isinstance(found, Source):
                unpacked += len(found.data)
                budget.check_ratio(unpacked, blob.size)
            yield found


def _misplaced(blob: Blob, entries: list[Entry], end: int) -> Iterator[str]:
    """Say what lies before, between and across the members."""
    at = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        if entry.offset < at:
            yield "members share the same bytes"
            return
        gap = entry.offset - at
        if at == 0 and gap and not _is_launcher(blob, gap):
            yield "something precedes the archive"
        elif at and gap > _DESCRIPTOR:
            yield "bytes between its members belong to none"
            return
        header = blob.read_at(entry.offset, _LOCAL.size)
        if len(header) < _LOCAL.size:
            return
        at = entry.offset + _LOCAL.size + entry.packed
        at += sum(_LOCAL.unpack(header)[-2:])
    if at > end:
        yield "members share the same bytes"
    elif end - at > _DESCRIPTOR and entries and not _is_signed(blob, end):
        yield "bytes between its members belong to none"


def _is_launcher(blob: Blob, size: int) -> bool:
    """Tell whether one line that names an interpreter precedes, as zipapp writes it."""
    head = blob.read_at(0, min(size, 1024))
    return size == len(head) and head[:2] == b"#!" and head.find(b"\n") == size - 1


def _is_signed(blob: Blob, end: int) -> bool:
    return blob.read_at(end - 16, 16) == b"APK Sig Block 42"


def _member(
    blob: Blob, entry: Entry, shown: str, names: Names, budget: Budget
) -> Iterator[Source | Unread]:
    is_folder = entry.name[-1:] == "/"
    is_link = stat.S_ISLNK(entry.mode)
    wrong = entry.wrong or names.add(entry.name, is_folder=is_folder, is_link=is_link)
    start, differs = _local(blob, entry)
    for reason in (wrong, differs):
        if reason:
            yield Unread(shown, reason, is_hostile=True)
    if is_folder and not entry.size and not entry.packed:
        return
    if is_folder:
        yield Unread(shown, "a folder that has content", is_hostile=True)
    if start < 0:
        return
    if entry.flags & _ENCRYPTED or entry.method not in METHODS:
        method = f"packed with method {entry.method}, which is not read"
        yield Unread(shown, "encrypted" if entry.flags & _ENCRYPTED else method)
        return
    if stat.S_IFMT(entry.mode) in (stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK):
        yield Unread(shown, "a device or a named pipe", is_hostile=True)
    yield from _content(blob, entry, start, shown, budget)


def _content(
    blob: Blob, entry: Entry, start: int, shown: str, budget: Budget
) -> Iterator[Source | Unread]:
    limit = budget.limits.file_size
    try:
        data, wrong = unpack(blob, entry, start, limit)
    except Refused as refusal:
        yield Unread(shown, refusal.reason, refusal.is_hostile)
        return
    budget.count_bytes(len(data))
    whole = len(data) <= limit
    executable = bool(entry.mode & stat.S_IXUSR)
    size = len(data) if whole else max(entry.size, len(data))
    yield Source(shown, data[:limit], size, executable)
    if wrong:
        yield Unread(shown, wrong, is_hostile=True)
    unread = None if whole else too_large(shown, data, limit)
    if unread:
        yield unread
    if whole and not wrong and zlib.crc32(data) != entry.crc:
        yield Unread(shown, "its checksum is wrong")
    if stat.S_ISLNK(entry.mode):
        target = data[:8192].decode("utf-8", "surrogateescape")
        if reason := why_hostile_target(entry.name, target):
            yield Unread(shown, reason, is_hostile=True)


def _local(blob: Blob, entry: Entry) -> tuple[int, str]:
    """Return where a member's data begins, or -1, and how its own header differs."""
    data = blob.read_at(entry.offset, _LOCAL.size)
    if len(data) < _LOCAL.size or data[:4] != _SIGNATURE:
        return -1, "there is no member where the directory says"
    _, _, flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack(data)
    start = entry.offset + _LOCAL.size + length + extra
    name = blob.read_at(entry.offset + _LOCAL.size, length)
    if name != entry.raw_name:
        return start, "its own header has another name than the directory"
    if method != entry.method or (flags ^ entry.flags) & _ENCRYPTED:
        return start, "its own header has another method than the directory"
    stated = ((crc, entry.crc), (packed, entry.packed), (size, entry.size))
    later = bool(flags & _LATER)
    for here, there in stated:
        if here != there and here != _MAX32 and not (later and here == 0):
            return start, "its own header has other sizes than the directory"
    return start, ""
