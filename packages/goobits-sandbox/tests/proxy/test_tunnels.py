"""What goes through a tunnel: TLS for the host that was asked for, within caps."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_sandbox._proxy import Allowed, Caps, serve
from goobits_sandbox._proxy._client_hello import ClientHello, NotTlsError
from goobits_sandbox._proxy._relay import relay, relay_answer
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


HELLO = hello("api.example")


def server_name(data: bytes) -> str | None:
    return ClientHello().feed(data)


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
    "encrypted, by a draft": lambda: with_extensions(
        lambda rest: rest + extension(0xFFCE, b"\0" * 40)
    ),
    "no extensions": lambda: with_extensions(lambda rest: b""),
    "name that is no host": lambda: with_extensions(
        lambda rest: extension(0, b"\0\x0e\1\0\x0bapi.example")
    ),
    "name in Unicode": lambda: with_extensions(
        lambda rest: named("ａpi.example".encode())
    ),
    "address": lambda: with_extensions(lambda rest: named(b"127.0.0.1")),
    "bytes after the names": lambda: with_extensions(
        lambda rest: extension(0, named(b"api.example")[4:] + b"x")
    ),
    "extension that is too long": lambda: with_extensions(
        lambda rest: named(b"api.example") + b"\0\x0a\xff\xff"
    ),
    "too long": lambda: (
        with_extensions(
            lambda rest: named(b"api.example") + extension(21, b"\0" * 16000)
        )[:5]
        + b"\x01\xff\xff\xff" * 9000
    ),
    "server's": lambda: b"\x16\x03\x03\x00\x05\x02\x00\x00\x01\x00",
    "early data": lambda: b"\x17\x03\x03\x00\x05hello",
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
    for start in (b"", HELLO[:60]):
        with contextlib.suppress(NotTlsError):
            name = server_name(start + data)
            assert name is None or name.isascii()


@given(st.data())
def test_changed_handshake_names_what_it_holds_or_is_refused(
    data: st.DataObject,
) -> None:
    """No change makes it name a host that a server would not read in it, however it is cut."""
    changed = bytearray(HELLO)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1))
        changed[place : place + 1] = data.draw(st.binary(max_size=3))
    whole = bytes(changed)
    place = data.draw(st.integers(0, len(whole)))
    assert _named_by(whole) == _named_by(whole[:place], whole[place:])
    name = _named_by(whole)
    if name:
        assert name.encode() in whole.lower()


def _named_by(*pieces: bytes) -> str | None:
    hello, name = ClientHello(), None
    for piece in pieces:
        try:
            name = hello.feed(piece)
        except NotTlsError:
            return ""
        if name is not None:
            return name
    return name


def test_bytes_that_follow_the_handshake_are_passed_on(
    start: Start, authority: Path
) -> None:
    """Early data is the host's, once the handshake has named it."""
    hello = ClientHello()
    early = b"\x17\x03\x03\x00\x05hello"
    assert hello.feed(HELLO + early) == "api.example"
    assert bytes(hello.data) == HELLO + early


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


def test_neither_way_waits_for_the_other(pair: Pair) -> None:
    """A server that answers while it is asked fills its way while the guest fills the other."""
    guest, client, server, host = pair
    size, thread = 20 << 20, threading.Thread(target=_amplify, args=(host, 3))
    thread.start()
    relaying = threading.Thread(target=relay, args=(client, server, _any, 5.0))
    relaying.start()

    def ask() -> None:
        guest.sendall(bytes(size))
        guest.shutdown(socket.SHUT_WR)

    asking = threading.Thread(target=ask)
    asking.start()
    count = 0
    while data := guest.recv(1 << 20):
        count += len(data)
    for one in (asking, relaying, thread):
        one.join()
    assert count == 3 * size


def test_host_that_breaks_off_ends_the_connection(pair: Pair) -> None:
    """A guest is not kept waiting for nobody."""
    guest, client, server, host = pair
    host.close()
    guest.shutdown(socket.SHUT_WR)
    assert relay(client, server, _any, 5.0) == ""
    assert guest.recv(1) == b""


def test_second_request_in_a_later_packet_is_cut_off(pair: Pair) -> None:
    """After a page has been asked for, nothing unread goes to the host: not even to that one."""
    guest, client, server, host = pair
    second = b"POST / HTTP/1.1\r\nHost: other.example\r\n\r\n"
    host.sendall(b"page")
    guest.sendall(second)
    assert "second request" in relay_answer(client, server, _any, 5.0)
    host.setblocking(False)
    with pytest.raises(BlockingIOError):
        host.recv(100)
    thread = threading.Thread(target=relay, args=(client, server, _any, 5.0))
    guest.sendall(second)
    guest.shutdown(socket.SHUT_WR)
    host.setblocking(True)
    thread.start()
    assert host.recv(100).endswith(second[1:])
    host.close()
    thread.join()


def test_page_comes_whole_to_a_client_that_closed_its_half(pair: Pair) -> None:
    """It has said all, and still reads."""
    guest, client, server, host = pair
    guest.shutdown(socket.SHUT_WR)
    host.sendall(b"page")
    host.close()
    assert relay_answer(client, server, _any, 5.0) == ""
    assert guest.recv(100) == b"page"


Pair = tuple[socket.socket, socket.socket, socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Return the guest's socket, the two of a relay, and that of a host."""
    guest, client = socket.socketpair()
    server, host = socket.socketpair()
    yield guest, client, server, host
    for one in (guest, client, server, host):
        one.close()


def _any(count: int) -> bool:
    return count >= 0


def _amplify(host: socket.socket, times: int) -> None:
    while data := host.recv(1 << 16):
        host.sendall(data * times)
    host.shutdown(socket.SHUT_WR)


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
