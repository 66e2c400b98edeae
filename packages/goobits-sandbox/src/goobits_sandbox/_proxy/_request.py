"""The head of a request, read strictly: what two readers could read differently is refused."""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._proxy._hosts import authority

MOST = 16384
_FIELDS = 100
_TOKEN = frozenset(
    b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_NOT_SENT = frozenset(
    "connection keep-alive proxy-connection proxy-authorization proxy-authenticate te trailer "
    "upgrade expect".split()
)


class RefusedError(Exception):
    """A request is refused with the HTTP `status`; the message says why."""

    def __init__(self, status: int, why: str, host: str = "", port: int = 0) -> None:
        super().__init__(why)
        self.status = status
        self.host = host
        self.port = port


class Request(Frozen):
    """What a guest asks for: a tunnel to a host where `head` is empty, else a page by HTTP.

    `head` is what is sent to the host: written anew, and nothing of it passed on unread.
    """

    host: str
    port: int
    head: bytes = b""


def parse(head: bytes) -> Request:
    """Return the request of a head, which ends with an empty line.

    Raises:
        RefusedError: it is no CONNECT or absolute GET, or not written as RFC 9112 says.
    """
    lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if any(not _is_plain(line) for line in lines):
        raise RefusedError(400, "the request holds characters that none may hold")
    words = lines[0].split(b" ")
    if len(words) != 3 or words[2] not in (b"HTTP/1.1", b"HTTP/1.0"):
        raise RefusedError(400, "the first line is no request of HTTP/1.1")
    method, target = words[0], words[1].decode("latin-1")
    fields = _fields(lines[1:])
    if method == b"CONNECT":
        return _tunnel(target, fields)
    if method == b"GET":
        return _page(target, fields)
    raise RefusedError(405, f"only CONNECT and GET are spoken, not {method.decode()!r}")


def _tunnel(target: str, fields: list[tuple[str, bytes]]) -> Request:
    host, port = authority(target)
    if not host:
        raise RefusedError(403, f"{target!r} is no host with a port", target)
    # Clients name the proxy there as often as the host, and nothing of it goes anywhere.
    _check_fields([field for field in fields if field[0] != "host"], ())
    return Request(host, port)


def _page(target: str, fields: list[tuple[str, bytes]]) -> Request:
    if not target[:7].lower() == "http://":
        raise RefusedError(400, "GET needs a whole http:// address")
    place, _, path = target[7:].partition("/")
    for mark in "?#":
        if mark in place:
            raise RefusedError(400, f"the address has no path before {mark!r}", place)
    host, port = authority(place if ":" in place else f"{place}:80")
    if not host:
        raise RefusedError(403, f"{place!r} is no host", place)
    _check_fields(fields, (place.lower(), host, f"{host}:{port}"))
    shown = host if port == 80 else f"{host}:{port}"
    kept = [
        name.encode() + b": " + value
        for name, value in fields
        if name not in _NOT_SENT and name != "host"
    ]
    first = f"GET /{path} HTTP/1.1\r\nHost: {shown}".encode("latin-1")
    return Request(
        host, port, b"\r\n".join([first, *kept, b"Connection: close\r\n\r\n"])
    )


def _fields(lines: list[bytes]) -> list[tuple[str, bytes]]:
    if len(lines) > _FIELDS:
        raise RefusedError(431, f"more than {_FIELDS} header fields")
    found = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name or not _TOKEN.issuperset(name):
            raise RefusedError(400, "a header field is not written as one")
        found.append((name.decode().lower(), value.strip(b" \t")))
    return found


def _check_fields(fields: list[tuple[str, bytes]], hosts: tuple[str, ...]) -> None:
    """Refuse a body, and a Host that is not the one in the first line."""
    names = [name for name, _ in fields]
    if "transfer-encoding" in names or "content-length" in names:
        raise RefusedError(400, "a request here has no body")
    said = [value.decode("latin-1").lower() for name, value in fields if name == "host"]
    if len(said) > 1 or any(value not in hosts for value in said):
        raise RefusedError(400, "the header field Host names another host", hosts[0])


def _is_plain(line: bytes) -> bool:
    return all(byte == 9 or 32 <= byte < 127 for byte in line)
