"""What goes through a tunnel: TLS for the host that was asked for, within caps."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox._proxy import Allowed, Caps, serve
from goobits_sandbox._proxy._client_hello import NotTlsError, server_name
from goobits_sandbox._proxy._request import RefusedError, parse
from hypothesis import given
from hypothesis import strategies as st
from proxy_way import Server, Start, Way

CONNECT = b"CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n\r\n"


def hello(name: str | None, *, versions: bool = True) -> bytes:
    """Return a real ClientHello for a name."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if not versions:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = context.wrap_bio(incoming, outgoing, server_hostname=name)
    with pytest.raises(ssl.SSLWantReadError):
        client.do_handshake()
    return outgoing.read()


def with_extensions(
    change: Callable[[bytes], bytes], name: str = "api.example"
) -> bytes:
    """Return a ClientHello whose extensions have been changed."""
    message = bytearray(hello(name)[9:])
    place = 34
    place += 1 + message[place]
    place += 2 + int.from_bytes(message[place : place + 2])
    place += 1 + message[place]
    extensions = change(bytes(message[place + 2 :]))
    body = bytes(message[:place]) + len(extensions).to_bytes(2) + extensions
    handshake = b"\x01" + len(body).to_bytes(3) + body
    return b"\x16\x03\x01" + len(handshake).to_bytes(2) + handshake


def extension(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2) + len(content).to_bytes(2) + content


def named(*names: bytes) -> bytes:
    entries = b"".join(b"\0" + len(name).to_bytes(2) + name for name in names)
    return extension(0, len(entries).to_bytes(2) + entries)


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


HELLOS = {
    "no name": lambda: hello(None),
    "another name": lambda: hello("other.example"),
    "name twice": lambda: with_extensions(lambda rest: named(b"api.example") * 2),
    "two names": lambda: with_extensions(
        lambda rest: named(b"api.example", b"b.example")
    ),
    "NUL in the name": lambda: with_extensions(lambda rest: named(b"api.example\0")),
    "dot after the name": lambda: with_extensions(lambda rest: named(b"api.example.")),
    "encrypted": lambda: with_extensions(
        lambda rest: rest + extension(0xFE0D, b"\0" * 40)
    ),
    "bytes after it": lambda: (
        hello("api.example")[:3]
        + (len(hello("api.example")) - 5 + 3).to_bytes(2)
        + hello("api.example")[5:]
        + b"abc"
    ),
    "ssh": lambda: b"SSH-2.0-OpenSSH_9.2\r\n",
    "http": lambda: b"GET / HTTP/1.1\r\nHost: api.example\r\n\r\n",
    "an alert": lambda: b"\x15\x03\x01\x00\x02\x02\x28",
    "half of it": lambda: hello("api.example")[:80],
    "ssl 2": lambda: b"\x80\x2e\x01\x00\x02" + b"\0" * 44,
    "empty record": lambda: b"\x16\x03\x01\x00\x00",
}


@pytest.mark.parametrize("form", HELLOS)
def test_what_is_no_handshake_for_the_host_is_refused(start: Start, form: str) -> None:
    """Not one byte of it reaches the host."""
    way = start()
    answer = way.ask(CONNECT, HELLOS[form]())
    assert answer == b"HTTP/1.1 200 Connection established\r\n\r\n"
    assert way.dialled == []
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


@pytest.mark.parametrize("versions", [True, False])
def test_handshake_may_come_in_pieces(start: Start, versions: bool) -> None:
    """Networks cut where they like, and records may be as small as a byte."""
    whole = hello("api.example", versions=versions)
    assert server_name(whole) == "api.example"
    assert all(server_name(whole[:size]) is None for size in range(len(whole)))
    message = whole[5:]
    records = b"".join(
        b"\x16\x03\x01\x00\x01" + message[at : at + 1] for at in range(len(message))
    )
    assert server_name(records) == "api.example"


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """A guest writes them."""
    for start in (b"", hello("api.example")[:60]):
        try:
            name = server_name(start + data)
        except NotTlsError:
            continue
        assert name is None or name.isascii()


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=3))
def test_changed_heads_name_the_host_or_are_refused(
    data: bytes, place: int, change: bytes
) -> None:
    """No change of a few bytes makes another host of an allowed one without saying so."""
    head = b"GET http://api.example/" + data + b" HTTP/1.1\r\nHost: api.example\r\n\r\n"
    for text in (head[:place] + change + head[place + 1 :], data):
        try:
            request = parse(text)
        except RefusedError:
            continue
        assert Allowed.parse((f"{request.host}:{request.port}",))
        assert request.head.count(b"\r\n\r\n") <= 1


def test_closed_half_is_passed_on(start: Start, plain: Server) -> None:
    """A client that has said all still wants to hear."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with server.accept()[0] as client:
            said = b""
            while data := client.recv(4096):
                said += data
            client.sendall(b"got " + said[-4:])

    thread = threading.Thread(target=answer)
    thread.start()
    first = hello("api.example")
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
    few = start(caps=Caps(total=100))
    few.ask(request % (b"x" * 500))
    assert "more than it may" in few.proxy.decisions[-1].why
    one = start(caps=Caps(connections=1))
    assert one.ask(request % b"1").startswith(b"HTTP/1.1 200")
    assert one.ask(request % b"2") == b""
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
    assert way.ask(b"") == b""
    for client in held:
        client.close()


def test_leaving_ends_everything() -> None:
    """No thread and no connection outlives its guest."""
    listener = socket.create_server(("127.0.0.1", 0))
    before = threading.active_count()
    with serve(listener, allowed=Allowed.parse(("api.example:443",))):
        clients = [socket.create_connection(listener.getsockname()) for _ in range(5)]
        clients[0].sendall(CONNECT)
        time.sleep(0.2)
        assert threading.active_count() > before
    assert threading.active_count() == before
    for client in clients:
        client.settimeout(2)
        data = client.recv(100)
        assert data == b"" or data.startswith(b"HTTP/1.1 200")
        client.close()
