"""Each form in which a guest may ask for a host that it was not given.

The positive control is `proxy_naive.py`: each form gets past it, to where it says.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from goobits_sandbox import PolicyError
from goobits_sandbox._proxy import Allowed, serve
from goobits_sandbox._proxy._addresses import refusal
from proxy_naive import Naive
from proxy_way import ADDRESSES, Server, Start, Way

Resolve = Callable[[str, int], tuple[str, ...]]

ALLOWED = ("api.example:80", "api.example:443")
PUBLIC, HERE = "93.184.216.34", "127.0.0.1"
# Targets of CONNECT, and what a naive proxy dials for them.
EVASIONS = {
    "address": (b"10.1.2.3:443", "10.1.2.3", 443),
    "public address": (b"93.184.216.34:443", PUBLIC, 443),
    "decimal address": (b"2130706433:443", HERE, 443),
    "hexadecimal address": (b"0x7f000001:443", HERE, 443),
    "hexadecimal parts": (b"0x7f.0.0.0x1:443", HERE, 443),
    "octal address": (b"0177.0.0.1:443", HERE, 443),
    "address with zeros": (b"0127.000.000.001:443", "87.0.0.1", 443),
    "short address": (b"127.1:443", HERE, 443),
    "address of IPv6": (b"[::2]:443", "::2", 443),
    "address of IPv6 in full": (b"[0:0:0:0:0:0:0:1]:443", "0:0:0:0:0:0:0:1", 443),
    "address of IPv6 without brackets": (b"::1:443", "::1", 443),
    "mapped address": (b"[::ffff:127.0.0.1]:443", "::ffff:127.0.0.1", 443),
    "mapped hexadecimal": (b"[::ffff:7f00:1]:443", "::ffff:7f00:1", 443),
    "compatible address": (b"[::7f00:1]:443", "::7f00:1", 443),
    "zone": (b"[fe80::1%25lo]:443", "fe80::1%lo", 443),
    "trailing dot": (b"other.example.:443", PUBLIC, 443),
    "trailing dot after an address": (b"127.0.0.2.:443", "127.0.0.2", 443),
    "user": (b"api.example@other.example:443", PUBLIC, 443),
    "user and password": (b"api.example:443@other.example:443", PUBLIC, 443),
    "fullwidth letters": ("ｏｔｈｅｒ.example:443".encode(), PUBLIC, 443),
    "fullwidth digits": ("１２７.0.0.2:443".encode(), "127.0.0.2", 443),
    "circled digits": ("①②⑦.0.0.2:443".encode(), "127.0.0.2", 443),
    "ideographic full stop": ("other。example:443".encode(), PUBLIC, 443),
    "percent encoding": (b"other%2eexample:443", PUBLIC, 443),
    "encoded address": (b"127%2e0%2e0%2e2:443", "127.0.0.2", 443),
    "encoded NUL": (b"other.example%00.api.example:443", PUBLIC, 443),
    "NUL": (b"other.example\0.api.example:443", PUBLIC, 443),
    "tab": (b"other.example.\t.api.example:443", PUBLIC, 443),
    "line feed": (b"other.example.\n.api.example:443", PUBLIC, 443),
    "carriage return": (b"other.example.\r.api.example:443", PUBLIC, 443),
    "injected line": (b"other.example. HTTP/1.1\r\nX: api.example:443", PUBLIC, 443),
    "name that begins with it": (b"api.example.evil.test:443", PUBLIC, 443),
    "name that ends with it": (b"evil-api.example:443", PUBLIC, 443),
    "name below it": (b"x.api.example:443", PUBLIC, 443),
    "wildcard name": (b"127.0.0.2.nip.test:443", "127.0.0.2", 443),
    "other port": (b"api.example:22", PUBLIC, 22),
    "port with zeros": (b"api.example:022", PUBLIC, 22),
    "port with a sign": (b"api.example:+22", PUBLIC, 22),
    "port out of range": (b"api.example:65558", PUBLIC, 22),
    "port in other digits": ("api.example:٢٢".encode(), PUBLIC, 22),
    "port zero": (b"api.example:0", PUBLIC, 0),
}
# Targets that are none, whatever a proxy makes of them.
MALFORMED = {
    "no port": b"api.example",
    "empty port": b"api.example:",
    "path": b"api.example:443/x",
    "scheme": b"https://api.example:443",
    "two dots": b"api..example:443",
    "leading dot": b".api.example:443",
    "dot after it": b"api.example.:443",
    "wildcard": b"*.example:443",
    "space": b"api.example :443",
    "backslash": b"api.example\\.other.example:443",
    "empty": b":443",
    "longer than names are": b"a." * 127 + b"example:443",
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
    "query before path": b"GET http://evil-api.example?api.example HTTP/1.1\r\n\r\n",
    "fragment before path": b"GET http://evil-api.example#api.example/ HTTP/1.1\r\n\r\n",
    "user in the address": b"GET http://api.example@other.example/ HTTP/1.1\r\n\r\n",
    "backslash": b"GET http://evil-api.example\\.api.example/ HTTP/1.1\r\n\r\n",
    "injected field": b"GET http://api.example/\rX: y HTTP/1.1\r\n\r\n",
    "no field": GET + b"nothing\r\n\r\n",
    "too many fields": GET + b"a: b\r\n" * 200 + b"\r\n",
    "too long": b"GET http://api.example/" + b"x" * 20000 + b" HTTP/1.1\r\n\r\n",
}


@pytest.fixture
def naive(resolve: Resolve) -> Naive:
    return Naive(resolve)


def _send(port: int, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(data)
        return client.recv(65536)


def _connect(target: bytes) -> bytes:
    return b"CONNECT " + target + b" HTTP/1.1\r\nHost: api.example:443\r\n\r\n"


@pytest.mark.parametrize("form", EVASIONS)
def test_evading_host_is_refused(start: Start, naive: Naive, form: str) -> None:
    """Nothing is resolved, nothing dialled, and the answer says what is wrong."""
    target, *reached = EVASIONS[form]
    naive.ask(_connect(target))
    assert naive.dialled == [tuple(reached)]
    _expect_refusal(start(ALLOWED), target)


@pytest.mark.parametrize("form", MALFORMED)
def test_malformed_host_is_refused(start: Start, form: str) -> None:
    """What is no host's name is not made one."""
    _expect_refusal(start(ALLOWED), MALFORMED[form])


def _expect_refusal(way: Way, target: bytes) -> None:
    answer = way.ask(_connect(target))
    assert answer[:21] in (b"HTTP/1.1 403 goobits:", b"HTTP/1.1 400 goobits:")
    assert answer.count(b"goobits: ") == 2
    assert (way.resolved, way.dialled) == ([], [])
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


def test_refusal_says_what_is_allowed(start: Start) -> None:
    """A developer sees what to write, in the first line, which is all that many clients show."""
    answer = start(ALLOWED).ask(_connect(b"evil.example:443"))
    said = (
        b'goobits: network "evil.example:443" was not allowed; '
        b"allowed: api.example:80, api.example:443"
    )
    first, *_, last = answer.splitlines()
    assert (first, last) == (b"HTTP/1.1 403 " + said, said)


@pytest.mark.parametrize("form", HEADS)
def test_ambiguous_request_is_refused(
    start: Start, naive: Naive, plain: Server, form: str
) -> None:
    """What two readers could understand differently, one of them would understand wrongly."""
    naive.ask(HEADS[form])
    assert naive.sent == HEADS[form]
    way = start(ALLOWED)
    answer = way.ask(HEADS[form])
    assert answer[:10] == b"HTTP/1.1 4", answer
    assert (way.resolved, way.dialled, plain.asked) == ([], [], [])


REFUSED = sorted(name for name, found in ADDRESSES.items() if found != (PUBLIC,))


@pytest.mark.parametrize("name", REFUSED)
def test_name_with_an_inner_address_is_refused(
    start: Start, naive: Naive, name: str
) -> None:
    """Whoever owns a name decides what it resolves to."""
    if ADDRESSES[name] not in ((), ("127.0.0.1",), ("169.254.169.254",)):
        naive.ask(_connect(f"{name}:443".encode()))
        assert naive.dialled == [(ADDRESSES[name][0], 443)]
    way = start()
    answer = way.ask(f"GET http://{name}/ HTTP/1.1\r\nHost: {name}\r\n\r\n".encode())
    assert answer[:10] in (b"HTTP/1.1 4", b"HTTP/1.1 5"), answer
    assert way.dialled == []


def test_name_is_resolved_once_and_that_address_dialled() -> None:
    """A second answer could be another one: that is how a name is rebound."""
    bound = [("127.0.0.1",), ("93.184.216.34",)]
    naive = Naive(lambda host, port: bound.pop())
    naive.ask(_connect(b"rebound.example:443"))
    assert naive.dialled == [("127.0.0.1", 443)]
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


POLICIES = (
    *("api.example", "api.example:", "*.example:443", "127.0.0.1:443", "[::1]:443"),
    *("1:443", "0x7f.1:443", "0x7f000001:443", "127.0.0.0x1:443", "api.example:443:80"),
    *("api.example:99999", "api.example:https", "api.example:0443", "api.example:0"),
    *("http://api.example:443", "", "müller.example:443", "a b.example:443"),
    *(
        "-a.example:443",
        "a-.example:443",
        "api.example.:443",
        f"{'x.' * 124}example:443",
    ),
    *(
        "api.example:443\n",
        "api.example\0:443",
        f"{'x' * 64}.example:443",
        "x@a.example:443",
    ),
)


@pytest.mark.parametrize("said", POLICIES)
def test_policy_names_exact_hosts(said: str) -> None:
    """What a user has allowed is what they have read."""
    with pytest.raises(PolicyError):
        Allowed.parse((said,))


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("64:ff9b::808:808", True),
        ("2001:200::1", True),
        ("168.63.129.16", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("192.88.99.1", False),
        ("203.0.113.7", False),
        ("224.0.0.251", False),
        ("::8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("64:ff9b:1::808:808", False),
        ("2002:808:808::1", False),
        ("2001::1", False),
        ("2001:10::1", False),
        ("3fff::1", False),
        ("5f00::1", False),
        ("100::1", False),
        ("4000::1", False),
        ("fd00:ec2::254", False),
        ("2606:2800:220::1%eth0", False),
        ("2130706433", False),
        ("0x7f.1", False),
        ("127.1", False),
        ("", False),
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
