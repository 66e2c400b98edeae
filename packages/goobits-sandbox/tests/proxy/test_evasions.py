"""Each form in which a guest may ask for a host that it was not given.

The positive control is a proxy as they are often written: it splits at colons, compares the end of
a name, resolves again when it dials, and forwards what it was sent.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from goobits_sandbox import PolicyError
from goobits_sandbox._proxy import Allowed, serve
from goobits_sandbox._proxy._addresses import refusal
from proxy_way import ADDRESSES, Server, Start

ALLOWED = ("api.example:80", "api.example:443")
# Forms of a host, none of them api.example, as the target of CONNECT.
HOSTS = {
    "decimal address": b"2130706433:443",
    "hexadecimal address": b"0x7f000001:443",
    "hexadecimal parts": b"0x7f.0.0.0x1:443",
    "octal address": b"0177.0.0.1:443",
    "short address": b"127.1:443",
    "address of IPv4": b"93.184.216.34:443",
    "address of IPv6": b"[::1]:443",
    "address of IPv6 without brackets": b"::1:443",
    "mapped address": b"[::ffff:127.0.0.1]:443",
    "zone": b"[fe80::1%25lo]:443",
    "trailing dot": b"api.example.:443",
    "two dots": b"api..example:443",
    "user": b"api.example@other.example:443",
    "user and password": b"api.example:443@other.example:443",
    "fullwidth letters": "ａｐｉ.example:443".encode(),
    "ideographic full stop": "api。example:443".encode(),
    "percent encoding": b"api%2eexample:443",
    "encoded NUL": b"other.example%00.api.example:443",
    "NUL": b"api.example\0.other.example:443",
    "tab": b"api.example\t:443",
    "line feed": b"api.example\n:443",
    "name that begins with it": b"api.example.evil.test:443",
    "name that ends with it": b"evil-api.example:443",
    "name below it": b"x.api.example:443",
    "other name": b"other.example:443",
    "other port": b"api.example:22",
    "port with zeros": b"api.example:0443",
    "port with a sign": b"api.example:+443",
    "port out of range": b"api.example:66079",
    "port zero": b"api.example:0",
    "no port": b"api.example",
    "empty port": b"api.example:",
    "path": b"api.example:443/x",
    "scheme": b"https://api.example:443",
    "wildcard name": b"127.0.0.1.nip.test:443",
    "empty": b":443",
}
# Heads that two readers understand differently, each a request for api.example to one of them.
GET = b"GET http://api.example/ HTTP/1.1\r\n"
HOST = b"Host: api.example\r\n"
OTHER = b"Host: other.example\r\n"
HEADS = {
    "two hosts": GET + HOST + OTHER + b"\r\n",
    "host of another": GET + OTHER + b"\r\n",
    "both lengths": GET
    + HOST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a length": GET + HOST + b"Content-Length: 0\r\n\r\n",
    "folded field": GET + HOST + b" other.example\r\n\r\n",
    "space before colon": GET + b"Host : other.example\r\n\r\n",
    "line feeds alone": b"GET http://api.example/ HTTP/1.1\nHost: api.example\n\n\r\n\r\n",
    "second request": GET + HOST + b"\r\nGET http://other.example/ HTTP/1.1\r\n\r\n",
    "relative target": b"GET / HTTP/1.1\r\n" + HOST + b"\r\n",
    "another scheme": b"GET ftp://api.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "another method": b"POST http://api.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "trace": b"TRACE http://api.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "another version": b"GET http://api.example/ HTTP/2.0\r\n" + HOST + b"\r\n",
    "no version": b"GET http://api.example/\r\n\r\n",
    "query before path": b"GET http://other.example?api.example HTTP/1.1\r\n\r\n",
    "fragment before path": b"GET http://other.example#api.example/ HTTP/1.1\r\n\r\n",
    "user in the address": b"GET http://api.example@other.example/ HTTP/1.1\r\n\r\n",
    "backslash": b"GET http://other.example\\.api.example/ HTTP/1.1\r\n\r\n",
    "injected field": b"GET http://api.example/\rX: y HTTP/1.1\r\n\r\n",
    "no field": GET + b"nothing\r\n\r\n",
    "too many fields": GET + b"a: b\r\n" * 200 + b"\r\n",
    "too long": b"GET http://api.example/" + b"x" * 20000 + b" HTTP/1.1\r\n\r\n",
}


class Naive:
    """The positive control."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.reached: list[bytes] = []

    def run(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client:
                head = client.recv(65536)
                target = head.split()[1] if head.split() else b""
                if b"api.example" in head or b"443" in target:
                    self.reached.append(target)
                    client.sendall(b"HTTP/1.1 200 fine\r\n\r\n")


@pytest.fixture
def naive() -> Iterator[Naive]:
    proxy = Naive()
    thread = threading.Thread(target=proxy.run)
    thread.start()
    yield proxy
    proxy.listener.shutdown(socket.SHUT_RDWR)
    proxy.listener.close()
    thread.join()


def _send(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(data)
        return client.recv(65536)


def _connect(target: bytes) -> bytes:
    return b"CONNECT " + target + b" HTTP/1.1\r\nHost: api.example:443\r\n\r\n"


@pytest.mark.parametrize("form", HOSTS)
def test_evading_host_is_refused(start: Start, naive: Naive, form: str) -> None:
    """Nothing is resolved, nothing dialled, and the answer says what is wrong."""
    head = _connect(HOSTS[form])
    assert _send(naive.port, head).startswith(b"HTTP/1.1 200")
    way = start(ALLOWED)
    answer = way.ask(head)
    assert answer[:12] in (b"HTTP/1.1 403", b"HTTP/1.1 400"), answer
    assert b"goobits: " in answer
    assert way.dialled == []
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


@pytest.mark.parametrize("form", HEADS)
def test_ambiguous_request_is_refused(
    start: Start, naive: Naive, plain: Server, form: str
) -> None:
    """What two readers could understand differently, one of them would understand wrongly."""
    if b"api.example" in HEADS[form]:
        assert _send(naive.port, HEADS[form]).startswith(b"HTTP/1.1 200")
    way = start(ALLOWED)
    answer = way.ask(HEADS[form])
    assert answer[:10] == b"HTTP/1.1 4", answer
    assert way.dialled == []
    assert plain.asked == []


REFUSED = sorted(set(ADDRESSES) - {"api.example", "other.example"})


@pytest.mark.parametrize("name", REFUSED)
def test_name_with_an_inner_address_is_refused(start: Start, name: str) -> None:
    """Whoever owns a name decides what it resolves to."""
    way = start()
    answer = way.ask(f"GET http://{name}/ HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
    assert answer[:10] in (b"HTTP/1.1 4", b"HTTP/1.1 5"), answer
    assert way.dialled == []


def test_name_is_resolved_once_and_that_address_dialled(
    start: Start, resolve: object
) -> None:
    """A second answer could be another one: that is how a name is rebound."""
    answers = [("127.0.0.1",), ("93.184.216.34",)]
    dialled: list[str] = []

    def dial(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        raise OSError("nobody there")

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    allowed = Allowed.parse(("rebound.example:80",))
    with serve(
        listener, allowed=allowed, resolve=lambda host, port: answers.pop(), dial=dial
    ):
        answer = _send(port, b"GET http://rebound.example/ HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502")
    assert (len(answers), dialled) == (1, ["93.184.216.34"])


@pytest.mark.parametrize("case", [b"API.Example:443", b"api.EXAMPLE:443"])
def test_case_is_no_difference(start: Start, case: bytes) -> None:
    """Names of hosts have none."""
    way = start(ALLOWED)
    assert way.ask(_connect(case), b"\x16\x03\x01\x00\x01\x01").startswith(
        b"HTTP/1.1 200"
    )


@pytest.mark.parametrize(
    "said",
    (
        "|-a.example:443|0x7f.1:443|127.0.0.1:443|1:443|[::1]:443|*.example:443|a b.example:443|"
        "api.example|api.example.:443|api.example:|api.example:99999|api.example:https|"
        "http://api.example:443|müller.example:443"
    ).split("|"),
)
def test_policy_names_exact_hosts(said: str) -> None:
    """What a user has allowed is what they have read."""
    with pytest.raises(PolicyError):
        Allowed.parse((said,))


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("8.8.8.8", True),
        ("127.8.9.10", False),
        ("0.1.2.3", False),
        ("172.16.0.1", False),
        ("172.31.255.255", False),
        ("192.0.0.8", False),
        ("198.18.0.1", False),
        ("198.51.100.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("2002:a00:1::", False),
        ("2001:0:4136:e378:8000:63bf:f5ff:fffe", False),
        ("fe80::1%lo", False),
        ("ff02::1", False),
        ("fec0::1", False),
        ("2001:db8::1", False),
        ("api.example", False),
    ],
)
def test_only_public_addresses_are_dialled(address: str, is_public: bool) -> None:
    """Everything else is this machine, its networks, or a cloud's own services."""
    assert (refusal(address) == "") is is_public


@pytest.fixture(autouse=True)
def _servers(plain: Server, resolve: Callable[..., object]) -> None:
    """Every test has its servers, to see that none is reached."""
