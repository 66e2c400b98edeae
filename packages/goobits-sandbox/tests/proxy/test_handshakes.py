"""What a guest says first in a tunnel: a handshake for the host that it asked for."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from goobits_sandbox._proxy import Caps
from goobits_sandbox._proxy._client_hello import ClientHello, NotTlsError
from hypothesis import given
from hypothesis import strategies as st
from proxy_way import CONNECT, HELLO, Start, Way, hello


def server_name(data: bytes) -> str | None:
    return ClientHello().feed(data)


def with_extensions(
    change: Callable[[bytes], bytes], name: str = "api.example", after: bytes = b""
) -> bytes:
    """Return a ClientHello whose extensions have been changed."""
    message = bytearray(hello(name)[9:])
    place = 34
    place += 1 + message[place]
    place += 2 + int.from_bytes(message[place : place + 2])
    place += 1 + message[place]
    extensions = change(bytes(message[place + 2 :]))
    body = bytes(message[:place]) + len(extensions).to_bytes(2) + extensions + after
    handshake = b"\x01" + len(body).to_bytes(3) + body
    return b"\x16\x03\x01" + len(handshake).to_bytes(2) + handshake


def extension(kind: int, content: bytes) -> bytes:
    return kind.to_bytes(2) + len(content).to_bytes(2) + content


def named(*names: bytes) -> bytes:
    entries = b"".join(b"\0" + len(name).to_bytes(2) + name for name in names)
    return extension(0, len(entries).to_bytes(2) + entries)


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
    "bytes after the extensions": lambda: with_extensions(
        lambda rest: named(b"api.example"), after=b"x"
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


@pytest.mark.parametrize(
    "form", sorted(set(HELLOS) - {"half of it", "another name", "address"})
)
def test_it_is_refused_as_soon_as_it_is_known(form: str) -> None:
    """Nobody waits for more of what cannot become right."""
    if form in ("NUL in the name", "dot after the name"):
        assert server_name(HELLOS[form]()) != "api.example"
        return
    with pytest.raises(NotTlsError):
        server_name(HELLOS[form]())


def test_endless_handshake_is_refused_early() -> None:
    """A guest that never comes to the point must not fill the host's memory."""
    with pytest.raises(NotTlsError, match="too long"):
        server_name(b"\x16\x03\x01\x00\x04\x01\xff\xff\xff")
    second = ClientHello(is_second=True)
    record = b"\x17\x03\x03\x40\x00" + b"x" * 16384
    for _ in range(2):
        assert second.feed(record) is None
    with pytest.raises(NotTlsError, match="too long"):
        second.feed(record)


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


def test_bytes_that_follow_the_handshake_are_kept_apart() -> None:
    """Early data is the host's, but only once the host has answered."""
    hello = ClientHello()
    early = b"\x17\x03\x03\x00\x05hello"
    assert hello.feed(HELLO + early) == "api.example"
    assert (hello.taken, hello.rest) == (HELLO, early)


def server_hello(random: bytes) -> bytes:
    message = b"\x03\x03" + random + b"\0\x13\x01\0\0\0"
    handshake = b"\x02" + len(message).to_bytes(3) + message
    return b"\x16\x03\x03" + len(handshake).to_bytes(2) + handshake


RETRY = server_hello(hashlib.sha256(b"HelloRetryRequest").digest())

CIPHER = b"\x14\x03\x03\x00\x01\x01"

SECONDS = {
    "same name": (hello("api.example"), True),
    "something after it": (hello("api.example") + CIPHER + b"\x17", True),
    "after the change of cipher": (CIPHER + hello("api.example"), True),
    "another name": (hello("other.example"), False),
    "another name after the change": (CIPHER + hello("other.example"), False),
    "another name after early data": (
        b"\x17\x03\x03\x00\x05hello" + hello("other.example"),
        False,
    ),
    "no name": (hello(None), False),
    "an alert": (b"\x15\x03\x03\x00\x02\x02\x28", False),
    "something else": (b"GET / HTTP/1.1\r\n\r\n", False),
}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("form", SECONDS)
def test_second_handshake_names_the_host_too(
    host: Host, form: str, at_once: bool
) -> None:
    """A server that wishes for a second one may follow the name in that."""
    second, is_sent = SECONDS[form]
    host.answer = RETRY
    pieces = (CONNECT, HELLO + second) if at_once else (CONNECT, HELLO, second)
    host.way.ask(*pieces)
    host.stop()
    assert host.heard == HELLO + (second if is_sent else b"")
    last = host.way.proxy.decisions[-1]
    assert last.allowed is is_sent, last


def test_host_that_does_not_answer_is_given_up(start: Start) -> None:
    """It may take a connection and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        way = start(
            dial=lambda _, port, seconds: socket.create_connection(address),
            caps=Caps(idle=0.1),
        )
        way.ask(CONNECT, HELLO)
    first, last = way.proxy.decisions
    assert (first.allowed, last.allowed) == (True, False)
    assert "did not answer" in last.why


def test_what_follows_an_ordinary_answer_is_not_read(host: Host) -> None:
    """From there on it is encrypted."""
    host.answer = server_hello(b"x" * 32)
    host.way.ask(CONNECT, HELLO + HELLO[:40], b"more")
    host.stop()
    assert host.heard == HELLO + HELLO[:40] + b"more"


class Host:
    """A server behind a proxy: it answers the first handshake, and keeps what it hears."""

    def __init__(self, way: Way, listener: socket.socket) -> None:
        self.way = way
        self.answer = b""
        self.heard = b""
        self._listener = listener
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with (
            contextlib.suppress(OSError),
            self._listener,
            self._listener.accept()[0] as client,
        ):
            while len(self.heard) < len(HELLO):
                self.heard += client.recv(len(HELLO))
            client.sendall(self.answer)
            client.settimeout(0.2)
            while data := client.recv(4096):
                self.heard += data

    def stop(self) -> None:
        self._thread.join()


@pytest.fixture
def host(start: Start) -> Iterator[Host]:
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()
    way = start(dial=lambda _, port, seconds: socket.create_connection(address))
    host = Host(way, listener)
    yield host
    host.stop()
