"""The proxy that the host itself must go through, where its variables name one."""

from __future__ import annotations

import socket
import time

from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = (
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "HTTP_PROXY",
    "http_proxy",
)
_LONGEST = 16384


class Upstream(Frozen):
    """A proxy at `host` and `port`, and the hosts that are reached without it.

    It resolves the names of hosts, so that which addresses are dialled is its business. `unspoken`
    names the variable whose value is no http:// proxy: then everything that is not `without` it
    is refused, since this machine is not to reach the network by itself.
    """

    host: str
    port: int
    credentials: str = ""
    without: tuple[str, ...] = ()
    unspoken: str = ""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Upstream | None:
        """Return the one that a host's variables name, None where they name none."""
        name = next((name for name in _NAMES if environ.get(name)), "")
        if not name:
            return None
        words = (environ.get("NO_PROXY") or environ.get("no_proxy") or "").split(",")
        without = tuple(word.strip().lower() for word in words if word.strip())
        said = environ[name]
        from urllib.parse import unquote, urlsplit

        try:
            parts = urlsplit(said if "://" in said else f"http://{said}")
            host, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return cls("", 0, without=without, unspoken=name)
        if parts.scheme != "http" or not host:
            return cls("", 0, without=without, unspoken=name)
        credentials = ""
        if parts.username is not None:
            credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return cls(host, port, credentials, without)

    def serves(self, host: str, port: int) -> bool:
        """Tell whether a host is reached through it."""
        for word in self.without:
            name, colon, number = word.rpartition(":")
            if not colon or not number.isdigit():
                name, number = word, str(port)
            end = name.lstrip("*").lstrip(".")
            is_named = end == host or (end and host.endswith(f".{end}"))
            if number == str(port) and (name == "*" or is_named):
                return False
        return True

    def tunnel(self, host: str, port: int, seconds: float) -> socket.socket:
        """Return a connection to a host through it.

        Raises:
            OSError: it cannot be reached in time, refuses, or is none that can be spoken to.
        """
        if self.unspoken:
            raise OSError(f"{self.unspoken} names no http:// proxy")
        last = time.monotonic() + seconds
        found = socket.create_connection((self.host, self.port), seconds)
        try:
            found.sendall(self._head(host, port))
            answer = b""
            # One byte at a time: what follows the head is the host's.
            while not answer.endswith(b"\r\n\r\n"):
                found.settimeout(max(0.001, last - time.monotonic()))
                data = found.recv(1)
                if not data or len(answer) > _LONGEST:
                    break
                answer += data
            is_whole = answer.endswith(b"\r\n\r\n") and answer[:7] == b"HTTP/1."
            if not is_whole or answer[8:12] != b" 200":
                said = answer.split(b"\r\n")[0].decode("latin-1")[:80]
                raise OSError(f"the proxy at {self.host}:{self.port} answered {said!r}")
        except BaseException:
            found.close()
            raise
        return found

    def _head(self, host: str, port: int) -> bytes:
        lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
        if self.credentials:
            from base64 import b64encode

            word = b64encode(self.credentials.encode()).decode()
            lines.append(f"Proxy-Authorization: Basic {word}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()
