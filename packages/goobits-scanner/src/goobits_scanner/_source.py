"""A file of a package, as the inventory hands it on."""

from __future__ import annotations

from typing import NamedTuple


class Source(NamedTuple):
    """One regular file: its name, what was read of it, and its size.

    `name` is relative to what is scanned, with `/`; a member of an archive follows a `!`.
    `data` is shorter than `size` where the file is larger than may be read whole. `is_executable`
    is the owner's bit.
    """

    name: str
    data: bytes
    size: int
    is_executable: bool = False


class Unread(NamedTuple):
    """Something of a package that could not be looked at: `reason` completes "not scanned: ".

    `is_hostile` says that no honest packer makes it (a path that leaves, a bomb, a device).
    """

    name: str
    reason: str
    is_hostile: bool = False
