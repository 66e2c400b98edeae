"""The proxy that the host itself goes through, and which hosts it is not for."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from goobits_sandbox._proxy import Upstream, dial_address
from proxy_way import CONNECT, HELLO, Start

OK = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"


class Corporate:
    """A proxy that answers what it is told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answer = OK + b"first"
        self.asked = b""
        self.sent = b""

    def run(self) -> None:
        try:
            client, _ = self.listener.accept()
        except OSError:
            return
        with client, contextlib.suppress(OSError):
            while b"\r\n\r\n" not in self.asked:
                self.asked += client.recv(1)
            client.sendall(self.answer)
            client.shutdown(socket.SHUT_WR)
            while data := client.recv(65536):
                self.sent += data


@pytest.fixture
def corporate() -> Iterator[Corporate]:
    proxy = Corporate()
    thread = threading.Thread(target=proxy.run)
    thread.start()
    yield proxy
    proxy.listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    proxy.listener.close()


def test_tunnel_goes_through_it(start: Start, corporate: Corporate) -> None:
    """By name and with its credentials: it resolves, and the host need not be able to."""
    url = f"http://me:p%40ss@127.0.0.1:{corporate.port}"
    way = start(upstream=Upstream.of({"https_proxy": url}))
    answer = way.ask(CONNECT, HELLO)
    assert answer.endswith(b"\r\n\r\nfirst")
    word = base64.b64encode(b"me:p@ss")
    assert corporate.asked == (
        b"CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n"
        b"Proxy-Authorization: Basic " + word + b"\r\n\r\n"
    )
    assert (way.resolved, way.dialled) == ([], [])
    assert corporate.sent == HELLO


def test_page_goes_through_it(start: Start, corporate: Corporate) -> None:
    """In a tunnel, too: one way through it is enough."""
    way = start(upstream=Upstream("127.0.0.1", corporate.port))
    answer = way.ask(b"GET http://api.example/ HTTP/1.1\r\n\r\n")
    assert answer == b"first"
    assert corporate.asked.startswith(b"CONNECT api.example:80 HTTP/1.1\r\n")
    assert corporate.sent.startswith(b"GET / HTTP/1.1\r\nHost: api.example\r\n")


def test_handshake_is_checked_before_it_hears_anything(
    start: Start, corporate: Corporate
) -> None:
    """What is refused here is refused wherever it would have gone."""
    way = start(upstream=Upstream("127.0.0.1", corporate.port))
    way.ask(CONNECT, b"SSH-2.0-x\r\n")
    way.ask(CONNECT.replace(b"api", b"evil"), HELLO)
    assert corporate.asked == b""
    assert [decision.allowed for decision in way.proxy.decisions] == [False, False]


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 407 Who are you\r\n\r\n", b"nonsense\r\n\r\n", OK[:20]]
)
def test_its_refusal_is_told(start: Start, corporate: Corporate, answer: bytes) -> None:
    """A developer must see who said no, and never the credentials."""
    corporate.answer = answer
    way = start(upstream=Upstream("127.0.0.1", corporate.port, "me:secret"))
    said = way.ask(b"GET http://api.example/ HTTP/1.1\r\n\r\n")
    assert said.startswith(b'HTTP/1.1 502 goobits: "api.example:80" cannot be reached')
    assert b"secret" not in said
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


def test_variables_that_name_none() -> None:
    """Most hosts go to the network by themselves."""
    assert Upstream.of({}) is None
    assert Upstream.of({"HTTPS_PROXY": "", "NO_PROXY": "*"}) is None


@pytest.mark.parametrize(
    ("value", "host", "port"),
    [
        ("http://proxy.test:3128", "proxy.test", 3128),
        ("http://proxy.test/", "proxy.test", 80),
        ("proxy.test:8080", "proxy.test", 8080),
        ("http://[2001:db8::1]:81", "2001:db8::1", 81),
    ],
)
def test_variable_names_it(value: str, host: str, port: int) -> None:
    """As curl reads it, in either case of its name."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "http_proxy"):
        assert Upstream.of({name: value}) == Upstream(host, port)


@pytest.mark.parametrize(
    "value",
    ["socks5://proxy.test:1080", "https://proxy.test", "http://:1", "http://a:b"],
)
def test_one_that_cannot_be_spoken_to_is_not_gone_around(
    start: Start, value: str
) -> None:
    """A host that is told to use a proxy may be forbidden, or watched, to do without."""
    way = start(
        upstream=Upstream.of({"HTTPS_PROXY": value, "NO_PROXY": "other.example"})
    )
    answer = way.ask(b"GET http://api.example/ HTTP/1.1\r\n\r\n")
    assert b"HTTPS_PROXY names no http:// proxy" in answer
    assert way.dialled == []
    way.ask(b"GET http://other.example/ HTTP/1.1\r\n\r\n")
    assert way.dialled == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    ("words", "is_direct"),
    [
        ("api.example", True),
        ("API.Example ", True),
        ("example", True),
        (".example", True),
        ("*.example", True),
        ("x, api.example:443", True),
        ("api.example:80", False),
        ("*", True),
        ("pi.example", False),
        ("x.api.example", False),
        ("", False),
        (",", False),
        ("10.0.0.0/8,localhost", False),
    ],
)
def test_hosts_that_it_is_not_for(words: str, is_direct: bool) -> None:
    """Which is what NO_PROXY says, in the forms that programs agree on."""
    upstream = Upstream.of({"HTTPS_PROXY": "http://p.test", "no_proxy": words})
    assert upstream is not None
    assert upstream.serves("api.example", 443) is not is_direct


def test_this_machine_is_not_dialled_by_its_own_address() -> None:
    """A public address may be one of this machine's own, behind its firewall."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(OSError, match="this machine"),
    ):
        dial_address("127.0.0.1", server.getsockname()[1], 1.0)
