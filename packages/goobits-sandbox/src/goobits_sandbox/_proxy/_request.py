"""The head of a request, read strictly: what two readers could read differently is refused.

Lines end with CR LF and hold printable ASCII; a first line is three words with single spaces; a
field is a token, a colon and a value, on one line. No request has a body, and Host appears at most
once. That of GET is the host of the address; that of CONNECT counts for nothing, since clients put
the proxy's own name there, and nothing reads it.
"""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._proxy._hosts import authority

MOST = 16384
_FIELDS = 100
_SHOWN = 253
_TOKEN = frozenset(
    b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_NOT_SENT = frozenset(
    "connection expect host http2-settings keep-alive proxy-authenticate "
    "proxy-authorization proxy-connection te trailer upgrade".split()
)


class RefusedError(Exception):
    """A request is refused with the HTTP `status`; the message says why.

    What the guest said is cut, so that a log of it stays small.
    """

    def __init__(self, status: int, why: str, host: str = "", port: int = 0) -> None:
        super().__init__(why)
        self.status = status
        self.host = host[:_SHOWN]
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
    first, *rest = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    if not head.endswith(b"\r\n\r\n") or not all(map(_is_plain, (first, *rest))):
        raise RefusedError(400, "the request holds characters that none may hold")
    words = first.decode().split(" ")
    if (
        len(words) != 3
        or words[2] not in ("HTTP/1.1", "HTTP/1.0")
        or "\t" in first.decode()
    ):
        raise RefusedError(400, "the first line is no request of HTTP/1.1")
    method, target, version = words
    fields = _fields(rest)
    if method == "CONNECT":
        return _tunnel(target)
    if method == "GET":
        return _page(target, version, fields)
    raise RefusedError(405, f"only CONNECT and GET are spoken, not {method[:20]!r}")


def _tunnel(target: str) -> Request:
    host, port = authority(target)
    if not host:
        why = f"{target[:_SHOWN]!r} is no name of a host with a port"
        raise RefusedError(403, why, target)
    return Request(host, port)


def _page(target: str, version: str, fields: list[tuple[str, str]]) -> Request:
    if target[:7].lower() != "http://":
        raise RefusedError(400, "GET needs a whole http:// address")
    place, _, path = target[7:].partition("/")
    host, port = authority(place if ":" in place else f"{place}:80")
    if not host:
        raise RefusedError(403, f"{place[:_SHOWN]!r} is no name of a host", place)
    shown = host if port == 80 else f"{host}:{port}"
    named = dict(fields).get("host", shown).lower()
    if named not in (shown, f"{host}:{port}"):
        raise RefusedError(400, "the field Host names another host", host, port)
    if "#" in path:
        raise RefusedError(400, "the address holds a fragment", host, port)
    named_by_connection = {
        word.strip().lower()
        for name, value in fields
        if name == "connection"
        for word in value.split(",")
    }
    dropped = _NOT_SENT | named_by_connection
    lines = [f"GET /{path} {version}", f"Host: {shown}"]
    lines += [f"{name}: {value}" for name, value in fields if name not in dropped]
    return Request(
        host, port, "\r\n".join((*lines, "Connection: close", "", "")).encode()
    )


def _fields(lines: list[bytes]) -> list[tuple[str, str]]:
    """Return the fields, their names in lower case."""
    if len(lines) > _FIELDS:
        raise RefusedError(431, f"more than {_FIELDS} header fields")
    found = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not name or not _TOKEN.issuperset(name):
            raise RefusedError(400, "a header field is not written as one")
        found.append((name.decode().lower(), value.decode().strip(" \t")))
    names = [name for name, _ in found]
    if "transfer-encoding" in names or "content-length" in names:
        raise RefusedError(400, "a request here has no body")
    if names.count("host") > 1:
        raise RefusedError(400, "the field Host appears twice")
    return found


def _is_plain(line: bytes) -> bool:
    return all(byte == 9 or 32 <= byte < 127 for byte in line)
