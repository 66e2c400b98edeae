"""The directory of a zip archive: found, bounded, and held against its own words."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from goobits_scanner._inventory._blob import Blob
from goobits_scanner._inventory._budget import Refused
from goobits_scanner._inventory._magic import TAIL
from goobits_scanner._limits import MIB

_END = Struct("<4s4H2LH")
_LOCATOR = Struct("<4sLQL")
_END64 = Struct("<4sQ2H2L4Q")
_ENTRY = Struct("<4s6H3L5H2L")
_LARGEST = 32 * MIB
_MAX16, _MAX32 = 0xFFFF, 0xFFFFFFFF
UNICODE = 0x800


class Entry(NamedTuple):
    """One member, as the directory describes it."""

    raw_name: bytes
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int
    wrong: str


class Directory(NamedTuple):
    """Where the directory lies, and what is wrong with how it is found."""

    start: int
    size: int
    members: int
    shift: int
    wrong: tuple[str, ...]


def find_directory(blob: Blob, most: int) -> Directory:
    """Return where the directory of an archive is.

    `most` is how many members there may be.

    Raises:
        Refused: there is none, or more than is read.
    """
    tail = blob.read_at(max(0, blob.size - TAIL), TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Refused("it has no directory at its end")
    _, disk, first, here, count, size, offset, comment = _END.unpack_from(tail, at)
    wrong = []
    if len(tail) - at - _END.size != comment:
        wrong.append("something follows the end of the archive")
    if tail.rfind(b"PK\x05\x06", 0, at) >= 0 and _is_second_end(tail, at):
        wrong.append("it has two ends, and readers take either")
    end = blob.size - len(tail) + at
    is_part = disk or first or here != count
    if is_part and _MAX16 not in (disk, first, here, count):
        raise Refused("it is a part of an archive")
    large = _find_large(blob, end)
    if large:
        other, end = large
        stated = (count, size, offset)
        if any(
            one != two and one not in (_MAX16, _MAX32)
            for one, two in zip(stated, other, strict=True)
        ):
            wrong.append("it has two ends, and readers take either")
        count, size, offset = other
    if count > most:
        raise Refused(f"more than {most:,} files")
    if size > _LARGEST or size > end:
        raise Refused("its directory is too large", is_hostile=True)
    return Directory(end - size, size, count, end - size - offset, tuple(wrong))


def _is_second_end(tail: bytes, last: int) -> bool:
    """Tell whether another end reaches to the end of the file with its comment."""
    at = tail.rfind(b"PK\x05\x06", 0, last)
    while at >= 0:
        comment = int.from_bytes(tail[at + 20 : at + 22], "little")
        if at + _END.size + comment == len(tail):
            return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def _find_large(blob: Blob, end: int) -> tuple[tuple[int, int, int], int] | None:
    """Return count, size and offset as zip64 states them, and where they are stated."""
    locator = blob.read_at(end - _LOCATOR.size, _LOCATOR.size)
    if len(locator) < _LOCATOR.size or locator[:4] != b"PK\x06\x07":
        return None
    at = end - _LOCATOR.size - _END64.size
    record = blob.read_at(at, _END64.size)
    if len(record) < _END64.size or record[:4] != b"PK\x06\x06":
        raise Refused("its directory of zip64 is damaged", is_hostile=True)
    *_, count, size, offset = _END64.unpack(record)
    return (count, size, offset), at


def read_entries(blob: Blob, directory: Directory) -> Iterator[Entry]:
    """Yield the members in the order of the directory.

    Raises:
        Refused: the directory is damaged.
    """
    data = blob.read_at(directory.start, directory.size)
    at = count = 0
    while at < len(data):
        if len(data) - at < _ENTRY.size or data[at : at + 4] != b"PK\x01\x02":
            raise Refused("its directory is damaged", is_hostile=True)
        fields = _ENTRY.unpack_from(data, at)
        after = at + _ENTRY.size + sum(fields[10:13])
        count += 1
        if after > len(data):
            raise Refused("its directory is damaged", is_hostile=True)
        yield _entry(fields, data[at + _ENTRY.size : after], directory.shift)
        at = after
    if count != directory.members:
        reason = "its directory has another number of members than it says"
        raise Refused(reason, is_hostile=True)


def _entry(fields: tuple[int, ...], rest: bytes, shift: int) -> Entry:
    flags, method, crc = fields[3], fields[4], fields[7]
    sizes = [fields[9], fields[8], fields[16]]
    length, extra = fields[10], fields[11]
    raw = rest[:length]
    wrong = ""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("cp437")
        if flags & UNICODE:
            name = raw.decode("utf-8", "surrogateescape")
            wrong = "its name is not the UTF-8 that it is said to be"
    for key, value in _extra_fields(rest[length : length + extra]):
        if key == 1:
            at = 0
            for n, small in enumerate((fields[9], fields[8], fields[16])):
                if small == _MAX32:
                    sizes[n] = int.from_bytes(value[at : at + 8], "little")
                    at += 8
        elif key == 0x7075 and value[5:] not in (b"", raw):
            wrong = _other_name(value[5:], name)
    size, packed, offset = sizes
    mode = fields[15] >> 16
    return Entry(
        raw, name, flags, method, crc, packed, size, offset + shift, mode, wrong
    )


def _other_name(raw: bytes, name: str) -> str:
    """Say that the name in Unicode is another one, not only better spelled."""
    other = raw.decode("utf-8", "surrogateescape")
    plain = "".join(c for c in other if c.isascii())
    same = len(other) == len(name) and all(
        a == b for a, b in zip(other, name, strict=True) if a.isascii()
    )
    return "" if same and plain != other else "its headers have two names"


def _extra_fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        size = int.from_bytes(data[at + 2 : at + 4], "little")
        yield int.from_bytes(data[at : at + 2], "little"), data[at + 4 : at + 4 + size]
        at += 4 + size
