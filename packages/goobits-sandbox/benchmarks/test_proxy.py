"""What the proxy adds to a connection, beside a direct one to the same server.

Wall time from connecting to the first byte of the answer, as a user feels it: both ways take turns
in each round, and the figures are medians.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_sandbox._proxy import Allowed, serve
from pytest_benchmark.fixture import BenchmarkFixture

Run = Callable[[], object]
Address = tuple[str, int]
ROUNDS = 201
# Seconds that a connection may take longer.
ASKED = 0.005
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"


@pytest.fixture
def contexts(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what TLS a server and a client speak."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=api.example"
    files = ["-keyout", str(key), "-out", str(certificate)]
    names = ["-addext", "subjectAltName=DNS:api.example"]
    subprocess.run([*words.split(), *files, *names], capture_output=True, check=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))


@contextlib.contextmanager
def listening(context: ssl.SSLContext | None) -> Iterator[Address]:
    """Answer one request of each connection, and return where."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)

    def answer() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), client:
                spoken = (
                    context.wrap_socket(client, server_side=True) if context else client
                )
                with spoken:
                    while not spoken.recv(65536).endswith(b"\r\n\r\n"):
                        pass
                    spoken.sendall(ANSWER)

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        yield listener.getsockname()
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
        listener.close()


@contextlib.contextmanager
def proxied(server: Address) -> Iterator[Address]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    with serve(
        listener,
        allowed=Allowed.parse(("api.example:443", "api.example:80")),
        resolve=lambda host, port: ("93.184.216.34",),
        dial=lambda address, port, seconds: socket.create_connection(server, seconds),
    ):
        yield listener.getsockname()


def fetch(
    place: Address, context: ssl.SSLContext | None, target: bytes, *, tunnel: bool
) -> None:
    """Ask for one page, by a connection of its own."""
    with socket.create_connection(place) as plain:
        if tunnel:
            plain.sendall(b"CONNECT api.example:443 HTTP/1.1\r\n\r\n")
            assert plain.recv(1000).startswith(b"HTTP/1.1 200")
        name = "api.example"
        spoken = context.wrap_socket(plain, server_hostname=name) if context else plain
        with spoken:
            spoken.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: api.example\r\n\r\n")
            assert spoken.recv(1000).startswith(b"HTTP/1.1 200")


def compare(ways: dict[str, Run], rounds: int) -> dict[str, float]:
    """Return the median seconds of each way, in an order that turns with the rounds."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began = time.perf_counter()
            ways[name]()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


@pytest.mark.parametrize("kind", ["TLS", "HTTP"])
def test_connection(
    benchmark: BenchmarkFixture,
    tell: Callable[[str], None],
    contexts: tuple[ssl.SSLContext, ssl.SSLContext],
    planning: bool,
    kind: str,
) -> None:
    """A tunnel for TLS and a page by HTTP cost at most five milliseconds more than without."""
    of_server, of_client = contexts if kind == "TLS" else (None, None)
    is_tunnel = kind == "TLS"
    with listening(of_server) as server, proxied(server) as proxy:
        target = b"/" if is_tunnel else b"http://api.example/"
        ways: dict[str, Run] = {
            "direct": lambda: fetch(server, of_client, b"/", tunnel=False),
            "proxied": lambda: fetch(proxy, of_client, target, tunnel=is_tunnel),
        }
        benchmark.pedantic(ways["proxied"], rounds=1 if planning else 20)
        if planning:
            return
        medians = compare(ways, ROUNDS)
    added = medians["proxied"] - medians["direct"]
    tell(
        f"connection by {kind}: {medians['direct'] * 1000:.2f} ms, through the proxy "
        f"{medians['proxied'] * 1000:.2f} ms, added {added * 1000:.2f} ms"
    )
    assert added < ASKED
