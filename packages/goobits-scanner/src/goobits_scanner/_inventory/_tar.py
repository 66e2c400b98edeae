"""Reads tar archives as they come, strictly: where readers disagree, that is said.

Python's own reader follows headers that others take as content, and stops without a word at one
that is damaged; what hides so from one of them is what a scan has to see.
"""

from __future__ import annotations

from collections.abc import Iterator

from goobits_scanner._inventory._blob import Blob
from goobits_scanner._inventory._budget import Budget, Refused, printable, too_large
from goobits_scanner._inventory._extended import Extended
from goobits_scanner._inventory._header import Header, parse_header
from goobits_scanner._inventory._magic import BLOCK, is_tar
from goobits_scanner._inventory._names import Names, why_hostile_target
from goobits_scanner._inventory._stream import PlainStream, Stream, UnpackedStream
from goobits_scanner._source import Source, Unread

_PIECE = 1 << 18
_SPECIAL = {b"3": "a device", b"4": "a device", b"6": "a named pipe"}
_LABEL = b"V"
_SUFFIXES = (".gz", ".bz2", ".xz", ".tgz", ".svgz")


def read_tar(
    blob: Blob, prefix: str, name: str, budget: Budget
) -> Iterator[Source | Unread]:
    """Yield what a tar archive that is not compressed holds.

    Raises:
        Refused: its rest can't be read.
        Exhausted: a limit of the whole scan is reached.
    """
    return _Reader(PlainStream(blob, budget), prefix, name, budget).members(b"")


def read_compressed(
    blob: Blob, kind: str, prefix: str, name: str, budget: Budget
) -> Iterator[Source | Unread]:
    """Yield what a compressed tar archive holds, or the one file that is compressed.

    Raises:
        Refused: its rest can't be read.
        Exhausted: a limit of the whole scan is reached.
    """
    stream = UnpackedStream(blob, kind, budget)
    block = stream.read(BLOCK)
    if is_tar(block) or (len(block) == BLOCK and not any(block)):
        yield from _Reader(stream, prefix, name, budget).members(block)
        return
    limit = budget.limits.file_size
    data = block + stream.read(max(0, limit + 1 - len(block)))
    whole = len(data) <= limit
    shown = prefix + _uncompressed(name)
    yield Source(shown, data[:limit], len(data))
    unread = None if whole else too_large(shown, data, limit)
    if unread:
        yield unread
    for note in stream.notes:
        yield Unread(name, note, is_hostile=True)


def _uncompressed(name: str) -> str:
    name = name.rpartition("/")[2].rpartition("!")[2]
    suffix = next((s for s in _SUFFIXES if name.lower().endswith(s)), "")
    return name[: len(name) - len(suffix)] or "content"


class _Reader:
    """One archive: its stream, and the names in it so far."""

    __slots__ = ("_budget", "_name", "_names", "_prefix", "_stream")

    def __init__(self, stream: Stream, prefix: str, name: str, budget: Budget) -> None:
        self._stream = stream
        self._prefix = prefix
        self._name = name
        self._budget = budget
        self._names = Names(budget.limits)

    def members(self, first: bytes) -> Iterator[Source | Unread]:
        extended = Extended()
        block = first or self._stream.read(BLOCK)
        while any(block):
            header = parse_header(block)
            if not extended.take(header, self._stream):
                yield from self._member(extended.apply(header))
                extended = extended.rest()
            block = self._stream.read(BLOCK)
        if extended.is_pending:
            raise Refused("a header says something about nothing", is_hostile=True)
        if self._reads_more():
            reason = "something follows the end of the archive"
            yield Unread(self._name, reason, is_hostile=True)
        for note in self._stream.notes:
            yield Unread(self._name, note, is_hostile=True)

    def _reads_more(self) -> bool:
        found = False
        while piece := self._stream.read(_PIECE):
            found = found or any(piece)
        return found

    def _member(self, header: Header) -> Iterator[Source | Unread]:
        self._budget.count_files()
        if header.kind == _LABEL:
            self._skip(header.size)
            return
        name = self._prefix + printable(header.name)
        is_folder = header.is_folder
        is_link = header.kind == b"2"
        wrong = header.wrong or self._names.add(
            header.name, is_folder=is_folder, is_link=is_link
        )
        if wrong:
            yield Unread(name, wrong, is_hostile=True)
        if is_folder or is_link or header.kind == b"1":
            yield from self._without_content(header, name)
        elif header.kind in _SPECIAL:
            yield Unread(name, _SPECIAL[header.kind], is_hostile=True)
            self._skip(0)
        else:
            if header.kind not in (b"0", b"\0", b"7"):
                yield Unread(name, "a member of an unknown kind", is_hostile=True)
            yield from self._content(header, name)

    def _without_content(self, header: Header, name: str) -> Iterator[Unread]:
        wrong = ""
        if header.kind == b"2":
            wrong = why_hostile_target(header.name, header.link)
        elif header.kind == b"1" and not self._names.has_file(header.link):
            wrong = "a hard link to what is not in the archive before it"
        if wrong:
            yield Unread(name, wrong, is_hostile=True)
        if header.size:
            reason = f"{name} has content, but is of a kind that has none"
            raise Refused(reason, is_hostile=True)

    def _content(self, header: Header, name: str) -> Iterator[Source | Unread]:
        limit = self._budget.limits.file_size
        data = self._stream.read(min(header.size, limit))
        yield Source(name, data, header.size, header.is_executable)
        if len(data) < min(header.size, limit):
            raise Refused(f"it ends within {name}")
        unread = too_large(name, data, limit) if header.size > limit else None
        if unread:
            yield unread
        del data
        self._skip(header.size - min(header.size, limit) + -header.size % BLOCK)

    def _skip(self, size: int) -> None:
        while size > 0:
            piece = len(self._stream.read(min(size, _PIECE)))
            if not piece:
                raise Refused("it ends within a member")
            size -= piece
