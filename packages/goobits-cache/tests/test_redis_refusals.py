"""Redis is there and refuses."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cache_contract import Clock, lines
from goobits_cache import RedisCache
from redis_server import PATIENCE, RedisServer

PAUSE = 5.0


@pytest.fixture
def cache(server: RedisServer) -> Iterator[RedisCache[bytes]]:
    with RedisCache(server.url, prefix="app", timeout=PATIENCE) as cache:
        yield cache


def test_wrong_password_is_a_server_that_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, and not what the password was."""
    with RedisServer(tmp_path, "--requirepass", "right", tcp=True) as server:
        for user in (":wrong-word@", ""):
            url = server.url.replace("://", f"://{user}")
            caplog.clear()
            with RedisCache(url, prefix="app") as cache:
                cache["a"] = b"1"
                assert cache.get("a") is None
                assert cache.statistics.failures >= 2
            assert len(lines(caplog)) == 1
            assert "wrong-word" not in caplog.text
        url = server.url.replace("://", "://:right@")
        with RedisCache(url, prefix="app") as cache:
            cache["a"] = b"1"
            assert cache["a"] == b"1"


def test_key_of_another_type_is_a_miss(
    cache: RedisCache[bytes], server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A list where our value should be is somebody's, until we have a value for it."""
    server.call("LPUSH", "app:entry:bytes::a", "x")
    assert [cache.get("a") for _ in range(5)] == [None] * 5
    assert list(cache.items()) == []
    assert cache.statistics.failures == 6
    assert cache.get_or_create("a", lambda: b"1") == b"1"
    assert cache["a"] == b"1"
    assert len(lines(caplog)) == 1


def test_full_server_keeps_no_old_value(
    mortal: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A server without eviction refuses writes; the value that was replaced must go."""
    with RedisCache(mortal.url, prefix="app", timeout=PATIENCE) as cache:
        cache["a"] = b"old"
        mortal.call("CONFIG", "SET", "maxmemory", "1")
        for _ in range(5):
            cache["a"] = b"new"
            assert cache.get("a") is None
            assert cache.get_or_create("a", lambda: b"2") == b"2"
        assert cache.statistics.failures >= 10
        mortal.call("CONFIG", "SET", "maxmemory", "0")
        cache["a"] = b"3"
        assert cache["a"] == b"3"
    assert len(lines(caplog)) == 1


def test_evicted_entries_are_missing(mortal: RedisServer) -> None:
    """A server with eviction makes room for what comes."""
    with RedisCache(mortal.url, prefix="app", timeout=PATIENCE) as cache:
        used = str(mortal.call("INFO", "memory")["used_memory"])  # type: ignore[index]
        mortal.call("CONFIG", "SET", "maxmemory", int(used) + 2_000_000)
        mortal.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        for number in range(200):
            cache[str(number)] = bytes(50_000)
            assert cache[str(number)] == bytes(50_000)
        assert 0 < len(cache) < 100
        assert cache.get("0") is None
        assert cache.statistics.failures == 0


def test_read_only_replica_is_read(
    mortal: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """What a replica has is found, what it refuses to write is counted."""
    with RedisCache(mortal.url, prefix="app", timeout=PATIENCE) as cache:
        cache["a"] = b"1"
        mortal.call("REPLICAOF", "127.0.0.1", "1")
        cache["b"] = b"2"
        assert cache["a"] == b"1"
        assert cache.get("b") is None
        assert cache.get_or_create("b", lambda: b"3") == b"3"
        assert cache.statistics.failures >= 2
        mortal.call("REPLICAOF", "NO", "ONE")
        cache["b"] = b"2"
        assert cache["b"] == b"2"
    assert len(lines(caplog)) == 1


def test_server_that_loads_is_gone_until_it_has(mortal: RedisServer) -> None:
    """After a restart Redis reads its file for a while and answers with an error."""
    clock = Clock()
    with RedisCache(
        mortal.url, prefix="app", pause=PAUSE, timer=clock, timeout=PATIENCE
    ) as cache:
        cache.update({str(number): bytes(100) for number in range(2000)})
        mortal.call("SAVE")
        mortal.kill()
        slowly = ("--key-load-delay", "1000", "--loading-process-events-interval-bytes")
        mortal.start(*slowly, "1024")
        assert cache.get("0") is None
        assert cache.statistics.failures == 1
        deadline = time.monotonic() + 30
        while cache.get("0") is None:
            assert time.monotonic() < deadline
            clock.advance(PAUSE + 0.1)
            time.sleep(0.05)
        assert len(cache) == 2000


def test_too_few_connections_are_no_server_that_is_gone(
    server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Threads beyond the limit of a client miss, for no longer than the others are busy."""
    with (
        server.client(max_connections=1) as client,
        RedisCache(client, prefix="app", pause=60) as cache,
    ):
        cache["a"] = b"1"
        busy = client.connection_pool.get_connection()
        assert cache.get("a") is None
        client.connection_pool.release(busy)
        assert cache["a"] == b"1"
        assert cache.statistics.failures == 1
    assert len(lines(caplog)) == 1


def test_server_that_is_no_redis_is_gone(caplog: pytest.LogCaptureFixture) -> None:
    """A wrong port may have a web server behind it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            caller, _ = listener.accept()
            with caller:
                caller.recv(1000)
                caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        with ThreadPoolExecutor(1) as pool:
            answered = pool.submit(answer)
            url = f"redis://127.0.0.1:{listener.getsockname()[1]}"
            with RedisCache(url, prefix="app") as cache:
                assert cache.get("a") is None
                assert cache.get("a") is None
                assert cache.statistics.failures == 2
            answered.result(10)
    assert len(lines(caplog)) == 1
