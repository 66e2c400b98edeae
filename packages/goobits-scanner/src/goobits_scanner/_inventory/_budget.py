"""What one scan may still read, and the names of what it reads."""

from __future__ import annotations

from goobits_scanner._inventory._magic import is_native
from goobits_scanner._limits import MIB, Limits
from goobits_scanner._source import Unread

# An archive may unpack to so much, whatever its own size is.
FREE = MIB


class Exhausted(Exception):  # noqa: N818
    """A limit of the whole scan is reached: nothing more is read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Exception):  # noqa: N818
    """The rest of one archive can't be read, or is not."""

    def __init__(self, reason: str, *, is_hostile: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_hostile = is_hostile


class Budget:
    """Count files and bytes against the limits."""

    __slots__ = ("files", "limits", "size")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files = 0
        self.size = 0

    def count_files(self, number: int = 1) -> None:
        """Count files, folders and other entries.

        Raises:
            Exhausted: there are more than may be.
        """
        self.files += number
        if self.files > self.limits.files:
            raise Exhausted(f"more than {self.limits.files:,} files")

    def count_bytes(self, number: int) -> None:
        """Count bytes that were read or unpacked.

        Raises:
            Exhausted: there are more than may be.
        """
        self.size += number
        if self.size > self.limits.total_size:
            raise Exhausted(f"more than {self.limits.total_size:,} bytes in all")

    def check_ratio(self, unpacked: int, packed: int) -> None:
        """Hold what came out of an archive against the archive's size.

        Raises:
            Refused: it unpacks to more than it may.
        """
        if unpacked > max(FREE, self.limits.ratio * packed):
            raise Refused(
                f"it unpacks to more than {self.limits.ratio:,} times its size",
                is_hostile=True,
            )


def too_large(name: str, data: bytes, limit: int) -> Unread | None:
    """Say that a file was not read whole, unless there is no source in it to miss."""
    if is_native(data[:1024]):
        return None
    return Unread(name, f"larger than {limit:,} bytes")


def printable(name: str) -> str:
    """Return a name in which what can't be shown is escaped."""
    if name.isprintable():
        return name
    return "".join(map(_escape, name))


def _escape(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
