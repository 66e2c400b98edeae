"""Makes an archive of a plugin's folder: the same bytes for the same files."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goobits_plugin._archive._gzip import compress
from goobits_plugin._archive._header import write_header
from goobits_plugin._archive._paths import Paths
from goobits_plugin._archive._selection import Selection
from goobits_plugin._archive._values import BLOCK, CONTENT, MANIFEST, Packed
from goobits_plugin._errors import ArchiveError
from goobits_plugin._manifest._values import FILE

_OPENING = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_MODES = {
    stat.S_IFLNK: ("link", "is a symbolic link", "put the file itself there"),
    stat.S_IFIFO: ("special", "is a named pipe", "remove it"),
    stat.S_IFSOCK: ("special", "is a socket", "remove it"),
    stat.S_IFBLK: ("special", "is a device", "remove it"),
    stat.S_IFCHR: ("special", "is a device", "remove it"),
}


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    size: int
    executable: bool


def pack(folder: Path, *, exclude: Sequence[str] = ()) -> Packed:
    """Return the archive of a plugin's folder.

    Neither times, owners, modes but the owner's x bit, nor the order in which a system lists
    files have a part in it. What is left out, and what a pattern of `exclude` means, says
    `Selection`; empty folders are left out, too.

    Raises:
        ArchiveError: something in the folder cannot be carried; the message names it.
    """
    try:
        found = _collect(folder, exclude)
        data = compress(_tar(folder, found))
    except OSError as error:
        raise _unreadable(error) from error
    sha256 = hashlib.sha256(data).hexdigest()
    return Packed(data, sha256, len(found), sum(file.size for file in found))


def _collect(folder: Path, exclude: Sequence[str]) -> list[_Found]:
    cargo = os.path.lexists(folder / "Cargo.toml")
    paths, found, size = Paths(), [], 0
    for file in _walk(str(folder), Selection(exclude, cargo=cargo)):
        paths.add(file.path)
        size += file.size
        if size > CONTENT:
            raise ArchiveError(
                f"the files are more than {CONTENT:,} bytes with {file.path!r}",
                "size",
                hint="leave some out with exclude",
            )
        found.append(file)
    manifest = next((file for file in found if file.path == FILE), None)
    if manifest is None or not 0 < manifest.size <= MANIFEST:
        raise ArchiveError(
            f"there is no {FILE} of 1 to {MANIFEST:,} bytes in {str(folder)!r}",
            "manifest",
            hint="goobits plugin init writes one",
        )
    return sorted(found, key=lambda file: file.path.encode())


def _walk(folder: str, selection: Selection) -> Iterator[_Found]:
    """Yield what is packed, unsorted; the order is that of names, so that errors stay the same."""
    pending = [""]
    while pending:
        above = pending.pop()
        with os.scandir(f"{folder}/{above}") as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
        for entry in entries:
            path = above + entry.name
            if selection.leaves_out(path):
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                pending.append(f"{path}/")
            else:
                _check_kind(path, status.st_mode)
                executable = bool(status.st_mode & stat.S_IXUSR)
                yield _Found(path, status.st_size, executable)


def _check_kind(path: str, mode: int) -> None:
    if not stat.S_ISREG(mode):
        rule, what, mend = _MODES.get(
            stat.S_IFMT(mode), ("special", "is no file", "remove it")
        )
        raise ArchiveError(
            f"{path!r} {what}", rule, hint=f"{mend}, or leave it out with exclude"
        )


def _tar(folder: Path, found: Sequence[_Found]) -> Iterator[bytes]:
    for file in found:
        yield write_header(file.path, file.size, file.executable)
        content = _read(folder, file)
        yield content
        yield bytes(-len(content) % BLOCK)
    yield bytes(2 * BLOCK)


def _read(folder: Path, file: _Found) -> bytes:
    descriptor = os.open(folder / file.path, _OPENING)
    with open(descriptor, "rb") as opened:
        content = opened.read(file.size + 1)
    if len(content) != file.size:
        raise ArchiveError(
            f"{file.path!r} changed while it was packed", "changed", hint="pack again"
        )
    return content


def _unreadable(error: OSError) -> ArchiveError:
    name = error.filename if isinstance(error.filename, str) else ""
    if isinstance(error.filename, os.PathLike):
        name = os.fspath(error.filename)
    reason = error.strerror or str(error)
    mend = "make it readable for you" if error.errno == errno.EACCES else ""
    return ArchiveError(f"cannot read {name!r}: {reason}", "unreadable", hint=mend)
