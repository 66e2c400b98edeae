"""A fake Docker Engine, the filter in front of it, and ways to send bytes to either."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from goobits_plugin._brokers.docker import docker_service

Connect = Callable[[], socket.socket]


@pytest.fixture(scope="session")
def fake_docker() -> ModuleType:
    place = Path(__file__).with_name("fake_docker.py")
    spec = importlib.util.spec_from_file_location("goobits_fake_docker", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def engine(fake_docker: ModuleType) -> Iterator[object]:
    """Return the fake, on a socket whose path is short enough for one."""
    with (
        tempfile.TemporaryDirectory() as folder,
        fake_docker.engine(Path(folder, "docker.sock")) as server,
    ):
        yield server


@pytest.fixture
def environ(engine: object) -> dict[str, str]:
    return {"DOCKER_HOST": f"unix://{engine.server_address}"}  # type: ignore[attr-defined]


@pytest.fixture
def sandboxes() -> None:
    """Skip where no sandbox can be made, but never in CI."""
    if shutil.which("bwrap", path="/usr/bin:/usr/local/bin") is None:
        if "CI" in os.environ:
            pytest.fail("bubblewrap is not installed")
        pytest.skip("bubblewrap is not installed")


@pytest.fixture
def docker(environ: dict[str, str]) -> Iterator[Connect]:
    with docker_service(environ) as connect:
        yield connect


@pytest.fixture
def real(environ: dict[str, str]) -> dict[str, str]:
    """Return where an Engine is: the real one's address, where the variable says so."""
    said = os.environ.get("GOOBITS_TEST_DOCKER")
    if said is None:
        return environ
    return {"DOCKER_HOST": said} if "://" in said else {}


@pytest.fixture
def ask(docker: Connect) -> Callable[..., bytes]:
    """Return a function that sends bytes to the filter, and gives all that comes back."""

    def send(data: bytes, connect: Connect = docker) -> bytes:
        with connect() as client:
            client.settimeout(20)
            with contextlib.suppress(BrokenPipeError):
                client.sendall(data)
            answer = b""
            while more := client.recv(65536):
                answer += more
            return answer

    return send


@pytest.fixture
def bare(engine: object) -> Callable[..., None]:
    """Return a function that sends bytes to the Engine itself, and waits until so many arrive."""

    def send(data: bytes, count: int = 1) -> None:
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(engine.server_address)  # type: ignore[attr-defined]
            client.sendall(data)
            last = time.monotonic() + 5
            while len(engine.reached) < count and time.monotonic() < last:  # type: ignore[attr-defined]
                time.sleep(0.005)

    return send
