"""The name that a TLS client asks for: the first message of RFC 8446, 4.1.2, read strictly.

A server may answer with the wish for a second one, and take that without comparing it to the first;
so that is read, too. The name says which of its hosts a server presents, not what is asked of it
inside the encrypted tunnel: a server that answers for many hosts there answers for them here.
"""

from __future__ import annotations

_HANDSHAKE, _CLIENT_HELLO, _SERVER_HELLO, _LONGEST_RECORD = 22, 1, 2, 16384
_CHANGE_CIPHER, _EARLY_DATA = 20, 23
_SERVER_NAME = 0
# The registered number, and those of the drafts that clients and servers once agreed on.
_ENCRYPTED = (0xFE0D, 0xFFCE, 0xFE08, 0xFE09, 0xFE0A)
# What a server calls random when it wishes for a second hello (RFC 8446, 4.1.3).
_RETRY = bytes.fromhex(
    "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c"
)
MOST = 32768


class NotTlsError(Exception):
    """What came is no ClientHello that names one host; the message says why."""


class Handshake:
    """Assembles messages of a handshake, in any number of records and packets.

    Every byte is looked at once, however they were cut. `passing` are types of records that may
    come before the message and are no part of it.
    """

    def __init__(self, passing: tuple[int, ...] = ()) -> None:
        self._data = bytearray()
        self._read = 0
        self._passing = passing
        self.message = bytearray()

    @property
    def taken(self) -> bytes:
        """The records that were looked at."""
        return bytes(self._data[: self._read])

    @property
    def rest(self) -> bytes:
        """What came after them."""
        return bytes(self._data[self._read :])

    def add(self, data: bytes) -> None:
        """Take what came.

        Raises:
            NotTlsError: it is too long, and the message still not whole.
        """
        self._data += data
        if self._read > MOST:
            raise NotTlsError("the handshake is too long")

    def extend(self) -> bool:
        """Make the message longer by the next record, and tell whether that is whole.

        Raises:
            NotTlsError: it is no record of a handshake.
        """
        head = bytes(self._data[self._read : self._read + 5])
        kinds = (_HANDSHAKE, *self._passing)
        if (head and head[0] not in kinds) or head[1:2] not in (b"", b"\3"):
            raise NotTlsError("only TLS goes through a tunnel")
        if len(head) < 5:
            return False
        end = self._read + 5 + int.from_bytes(head[3:])
        if not 5 < end - self._read <= 5 + _LONGEST_RECORD + 256:
            raise NotTlsError("only TLS goes through a tunnel")
        if len(self._data) < end:
            return False
        if head[0] == _HANDSHAKE:
            self.message += self._data[self._read + 5 : end]
        self._read = end
        return True


class ClientHello(Handshake):
    """A client's first message, or, after a retry, its second one."""

    def __init__(self, *, is_second: bool = False) -> None:
        super().__init__((_CHANGE_CIPHER, _EARLY_DATA) if is_second else ())

    def feed(self, data: bytes) -> str | None:
        """Return the name that is asked for, in lower case; None while more must come.

        Raises:
            NotTlsError: it is no ClientHello, names no host or several, or hides the name.
        """
        self.add(data)
        while self.extend():
            if self._is_whole():
                return _name(bytes(self.message[4:]))
        return None

    def _is_whole(self) -> bool:
        if self.message[:1] not in (b"", bytes([_CLIENT_HELLO])):
            raise NotTlsError("the handshake does not begin with a ClientHello")
        if len(self.message) < 4:
            return False
        size = 4 + int.from_bytes(self.message[1:4])
        if size > MOST:
            raise NotTlsError("the handshake is too long")
        if len(self.message) > size:
            raise NotTlsError("something follows the ClientHello in its own record")
        return len(self.message) == size


class ServerHello(Handshake):
    """A server's first message, as far as it says whether it wishes for a second hello."""

    def feed(self, data: bytes) -> bool | None:
        """Tell whether it does; None while more must come."""
        try:
            self.add(data)
            while len(self.message) < 38:
                if not self.extend():
                    return None
        except NotTlsError:
            return False
        return self.message[0] == _SERVER_HELLO and self.message[6:38] == _RETRY


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
