"""The Docker Engine for plugins: a filter in front of its socket, which no sandbox shows.

Every request is read whole as to its head, judged by a table, and written anew; what a container is
made of is rebuilt from known fields. Each connection carries one request, and the Engine's answer
is handed on as it comes, no faster than it is read.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time

from goobits_plugin._brokers import _http
from goobits_plugin._brokers._docker_calls import HOST, MOST_CONTEXT, judge
from goobits_plugin._brokers._docker_container import MOST_BYTES, rebuilt
from goobits_plugin._brokers._http import DeniedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SOCKET = "/var/run/docker.sock"
_CHUNK = 65536
_REACH = 5.0
_SILENCE = 60.0
_LINGER = 5.0


@contextlib.contextmanager
def docker_service(environ: Mapping[str, str]) -> Iterator[Callable[[], socket.socket]]:
    """Give a function that returns a new connection to the filtered Engine, while it is entered.

    The Engine is at the Unix socket that DOCKER_HOST names, else at its usual one. On leaving every
    connection is ended and every thread joined. Threads may share the function.
    """
    broker = _Broker(environ.get("DOCKER_HOST") or f"unix://{_SOCKET}")
    try:
        yield broker.connect
    finally:
        broker.close()


class _Broker:
    """The connections of one plugin's run to the Engine at an address."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def connect(self) -> socket.socket:
        """Return one end of a connection, whose other end is served in a thread.

        Raises:
            OSError: it is closed, or the system has no more threads or descriptors.
        """
        ours, theirs = socket.socketpair()
        thread = threading.Thread(
            target=self._run, args=(ours,), name="goobits-docker", daemon=True
        )
        try:
            with self._lock:
                if self._closed:
                    raise OSError("the service has ended")
                self._threads = [one for one in self._threads if one.is_alive()]
                thread.start()
                self._threads.append(thread)
        except (OSError, RuntimeError) as error:
            ours.close()
            theirs.close()
            raise OSError(str(error)) from error
        return theirs

    def close(self) -> None:
        """End every connection, and wait for the threads."""
        with self._lock:
            self._closed = True
            threads = list(self._threads)
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()

    def _run(self, client: socket.socket) -> None:
        with self._holding(client), contextlib.suppress(OSError):
            try:
                self._answer(client)
            except DeniedError as error:
                client.settimeout(_LINGER)
                client.sendall(_http.denial(error))
                _linger(client)

    def _answer(self, client: socket.socket) -> None:
        request = _http.read_request(client, HOST)
        call = judge(request)
        client.settimeout(_SILENCE)
        most = {"container": MOST_BYTES, "context": MOST_CONTEXT}.get(call.kind, 0)
        pieces = _http.body(client, request, most)
        if call.kind == "context":
            with self._engine() as engine:
                engine.sendall(call.head(-1))
                _upload(engine, pieces)
                _hand_on(engine, client)
            return
        data = b"".join(pieces)
        data = rebuilt(data) if call.kind == "container" else data
        with self._engine() as engine:
            engine.sendall(call.head(len(data)) + data)
            _hand_on(engine, client)

    @contextlib.contextmanager
    def _engine(self) -> Iterator[socket.socket]:
        """Connect to the Engine.

        Raises:
            DeniedError: it cannot be reached.
        """
        scheme, _, path = self._address.partition("://")
        if scheme != "unix" or not path.startswith("/"):
            raise DeniedError(502, "DOCKER_HOST is no unix:// address")
        engine = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with self._holding(engine):
            try:
                engine.settimeout(_REACH)
                engine.connect(path)
                engine.settimeout(_SILENCE)
            except OSError as error:
                why = f"the Docker Engine at {path} cannot be reached: {error.strerror}"
                raise DeniedError(502, why) from error
            yield engine

    @contextlib.contextmanager
    def _holding(self, one: socket.socket) -> Iterator[None]:
        """Keep a socket where `close` finds it, and close it in the end."""
        with one:
            with self._lock:
                self._open.add(one)
                if self._closed:
                    raise OSError("the service has ended")
            try:
                yield
            finally:
                with self._lock:
                    self._open.discard(one)


def _upload(engine: socket.socket, pieces: Iterator[bytes]) -> None:
    """Send a body in chunks, unless the Engine answers before it has all of it."""
    for piece in pieces:
        if not _sent(engine, b"%x\r\n%s\r\n" % (len(piece), piece)):
            return
    _sent(engine, b"0\r\n\r\n")


def _sent(engine: socket.socket, data: bytes) -> bool:
    try:
        engine.sendall(data)
    except ConnectionError:
        return False
    return True


def _hand_on(engine: socket.socket, client: socket.socket) -> None:
    """Copy the Engine's answer to the client until one of them has ended."""
    client.settimeout(None)
    poll = select.poll()
    poll.register(engine, select.POLLIN)
    poll.register(client, 0)  # only whether it is gone
    while client.fileno() not in dict(poll.poll()):
        data = engine.recv(_CHUNK)
        if not data:
            break
        client.sendall(data)
    # What the client still sends would cost it the end of the answer.
    _linger(client)


def _linger(client: socket.socket) -> None:
    """Wait for the client to end, for five seconds, and drop what it says."""
    client.shutdown(socket.SHUT_WR)
    last = time.monotonic() + _LINGER
    while (left := last - time.monotonic()) > 0:
        client.settimeout(left)
        if not client.recv(_CHUNK):
            return
