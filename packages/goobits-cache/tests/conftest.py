"""Redis servers, and a folder of templates with a cache over it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_cache import TemplateCache
from redis_server import RedisServer


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def server(shared_server: RedisServer) -> RedisServer:
    """Return a server that is there and empty."""
    shared_server.call("FLUSHALL")
    return shared_server


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[RedisServer]:
    """Return a server that the test may kill, hang and start anew."""
    with RedisServer(tmp_path) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for templates."""
    made = tmp_path / "templates"
    made.mkdir()
    return made


@pytest.fixture
def cache(tmp_path: Path) -> TemplateCache:
    """Return a cache over an empty folder."""
    return TemplateCache(tmp_path / "codes")


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[str], str]:
    """Return what runs a script in a fresh process that has `cache` and `env`."""
    begin = f"""
import sys
from goobits_cache import TemplateCache
cache = TemplateCache({str(tmp_path / "codes")!r})
env = cache.environment({str(tmp_path / "templates")!r}, autoescape=True)
"""

    def run(script: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", begin + script],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
