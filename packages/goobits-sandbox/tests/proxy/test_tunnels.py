"""What goes through a tunnel: TLS for the host that was asked for, within caps."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest
from goobits_sandbox._proxy import Allowed, Caps, serve
from proxy_way import CONNECT, HELLO, Server, Start, Way


def connect(way: Way, authority: Path, *, asked: str, named: str) -> ssl.SSLSocket:
    """Open a tunnel to one host, and a handshake for another."""
    raw = socket.create_connection(("127.0.0.1", way.port), 5)
    raw.sendall(f"CONNECT {asked}:443 HTTP/1.1\r\nHost: {asked}:443\r\n\r\n".encode())
    assert raw.recv(4096).startswith(b"HTTP/1.1 200")
    context = ssl.create_default_context(cafile=str(authority / "cert.pem"))
    return context.wrap_socket(raw, server_hostname=named)


def test_tunnel_reaches_the_host(start: Start, authority: Path, secure: Server) -> None:
    """The one thing that it is for."""
    way = start()
    with connect(way, authority, asked="api.example", named="api.example") as client:
        client.sendall(
            b"GET /x HTTP/1.1\r\nHost: api.example\r\nConnection: close\r\n\r\n"
        )
        assert b"200" in client.recv(4096)
    assert secure.asked == [b"/x api.example"]
    assert way.dialled == [("93.184.216.34", 443)]
    assert [decision.allowed for decision in way.proxy.decisions] == [True]


def test_handshake_for_another_host_is_refused(
    start: Start, authority: Path, secure: Server
) -> None:
    """A host that serves many names would serve one that was not allowed."""
    way = start()
    with pytest.raises(OSError):  # noqa: PT011 - whatever the broken connection looks like
        connect(way, authority, asked="api.example", named="other.example")
    assert way.dialled == []
    assert "other.example" in way.proxy.decisions[0].why


def test_server_that_wishes_for_another_key_is_reached(
    start: Start, authority: Path
) -> None:
    """Some do, of clients of today."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "cert.pem", authority / "key.pem")
    context.set_ecdh_curve("secp384r1")
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()

    def answer() -> None:
        with (
            listener,
            listener.accept()[0] as plain,
            context.wrap_socket(plain, server_side=True) as client,
        ):
            client.sendall(b"got " + client.recv(100))

    thread = threading.Thread(target=answer)
    thread.start()
    way = start(dial=lambda _, port, seconds: socket.create_connection(address))
    with connect(way, authority, asked="api.example", named="api.example") as client:
        client.sendall(b"it")
        assert client.recv(100) == b"got it"
    thread.join()


def test_closed_half_is_passed_on(start: Start, plain: Server) -> None:
    """A client that has said all still wants to hear."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with server.accept()[0] as client:
            client.sendall(b"\x15\x03\x03\0\x02\x01\0")
            said = b""
            while data := client.recv(4096):
                said += data
            client.sendall(b"got " + said[-4:])

    thread = threading.Thread(target=answer)
    thread.start()
    first = HELLO
    with (
        serve(
            listener,
            allowed=Allowed.parse(("api.example:443",)),
            resolve=lambda host, port: ("93.184.216.34",),
            dial=lambda address, port, seconds: socket.create_connection(
                server.getsockname()
            ),
        ),
        socket.create_connection(listener.getsockname(), 5) as client,
    ):
        client.sendall(CONNECT + first + b"last")
        client.shutdown(socket.SHUT_WR)
        whole = b""
        while data := client.recv(4096):
            whole += data
    thread.join()
    server.close()
    assert whole.endswith(b"got last")


def test_caps_end_a_connection(start: Start, plain: Server) -> None:
    """Too many bytes, too many connections, too long a silence."""
    request = b"GET http://api.example/%s HTTP/1.1\r\n\r\n"
    none = start(caps=Caps(total=30))
    assert none.ask(request % b"").startswith(b"HTTP/1.1 429 ")
    assert none.dialled == []
    few = start(caps=Caps(total=100))
    few.ask(request % (b"x" * 500))
    assert "more than it may" in few.proxy.decisions[-1].why
    one = start(caps=Caps(connections=1))
    assert one.ask(request % b"1").startswith(b"HTTP/1.1 200")
    assert one.ask(request % b"2").startswith(b"HTTP/1.1 503 goobits: ")
    assert "too many" in one.proxy.decisions[-1].why
    slow = start(caps=Caps(head=0.2))
    began = time.monotonic()
    assert slow.ask(b"GET http://api").startswith(b"HTTP/1.1 408")
    assert time.monotonic() - began < 3


def test_connections_at_once_are_capped(start: Start) -> None:
    """A guest that opens them all must not take the host's descriptors."""
    way = start(caps=Caps(at_once=3, head=2.0))
    held = [socket.create_connection(("127.0.0.1", way.port)) for _ in range(3)]
    time.sleep(0.2)
    assert way.ask(b"").startswith(b"HTTP/1.1 503 ")
    for client in held:
        client.close()


def test_leaving_ends_everything() -> None:
    """No thread and no connection outlives its guest."""
    listener = socket.create_server(("127.0.0.1", 0))
    before = threading.active_count()
    with serve(
        listener,
        allowed=Allowed.parse(("api.example:443",)),
        resolve=lambda host, port: ("93.184.216.34",),
    ):
        clients = [socket.create_connection(listener.getsockname()) for _ in range(5)]
        clients[0].sendall(CONNECT)
        assert clients[0].recv(100).startswith(b"HTTP/1.1 200")
        assert threading.active_count() > before
    assert threading.active_count() == before
    for client in clients:
        with client, contextlib.suppress(ConnectionResetError):
            client.settimeout(2)
            assert client.recv(100)[:12] in (b"", b"HTTP/1.1 400")


def test_end_of_the_accepting_call_is_not_the_end(start: Start) -> None:
    """A connection that its guest broke off, or scarce descriptors, must not end the proxy."""

    class Listener(socket.socket):
        failures = 2

        def accept(self) -> tuple[socket.socket, object]:
            if self.failures:
                self.failures -= 1
                raise OSError(24, "Too many open files")
            return super().accept()

    listener = Listener()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    with (
        serve(listener, allowed=Allowed.parse(("api.example:443",))),
        socket.create_connection(listener.getsockname(), 5) as client,
    ):
        client.sendall(b"nonsense\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 400")


def test_waiting_for_the_resolver_is_bounded() -> None:
    """What cannot be interrupted must neither keep the host waiting nor dial afterwards."""
    asked, go, dialled = threading.Event(), threading.Event(), []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.set()
        go.wait(20)
        return ("93.184.216.34",)

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        raise OSError

    listener = socket.create_server(("127.0.0.1", 0))
    allowed = Allowed.parse(("api.example:80",))
    before = threading.active_count()
    with serve(listener, allowed=allowed, resolve=resolve, dial=dial):
        client = socket.create_connection(listener.getsockname(), 5)
        client.sendall(b"GET http://api.example/ HTTP/1.1\r\n\r\n")
        assert asked.wait(5)
        began = time.monotonic()
    assert time.monotonic() - began < 4
    go.set()
    while threading.active_count() > before:
        time.sleep(0.01)
    assert dialled == []
    client.close()
