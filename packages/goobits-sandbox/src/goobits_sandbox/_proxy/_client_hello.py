"""The name that a TLS client asks for: the first message of RFC 8446, 4.1.2, read strictly.

The name says which of its hosts a server presents, not what is asked of it inside the encrypted
tunnel: a server that answers for many hosts there answers for them here, too.
"""

from __future__ import annotations

_HANDSHAKE, _CLIENT_HELLO, _LONGEST_RECORD = 22, 1, 16384
_SERVER_NAME = 0
# The registered number, and those of the drafts that clients and servers once agreed on.
_ENCRYPTED = (0xFE0D, 0xFFCE, 0xFE08, 0xFE09, 0xFE0A)
MOST = 32768


class NotTlsError(Exception):
    """What came is no ClientHello that names one host; the message says why."""


class ClientHello:
    """Assembles the message of what comes, in any number of records and packets.

    `data` is all that came. Every byte is looked at once, however it was cut.
    """

    def __init__(self) -> None:
        self.data = bytearray()
        self._message = bytearray()
        self._read = 0

    def feed(self, data: bytes) -> str | None:
        """Return the name that is asked for, in lower case; None while more must come.

        Raises:
            NotTlsError: it is no ClientHello, names no host or several, or hides the name.
        """
        self.data += data
        while (record := self._record()) is not None:
            self._message += record
            if self._is_whole():
                return _name(bytes(self._message[4:]))
        if len(self.data) > MOST:
            raise NotTlsError("the handshake is too long")
        return None

    def _record(self) -> bytes | None:
        """Return what the next record holds, None while it is not whole."""
        head = bytes(self.data[self._read : self._read + 5])
        if head[:1] not in (b"", bytes([_HANDSHAKE])) or head[1:2] not in (b"", b"\3"):
            raise NotTlsError("only TLS goes through a tunnel")
        if len(head) < 5:
            return None
        size = int.from_bytes(head[3:])
        if not 0 < size <= _LONGEST_RECORD:
            raise NotTlsError("only TLS goes through a tunnel")
        record = self.data[self._read + 5 : self._read + 5 + size]
        if len(record) < size:
            return None
        self._read += 5 + size
        return bytes(record)

    def _is_whole(self) -> bool:
        if self._message[0] != _CLIENT_HELLO:
            raise NotTlsError("the handshake does not begin with a ClientHello")
        if len(self._message) < 4:
            return False
        left = 4 + int.from_bytes(self._message[1:4]) - len(self._message)
        if left < 0:
            raise NotTlsError("something follows the ClientHello in its own record")
        return left == 0


def _name(message: bytes) -> str:
    reader = _Reader(message)
    reader.take(2 + 32)
    for width in (1, 2, 1):
        reader.vector(width)
    extensions = _extensions(reader.vector(2))
    if reader.left():
        raise NotTlsError("something follows the handshake's extensions")
    if not extensions.keys().isdisjoint(_ENCRYPTED):
        raise NotTlsError("the handshake is encrypted, and may name another host")
    names = _names(extensions.get(_SERVER_NAME, b"\0\0"))
    if len(names) != 1 or not names[0].isascii():
        raise NotTlsError("the handshake names no host, or several")
    return names[0].decode().lower()


def _extensions(content: bytes) -> dict[int, bytes]:
    reader, found = _Reader(content), dict[int, bytes]()
    while reader.left():
        kind, value = reader.number(2), reader.vector(2)
        if kind in found:
            raise NotTlsError("the handshake says the same thing twice")
        found[kind] = value
    return found


def _names(content: bytes) -> list[bytes]:
    outer = _Reader(content)
    entries, names = _Reader(outer.vector(2)), []
    while entries.left():
        if entries.number(1) != 0:
            raise NotTlsError("the handshake names something that is no host")
        names.append(entries.vector(2))
    if outer.left():
        raise NotTlsError("something follows the name in the handshake")
    return names


class _Reader:
    """Takes numbers and vectors off the front of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._read = 0

    def left(self) -> int:
        return len(self._data) - self._read

    def take(self, count: int) -> bytes:
        if self.left() < count:
            raise NotTlsError("the handshake ends too early")
        self._read += count
        return self._data[self._read - count : self._read]

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width))

    def vector(self, width: int) -> bytes:
        return self.take(self.number(width))
