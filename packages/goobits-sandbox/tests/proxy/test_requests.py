"""What a request is read as, and what of it is sent on."""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
from goobits_sandbox._proxy import Allowed
from goobits_sandbox._proxy._ledger import Ledger
from goobits_sandbox._proxy._request import RefusedError, Request, parse
from hypothesis import given, settings
from hypothesis import strategies as st
from proxy_way import Server, Start

REWRITTEN = {
    "plain": (
        "GET http://api.example/a?b HTTP/1.1\r\nHost: api.example\r\nAccept: */*\r\n",
        "GET /a?b HTTP/1.1\r\nHost: api.example\r\naccept: */*\r\n",
    ),
    "no path": (
        "GET HTTP://API.Example HTTP/1.0\r\n",
        "GET / HTTP/1.0\r\nHost: api.example\r\n",
    ),
    "port": (
        "GET http://api.example:8080/ HTTP/1.1\r\nHost: API.example:8080\r\n",
        "GET / HTTP/1.1\r\nHost: api.example:8080\r\n",
    ),
    "secrets of the proxy": (
        "GET http://api.example/ HTTP/1.1\r\nProxy-Authorization: Basic eDp5\r\n",
        "GET / HTTP/1.1\r\nHost: api.example\r\n",
    ),
    "fields for this connection": (
        (
            "GET http://api.example/ HTTP/1.1\r\nConnection: keep-alive, X-Mine\r\n"
            "X-Mine: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\nTE: trailers\r\nX-Kept: 2\r\n"
        ),
        "GET / HTTP/1.1\r\nHost: api.example\r\nx-kept: 2\r\n",
    ),
    "slashes": (
        "GET http://api.example//other.example/ HTTP/1.1\r\n",
        "GET //other.example/ HTTP/1.1\r\nHost: api.example\r\n",
    ),
}
REFUSED = {
    "Host without the port": b"GET http://api.example:81/ HTTP/1.1\r\nHost: api.example\r\n\r\n",
    "empty Host": b"GET http://api.example/ HTTP/1.1\r\nHost:\r\n\r\n",
    "tab for a space": b"GET http://api.example/\tx HTTP/1.1\r\n\r\n",
    "two spaces": b"GET  http://api.example/ HTTP/1.1\r\n\r\n",
    "fragment": b"GET http://api.example/#x HTTP/1.1\r\n\r\n",
    "byte above ASCII": b"GET http://api.example/\xff HTTP/1.1\r\n\r\n",
    "two Hosts of a tunnel": b"CONNECT api.example:443 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "body of a tunnel": b"CONNECT api.example:443 HTTP/1.1\r\nContent-Length: 3\r\n\r\n",
    "chunks": b"GET http://api.example/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "not ended": b"GET http://api.example/ HTTP/1.1",
    "not whole": b"GET http://api.example/ HTTP/1.1\r\n",
    "lower case": b"get http://api.example/ HTTP/1.1\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\n",
    "nothing": b"\r\n\r\n",
}
GOOD = (
    "CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n\r\n",
    "GET http://api.example/x HTTP/1.1\r\nHost: api.example\r\nX: y\r\n\r\n",
    "GET http://api.example:8080/?x HTTP/1.0\r\nHost: api.example:8080\r\n\r\n",
)
PIECES = st.sampled_from(
    (
        *(
            "CONNECT ",
            "GET ",
            "POST ",
            "http://",
            "HTTP://",
            "https://",
            "//",
            "api.example",
        ),
        *(
            "other.example",
            "127.0.0.1",
            "0x7f.1",
            "[::1]",
            ":443",
            ":80",
            ":0",
            ":",
            "/",
        ),
        *(
            "@",
            "?",
            "#",
            "\\",
            "%2e",
            "%00",
            "\0",
            " ",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\x85",
        ),
        *(
            " HTTP/1.1",
            " HTTP/1.0",
            "\r\nHost: ",
            "\r\nhost:",
            "\r\n ",
            "．",
            "１",
            ".",
        ),
        *(
            "\r\nContent-Length: 1",
            "\r\nTransfer-Encoding: chunked",
            "\r\n\r\n",
            "A",
            "x:",
        ),
    )
)


@pytest.mark.parametrize("form", REWRITTEN)
def test_request_is_written_anew(form: str) -> None:
    """The host gets what was understood, and nothing that was meant for the proxy."""
    said, sent = REWRITTEN[form]
    request = parse(f"{said}\r\n".encode())
    assert request.head.decode() == f"{sent}Connection: close\r\n\r\n"


@pytest.mark.parametrize("form", REFUSED)
def test_request_that_is_not_strict_is_refused(form: str) -> None:
    """What is repaired here might be understood otherwise elsewhere."""
    with pytest.raises(RefusedError):
        parse(REFUSED[form])


def test_host_of_a_tunnel_is_that_of_its_first_line() -> None:
    """Clients put the proxy's own name into the field Host; nobody reads it."""
    head = b"CONNECT API.example:443 HTTP/1.1\r\nHost: 127.0.0.1:3128\r\n\r\n"
    assert parse(head) == Request("api.example", 443)


@st.composite
def heads(draw: st.DrawFn) -> bytes:
    """Return a good head with up to three places that a guest has changed."""
    text = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 4))
        text = text[:start] + draw(PIECES) + text[end:]
    return text.encode()


@given(heads() | st.lists(PIECES, max_size=14).map(lambda said: "".join(said).encode()))
@settings(max_examples=1000, deadline=None)
def test_any_head_names_its_host_or_is_refused(head: bytes) -> None:
    """What is accepted, another reader understands in the same way."""
    try:
        request = parse(head)
    except RefusedError:
        return
    assert Allowed.parse((f"{request.host}:{request.port}",))
    target = head.split(b" ")[1].decode()
    parts = urlsplit(target if request.head else f"//{target}")
    assert (parts.hostname, parts.port or 80) == (request.host, request.port)
    if request.head:
        _check_sent(request)


def _check_sent(request: Request) -> None:
    first, _, rest = request.head.partition(b"\r\n")
    assert first.count(b" ") == 2
    fields = http.client.parse_headers(io.BytesIO(rest))
    port = "" if request.port == 80 else f":{request.port}"
    assert fields.get_all("Host") == [f"{request.host}{port}"]
    assert fields.get_all("Connection") == ["close"]
    assert not {"content-length", "transfer-encoding"} & {
        name.lower() for name in fields
    }
    assert request.head.index(b"\r\n\r\n") == len(request.head) - 4


def test_page_is_asked_for_and_comes(start: Start, plain: Server) -> None:
    """The other thing that it is for."""
    way = start()
    answer = way.ask(b"GET http://API.example/page HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert plain.asked == [b"/page api.example"]
    assert [decision.allowed for decision in way.proxy.decisions] == [True]


def test_second_request_never_reaches_the_host(start: Start) -> None:
    """Neither with the first nor after its answer: it would be read by nobody here."""
    first = b"GET http://api.example/ HTTP/1.1\r\n\r\n"
    heard, listener = [], socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()

    def answer() -> None:
        with listener, listener.accept()[0] as client:
            heard.append(client.recv(4096))
            client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            heard.append(client.recv(4096))

    thread = threading.Thread(target=answer)
    thread.start()
    way = start(dial=lambda _, port, seconds: socket.create_connection(address))
    with socket.create_connection(("127.0.0.1", way.port), 5) as client:
        client.sendall(first)
        assert client.recv(4096).startswith(b"HTTP/1.1 200")
        client.sendall(b"POST / HTTP/1.1\r\nHost: other.example\r\n\r\n")
        thread.join()
    assert heard == [parse(first).head, b""]
    last = time.monotonic() + 5
    while len(way.proxy.decisions) < 2 and time.monotonic() < last:
        time.sleep(0.01)
    assert "second request" in way.proxy.decisions[-1].why


def test_refusal_reaches_a_client_that_is_still_sending(start: Start) -> None:
    """What it has not sent yet must not cost it the reason."""
    answer = start().ask(b"GET http://api.example/" + b"x" * 8_000_000)
    assert answer.startswith(b"HTTP/1.1 431 goobits: ")
    assert answer.endswith(b"bytes\n")


def test_log_of_what_a_guest_says_stays_small(start: Start) -> None:
    """A guest that is refused ten thousand times must not fill the host's memory."""
    way = start()
    way.ask(b"CONNECT " + b"x" * 15_000 + b":443 HTTP/1.1\r\n\r\n")
    way.ask(b"\x1b]0;x\x07" * 900 + b" / HTTP/1.1\r\n\r\n")
    for decision in way.proxy.decisions:
        assert len(decision.host) + len(decision.why) < 700
        assert decision.why.isprintable()
    ledger = Ledger(0)
    for port in range(10_007):
        ledger.decide("x", port)
    kept, more = ledger.decisions()
    assert (len(kept), more) == (10_000, 7)
