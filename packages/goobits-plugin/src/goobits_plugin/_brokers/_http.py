"""One request of HTTP/1.1, read strictly: what two readers could read differently is refused.

Lines end with CR LF and hold printable ASCII, fields are on one line, and a body has one length or
chunks without extensions and trailers. A path is percent-decoded once and given as its parts: none
of them is empty, "." or "..", or holds a slash, a percent sign or anything but printable ASCII.
Names of a query appear once.
"""

from __future__ import annotations

import json
import re
import socket
import time
from urllib.parse import unquote_to_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_HEAD = 16384
_MOST_FIELDS = 100
_CHUNK = 65536
_HEAD_SECONDS = 10.0
_LINE = re.compile(rb"([A-Z]{1,20}) (/[!-~]*) HTTP/1\.([01])")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([ -~\t]*?)[ \t]*")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})\r\n")
_SIZE_BEGUN = re.compile(rb"(?:[0-9A-Fa-f]{1,8}\r?)?")
_ESCAPED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
# What would make a connection something else, or wait for what never comes.
_REFUSED = frozenset({"upgrade", "expect", "http2-settings", "trailer", "te"})


class DeniedError(Exception):
    """A request is answered with the HTTP `status`; the message says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Request:
    """What was asked; `parts` are those of its path, `query` its names and values.

    `length` is that of the body, -1 where it comes in chunks.
    """

    __slots__ = ("length", "method", "parts", "query", "rest")

    def __init__(
        self,
        method: str,
        parts: tuple[str, ...],
        query: dict[str, str],
        length: int,
        rest: bytes,
    ) -> None:
        self.method = method
        self.parts = parts
        self.query = query
        self.length = length
        self.rest = rest


def read_request(client: socket.socket, host: str) -> Request:
    """Return the request for `host` whose head the client sends within ten seconds.

    Raises:
        DeniedError: it is none, or not written strictly.
    """
    data, last = b"", time.monotonic() + _HEAD_SECONDS
    while b"\r\n\r\n" not in data:
        if len(data) > MOST_HEAD:
            raise DeniedError(431, "the head is too long")
        client.settimeout(max(0.001, last - time.monotonic()))
        try:
            more = client.recv(_CHUNK)
        except TimeoutError:
            raise DeniedError(408, "the request came too slowly") from None
        if not more:
            raise DeniedError(400, "the request is not whole")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    if len(head) > MOST_HEAD:
        raise DeniedError(431, "the head is too long")
    return parse(head, rest, host)


def parse(head: bytes, rest: bytes, host: str) -> Request:
    """Return the request of a head without its empty line, and of what came after it.

    Raises:
        DeniedError: it is none, or not written strictly.
    """
    first, *lines = head.split(b"\r\n")
    found = _LINE.fullmatch(first)
    if not found:
        raise DeniedError(400, "the first line is no request for a path")
    method, target, minor = (part.decode() for part in found.groups())
    fields = _fields(lines)
    if fields.get("host") != host:
        raise DeniedError(400, f"the field Host is not {host}")
    length = _length(fields, is_old=minor == "0")
    path, _, query = target.partition("?")
    if "#" in target:
        raise DeniedError(400, "the address holds a fragment")
    return Request(method, _parts(path), _query(query), length, rest)


def _fields(lines: list[bytes]) -> dict[str, str]:
    if len(lines) > _MOST_FIELDS:
        raise DeniedError(431, "too many header fields")
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD.fullmatch(line)
        if not found:
            raise DeniedError(400, "a header field is not written as one")
        name = found[1].decode().lower()
        if name in fields and name in ("host", "content-length", "transfer-encoding"):
            raise DeniedError(400, f"the field {name} appears twice")
        if name in _REFUSED:
            raise DeniedError(400, f"the field {name} is not spoken here")
        fields[name] = found[2].decode()
    return fields


def _length(fields: dict[str, str], *, is_old: bool) -> int:
    count, coding = fields.get("content-length"), fields.get("transfer-encoding")
    if coding is not None:
        if count is not None or coding.lower() != "chunked" or is_old:
            raise DeniedError(400, "the length of the body is not clear")
        return -1
    if count is None:
        return 0
    if not count.isdigit() or len(count) > 15:
        raise DeniedError(400, "the length of the body is no number")
    return int(count)


def _parts(path: str) -> tuple[str, ...]:
    parts = tuple(_decoded(part) for part in path[1:].split("/"))
    for part in parts:
        if part in ("", ".", "..") or "/" in part or "%" in part or "\\" in part:
            raise DeniedError(403, "the path is not written plainly")
    return parts


def _query(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in text.split("&") if text else ():
        name, _, value = item.replace("+", " ").partition("=")
        name, value = _decoded(name), _decoded(value)
        if name in found or not name or ";" in item:
            raise DeniedError(400, "the query is not written plainly")
        found[name] = value
    return found


def _decoded(text: str) -> str:
    if not _ESCAPED.fullmatch(text):
        raise DeniedError(400, "a percent sign is not followed by two digits")
    found = unquote_to_bytes(text)
    if not all(32 <= byte < 127 for byte in found):
        raise DeniedError(400, "the address holds characters that none may hold")
    return found.decode()


def body(client: socket.socket, request: Request, most: int) -> Iterator[bytes]:
    """Yield the body in pieces of at most 64 KiB.

    Raises:
        DeniedError: it is longer than `most`, not whole, too slow, or its chunks are not written
            strictly.
    """
    source = _Source(client, request.rest)
    if request.length > most:
        raise DeniedError(413, f"the body is longer than {most} bytes")
    if request.length >= 0:
        yield from source.take(request.length)
        return
    while size := source.size():
        most -= size
        if most < 0:
            raise DeniedError(413, "the body is too long")
        yield from source.take(size)
        source.end_line()
    source.end_line()


class _Source:
    """Takes counted bytes and lines off what a client sends."""

    def __init__(self, client: socket.socket, rest: bytes) -> None:
        self._client = client
        self._rest = bytearray(rest)

    def take(self, count: int) -> Iterator[bytes]:
        while count:
            if not self._rest:
                self._more()
            piece = bytes(self._rest[: min(count, _CHUNK)])
            del self._rest[: len(piece)]
            count -= len(piece)
            yield piece

    def size(self) -> int:
        """Return the size of the chunk that begins."""
        while not (found := _SIZE.match(self._rest)):
            if not _SIZE_BEGUN.fullmatch(self._rest):
                raise DeniedError(400, "the size of a chunk is no number")
            self._more()
        line = bytes(found[1])
        del self._rest[: len(line) + 2]
        return int(line, 16)

    def end_line(self) -> None:
        while len(self._rest) < 2:
            self._more()
        if self._rest[:2] != b"\r\n":
            raise DeniedError(400, "a chunk does not end where it says")
        del self._rest[:2]

    def _more(self) -> None:
        try:
            more = self._client.recv(_CHUNK)
        except TimeoutError:
            raise DeniedError(408, "the body came too slowly") from None
        if not more:
            raise DeniedError(400, "the body is not whole")
        self._rest += more


def denial(error: DeniedError) -> bytes:
    """Return the answer that says why, as the Engine's own errors do."""
    said = json.dumps({"message": f"goobits: {error}"}).encode() + b"\n"
    lines = (
        f"HTTP/1.1 {error.status} Refused",
        "Content-Type: application/json",
        f"Content-Length: {len(said)}",
        "Connection: close",
        "",
        "",
    )
    return "\r\n".join(lines).encode() + said
