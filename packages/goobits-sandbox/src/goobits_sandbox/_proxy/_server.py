"""The proxy: a thread that accepts, and one for each connection, all within one context."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._outcome import Decision
from goobits_sandbox._proxy._addresses import refusal
from goobits_sandbox._proxy._client_hello import NotTlsError, server_name
from goobits_sandbox._proxy._relay import Cap, relay
from goobits_sandbox._proxy._request import MOST, RefusedError, Request, parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goobits_sandbox._proxy._hosts import Allowed
    from goobits_sandbox._proxy._upstream import Upstream

    Resolve = Callable[[str, int], tuple[str, ...]]
    Dial = Callable[[str, int, float], socket.socket]

_JOIN = 2.0
_KEPT = 10_000


class Caps(Frozen):
    """What one guest may have: connections at once and in all, and bytes both ways.

    `idle` and `head` are the longest silence, and the longest time for a request's head: seconds.
    """

    at_once: int = 64
    connections: int = 10_000
    total: int = 1 << 30
    idle: float = 300.0
    head: float = 10.0


def resolve_name(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


def dial_address(address: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to an address."""
    return socket.create_connection((address, port), seconds)


@contextlib.contextmanager
def serve(
    listener: socket.socket,
    *,
    allowed: Allowed,
    upstream: Upstream | None = None,
    resolve: Resolve = resolve_name,
    dial: Dial = dial_address,
    caps: Caps | None = None,
) -> Iterator[Proxy]:
    """Serve a guest's requests on a listening socket, which this closes, while it is entered.

    Each name is resolved once, and the very address that was checked is dialled. On leaving every
    connection is closed and every thread joined, for two seconds at most: one that asks the
    system's resolver cannot be interrupted, and ends when that answers.
    """
    proxy = Proxy(listener, allowed, upstream, resolve, dial, caps or Caps())
    thread = threading.Thread(target=proxy.accept, name="goobits-proxy", daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(_JOIN)


class Proxy:
    """One guest's way out. `decisions` says what was asked for, and what was answered."""

    def __init__(
        self,
        listener: socket.socket,
        allowed: Allowed,
        upstream: Upstream | None,
        resolve: Resolve,
        dial: Dial,
        caps: Caps,
    ) -> None:
        self._listener = listener
        self._allowed = allowed
        self._upstream = upstream
        self._resolve = resolve
        self._dial = dial
        self._caps = caps
        self._cap = Cap(caps.total)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._decisions: list[Decision] = []
        self._accepted = 0
        self._closed = False

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided, the first 10,000 of it."""
        with self._lock:
            return tuple(self._decisions)

    def accept(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._threads = [one for one in self._threads if one.is_alive()]
                self._accepted += 1
                is_over = self._accepted > self._caps.connections
                if self._closed or is_over or len(self._threads) >= self._caps.at_once:
                    client.close()
                    self._note(Decision("", 0, False, "it has too many connections"))
                    continue
                thread = threading.Thread(
                    target=self._serve,
                    args=(client,),
                    name="goobits-proxy",
                    daemon=True,
                )
                self._threads.append(thread)
            thread.start()

    def close(self) -> None:
        """End every connection, and wait for the threads."""
        with self._lock:
            self._closed = True
            threads = list(self._threads)
            for one in (self._listener, *self._open):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            self._listener.close()
        last = time.monotonic() + _JOIN
        for thread in threads:
            thread.join(max(0.0, last - time.monotonic()))

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError), self._held(client):
            client.settimeout(self._caps.head)
            try:
                self._answer(client)
            except RefusedError as error:
                self._decide(error.host, error.port, str(error))
                _say(client, error)

    def _answer(self, client: socket.socket) -> None:
        """Answer one request; a connection has no second one.

        Raises:
            RefusedError: it is refused, and nothing has been sent anywhere.
        """
        head, rest = _read_head(client, time.monotonic() + self._caps.head)
        request = parse(head)
        if (request.host, request.port) not in self._allowed.pairs:
            said = f'network "{request.host}:{request.port}" was not allowed'
            why = f"{said}; allowed: {self._allowed.shown()}"
            raise RefusedError(403, why, request.host, request.port)
        if request.head:
            with self._connected(request) as server, self._held(server):
                self._decide(request.host, request.port)
                server.sendall(request.head)
                self._relay(client, server, request)
            return
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        hello = self._read_hello(client, rest, request)
        if hello is None:
            return
        try:
            server = self._connected(request)
        except RefusedError as error:
            self._decide(request.host, request.port, str(error))
            return
        with server, self._held(server):
            self._decide(request.host, request.port)
            server.sendall(hello)
            self._relay(client, server, request)

    def _read_hello(
        self, client: socket.socket, rest: bytes, request: Request
    ) -> bytes | None:
        """Return what the guest says first in a tunnel, None where that is refused."""
        last = time.monotonic() + self._caps.head
        try:
            while (name := server_name(rest)) is None:
                client.settimeout(max(0.01, last - time.monotonic()))
                data = client.recv(MOST)
                if not data or time.monotonic() > last:
                    raise NotTlsError("the handshake ends too early")
                rest += data
            if name != request.host:
                raise NotTlsError(f"the handshake names {name!r}, the request another")
        except (NotTlsError, TimeoutError) as error:
            why = str(error) if isinstance(error, NotTlsError) else "no handshake came"
            self._decide(request.host, request.port, why)
            return None
        return rest

    def _connected(self, request: Request) -> socket.socket:
        """Return a connection to the host that was asked for.

        Raises:
            RefusedError: it has no public address, or cannot be reached.
        """
        host, port = request.host, request.port
        try:
            if self._upstream is not None and self._upstream.serves(host):
                return self._upstream.tunnel(host, port, self._caps.head)
            addresses = self._resolve(host, port)
            for address in addresses:
                why = refusal(address)
                if why:
                    raise RefusedError(403, f"{host}: {why}", host, port)
            for address in addresses:
                with contextlib.suppress(OSError):
                    return self._dial(address, port, self._caps.head)
            raise OSError("no address answers" if addresses else "it has no address")
        except OSError as error:
            raise RefusedError(502, f"{host}:{port}: {error}", host, port) from error

    def _relay(
        self, client: socket.socket, server: socket.socket, request: Request
    ) -> None:
        for one in (client, server):
            one.settimeout(self._caps.idle)
        why = relay(client, server, self._cap, self._caps.idle)
        if why:
            self._decide(request.host, request.port, why)

    @contextlib.contextmanager
    def _held(self, one: socket.socket) -> Iterator[None]:
        """Keep a socket where `close` finds it."""
        with self._lock:
            if self._closed:
                raise OSError("the proxy is closed")
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)

    def _decide(self, host: str, port: int, why: str = "") -> None:
        with self._lock:
            self._note(Decision(host, port, not why, why))

    def _note(self, decision: Decision) -> None:
        if len(self._decisions) < _KEPT:
            self._decisions.append(decision)


def _read_head(client: socket.socket, last: float) -> tuple[bytes, bytes]:
    """Return a request's head, and what came after it.

    Raises:
        RefusedError: it is too long, too slow, or not whole; or is followed where nothing may be.
    """
    data = b""
    while b"\r\n\r\n" not in data:
        client.settimeout(max(0.01, last - time.monotonic()))
        try:
            more = client.recv(MOST)
        except TimeoutError:
            raise RefusedError(408, "the request came too slowly") from None
        if not more or time.monotonic() > last:
            raise RefusedError(400, "the request is not whole")
        data += more
        if len(data) > MOST:
            raise RefusedError(431, f"the request's head is longer than {MOST} bytes")
    head, mark, rest = data.partition(b"\r\n\r\n")
    if rest and not head.startswith(b"CONNECT "):
        raise RefusedError(400, "something follows the request")
    return head + mark, rest


def _say(client: socket.socket, error: RefusedError) -> None:
    text = f"goobits: {error}\n".encode("ascii", "backslashreplace")
    head = f"HTTP/1.1 {error.status} Refused\r\nContent-Type: text/plain\r\n"
    size = f"Content-Length: {len(text)}\r\nConnection: close\r\n\r\n"
    client.sendall((head + size).encode() + text)
    # What was sent is read before it is dropped only if nothing is left unread here.
    client.shutdown(socket.SHUT_WR)
    with contextlib.suppress(OSError):
        client.settimeout(0.2)
        while client.recv(MOST):
            pass
