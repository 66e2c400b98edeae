"""The form of an entry: the bytes of its file, and the name of that file.

    offset  bytes
    0       8      "goobits" and the version of this form
    8       4      CRC-32 of all that follows
    12      4      length of the key
    16      8      length of the payload
    24      8      when it was written, in nanoseconds since the epoch of the cache's timer
    32      8      when it expires, the same way
    40             the key in UTF-8, the payload

Numbers are little-endian. What follows the payload belongs to an older, longer entry.
"""

from __future__ import annotations

from time import sleep
from zlib import crc32

from goobits_cache._persistent import _files

try:
    from _blake2 import blake2b as blake2b
except ImportError:  # an interpreter that has it elsewhere
    from hashlib import blake2b as blake2b

TYPE_CHECKING = False
if TYPE_CHECKING:
    Entry = tuple[bytes, bytes, int, int]
    """Key, payload, when it was written and when it expires."""

_MAGIC = b"goobits1"
_HEADER = 40
_PAUSES = (0.0, 0.001, 0.01)  # seconds, until who writes an entry must be done
NEVER = 2**63 - 1
"""The instant at which entries expire that do not."""

NAME = 48
"""How long the names of entries are, in hexadecimal digits."""


def space(*parts: str) -> bytes:
    """Return the digest of what all entries of a cache have in common."""
    # Each part is told from the next by its length.
    named = b"".join(
        len(encoded).to_bytes(8, "little") + encoded
        for encoded in map(encode_key, ("goobits1", *parts))
    )
    return blake2b(named, digest_size=8).digest()


def encode_key(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")


def name(space: bytes, key: bytes) -> str:
    """Return the name of a key's file: 16 digits of its space, 32 of its own."""
    return space.hex() + blake2b(space + key, digest_size=16).hexdigest()


def instant(seconds: float) -> int:
    """Return seconds as nanoseconds, or the nearest instant that a file can hold."""
    return int(min(max(seconds * 1e9, -NEVER), NEVER - 1024))


def pack(key: bytes, payload: bytes, written: int, expires: int) -> bytes:
    head = b"".join(
        (
            len(key).to_bytes(4, "little"),
            len(payload).to_bytes(8, "little"),
            written.to_bytes(8, "little", signed=True),
            expires.to_bytes(8, "little", signed=True),
            key,
        )
    )
    checksum = crc32(payload, crc32(head)).to_bytes(4, "little")
    return b"".join((_MAGIC, checksum, head, payload))


def unpack(data: bytes) -> Entry | None:
    """Return the entry that a file holds; None if it is damaged."""
    number = int.from_bytes
    middle = _HEADER + number(data[12:16], "little")
    end = middle + number(data[16:24], "little")
    if data[:8] != _MAGIC or len(data) < end:
        return None
    if crc32(memoryview(data)[12:end]) != number(data[8:12], "little"):
        return None
    written = number(data[24:32], "little", signed=True)
    expires = number(data[32:40], "little", signed=True)
    return data[_HEADER:middle], data[middle:end], written, expires


def read(path: str) -> tuple[Entry | None, float]:
    """Return the entry of a file, None if it is damaged, and when it was last used.

    Somebody may be writing: it is damaged when it still is when they must be done.
    """
    data, used = _files.read(path)
    entry = unpack(data)
    if entry is None:
        for pause in _PAUSES:
            sleep(pause)
            entry = unpack(_files.read(path)[0])
            if entry is not None:
                break
    return entry, used
