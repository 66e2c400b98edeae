"""The head of a request, read strictly: what two readers could read differently is refused.

Lines end with CR LF and hold printable ASCII; a first line is three words with single spaces; a
field is a token, a colon and a value, on one line. Host appears at most once. That of a page is the
host of the address; that of CONNECT counts for nothing, since clients put the proxy's own name
there, and nothing reads it. No request has a body, but for one to a service: a length or chunks.
"""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._proxy._hosts import authority

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

MOST = 16384
_FIELDS = 100
_LONGEST_METHOD = 20
_SHOWN = 253
_TOKEN = frozenset(
    b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)
_NOT_SENT = frozenset(
    "connection expect host http2-settings keep-alive proxy-authenticate "
    "proxy-authorization proxy-connection te trailer upgrade".split()
)
_LENGTHS = frozenset({"content-length", "transfer-encoding"})


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

    `head` is what is sent to the host: written anew, and nothing of it passed on unread. `service`
    is the name of the service that is asked instead of a host, and may be sent a body.
    """

    host: str
    port: int
    head: bytes = b""
    service: str = ""


def parse(head: bytes, services: Collection[str] = ()) -> Request:
    """Return the request of a head, which ends with an empty line.

    Raises:
        RefusedError: it is no CONNECT, absolute GET or absolute request to one of the services, or
            not written as RFC 9112 says.
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
    service = _service(method, target, services)
    if service:
        _check_length(version, fields)
        request = _page(method, target, version, fields)
        return Request(request.host, request.port, request.head, service)
    if {name for name, _ in fields} & _LENGTHS:
        raise RefusedError(400, "a request here has no body")
    if method == "CONNECT":
        return _tunnel(target, services)
    if method == "GET":
        return _page(method, target, version, fields)
    raise RefusedError(405, f"only CONNECT and GET are spoken, not {method[:20]!r}")


def _tunnel(target: str, services: Collection[str]) -> Request:
    host, port = authority(target)
    if not host:
        why = f"{target[:_SHOWN]!r} is no name of a host with a port"
        raise RefusedError(403, why, target)
    if host in services:
        why = f'"{host}" is a service: it takes requests for http://{host}/, no tunnels'
        raise RefusedError(403, why, host, port)
    return Request(host, port)


def _service(method: str, target: str, services: Collection[str]) -> str:
    """Return the service that a target names, letter for letter, "" where it names none."""
    place = target[7:].partition("/")[0] if target[:7].lower() == "http://" else ""
    name = place.removesuffix(":80")
    is_method = method.isalpha() and method.isupper() and method != "CONNECT"
    is_spoken = is_method and len(method) <= _LONGEST_METHOD
    return name if name in services and is_spoken else ""


def _check_length(version: str, fields: list[tuple[str, str]]) -> None:
    """Refuse a body whose end two readers could see in two places."""
    lengths = [(name, value) for name, value in fields if name in _LENGTHS]
    for name, value in lengths:
        is_chunked = name == "transfer-encoding" and value.lower() == "chunked"
        is_count = name == "content-length" and value.isdigit() and len(value) < 16
        if not is_count and not (is_chunked and version == "HTTP/1.1"):
            raise RefusedError(400, "the length of the body is not written as one")
    if len(lengths) > 1:
        raise RefusedError(400, "the length of the body is said twice")
    if not _named_by_connection(fields).isdisjoint(_LENGTHS):
        raise RefusedError(400, "the length of the body would be taken away")


def _page(
    method: str, target: str, version: str, fields: list[tuple[str, str]]
) -> Request:
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
    dropped = _NOT_SENT | _named_by_connection(fields)
    lines = [f"{method} /{path} {version}", f"Host: {shown}"]
    lines += [f"{name}: {value}" for name, value in fields if name not in dropped]
    return Request(
        host, port, "\r\n".join((*lines, "Connection: close", "", "")).encode()
    )


def _named_by_connection(fields: list[tuple[str, str]]) -> set[str]:
    return {
        word.strip().lower()
        for name, value in fields
        if name == "connection"
        for word in value.split(",")
    }


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
    if names.count("host") > 1:
        raise RefusedError(400, "the field Host appears twice")
    return found


def _is_plain(line: bytes) -> bool:
    return all(byte == 9 or 32 <= byte < 127 for byte in line)
