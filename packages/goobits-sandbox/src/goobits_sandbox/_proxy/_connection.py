"""One connection of a guest: one request, read, judged, and answered or passed on."""

from __future__ import annotations

import contextlib
import socket
import time
from functools import partial

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._proxy._client_hello import ClientHello, NotTlsError, ServerHello
from goobits_sandbox._proxy._hosts import Allowed
from goobits_sandbox._proxy._ledger import Caps, Ledger
from goobits_sandbox._proxy._relay import relay, relay_answer
from goobits_sandbox._proxy._request import MOST, RefusedError, Request, parse
from goobits_sandbox._proxy._route import Route

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goobits_sandbox._proxy._relay import Spend
    from goobits_sandbox._proxy._route import Connect

    Copy = Callable[[socket.socket, socket.socket, Spend, float], str]

_LINGER = 0.3
_REASON = 500


class Connection(Frozen):
    """A connection, and what it shares with the others of its guest."""

    client: socket.socket
    allowed: Allowed
    route: Route
    caps: Caps
    ledger: Ledger

    def serve(self) -> None:
        """Answer the request and end the connection."""
        with (
            self.client,
            contextlib.suppress(OSError),
            self.ledger.holding(self.client),
        ):
            self.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self._answer()
            except RefusedError as error:
                self.ledger.decide(error.host, error.port, str(error))
                refuse(self.client, error)
                _linger(self.client)

    def _answer(self) -> None:
        """Raise RefusedError where the refusal can be said; else end in silence."""
        head, rest = self._read_head()
        request = parse(head, self.route.services.keys())
        host, port = request.host, request.port
        if request.service:
            join = partial(self.route.join, request.service)
            with self._connected(request, join, request.head + rest) as server:
                self._relay(relay, server, request)
            return
        if rest and request.head:
            raise RefusedError(400, "something follows the request", host, port)
        if (host, port) not in self.allowed.pairs:
            why = f'network "{host}:{port}" was not allowed'
            why = f"{why}; allowed: {self.allowed.shown()}"
            raise RefusedError(403, why, host, port)
        addresses = self.route.addresses(host, port)
        dial = partial(self.route.connect, host, port, addresses, self.caps.head)
        if request.head:
            with self._connected(request, dial, request.head) as server:
                self._relay(relay_answer, server, request)
            return
        self.client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            hello = self._read_hello(ClientHello(), rest, host)
            with self._connected(request, dial, hello.taken) as server:
                self._begin(server, hello.rest, host)
                self._relay(relay, server, request)
        except (NotTlsError, RefusedError) as error:
            self.ledger.decide(host, port, str(error))

    def _read_head(self) -> tuple[bytes, bytes]:
        """Return a request's head, and what came after it.

        Raises:
            RefusedError: it is too long, too slow, or not whole.
        """
        data, last = b"", time.monotonic() + self.caps.head
        while b"\r\n\r\n" not in data:
            try:
                more = self._receive(last)
            except TimeoutError:
                raise RefusedError(408, "the request came too slowly") from None
            if not more:
                raise RefusedError(400, "the request is not whole")
            data += more
            if len(data) > MOST:
                raise RefusedError(431, f"the head is longer than {MOST} bytes")
        head, mark, rest = data.partition(b"\r\n\r\n")
        return head + mark, rest

    def _read_hello(self, hello: ClientHello, data: bytes, host: str) -> ClientHello:
        """Return what the guest says to the host, once it is a whole handshake for it.

        Raises:
            NotTlsError: it is for another, or none.
        """
        last = time.monotonic() + self.caps.head
        try:
            while (name := hello.feed(data)) is None:
                data = self._receive(last)
                if not data:
                    raise NotTlsError("the handshake ends too early")
        except TimeoutError:
            raise NotTlsError("no handshake came") from None
        if name != host:
            said = f"the handshake names {name[:253]!r}, the request another host"
            raise NotTlsError(said)
        return hello

    def _begin(self, server: socket.socket, rest: bytes, host: str) -> None:
        """Wait for the host's answer, and send what the guest said besides, if that may be sent.

        Raises:
            NotTlsError: the host did not answer, or wished for a second handshake, and that is for
                another host.
        """
        answer, is_retry = ServerHello(), None
        for end in (self.client, server):
            end.settimeout(self.caps.idle)
        while is_retry is None:
            try:
                data = server.recv(MOST)
            except TimeoutError:
                raise NotTlsError("the host did not answer the handshake") from None
            if not data:
                return
            self.ledger.spend(len(data))
            self.client.sendall(data)
            is_retry = answer.feed(data)
        if is_retry:
            second = self._read_hello(ClientHello(is_second=True), rest, host)
            rest = second.taken + second.rest
        self.ledger.spend(len(rest))
        server.sendall(rest)

    def _receive(self, last: float) -> bytes:
        """Return what the guest says next, nothing where it ended; or raise TimeoutError."""
        left = last - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.client.settimeout(left)
        try:
            return self.client.recv(MOST)
        except ConnectionError:
            return b""

    @contextlib.contextmanager
    def _connected(
        self, request: Request, connect: Connect, first: bytes
    ) -> Iterator[socket.socket]:
        """Connect to what is asked for, and send what was checked.

        Raises:
            RefusedError: it cannot be reached, or no more may be sent; nothing was.
        """
        host, port = request.host, request.port
        if self.ledger.closed:
            raise RefusedError(502, "the guest has ended", host, port)
        if not self.ledger.spend(len(first)):
            why = "it sent and received more than it may"
            raise RefusedError(429, why, host, port)
        server = connect()
        with server, self.ledger.holding(server):
            self.ledger.decide(host, port)
            server.settimeout(self.caps.head)
            server.sendall(first)
            yield server

    def _relay(self, copy: Copy, server: socket.socket, request: Request) -> None:
        why = copy(self.client, server, self.ledger.spend, self.caps.idle)
        if why:
            self.ledger.decide(request.host, request.port, why)


def refuse(client: socket.socket, error: RefusedError) -> None:
    """Say why a request is refused, in the first line too: it is all that many clients show."""
    text = f"goobits: {error}".encode("ascii", "backslashreplace")
    text = bytes(byte if 32 <= byte < 127 else 63 for byte in text)
    first = f"HTTP/1.1 {error.status} ".encode() + text[:_REASON]
    fields = (
        first,
        b"Content-Type: text/plain",
        f"Content-Length: {len(text) + 1}".encode(),
        b"Connection: close",
        b"",
        text + b"\n",
    )
    client.settimeout(_LINGER)
    client.sendall(b"\r\n".join(fields))


def _linger(client: socket.socket) -> None:
    """Wait for the other side: what it has not read is lost once unread bytes are dropped here."""
    last = time.monotonic() + _LINGER
    client.shutdown(socket.SHUT_WR)
    while (left := last - time.monotonic()) > 0:
        client.settimeout(left)
        if not client.recv(MOST):
            return
