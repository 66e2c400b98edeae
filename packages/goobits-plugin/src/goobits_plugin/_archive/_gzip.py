"""One gzip member (RFC 1952) with one fixed header, made and inflated within bounds.

What is promised: the inflated bytes are the same wherever they are packed, the compressed ones
where zlib is the same. Blocks without compression would need no such condition, but every user of
a plugin would load three or four times as much, and half of the 64 MiB that a plugin may have
would not fit into an archive. What is signed is the hash of an archive that was made once; who
packs the same files with another zlib compares `Archive.content_sha256`.

The rules by name:

gzip        the ten bytes of the header are those that `compress` writes
compressed  at most 32 MiB as it is sent
size        at most 64 MiB and the headers when it is inflated
ratio       at most 200 times as much as is sent, once it is more than 1 MiB
deflate     the data is not damaged
isize       it inflates to as many bytes as its trailer says
checksum    and they have the CRC-32 that its trailer says
truncated   it is there whole
trailing    nothing follows it, no second member either
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from goobits_plugin._archive._values import COMPRESSED, FREE, RATIO, TAR
from goobits_plugin._errors import ArchiveError

# Deflate, no flags, no time, best compression, an unnamed system.
_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
_TRAILER = 8
_LEVEL = 9
_RAW = -15
_PIECE = 1 << 16


def compress(pieces: Iterable[bytes]) -> bytes:
    """Return one member that holds the pieces, and keeps the limits of `inflate`."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 9)
    made = [_HEADER]
    checksum = length = 0
    for piece in pieces:
        made.append(deflate.compress(piece))
        checksum = zlib.crc32(piece, checksum)
        length += len(piece)
    made.append(deflate.flush())
    made += checksum.to_bytes(4, "little"), length.to_bytes(4, "little")
    data = b"".join(made)
    _check_lengths(len(data), length)
    return data


def inflate(data: bytes) -> bytearray:
    """Return what a member holds.

    No more is inflated than the trailer says, and that is held against the limits first: memory
    is at most the limit, and 1/8 of it.

    Raises:
        ArchiveError: anything but one member, whole, with nothing after it.
    """
    if data[: len(_HEADER)] != _HEADER:
        raise ArchiveError("this is no gzip file as `pack` writes one", "gzip")
    if len(data) < len(_HEADER) + _TRAILER:
        raise ArchiveError("the gzip file ends too early", "truncated")
    checksum = int.from_bytes(data[-8:-4], "little")
    length = int.from_bytes(data[-4:], "little")
    _check_lengths(len(data), length)
    made = _inflate(memoryview(data)[len(_HEADER) : -_TRAILER], length)
    if zlib.crc32(made) != checksum:
        raise ArchiveError("the checksum of the gzip file is wrong", "checksum")
    return made


def _inflate(body: memoryview, length: int) -> bytearray:
    engine = zlib.decompressobj(_RAW)
    made = bytearray()
    at = 0
    left = b""
    try:
        while not engine.eof and (left or at < len(body)):
            source = left or body[at : at + _PIECE]
            at += 0 if left else _PIECE
            made += engine.decompress(source, min(_PIECE * 4, length - len(made) + 1))
            left = engine.unconsumed_tail
            if len(made) > length:
                raise ArchiveError("it inflates to more than it says", "isize")
    except zlib.error:
        raise ArchiveError("the gzip file is damaged", "deflate") from None
    if not engine.eof:
        raise ArchiveError("the gzip file ends too early", "truncated")
    if engine.unused_data or at < len(body):
        raise ArchiveError("something follows the gzip member", "trailing")
    if len(made) < length:
        raise ArchiveError("it inflates to less than it says", "isize")
    return made


def _check_lengths(compressed: int, inflated: int) -> None:
    if compressed > COMPRESSED:
        raise ArchiveError(
            f"the archive is larger than {COMPRESSED:,} bytes",
            "compressed",
            hint="leave files out with exclude",
        )
    if inflated > TAR:
        raise ArchiveError(f"it inflates to more than {TAR:,} bytes", "size")
    if inflated > max(FREE, RATIO * compressed):
        raise ArchiveError(
            f"it inflates to more than {RATIO} times its size",
            "ratio",
            hint="leave out files that hold the same bytes over and over",
        )
