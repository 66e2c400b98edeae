"""What the first bytes of a file say that it is."""

from __future__ import annotations

# Programs and parts of programs for a machine, real or virtual.
_NATIVE = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",  # Mach-O: 32 and 64 bits, big and little end first
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Mach-O for several machines, and Java's classes
    b"\xca\xfe\xba\xbf",
    b"\0asm",
    b"dex\n0",
    b"!<arch>\n",
    b"BC\xc0\xde",
)
_ARCHIVES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"MSCF\0\0\0\0", "cab"),
    (b"xar!\0", "xar"),
    (b"\x04\x22\x4d\x18", "lz4"),
)
# What follows the digit of bzip2: a block, or the end of an empty stream.
_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
_END_OF_ZIP = b"PK\x05\x06"
_END_SIZE = 22
_COMMENT = 0xFFFF
# All that a zip archive may have behind its directory.
TAIL = _END_SIZE + _COMMENT
BLOCK = 512


def is_native(head: bytes) -> bool:
    """Tell whether these are the first bytes (64 or more) of machine code."""
    return head.startswith(_NATIVE) or (head[:2] == b"MZ" and _is_pe(head))


def _is_pe(head: bytes) -> bool:
    """Tell a program for Windows from a text that begins with MZ."""
    at = int.from_bytes(head[60:64], "little")
    if len(head) < 64 or at + 4 > len(head):
        return b"\0\0" in head[:64]
    return head[at : at + 2] in (b"PE", b"NE", b"LE", b"LX") or b"\0\0" in head[2:60]


def archive_kind(head: bytes, tail: bytes) -> str:
    """Return the kind of archive that begins and ends so, or "".

    `head` is the first block or more, `tail` the last `TAIL` bytes or more.
    """
    for magic, kind in _ARCHIVES:
        if head.startswith(magic):
            if kind == "bzip2" and not head[4:].startswith(_BLOCKS):
                continue
            return kind
    if is_tar(head):
        return "tar"
    return "zip" if _ends_zip(tail) else ""


def is_only_archive(head: bytes) -> bool:
    """Tell whether nothing but an archive begins so; other programs may run what is none."""
    return head.startswith(tuple(magic for magic, _ in _ARCHIVES))


def is_tar(head: bytes) -> bool:
    """Tell whether a block is a header of tar: its checksum, as old or new programs count."""
    block = head[:BLOCK]
    if len(block) < BLOCK or not block[0]:
        return False
    digits = block[148:156].strip(b" \0")
    if not digits.isdigit() or b"8" in digits or b"9" in digits:
        return False
    return int(digits, 8) in checksums(block)


def checksums(block: bytes) -> tuple[int, int]:
    """Return the sums of a header's bytes, unsigned and signed."""
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    if rest.isascii():
        return unsigned, unsigned
    return unsigned, unsigned - 256 * sum(byte > 127 for byte in rest)


def _ends_zip(tail: bytes) -> bool:
    at = tail.rfind(_END_OF_ZIP, -TAIL)
    if at < 0 or len(tail) - at < _END_SIZE:
        return False
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    start = at - size
    disks = tail[at + 4 : at + 8]
    # A directory that lies before the tail can't be looked at here.
    return disks == bytes(4) and (start < 0 or tail[start : start + 4] == b"PK\x01\x02")
