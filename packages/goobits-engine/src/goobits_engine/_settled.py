"""What a build left behind, kept so that the next one sees at once that it has nothing to do.

Kept are the digests of everything that a build looked at: the configuration, every file that
it wrote or left alone, and the lock file. While all of them are as they were, and so is the code
that made them, another build would say what is kept here. A build is a function of these.
"""

from __future__ import annotations

import os
from stat import S_ISREG

from goobits_engine._digest import code_stamp, digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol
else:
    Protocol = object

_FIELDS = 6
_DIGEST = 32
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Store(Protocol):
    """Where bytes are kept by text keys; it may lose what it has, and never fails."""

    def get(self, key: str, /) -> bytes | None:
        """Return what is kept, or None."""

    def __setitem__(self, key: str, value: bytes, /) -> None:
        """Keep something."""


class SettledFile:
    """A file of a build that has nothing to do: `unchanged`, or `kept` as its author has it.

    `path` is as a build would name it, with slashes; `missing_hooks` are hooks of the program
    that a hooks file never names.
    """

    __slots__ = ("fingerprint", "language", "missing_hooks", "path", "role", "state")

    def __init__(
        self,
        path: str,
        role: str,
        language: str,
        state: str,
        fingerprint: str,
        missing_hooks: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.role = role
        self.language = language
        self.state = state
        self.fingerprint = fingerprint
        self.missing_hooks = missing_hooks

    def is_there(self) -> bool:
        """Tell whether the file holds what it held when this was kept."""
        return _holds(self.path, self.fingerprint)


class Settled:
    """A build that has nothing to do: its files, and its warnings as they are shown."""

    __slots__ = ("files", "warnings")

    def __init__(self, files: tuple[SettledFile, ...], warnings: str) -> None:
        self.files = files
        self.warnings = warnings


def settled(
    config: str,
    output: str | None = None,
    *,
    only: Sequence[str] = (),
    add_missing_hooks: bool = False,
    kept: Store,
) -> Settled | None:
    """Return what a build would find, when it is sure to find nothing to do; else None.

    The arguments are those of `build`, paths as texts. Nothing is parsed or rendered: every
    file is read and compared by its digest.
    """
    document = kept.get(_key(config, output, only, add_missing_hooks))
    if document is None:
        return None
    try:
        found, of_config = _decoded(document)
    except ValueError:
        return None
    # A build opens the folder of the lock file, to keep others out.
    folder = os.path.dirname(found.files[-1].path) or "."
    is_there = os.access(folder, os.R_OK) and _holds(config, of_config)
    return found if is_there and all(map(SettledFile.is_there, found.files)) else None


def remember(
    config: str,
    output: str | None,
    only: Sequence[str],
    add_missing_hooks: bool,
    kept: Store,
    text: str,
    found: Settled,
) -> None:
    """Keep what the next build with these arguments will find; `text` is the configuration."""
    key = _key(config, output, only, add_missing_hooks)
    kept[key] = _encoded(found, fingerprint(text.encode()))


def fingerprint(content: bytes) -> str:
    """Return by what the content of a file is known again: its size, and a digest."""
    return f"{len(content)} {digest([content])}"


def _plain(path: str) -> str:
    """Spell a path as pathlib does, so that `./a` is `a`."""
    path = path.replace(os.sep, "/")
    slashes = len(path) - len(path.lstrip("/"))
    start = "/" * slashes if slashes < 3 else "/"
    return start + "/".join(part for part in path.split("/") if part not in ("", "."))


def _key(
    config: str, output: str | None, only: Sequence[str], add_missing_hooks: bool
) -> str:
    """Name everything that decides what a build does and says, but the files it looks at."""
    words = [_here(), _plain(config), *only]
    words.append("-" if output is None else f"={_plain(output)}")
    if add_missing_hooks:
        words.append("+")
    texts = (word.encode("utf-8", "surrogatepass") for word in words)
    return "settled " + digest([code_stamp(), *texts])


def _here() -> str:
    """Return the current folder; an empty text when it was removed."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _holds(path: str, known: str) -> bool:
    """Tell whether a regular file holds what has this fingerprint.

    Anything else is not opened: who reads from a pipe takes from the build that follows.
    """
    size = int(known.partition(" ")[0])
    try:
        status = os.stat(path)
        if status.st_size != size or not S_ISREG(status.st_mode):
            return False
        descriptor = os.open(path, _READ)
    except (OSError, ValueError):
        return False
    try:
        content = b""
        while block := os.read(descriptor, size + 1 - len(content)):
            content += block
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return fingerprint(content) == known


def _encoded(found: Settled, of_config: str) -> bytes:
    fields = [of_config, found.warnings]
    for file in found.files:
        fields += [file.path, file.role, file.language, file.state]
        fields += [file.fingerprint, ",".join(file.missing_hooks)]
    body = "\0".join(fields).encode("utf-8", "surrogatepass")
    return digest([body]).encode() + body


def _decoded(document: bytes) -> tuple[Settled, str]:
    """Take apart what `_encoded` made.

    Raises:
        ValueError: it is nothing of the kind.
    """
    body = document[_DIGEST:]
    if document[:_DIGEST] != digest([body]).encode():
        raise ValueError(document)
    text = body.decode("utf-8", "surrogatepass")
    of_config, warnings, *fields = text.split("\0")
    rows = range(0, len(fields), _FIELDS)
    return Settled(
        tuple(_file(fields[at : at + _FIELDS]) for at in rows), warnings
    ), of_config


def _file(fields: Sequence[str]) -> SettledFile:
    path, role, language, state, of_file, names = fields
    missing = tuple(names.split(",")) if names else ()
    return SettledFile(path, role, language, state, of_file, missing)
