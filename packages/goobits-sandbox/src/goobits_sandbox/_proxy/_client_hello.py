"""The name that a TLS client asks for: the first message of RFC 8446, 4.1.2, read strictly."""

from __future__ import annotations

_HANDSHAKE, _CLIENT_HELLO = 22, 1
_SERVER_NAME, _ENCRYPTED = 0, 0xFE0D
MOST = 65536


class NotTlsError(Exception):
    """What came is no ClientHello that names one host; the message says why."""


def server_name(data: bytes) -> str | None:
    """Return the name in a ClientHello, in lower case; None while more of it must come.

    Raises:
        NotTlsError: it is none, names no host or several, or hides the name.
    """
    message = _message(data)
    if message is None:
        return None
    reader = _Reader(message)
    reader.take(2 + 32)
    for width in (1, 2, 1):
        reader.vector(width)
    names: list[bytes] = []
    extensions = _Reader(reader.vector(2))
    seen = set()
    while extensions.left():
        kind, content = extensions.number(2), extensions.vector(2)
        if kind == _ENCRYPTED:
            raise NotTlsError("the handshake is encrypted and may name another host")
        if kind in seen:
            raise NotTlsError("the handshake says the same thing twice")
        seen.add(kind)
        if kind == _SERVER_NAME:
            names += _names(content)
    if reader.left() or len(names) != 1:
        raise NotTlsError("the handshake names no host, or several")
    if not names[0].isascii() or b"\0" in names[0]:
        raise NotTlsError("the handshake names no host")
    return names[0].decode().lower()


def _message(data: bytes) -> bytes | None:
    """Return the ClientHello out of its records, None while it is not whole."""
    message, rest = b"", data
    while True:
        if rest[:1] not in (b"", bytes([_HANDSHAKE])) or rest[1:2] not in (b"", b"\3"):
            raise NotTlsError("only TLS goes through a tunnel")
        if len(data) > MOST:
            raise NotTlsError("the handshake is too long")
        if len(rest) < 5:
            return None
        size = int.from_bytes(rest[3:5])
        if not 0 < size <= 16384:
            raise NotTlsError("only TLS goes through a tunnel")
        message += rest[5 : 5 + size]
        if message[:1] not in (b"", bytes([_CLIENT_HELLO])):
            raise NotTlsError("the handshake does not begin with a ClientHello")
        if len(message) >= 4 and len(message) >= 4 + int.from_bytes(message[1:4]):
            if len(message) > 4 + int.from_bytes(message[1:4]):
                raise NotTlsError("something follows the ClientHello at once")
            return message[4:]
        if len(rest) < 5 + size:
            return None
        rest = rest[5 + size :]


def _names(content: bytes) -> list[bytes]:
    outer = _Reader(content)
    entries, names = _Reader(outer.vector(2)), []
    while entries.left():
        kind, name = entries.number(1), entries.vector(2)
        if kind != 0:
            raise NotTlsError("the handshake names something that is no host")
        names.append(name)
    if outer.left():
        raise NotTlsError("the handshake's name is followed by something")
    return names


class _Reader:
    """Takes numbers and vectors off the front of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def left(self) -> int:
        return len(self._data)

    def take(self, count: int) -> bytes:
        if len(self._data) < count:
            raise NotTlsError("the handshake ends too early")
        taken, self._data = self._data[:count], self._data[count:]
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width))

    def vector(self, width: int) -> bytes:
        return self.take(self.number(width))
