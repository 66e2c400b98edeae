"""The lock file: which files of an output folder are ours, by the hash of what we wrote.

A generated file whose hash is not in the lock was edited by a person, or is a person's own.
Several hashes stand for one file only when a build was killed between its first and its last
rename: whatever it left behind is then still known as ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from goobits_engine._errors import OutputError
from goobits_engine._output._files import read_file

LOCK_NAME: Final = "goobits.lock"
_VERSION: Final = 1


def digest(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hex, whatever ends its lines."""
    return hashlib.sha256(plain_lines(content)).hexdigest()


def plain_lines(content: bytes) -> bytes:
    """Return a file as we write it; version control may have put CRLF into it."""
    return content.replace(b"\r\n", b"\n")


@dataclass(frozen=True, slots=True)
class Lock:
    """The hashes that are ours, by POSIX path below the output folder."""

    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Lock:
        """Read the lock of a folder; a folder without one has an empty lock.

        Raises:
            OutputError: it cannot be read, or is not a lock of this version.
        """
        return cls.of(read_file(folder / LOCK_NAME), folder)

    @classmethod
    def of(cls, content: bytes | None, folder: Path) -> Lock:
        """Take apart the lock of a folder, where there is none an empty one.

        Raises:
            OutputError: it is not a lock of this version.
        """
        path = folder / LOCK_NAME
        try:
            return cls() if content is None else cls(_files(json.loads(content)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise OutputError(
                f"{path} is not a lock file of this version",
                path,
                "restore it from version control, or delete it together with the"
                " generated files and build again",
            ) from error

    def knows(self, path: str) -> bool:
        """Tell whether some build wrote a file at this path."""
        return path in self.files

    def owns(self, path: str, content: bytes) -> bool:
        """Tell whether a file is as some build wrote it."""
        return digest(content) in self.files.get(path, ())

    def having(self, written: Mapping[str, bytes]) -> Lock:
        """Return the lock in which these contents are ours as well."""
        added = {
            path: tuple(dict.fromkeys([*self.files.get(path, ()), digest(content)]))
            for path, content in written.items()
        }
        return Lock({**self.files, **added})

    def settled(self, written: Mapping[str, bytes]) -> Lock:
        """Return the lock in which only these contents are ours, for their paths."""
        added = {path: (digest(content),) for path, content in written.items()}
        return Lock({**self.files, **added})

    def dump(self) -> bytes:
        """Return the bytes of the lock file; equal locks have equal bytes."""
        document = {"version": _VERSION, "files": dict(sorted(self.files.items()))}
        return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _files(document: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(document, dict) or document["version"] != _VERSION:
        raise ValueError(document)
    files = document["files"]
    if not isinstance(files, dict):
        raise TypeError(files)
    return {_text(path): _hashes(known) for path, known in files.items()}


def _hashes(known: object) -> tuple[str, ...]:
    if not isinstance(known, list):
        raise TypeError(known)
    return tuple(map(_text, known))


def _text(value: object) -> str:
    """Refuse what a lock file cannot hold, such as half of a surrogate pair."""
    return str(value).encode().decode()
