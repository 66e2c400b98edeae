"""What a build left behind, kept so that the next one sees at once that it has nothing to do.

Kept are the digests of everything that a build looked at: the configuration, every file that
it wrote or left alone, and the lock file. While all of them are as they were, and so is the code
that made them, another build would say what is kept here. A build is a function of these.
"""

from __future__ import annotations

import os

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

    __slots__ = ("digest", "language", "missing_hooks", "path", "role", "state")

    def __init__(
        self,
        path: str,
        role: str,
        language: str,
        state: str,
        digest: str,
        missing_hooks: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.role = role
        self.language = language
        self.state = state
        self.digest = digest
        self.missing_hooks = missing_hooks

    def is_there(self) -> bool:
        """Tell whether the file holds what it held when this was kept."""
        return _digest_of(self.path) == self.digest


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
    if _digest_of(config) != of_config or not all(
        map(SettledFile.is_there, found.files)
    ):
        return None
    return found


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
    kept[key] = _encoded(found, digest([text.encode()]))


def _plain(path: str) -> str:
    """Spell a path as pathlib does, so that `./a` is `a`."""
    path = path.replace(os.sep, "/")
    start = "/" if path.startswith("/") else ""
    return start + "/".join(part for part in path.split("/") if part not in ("", "."))


def _key(
    config: str, output: str | None, only: Sequence[str], add_missing_hooks: bool
) -> str:
    """Name everything that decides what a build does and says, but the files it looks at."""
    words = [os.getcwd(), _plain(config), *only]
    words.append("-" if output is None else f"={_plain(output)}")
    if add_missing_hooks:
        words.append("+")
    texts = (word.encode("utf-8", "surrogateescape") for word in words)
    return "settled " + digest([code_stamp(), *texts])


def _digest_of(path: str) -> str:
    """Return the digest of a regular file; an empty text for anything else."""
    try:
        descriptor = os.open(path, _READ)
    except (OSError, ValueError):
        return ""
    try:
        size = os.fstat(descriptor).st_size + 1
        content = b""
        while block := os.read(descriptor, size):
            content += block
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return digest([content])


def _encoded(found: Settled, of_config: str) -> bytes:
    fields = [of_config, found.warnings]
    for file in found.files:
        names = ",".join(file.missing_hooks)
        fields += [file.path, file.role, file.language, file.state, file.digest, names]
    body = "\0".join(fields).encode("utf-8", "surrogateescape")
    return digest([body]).encode() + body


def _decoded(document: bytes) -> tuple[Settled, str]:
    """Take apart what `_encoded` made.

    Raises:
        ValueError: it is nothing of the kind.
    """
    body = document[_DIGEST:]
    if document[:_DIGEST] != digest([body]).encode():
        raise ValueError(document)
    text = body.decode("utf-8", "surrogateescape")
    of_config, warnings, *fields = text.split("\0")
    rows = range(0, len(fields), _FIELDS)
    return Settled(
        tuple(_file(fields[at : at + _FIELDS]) for at in rows), warnings
    ), of_config


def _file(fields: Sequence[str]) -> SettledFile:
    path, role, language, state, of_file, names = fields
    missing = tuple(names.split(",")) if names else ()
    return SettledFile(path, role, language, state, of_file, missing)
