"""The positive control: a proxy as they are often written, which every attack gets past.

It looks for the name of an allowed host, forbids a list of bad texts, lets libraries make sense of
the rest, resolves again when it dials, and forwards what it was sent.
"""

from __future__ import annotations

import re
import socket
import threading
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote

Resolve = Callable[[str, int], tuple[str, ...]]
FORBIDDEN = ("localhost", "127.0.0.1", "[::1]", "169.254.169.254", "other.example")


class Naive:
    """Keeps what it would have dialled, and what it would have sent there."""

    def __init__(self, resolve: Resolve) -> None:
        self.dialled: list[tuple[str, int]] = []
        self.sent = b""
        self._resolve = resolve

    def ask(self, *pieces: bytes) -> None:
        """Serve one client, which sends pieces and ends."""
        with (
            socket.create_server(("127.0.0.1", 0)) as listener,
            socket.create_connection(listener.getsockname(), 5) as client,
        ):
            thread = threading.Thread(target=self._serve, args=(listener,))
            thread.start()
            for piece in pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            thread.join()

    def _serve(self, listener: socket.socket) -> None:
        with listener.accept()[0] as client:
            data = b""
            while more := client.recv(65536):
                data += more
        method, target = data.split()[:2]
        place = re.split(rb"[/?#\\]", target.split(b"://")[-1])[0] or b"api.example"
        host, _, port = place.decode("utf-8", "replace").rpartition(":")
        if not host or not port.lstrip("+").isdigit():
            host, port = place.decode("utf-8", "replace"), "443"
        if host.lower() in FORBIDDEN:
            return
        name = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".")
        name = name.split("\0")[0].split("@")[-1].strip("[] ").rstrip(".")
        address = _literal(name)
        if not address and self._resolve(name, 443)[0] in FORBIDDEN:
            return
        address = address or self._resolve(name, 443)[0]
        self.dialled.append((address, int(port) & 0xFFFF))
        head, mark, rest = data.partition(b"\r\n\r\n")
        self.sent = rest if method == b"CONNECT" else head + mark + rest


def _literal(name: str) -> str:
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return name if ":" in name else ""
