"""The proxy that the host itself must go through, where its variables name one."""

from __future__ import annotations

import socket

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
_LONGEST = 65536


class Upstream(Frozen):
    """A proxy at `host` and `port`, and the hosts that are reached without it.

    It resolves the names of hosts, so it is the one that decides which addresses are dialled.
    """

    host: str
    port: int
    credentials: str = ""
    without: tuple[str, ...] = ()

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Upstream | None:
        """Return the one that a host's variables name, None where they name none."""
        said = next((environ[name] for name in _NAMES if environ.get(name)), "")
        if not said:
            return None
        from urllib.parse import unquote, urlsplit

        parts = urlsplit(said if "//" in said else f"http://{said}")
        if parts.scheme != "http" or not parts.hostname:
            return None
        words = environ.get("NO_PROXY") or environ.get("no_proxy") or ""
        without = tuple(
            word.strip().lower() for word in words.split(",") if word.strip()
        )
        credentials = ""
        if parts.username is not None:
            credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return cls(parts.hostname, parts.port or 80, credentials, without)

    def serves(self, host: str) -> bool:
        """Tell whether a host is reached through it."""
        ends = (word.lstrip("*").lstrip(".") for word in self.without)
        direct = any(end == host or host.endswith(f".{end}") for end in ends if end)
        return not direct and "*" not in self.without

    def tunnel(self, host: str, port: int, seconds: float) -> socket.socket:
        """Return a connection to a host through it.

        Raises:
            OSError: it cannot be reached, or refuses.
        """
        found = socket.create_connection((self.host, self.port), seconds)
        try:
            found.sendall(self._head(host, port))
            answer = b""
            while b"\r\n\r\n" not in answer and len(answer) < _LONGEST:
                data = found.recv(1)
                if not data:
                    break
                answer += data
            if answer[9:12] != b"200":
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
