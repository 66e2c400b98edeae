"""Bytes in their order: as they are, or unpacked from gzip, bzip2 or xz, never more than asked.

What a compressed file holds ends where its first member does. Others behind it are read, too,
for that is what most programs do; that they are there is noted, for others stop.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from goobits_scanner._inventory._blob import Blob
from goobits_scanner._inventory._budget import Budget, Refused
from goobits_scanner._limits import MIB

_PIECE = 1 << 16
# The dictionary of an xz stream may be so large.
_MEMORY = 80 * MIB
_GZIP = 31
_MAGIC = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\0"}
_MEMBERS = 1000


class Stream(Protocol):
    """Bytes in their order."""

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end."""

    @property
    def notes(self) -> list[str]:
        """Return what no honest packer does, once the end is reached."""


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class PlainStream:
    """A blob from its beginning."""

    __slots__ = ("_at", "_blob", "_budget", "notes")

    def __init__(self, blob: Blob, budget: Budget) -> None:
        self._blob = blob
        self._budget = budget
        self._at = 0
        self.notes: list[str] = []

    def read(self, size: int) -> bytes:
        data = self._blob.read_at(self._at, size)
        self._at += len(data)
        self._budget.count_bytes(len(data))
        return data


class _Gzip:
    """zlib's engine with the interface of the other two."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(_GZIP)

    @property
    def eof(self) -> bool:
        return self._engine.eof

    @property
    def unused_data(self) -> bytes:
        return self._engine.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, max_length)


class UnpackedStream:
    """A compressed blob, unpacked within the limits."""

    __slots__ = (
        "_at",
        "_blob",
        "_budget",
        "_buffer",
        "_engine",
        "_errors",
        "_fed",
        "_is_over",
        "_kind",
        "_made",
        "_members",
        "_start",
        "notes",
    )

    def __init__(self, blob: Blob, kind: str, budget: Budget) -> None:
        self._blob = blob
        self._kind = kind
        self._budget = budget
        self._engine, self._errors = _engine(kind)
        self._at = self._made = self._members = self._start = 0
        self._buffer = self._fed = b""
        self._is_over = False
        self.notes: list[str] = []

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer only at the end.

        Raises:
            Refused: it is damaged, or unpacks to too much.
            Exhausted: a limit of the whole scan is reached.
        """
        pieces = [self._buffer[self._start : self._start + size]]
        self._start += len(pieces[0])
        left = size - len(pieces[0])
        while left:
            piece = self._more(max(left, _PIECE))
            if not piece:
                break
            pieces.append(piece[:left])
            self._buffer = piece
            self._start = len(pieces[-1])
            left -= len(pieces[-1])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _more(self, size: int) -> bytes:
        """Unpack something, at most so much; nothing at the end."""
        made = b""
        while not made:
            if self._engine.eof:
                if not self._next_member():
                    return b""
                continue
            try:
                made = self._engine.decompress(self._fed, min(size, MIB))
            except self._errors:
                raise Refused("its compressed data is damaged") from None
            self._fed = b""
            if not made and not self._engine.eof:
                self._fed = self._feed()
                if not self._fed:
                    raise Refused("its compressed data ends too early")
        self._made += len(made)
        self._budget.count_bytes(len(made))
        self._budget.check_ratio(self._made, self._blob.size)
        return made

    def _feed(self) -> bytes:
        fed = self._blob.read_at(self._at, _PIECE)
        self._at += len(fed)
        return fed

    def _next_member(self) -> bool:
        """Go on with a member that follows; what else follows is noted."""
        if self._is_over:
            return False
        rest = (self._engine.unused_data or self._feed()).lstrip(b"\0")
        while not rest:
            rest = self._feed()
            if not rest:
                self._is_over = True
                return False
            rest = rest.lstrip(b"\0")
        rest += self._feed() if len(rest) < 6 else b""
        self._members += 1
        if not rest.startswith(_MAGIC[self._kind]) or self._members > _MEMBERS:
            self.notes.append("something follows its compressed data")
            self._is_over = True
            return False
        if self._members == 1:
            self.notes.append(f"more than one member of {self._kind} is in it")
        self._engine, self._errors = _engine(self._kind)
        self._fed = rest
        return True


def _engine(kind: str) -> tuple[_Inflater, tuple[type[Exception], ...]]:
    """Return what unpacks one member, and how it fails."""
    if kind == "gzip":
        return _Gzip(), (zlib.error,)
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor(), (OSError, ValueError)
    import lzma

    engine = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
    return engine, (lzma.LZMAError, MemoryError)
