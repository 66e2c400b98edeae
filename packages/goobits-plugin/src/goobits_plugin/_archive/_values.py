"""What an archive holds, as values, and how much it may hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

MIB = 1 << 20
BLOCK = 512
FILES = 2_000
FOLDERS = 2_000
CONTENT = 64 * MIB
"""The most bytes of all files together."""
COMPRESSED = 32 * MIB
"""The most bytes of an archive as it is sent."""
RATIO = 200
"""How many times its own length an archive may inflate to, when that is more than `FREE`."""
FREE = MIB
TAR = CONTENT + FILES * 2 * BLOCK + 2 * BLOCK
"""The most bytes that an archive may inflate to: contents, headers, padding, end."""
MANIFEST = MIB // 4
DEPTH = 16
PATH = 200
"""The most bytes of a path, of which a part has at most `PART`."""
PART = 100


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive that was made: `size` is the sum of its `files`, before compression."""

    data: bytes = field(repr=False)
    sha256: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive, whose content begins at an offset of the inflated archive."""

    path: str
    size: int
    executable: bool
    offset: int


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that keeps every rule; `members` are sorted by the bytes of their paths."""

    sha256: str
    members: tuple[Member, ...]
    manifest: bytes = field(repr=False)
    tar: memoryview = field(repr=False, compare=False)

    @property
    def content_sha256(self) -> str:
        """The hash of the inflated archive: equal for equal files, whichever zlib packed them."""
        return hashlib.sha256(self.tar).hexdigest()

    def content(self, member: Member) -> memoryview:
        """Return the content of a member, without a copy."""
        return self.tar[member.offset : member.offset + member.size]
