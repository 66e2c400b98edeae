"""One header of tar, in the forms of old programs, POSIX and GNU."""

from __future__ import annotations

import re
from typing import NamedTuple

from goobits_scanner._inventory._budget import Refused
from goobits_scanner._inventory._magic import BLOCK, checksums

_OCTAL = re.compile(rb" *([0-7]*)[ \0]*")
_POSIX = b"ustar\0"


class Header(NamedTuple):
    """What a header says. `wrong` is what no honest packer writes in it, or ""."""

    name: str
    kind: bytes
    size: int
    is_executable: bool
    link: str
    wrong: str = ""

    @property
    def is_folder(self) -> bool:
        """Tell whether it is one; old programs say so by a slash."""
        return self.kind == b"5" or (self.kind == b"\0" and self.name[-1:] == "/")


def parse_header(block: bytes) -> Header:
    """Return what a block says that is not all zeros.

    Raises:
        Refused: it is cut short or damaged, or its size can be read in several ways.
    """
    if len(block) < BLOCK:
        raise Refused("it ends within a header")
    stated = _octal(block[148:156], "checksum")
    if stated not in checksums(block):
        raise Refused("a header is damaged", is_hostile=True)
    name, link, prefix = (
        block[at].partition(b"\0")[0]
        for at in (slice(0, 100), slice(157, 257), slice(345, 500))
    )
    kind = block[156:157]
    wrong = ""
    if kind not in b"0\x001257":
        prefix = b""
    elif block[257:263] == _POSIX:
        name = prefix + b"/" + name if prefix else name
    elif prefix:
        wrong = "its header has two names"
    mode = _octal(block[100:108], "mode", default=0)
    size = _octal(block[124:136], "size")
    return Header(text(name), kind, size, bool(mode & 0o100), text(link), wrong)


def text(data: bytes) -> str:
    """Return a name; what is not UTF-8 in it becomes surrogates."""
    return data.decode("utf-8", "surrogateescape")


def _octal(field: bytes, what: str, default: int | None = None) -> int:
    if field[0] == 0x80 and len(field) == 12:
        return int.from_bytes(field[1:], "big")
    match = _OCTAL.fullmatch(field)
    if match:
        return int(match[1] or b"0", 8)
    if default is not None:
        return default
    reason = f"the {what} in a header can be read in several ways"
    raise Refused(reason, is_hostile=True)
