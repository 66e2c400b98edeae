"""Services: names that are no hosts, which the proxy hands requests to and never resolves."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_sandbox import Outcome, Policy, PolicyError, Sandbox
from goobits_sandbox._proxy._request import RefusedError, parse
from proxy_way import Start

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nok\r\n"
ENDED = b"\r\n\r\n"


class Service:
    """Keeps all that it was sent, up to the client's end, and gives one answer."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._threads: list[threading.Thread] = []

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        thread = threading.Thread(target=self._answer, args=(ours,))
        thread.start()
        self._threads.append(thread)
        return theirs

    def _answer(self, end: socket.socket) -> None:
        with end, contextlib.suppress(OSError):
            data = end.recv(65536)
            while not data.endswith((ENDED, b"whole")):
                data += end.recv(65536)
            self.heard.append(data)
            end.sendall(ANSWER)

    def join(self) -> None:
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.join()


SPOKEN = {
    "a page": (b"GET http://docker/info HTTP/1.1\r\n\r\n", b"GET /info HTTP/1.1"),
    "its port": (b"HEAD http://docker:80/x HTTP/1.1\r\n\r\n", b"HEAD /x HTTP/1.1"),
    "a body": (
        b"POST http://docker/create?a=b HTTP/1.1\r\nContent-Length: 5\r\n\r\nwhole",
        b"POST /create?a=b HTTP/1.1",
    ),
    "chunks": (
        b"PUT http://docker/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PUT / HTTP/1.1",
    ),
}
# Spellings that another reader may take for the service's name.
SPELLINGS = (
    *("DOCKER", "Docker", "docker.", "docker:080", "docker:8080", "docker:443", "docker:"),
    *("%64ocker", "x@docker", "docker@x", "docker\\x", "docker?x", "docker#x", "docker%00"),
    *(".docker", "docker.localhost", "docker,x", "[docker]", "docker:80:80", ":80", ""),
)  # fmt: skip
# Bodies that two readers could see end in two places.
SMUGGLED = {
    "two lengths": "Content-Length: 5\r\nContent-Length: 5\r\n",
    "a list of lengths": "Content-Length: 5, 5\r\n",
    "length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "chunks twice": "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "another coding": "Transfer-Encoding: gzip, chunked\r\n",
    "a coding like it": "Transfer-Encoding: xchunked\r\n",
    "a sign": "Content-Length: +5\r\n",
    "a huge length": "Content-Length: 99999999999999999999\r\n",
    "a length that the connection takes": "Content-Length: 5\r\nConnection: content-length\r\n",
    "a folded field": "Content-Length: 5\r\n 0\r\n",
}


@pytest.mark.parametrize("form", SPOKEN)
def test_request_for_a_service_reaches_it(
    start: Start, service: Service, form: str
) -> None:
    """Any method and a body: what may be said is the service's business."""
    said, first = SPOKEN[form]
    way = start(services={"docker": service.connect})
    assert way.ask(said) == ANSWER
    service.join()
    (heard,) = service.heard
    assert heard.startswith(first + b"\r\nHost: docker\r\n")
    assert b"\r\nConnection: close\r\n\r\n" in heard
    assert heard.partition(ENDED)[2] == said.partition(ENDED)[2]
    (decision,) = way.proxy.decisions
    assert (decision.host, decision.port, decision.allowed) == ("docker", 80, True)
    assert way.resolved == []


@pytest.mark.parametrize("place", SPELLINGS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_spelling_is_not_the_service(
    start: Start, service: Service, place: str, method: str
) -> None:
    """One name, letter for letter: what the log says is what was reached."""
    way = start(services={"docker": service.connect})
    answer = way.ask(f"{method} http://{place}/ HTTP/1.1\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 4")
    assert (service.heard, way.resolved) == ([], [])
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


def test_tunnel_to_a_service_is_refused_in_words(
    start: Start, service: Service
) -> None:
    """In a tunnel nobody could read what is asked of it."""
    way = start(services={"docker": service.connect})
    answer = way.ask(b"CONNECT docker:80 HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 403 goobits: ")
    assert b'"docker" is a service' in answer
    assert service.heard == []


@pytest.mark.parametrize("form", SMUGGLED)
def test_body_of_two_lengths_is_refused(
    start: Start, service: Service, form: str
) -> None:
    """The rest of it would be a request that nobody has looked at."""
    way = start(services={"docker": service.connect})
    head = f"POST http://docker/ HTTP/1.1\r\n{SMUGGLED[form]}\r\n"
    answer = way.ask(head.encode() + b"whole")
    assert answer.startswith(b"HTTP/1.1 400")
    assert service.heard == []


def test_chunks_need_a_version_that_has_them() -> None:
    """A reader of HTTP/1.0 takes the chunks for what follows."""
    head = b"POST http://docker/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
    with pytest.raises(RefusedError):
        parse(head, {"docker"})


@pytest.mark.parametrize("method", ["post", "CONNECT", "P0ST", "X" * 21, "PO-ST"])
def test_method_is_a_word(method: str) -> None:
    """A service must not be the first to meet what the proxy would repair."""
    with pytest.raises(RefusedError):
        parse(f"{method} http://docker/ HTTP/1.1\r\n\r\n".encode(), {"docker"})


def test_host_beside_a_service_is_still_only_read(
    start: Start, service: Service
) -> None:
    """A service must not widen what may be said to the hosts."""
    way = start(services={"docker": service.connect})
    assert way.ask(b"POST http://api.example/ HTTP/1.1\r\n\r\n")[:12] == b"HTTP/1.1 405"
    body = b"GET http://api.example/ HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
    assert way.ask(body)[:12] == b"HTTP/1.1 400"


def test_service_that_is_not_there_is_said(start: Start) -> None:
    """A daemon that does not run is no reason to hang."""

    def connect() -> socket.socket:
        raise OSError("nobody listens")

    way = start(services={"docker": connect})
    answer = way.ask(b"GET http://docker/ HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 502 goobits: the service")
    assert [decision.allowed for decision in way.proxy.decisions] == [False]


@pytest.mark.parametrize(
    "name", ["Docker", "docker.local", "127.1", "a b", "", "-a", "1"]
)
def test_name_of_a_service_is_a_plain_label(name: str) -> None:
    """It must read as no address and no host of a network."""
    with pytest.raises(PolicyError, match="no plain name"):
        Sandbox(Policy(), services={name: socket.socket}).run(["true"])


@pytest.mark.parametrize("host", ["docker:80", "docker:443", "DOCKER:2375"])
def test_service_never_shadows_an_allowed_host(host: str) -> None:
    """Which of the two was meant, neither the user nor the log could tell."""
    with pytest.raises(PolicyError, match="also a host of net"):
        Sandbox(Policy(net=(host,)), services={"docker": socket.socket}).run(["true"])


ASKS = """
import urllib.request
print(urllib.request.urlopen("http://docker/x", b"whole").read())
try:
    urllib.request.urlopen("http://api.example/")
except OSError as error:
    print(error)
"""


def _run(project: Path, services: dict[str, Callable[[], socket.socket]]) -> Outcome:
    policy = Policy(project=str(project))
    return Sandbox(policy, services=services).run(["/usr/bin/python3", "-c", ASKS])


def test_guest_without_hosts_reaches_its_service(
    project: Path, service: Service
) -> None:
    """Through the variables that every client reads, and nothing else opens with it."""
    outcome = _run(project, {"docker": service.connect})
    assert outcome.stdout.startswith(b"b'ok\\r\\n'\nHTTP Error 403: "), outcome.stderr
    said = [(one.host, one.allowed) for one in outcome.decisions]
    assert said == [("docker", True), ("api.example", False)]
    assert service.heard[0].startswith(b"POST /x HTTP/1.1\r\nHost: docker\r\n")


def test_guest_without_the_service_reaches_nothing(project: Path) -> None:
    """The positive control of the test before: it is the service that opens the way."""
    outcome = _run(project, {})
    assert outcome.exit_code == 1
    assert outcome.decisions == ()
