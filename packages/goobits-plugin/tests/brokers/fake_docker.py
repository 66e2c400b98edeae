"""A Docker Engine of ours: it speaks the API on a Unix socket, and does what it is asked.

It reads as lenient as servers do, and records what reaches it: what the filter must not let
through. As the Engine's own decoder it takes names of fields in any case, and the last of two.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import re
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class Reached:
    """A request that reached the Engine: what it was understood as."""

    def __init__(
        self,
        method: str,
        path: str,
        query: dict[str, list[str]],
        body: bytes,
        kind: str,
    ) -> None:
        self.method = method
        self.path = path
        self.query = query
        self.body = body
        self.kind = kind

    @property
    def host_config(self) -> dict[str, object]:
        """What a container is granted, its fields in lower case."""
        found = json.loads(self.body)
        host = {key.lower(): item for key, item in found.items()}.get("hostconfig", {})
        return {key.lower(): item for key, item in host.items()}


class Engine(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Holds two containers, and keeps every request."""

    daemon_threads = True

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), _Answers)
        self.reached: list[Reached] = []
        self.go_on = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Let clients break connections off."""


class _Answers(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Engine

    def address_string(self) -> str:
        return "local"

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def _serve(self) -> None:
        body = self._body()
        parts = urlsplit(self.path)
        path = re.sub("//+", "/", unquote(parts.path))
        path = re.sub(r"/[^/]+/\.\.(?=/)", "", path)
        path = re.sub(r"^/v[0-9.]+(?=/)", "", path)
        kind = self.headers.get("Content-Type", "")
        query = parse_qs(parts.query, keep_blank_values=True)
        if kind == "application/x-www-form-urlencoded":
            query |= parse_qs(body.decode())
        self.server.reached.append(Reached(self.command, path, query, body, kind))
        if self.headers.get("Upgrade"):
            self._hijack()
        elif path.endswith("/logs"):
            self._logs("follow" in query)
        else:
            self._say(*_answer(self.command, path))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _serve  # noqa: N815

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            data = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                data += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return data
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _say(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _hijack(self) -> None:
        self.send_response(101, "UPGRADED")
        self.send_header("Connection", "Upgrade")
        self.end_headers()
        self.wfile.write(b"raw")
        self.close_connection = True

    def _logs(self, follow: bool) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"6\r\nfirst\n\r\n")
        if follow:
            self.server.go_on.wait(10)
        self.wfile.write(b"7\r\nsecond\n\r\n0\r\n\r\n")


def _answer(method: str, path: str) -> tuple[int, object]:
    if path == "/containers/json":
        return 200, [{"Id": "c0ffee", "Names": ["/web"]}, {"Id": "beef"}]
    if path == "/containers/create":
        return 201, {"Id": "new", "Warnings": []}
    if method == "DELETE" or path.endswith(("/start", "/stop", "/kill", "/restart")):
        return 200, {}
    return 200, {"path": path}


@contextlib.contextmanager
def engine(path: Path) -> Iterator[Engine]:
    """Serve on a Unix socket while it is entered."""
    with Engine(path) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.go_on.set()
            server.shutdown()
            thread.join()
