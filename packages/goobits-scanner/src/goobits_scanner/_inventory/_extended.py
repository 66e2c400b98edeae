"""What headers of POSIX (pax) and GNU say about the member that follows them."""

from __future__ import annotations

from goobits_scanner._inventory._budget import Refused
from goobits_scanner._inventory._header import Header, text
from goobits_scanner._inventory._magic import BLOCK
from goobits_scanner._inventory._stream import Stream
from goobits_scanner._limits import MIB

_KINDS = b"xgXLK"
_SHORT = 100
_MOST_OCTAL = 8**11


class Extended:
    """Records and long names in front of one member."""

    __slots__ = ("_kinds", "_link", "_name", "_records", "_wrong")

    def __init__(self) -> None:
        self._kinds = b""
        self._name: bytes | None = None
        self._link: bytes | None = None
        self._records: dict[bytes, bytes] = {}
        self._wrong = ""

    @property
    def is_pending(self) -> bool:
        """Tell whether something was said about a member that did not come."""
        return bool(self._kinds)

    def rest(self) -> Extended:
        """Return what holds for the next member: nothing, for no global record changes one."""
        return Extended() if self._kinds or self._wrong else self

    def take(self, header: Header, stream: Stream) -> bool:
        """Take in what a header of these kinds says; False where it is another.

        Raises:
            Refused: it is larger than any honest one, or damaged.
        """
        kind = header.kind
        if kind not in _KINDS:
            return False
        if header.size > MIB:
            raise Refused("a header of more than 1 MiB", is_hostile=True)
        padded = header.size + -header.size % BLOCK
        data = stream.read(padded)
        if len(data) < padded:
            raise Refused("it ends within a header")
        data = data[: header.size]
        if kind == b"g":
            self._check_global(_records(data))
            return True
        if kind in self._kinds:
            self._wrong = "several headers say the same about it"
        self._kinds += kind
        if kind == b"L":
            self._name = data.partition(b"\0")[0]
        elif kind == b"K":
            self._link = data.partition(b"\0")[0]
        else:
            self._take_records(_records(data))
        return True

    def _check_global(self, records: list[tuple[bytes, bytes]]) -> None:
        for key, _ in records:
            if key in (b"path", b"linkpath", b"size") or key.startswith(b"GNU.sparse"):
                self._wrong = "a global header names or sizes what follows"

    def _take_records(self, records: list[tuple[bytes, bytes]]) -> None:
        for key, value in records:
            if key in self._records and key in (b"path", b"linkpath", b"size"):
                self._wrong = "several headers say the same about it"
            self._records[key] = value

    def apply(self, header: Header) -> Header:
        """Return what a header says with all that stood in front of it.

        Raises:
            Refused: its size can be read in several ways.
        """
        if not self._kinds and not self._wrong:
            return _sparse_refused(header)
        records = self._records
        if any(key.startswith(b"GNU.sparse") for key in records):
            raise Refused("a sparse file", is_hostile=True)
        wrong = header.wrong or self._wrong or self._second_name(header)
        name = records.get(b"path", self._name)
        link = records.get(b"linkpath", self._link)
        return _sparse_refused(
            Header(
                header.name if name is None else text(name),
                header.kind,
                self._size(header),
                header.is_executable,
                header.link if link is None else text(link),
                wrong,
            )
        )

    def _second_name(self, header: Header) -> str:
        """Say that a reader that ignores these headers sees another name."""
        path = self._records.get(b"path")
        if path is not None and self._name not in (None, path):
            return "its headers have two names"
        if self._name is not None:
            start = header.name.encode("utf-8", "surrogateescape")[: _SHORT - 1]
            if not self._name.startswith(start):
                return "its headers have two names"
        if path is not None and len(path) <= _SHORT and path.isascii():
            plain = text(path).rstrip("/").removeprefix("./")
            if plain != header.name.rstrip("/").removeprefix("./"):
                return "its headers have two names"
        return ""

    def _size(self, header: Header) -> int:
        stated = self._records.get(b"size")
        if stated is None:
            return header.size
        if not stated.isdigit() or len(stated) > 18:
            raise Refused("a size in a header is no number", is_hostile=True)
        size = int(stated)
        if size != header.size and (size < _MOST_OCTAL or header.size):
            raise Refused("the headers of a member have two sizes", is_hostile=True)
        return size


def _sparse_refused(header: Header) -> Header:
    if header.kind in b"SMD":
        kind = {b"S": "a sparse file", b"M": "a part of a file"}.get(header.kind)
        raise Refused(kind or "a dump of a folder", is_hostile=True)
    return header


def _records(data: bytes) -> list[tuple[bytes, bytes]]:
    """Return the records of a pax header: "length key=value" and a newline, each."""
    found = []
    at = 0
    while at < len(data):
        digits = data[at : at + 8].partition(b" ")[0]
        length = int(digits) if digits.isdigit() else 0
        record = data[at : at + length]
        key, sign, value = record[len(digits) + 1 : -1].partition(b"=")
        if not sign or not key or len(record) < length or record[-1:] != b"\n":
            raise Refused("a header's records are damaged", is_hostile=True)
        found.append((key, value))
        at += length
    return found
