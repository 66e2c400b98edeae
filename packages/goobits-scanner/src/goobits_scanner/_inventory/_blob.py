"""Bytes that can be read from any place: a file that is open, or a member in memory."""

from __future__ import annotations

import os
from typing import Protocol


class Blob(Protocol):
    """Something of a known size that an archive is read from."""

    size: int

    def read_at(self, offset: int, size: int) -> bytes:
        """Return so many bytes from there on, fewer at the end."""


class FileBlob:
    """A file that somebody else opened and closes."""

    __slots__ = ("_descriptor", "size")

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size

    def read_at(self, offset: int, size: int) -> bytes:
        if offset < 0 or size <= 0:
            return b""
        size = min(size, max(0, self.size - offset))
        return os.pread(self._descriptor, size, offset)


class DataBlob:
    """What was read into memory."""

    __slots__ = ("_data", "size")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def read_at(self, offset: int, size: int) -> bytes:
        if offset < 0 or size <= 0:
            return b""
        return self._data[offset : offset + size]
