"""The header of a file in ustar (POSIX.1-1988), which can be written in one way only.

Reading is: take the path, the size and the mode from it, write the header that these make, and
compare. So nothing else is carried in it, and no other reader sees another path, size or kind.
The rules are named by what differs: magic, kind, size, encoding (and those of _paths), mode, owner,
time, link, device, name, prefix, padding, checksum.
"""

from __future__ import annotations

import re

from goobits_plugin._archive._paths import check_path, split
from goobits_plugin._errors import ArchiveError

_MAGIC = slice(257, 265)
_KIND = slice(156, 157)
_SIZE = slice(124, 136)
_MODE = slice(100, 108)
_FIELDS = (
    ("mode", _MODE),
    ("owner", slice(108, 124)),
    ("size", _SIZE),
    ("time", slice(136, 148)),
    ("link", slice(157, 257)),
    ("owner", slice(265, 329)),
    ("device", slice(329, 345)),
    ("name", slice(0, 100)),
    ("prefix", slice(345, 500)),
    ("padding", slice(500, 512)),
    ("checksum", slice(148, 156)),
)
_OCTAL = re.compile(rb"[0-7]{11}\0")
_ZERO = b"0000000\0"
_PLAIN, _EXECUTABLE = b"0000644\0", b"0000755\0"
_USTAR = b"ustar\00000"
_KINDS = {
    b"1": "a hard link",
    b"2": "a symbolic link",
    b"3": "a device",
    b"4": "a device",
    b"5": "a folder of its own",
    b"6": "a named pipe",
    b"S": "a sparse file",
    b"L": "a long name of GNU",
    b"K": "a long link of GNU",
    b"x": "an extended header",
    b"g": "an extended header",
}


def write_header(path: str, size: int, executable: bool) -> bytes:
    """Return the one header of a file, 512 bytes long, whose path keeps the rules."""
    prefix, name = split(path.encode())
    block = b"".join(
        (
            name.ljust(100, b"\0"),
            _EXECUTABLE if executable else _PLAIN,
            _ZERO * 2,
            b"%011o\0" % size,
            b"%011o\0" % 0,
            b" " * 8,
            b"0",
            bytes(100),
            _USTAR,
            bytes(64),
            _ZERO * 2,
            prefix.ljust(155, b"\0"),
            bytes(12),
        )
    )
    return b"%b%06o\0 %b" % (block[:148], sum(block), block[156:])


def read_header(block: bytes) -> tuple[str, int, bool]:
    """Return the path, the size and whether it is executable.

    Raises:
        ArchiveError: this is not what `write_header` makes of these three.
    """
    if block[_MAGIC] != _USTAR:
        raise ArchiveError("a header is not one of ustar", "magic")
    path = _read_path(block)
    if block[_KIND] != b"0":
        kind = _KINDS.get(block[_KIND], f"of the kind {block[_KIND]!r}")
        raise ArchiveError(f"{path!r} is {kind}, not a file", "kind")
    if not _OCTAL.fullmatch(block[_SIZE]):
        raise ArchiveError(f"{path!r} has no size in eleven octal digits", "size")
    size = int(block[_SIZE][:-1], 8)
    check_path(path)
    executable = block[_MODE] == _EXECUTABLE
    written = write_header(path, size, executable)
    if written != block:
        field = next(name for name, at in _FIELDS if written[at] != block[at])
        raise ArchiveError(f"the header of {path!r} has another {field}", field)
    return path, size, executable


def _read_path(block: bytes) -> str:
    name = block[:100].partition(b"\0")[0]
    prefix = block[345:500].partition(b"\0")[0]
    path = prefix + b"/" + name if prefix else name
    try:
        return path.decode()
    except UnicodeDecodeError:
        raise ArchiveError(f"{path!r} is not UTF-8", "encoding") from None
