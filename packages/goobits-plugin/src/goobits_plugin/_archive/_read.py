"""Reads an archive that nobody trusts.

First its hash, then the gzip member, then the headers, each in bounds. The rules by name, besides
those of _gzip, _header and _paths:

sha256      it is the archive that was asked for
truncated   every file is there whole, padded with zeros (padding)
end         two blocks of zeros end it, and nothing follows them
size        at most 64 MiB in all files together
order       the paths rise in the order of their bytes
left-out    nothing that `pack` leaves out: hidden, compiled, an editor's, a build's
manifest    a goobits-plugin.toml at the root, 1 byte to 256 KiB
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from goobits_plugin._archive._gzip import inflate
from goobits_plugin._archive._header import read_header
from goobits_plugin._archive._paths import Paths
from goobits_plugin._archive._selection import Selection
from goobits_plugin._archive._values import (
    BLOCK,
    CONTENT,
    MANIFEST,
    Archive,
    Member,
)
from goobits_plugin._errors import ArchiveError
from goobits_plugin._manifest._values import FILE

_END = bytes(2 * BLOCK)


def read_archive(data: bytes, *, sha256: str) -> Archive:
    """Return what an archive holds, when its hash (64 lower-case hex digits) is this one.

    Time and memory are bounded: about 100 MiB besides `data` at the very most.

    Raises:
        ArchiveError: it breaks a rule, which the error names; nothing was written.
    """
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArchiveError(
            "the archive is not the one that was asked for",
            "sha256",
            hint="load it again",
        )
    try:
        tar = memoryview(inflate(data)).toreadonly()
        members = tuple(_members(tar))
        _check_selection(members)
        return Archive(sha256, members, _manifest(members, tar), tar)
    except ArchiveError as error:
        error.hint = "its publisher makes one that will do with: goobits plugin pack"
        raise


def _members(tar: memoryview) -> Iterator[Member]:
    paths = Paths()
    at = total = 0
    last = b""
    while True:
        block = bytes(tar[at : at + BLOCK])
        if len(block) < BLOCK:
            raise ArchiveError("the archive ends within a header", "truncated")
        if not any(block):
            break
        path, size, executable = read_header(block)
        paths.add(path)
        if path.encode() <= last:
            raise ArchiveError(f"{path!r} is not in the order of names", "order")
        total += size
        if total > CONTENT:
            raise ArchiveError(f"its files are more than {CONTENT:,} bytes", "size")
        start, last = at + BLOCK, path.encode()
        at = _check_content(tar, start, start + size, path)
        yield Member(path, size, executable, start)
    if tar[at:] != _END:
        raise ArchiveError("it does not end with two blocks of zeros", "end")


def _check_content(tar: memoryview, start: int, end: int, path: str) -> int:
    """Return where the content ends with its padding."""
    after = end + (start - end) % BLOCK
    if after > len(tar):
        raise ArchiveError(f"the archive ends within {path!r}", "truncated")
    if any(tar[end:after]):
        raise ArchiveError(f"{path!r} is not padded with zeros", "padding")
    return after


def _check_selection(members: tuple[Member, ...]) -> None:
    cargo = any(member.path == "Cargo.toml" for member in members)
    selection = Selection(cargo=cargo)
    for member in members:
        if selection.leaves_out_any(member.path):
            raise ArchiveError(
                f"{member.path!r} is a file that is never packed", "left-out"
            )


def _manifest(members: tuple[Member, ...], tar: memoryview) -> bytes:
    for member in members:
        if member.path == FILE and 0 < member.size <= MANIFEST:
            return bytes(tar[member.offset : member.offset + member.size])
    raise ArchiveError(f"it has no {FILE} of 1 to {MANIFEST:,} bytes", "manifest")
