"""Unpacks one member of a zip archive within bounds."""

from __future__ import annotations

import zlib
from typing import Protocol

from goobits_scanner._inventory._blob import Blob
from goobits_scanner._inventory._budget import Refused
from goobits_scanner._inventory._directory import Entry
from goobits_scanner._limits import MIB

_STORED, _DEFLATE, _BZIP2, _LZMA = 0, 8, 12, 14
METHODS = (_STORED, _DEFLATE, _BZIP2, _LZMA)
_PIECE = 1 << 18
_DICTIONARY = 64 * MIB


class _Engine(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...


def unpack(blob: Blob, entry: Entry, start: int, limit: int) -> tuple[bytes, str]:
    """Return a member's data and what no honest packer does to it, or "".

    The data is one byte longer than the limit where it is cut off there.

    Raises:
        Refused: it is damaged.
    """
    if start + entry.packed > blob.size:
        raise Refused("it lies beyond the end of the archive")
    most = min(entry.size, limit) + 1
    if entry.method == _STORED:
        data = blob.read_at(start, min(entry.packed, limit + 1))
        wrong = "" if entry.packed == entry.size else "it has two sizes"
        return data, wrong
    data, is_over = _inflate(blob, entry, start, most)
    if len(data) > limit:
        return data, ""
    if len(data) > entry.size:
        return data, "it unpacks to more than it says"
    if len(data) < entry.size:
        return data, "it unpacks to less than it says"
    return data, "" if is_over else "something follows its packed data"


def _inflate(blob: Blob, entry: Entry, start: int, most: int) -> tuple[bytes, bool]:
    """Return at most so much, and whether the packed data ends where it says."""
    at, end = start, start + entry.packed
    if entry.method == _LZMA:
        engine, errors, at = _lzma(blob, start)
    else:
        engine, errors = _engine(entry.method)
    pieces: list[bytes] = []
    made = 0
    fed = b""
    try:
        while made < most and not engine.eof:
            piece = engine.decompress(fed, most - made)
            made += len(piece)
            pieces.append(piece)
            fed = getattr(engine, "unconsumed_tail", b"")
            if not piece and not fed and not engine.eof:
                fed = blob.read_at(at, min(_PIECE, end - at))
                at += len(fed)
                if not fed:
                    break
    except errors:
        raise Refused("its packed data is damaged") from None
    rest = getattr(engine, "unused_data", b"")
    if made < most and not engine.eof and entry.method != _LZMA:
        raise Refused("its packed data ends too early")
    return b"".join(pieces), at >= end and not rest


def _engine(method: int) -> tuple[_Engine, tuple[type[Exception], ...]]:
    if method == _DEFLATE:
        return zlib.decompressobj(-15), (zlib.error,)
    import bz2

    return bz2.BZ2Decompressor(), (OSError, ValueError)


def _lzma(blob: Blob, start: int) -> tuple[_Engine, tuple[type[Exception], ...], int]:
    """Return the engine for LZMA's data, which begins with its properties."""
    import lzma

    head = blob.read_at(start, 9)
    if len(head) < 9 or head[2:4] != b"\x05\0" or head[4] >= 225:
        raise Refused("its packed data is damaged")
    size = int.from_bytes(head[5:9], "little")
    if size > _DICTIONARY:
        raise Refused("its dictionary is too large")
    lc, rest = head[4] % 9, head[4] // 9
    filters = [
        {
            "id": lzma.FILTER_LZMA1,
            "lc": lc,
            "lp": rest % 5,
            "pb": rest // 5,
            "dict_size": max(size, 4096),
        }
    ]
    try:
        engine = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=filters)
    except (lzma.LZMAError, ValueError):
        raise Refused("its packed data is damaged") from None
    return engine, (lzma.LZMAError, EOFError, MemoryError), start + 9
