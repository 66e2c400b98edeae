"""A real Redis server for tests, on a Unix socket in a folder, which keeps nothing on disk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
import redis

PATIENCE = 20.0


class RedisServer:
    """A `redis-server` process that can be killed, stopped and started anew.

    It listens on a Unix socket, or with `tcp=True` on a free port of the loopback device.
    """

    def __init__(self, folder: Path, *options: str, tcp: bool = False) -> None:
        self._program = found()
        self._options = options
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        # Paths of sockets have at most 108 bytes, those of pytest are longer at times.
        self._sockets = tempfile.mkdtemp(prefix="goobits-redis-")
        self._socket = os.path.join(self._sockets, "redis.sock")
        self.port = _free_port() if tcp else 0
        self.url = f"redis://127.0.0.1:{self.port}" if tcp else f"unix://{self._socket}"

    def start(self, *options: str) -> None:
        """Start, at the address that it had before; return when it answers."""
        words = [self._program, "--save", "", "--appendonly", "no"]
        words += ["--dir", str(self._folder), "--bind", "127.0.0.1"]
        words += ["--unixsocket", self._socket, "--port", str(self.port)]
        words += [*self._options, *options]
        self._process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, "redis-server did not start"
            assert time.monotonic() < deadline, "redis-server does not answer"
            time.sleep(0.005)

    def kill(self) -> None:
        """End it at once, with all it had; a second time does nothing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def hang(self) -> None:
        """Let it be there and answer nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def client(self, **options: object) -> redis.Redis:
        """Return a client of the test's own; its user closes it."""
        return redis.Redis.from_url(self.url, **options)  # type: ignore[arg-type]

    def call(self, *words: str | bytes | int) -> object:
        """Return the answer to one command."""
        with self.client() as client:
            return client.execute_command(*words)  # type: ignore[no-untyped-call]

    def pass_time(self, seconds: float) -> None:
        """Make every entry that much older."""
        with self.client() as client:
            for name in client.scan_iter(count=1000):
                left = client.pttl(name)
                assert isinstance(left, int)
                if left >= 0:
                    client.pexpire(name, left - int(seconds * 1000))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()
        shutil.rmtree(self._sockets)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    def _answers(self) -> bool:
        """Return whether somebody listens; what it says is for the test to see."""
        kind = socket.AF_INET if self.port else socket.AF_UNIX
        address = ("127.0.0.1", self.port) if self.port else self._socket
        with socket.socket(kind) as connection:
            connection.settimeout(1)
            try:
                connection.connect(address)
                connection.sendall(b"PING\r\n")
                return bool(connection.recv(1))
            except OSError:
                return False


def found() -> str:
    """Return the path of `redis-server`; where there is none a test cannot go on."""
    program = shutil.which("redis-server")
    if program is not None:
        return program
    reason = "redis-server is not installed (Debian: apt-get install redis-server)"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
