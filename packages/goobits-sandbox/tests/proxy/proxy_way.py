"""A proxy on a loopback port, and servers behind it with certificates of a test authority."""

from __future__ import annotations

import contextlib
import http.server
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from goobits_sandbox._proxy import Allowed, Caps, Proxy, Upstream, serve

PUBLIC = "93.184.216.34"
# What the names of the tests resolve to; what is not here does not exist.
ADDRESSES = {
    "api.example": (PUBLIC,),
    "other.example": (PUBLIC,),
    "loopback.example": ("127.0.0.1",),
    "mapped.example": ("::ffff:127.0.0.1",),
    "private.example": ("10.1.2.3",),
    "metadata.example": ("169.254.169.254",),
    "mixed.example": (PUBLIC, "192.168.1.1"),
    "shared.example": ("100.64.0.1",),
    "translated.example": ("64:ff9b::a9fe:a9fe",),
    "sixtofour.example": ("2002:7f00:1::",),
    "unspecified.example": ("0.0.0.0",),
    "group.example": ("224.0.0.1",),
    "local6.example": ("fe80::1",),
    "unique6.example": ("fd00::1",),
    "nothing.example": (),
    "127.0.0.2.nip.test": ("127.0.0.2",),
    "azure.example": ("168.63.129.16",),
    "evil-api.example": (PUBLIC,),
    "x.api.example": (PUBLIC,),
    "api.example.evil.test": (PUBLIC,),
}


class Page(http.server.BaseHTTPRequestHandler):
    """Answers with what it was asked for, and keeps it."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]

    def do_GET(self) -> None:
        """Serve a file that is known, or say the path and the host."""
        said = f"{self.path} {self.headers.get('Host')}".encode()
        self.server.asked.append(said)  # type: ignore[attr-defined]
        body = self.server.files.get(self.path.split("?")[0], said)  # type: ignore[attr-defined]
        self.send_response(200)
        kind = "text/html" if b"<a " in body else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


class Server(http.server.ThreadingHTTPServer):
    """Keeps what was asked for, and serves files by path."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[bytes] = []
        self.files: dict[str, bytes] = {}

    def handle_error(self, *_: object) -> None:
        """Let clients break connections off."""


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the certificate and key of the servers, which vouch for themselves."""
    if shutil.which("openssl") is None:
        if "CI" in os.environ:
            pytest.fail("openssl is not installed")
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("authority")
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=api.example".split()
    names = "subjectAltName=DNS:api.example,DNS:other.example"
    files = ("-keyout", folder / "key.pem", "-out", folder / "cert.pem")
    command = (*words, *files, "-addext", names)
    subprocess.run(command, check=True, capture_output=True)
    return folder


@contextlib.contextmanager
def served(server: Server) -> Iterator[None]:
    """Serve in a thread, which looks often whether it is to end."""
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@pytest.fixture
def plain() -> Iterator[Server]:
    with Server() as server, served(server):
        yield server


@pytest.fixture
def secure(authority: Path) -> Iterator[Server]:
    with Server() as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority / "cert.pem", authority / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        with served(server):
            yield server


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


class Way:
    """A running proxy: its port, what it decided, and what it dialled."""

    def __init__(self, proxy: Proxy, port: int) -> None:
        self.proxy = proxy
        self.port = port
        self.dialled: list[tuple[str, int]] = []
        self.resolved: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, *pieces: bytes) -> bytes:
        """Send pieces as they are, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), 5) as client:
            for piece in pieces:
                client.sendall(piece)
            client.settimeout(5)
            answer = b""
            try:
                while data := client.recv(65536):
                    answer += data
            except ConnectionResetError:
                pass
            return answer


Dial = Callable[[str, int, float], socket.socket]
Start = Callable[..., Way]


@pytest.fixture
def resolve() -> Callable[[str, int], tuple[str, ...]]:
    return lambda host, port: ADDRESSES[host]


@pytest.fixture
def dial(plain: Server, secure: Server) -> Callable[[str, int, float], socket.socket]:
    """Return a dialler whose every address is one of the two servers."""
    ports = {80: plain.server_port, 443: secure.server_port}
    return lambda address, port, seconds: socket.create_connection(
        ("127.0.0.1", ports[port]), seconds
    )


@pytest.fixture
def start(
    resolve: Callable[[str, int], tuple[str, ...]],
    dial: Callable[[str, int, float], socket.socket],
) -> Iterator[Start]:
    """Return a function that starts a proxy for hosts, by default for each name there is."""
    contexts = contextlib.ExitStack()
    every = tuple(f"{name}:{port}" for name in ADDRESSES for port in (80, 443))

    def make(
        net: tuple[str, ...] = every,
        caps: Caps | None = None,
        upstream: Upstream | None = None,
        dial: Dial = dial,
        services: Mapping[str, Callable[[], socket.socket]] | None = None,
    ) -> Way:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]

        def noted(address: str, port: int, seconds: float) -> socket.socket:
            way.dialled.append((address, port))
            return dial(address, port, seconds)

        def asked(host: str, port: int) -> tuple[str, ...]:
            way.resolved.append(host)
            return resolve(host, port)

        context = serve(
            listener,
            allowed=Allowed.parse(net),
            resolve=asked,
            upstream=upstream,
            dial=noted,
            caps=caps or Caps(idle=3.0, head=1.0),
            services=services,
        )
        way = Way(contexts.enter_context(context), port)
        return way

    with contexts:
        yield make
