"""Entries in a real Redis, which is there, refuses, hangs, dies and comes back."""

from __future__ import annotations

import json
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cache_contract import CacheContract, Clock, Make
from goobits_cache import JSON, TEXT, CodecError, GoobitsCacheError, RedisCache
from redis.cache import CacheConfig
from redis.connection import CacheProxyConnection
from redis_server import RedisServer

PAUSE = 5.0


class ServerClock(Clock):
    """The time of the cache and of the server; a test that sets it waits for neither."""

    def __init__(self, server: RedisServer) -> None:
        super().__init__()
        self.server = server

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        self.server.pass_time(seconds)


@pytest.fixture(scope="module")
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
def cache(server: RedisServer) -> Iterator[RedisCache[bytes]]:
    with RedisCache(server.url, prefix="app") as cache:
        yield cache


class TestRedisCache(CacheContract):
    """What every cache promises."""

    injected = False
    durable = True
    shared = True
    counts_expirations = False

    @pytest.fixture
    def clock(self, server: RedisServer) -> Clock:
        return ServerClock(server)

    @pytest.fixture
    def make(self, server: RedisServer) -> Iterator[Make]:
        caches = []

        def make(**options: float) -> RedisCache[bytes]:
            caches.append(RedisCache(server.url, prefix="contract", **options))
            return caches[-1]

        yield make  # type: ignore[misc]
        for cache in caches:
            cache.close()


class Deaf:
    """A server that takes connections, counts them and never says a word."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._socket.getsockname()[1]}"
        self.callers: list[socket.socket] = []
        self._thread = threading.Thread(target=self._listen)

    def _listen(self) -> None:
        while True:
            caller, _ = self._socket.accept()
            self.callers.append(caller)
            if self._done:
                return

    def __enter__(self) -> Deaf:
        self._done = False
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done = True
        socket.create_connection(self._socket.getsockname()).close()
        self._thread.join()
        for connection in (self._socket, *self.callers):
            connection.close()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == "goobits_cache" and record.levelno == logging.WARNING
    ]


# Names.


def test_caches_see_only_their_own(server: RedisServer) -> None:
    """Versions of a program that read values differently share a server and a prefix."""
    with (
        RedisCache(server.url, prefix="a") as plain,
        RedisCache(server.url, prefix="b") as other_prefix,
        RedisCache(server.url, prefix="a", schema="2") as other_schema,
        RedisCache(server.url, prefix="a", codec=JSON) as other_codec,
        RedisCache(server.url, prefix="a", schema="2:x") as colon,
    ):
        plain["k"] = b"1"
        other_schema["x:k"] = b"2"
        assert "k" not in other_prefix
        assert "k" not in other_schema
        assert "k" not in other_codec
        assert list(colon) == []


@pytest.mark.parametrize("prefix", ["app", "a*", "a?p", "[ab]", "a\\p", "é:1"])
def test_clear_removes_nothing_of_others(server: RedisServer, prefix: str) -> None:
    """A prefix is no pattern, and the database belongs to others, too."""
    with (
        RedisCache(server.url, prefix=prefix) as cache,
        RedisCache(server.url, prefix="aXp") as other,
        server.client() as client,
    ):
        client.set("someone's", "value")
        cache.update({str(number): b"x" for number in range(2500)})
        other["k"] = b"1"
        assert len(cache) == 2500
        cache.clear()
        assert len(cache) == 0
        assert list(other) == ["k"]
        assert client.get("someone's") == b"value"
        assert client.dbsize() == 2


def test_key_may_hold_half_a_surrogate(cache: RedisCache[bytes]) -> None:
    """Names of files that are no text in UTF-8 are such keys."""
    cache["a\udcff"] = b"1"
    assert dict(cache.items()) == {"a\udcff": b"1"}


def test_iteration_passes_over_names_that_are_no_text(
    cache: RedisCache[bytes], server: RedisServer
) -> None:
    """Somebody else's key below the prefix stops nobody."""
    cache["a"] = b"1"
    server.call("SET", b"app:entry:bytes::\xff\xfe", "x")
    assert list(cache) == ["a"]


def test_entry_that_is_scanned_twice_is_there_once() -> None:
    """SCAN may tell of a key twice while the server makes its table larger."""

    class Client:
        def execute_command(self, command: str, *words: object, **_: object) -> object:
            pages = {0: [7, [b"app:entry:bytes::a", b"app:entry:bytes::b"]]}
            return pages.get(int(str(words[0])), [0, [b"app:entry:bytes::a"]])

    cache = RedisCache(Client(), prefix="app")  # type: ignore[arg-type]
    assert list(cache) == ["a", "b"]
    assert len(cache) == 2


def test_key_that_is_no_text_is_an_error(cache: RedisCache[bytes]) -> None:
    """The key 1 would come back as the key "1"."""
    with pytest.raises(TypeError, match="str"):
        cache[1] = b"1"  # type: ignore[index]
    cache["1"] = b"1"
    assert 1 not in cache


# Time.


def test_server_counts_the_time_to_live(server: RedisServer) -> None:
    """An entry goes even when no process is left that could remove it."""
    with RedisCache(server.url, prefix="app", ttl=100) as cache:
        cache["a"] = b"1"
        cache.set("b", b"2", ttl=1e-9)
        cache.set("c", b"3", ttl=float("inf"))
        cache.set("d", b"4", ttl=1e300)
        left = {key: server.call("PTTL", f"app:entry:bytes::{key}") for key in "abcd"}
    assert 90_000 < int(str(left["a"])) <= 100_000
    assert left["b"] in (1, 0, -2)
    assert left["c"] == left["d"] == -1


# Values.


def test_value_that_the_codec_cannot_write_changes_nothing(
    cache: RedisCache[bytes],
) -> None:
    """The caller sees the mistake, everyone else the value that was there."""
    cache["a"] = b"1"
    with pytest.raises(CodecError):
        cache["a"] = {"no": "bytes"}  # type: ignore[assignment]
    assert cache["a"] == b"1"


@pytest.mark.parametrize(
    "damage", [b"{", b"\xff", b"", pickle.dumps({"a": 1}), b"[" * 99999]
)
def test_damaged_value_is_a_miss_and_a_line_in_the_log(
    server: RedisServer, caplog: pytest.LogCaptureFixture, damage: bytes
) -> None:
    """Whoever can write to the server can make us miss, and no more."""
    with RedisCache(server.url, prefix="app", codec=JSON) as cache:
        cache["a"] = {"b": [1, None]}
        assert cache["a"] == {"b": [1, None]}
        server.call("SET", "app:entry:json::a", damage)
        assert cache.get("a") is None
        assert cache.get("a") is None
        assert cache.statistics.failures == 1
        assert cache.get_or_create("a", lambda: 7) == 7
    assert len(lines(caplog)) == 1


class Trap:
    """Leaves a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def test_nothing_is_unpickled(server: RedisServer, tmp_path: Path) -> None:
    """A value from a server that others write to must not run."""
    trap = pickle.dumps(Trap(tmp_path / "sprung"))
    for codec in (JSON, TEXT):
        with RedisCache(server.url, prefix="app", codec=codec) as cache:
            server.call("SET", f"app:entry:{codec.name}::a", trap)
            assert cache.get("a") is None
    with RedisCache(server.url, prefix="app") as cache:
        server.call("SET", "app:entry:bytes::a", trap)
        assert cache["a"] == trap
    assert not (tmp_path / "sprung").exists()


# Clients.


def test_client_may_be_the_callers_own(server: RedisServer) -> None:
    """A program shares its connections, decoded or not, and keeps them."""
    with server.client(decode_responses=True) as client:
        with RedisCache(client, prefix="app") as cache:
            cache["a"] = b"\xff"
            assert dict(cache.items()) == {"a": b"\xff"}
            assert cache.get_or_create("b", lambda: b"2") == b"2"
            connection = client.client_id()
        assert client.client_id() == connection


def test_copies_that_the_client_keeps_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """redis-py can keep copies that the server invalidates, from Redis 7.4 on."""
    monkeypatch.setattr(CacheProxyConnection, "MIN_ALLOWED_VERSION", "7.0.0")
    with (
        RedisServer(tmp_path, tcp=True) as server,
        server.client(protocol=3, cache_config=CacheConfig()) as client,
        RedisCache(client, prefix="app") as copying,
        RedisCache(server.url, prefix="app") as other,
    ):
        other["a"] = b"1"
        assert copying["a"] == copying["a"] == b"1"
        found = server.call("INFO", "commandstats")
        assert isinstance(found, dict)
        assert found["cmdstat_get"]["calls"] == 1
        other["a"] = b"2"
        deadline = time.monotonic() + 20
        while copying["a"] != b"2":  # the word of it is on its way
            assert time.monotonic() < deadline


def test_url_of_another_kind_is_an_error() -> None:
    """A typing mistake is no server that is gone."""
    for url in ("", "localhost:6379", "http://localhost"):
        with pytest.raises(ValueError, match="redis, rediss, unix"):
            RedisCache(url, prefix="app")


def test_missing_redis_py_is_an_error_with_a_hint(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message says what to install, when the cache is made."""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(GoobitsCacheError, match="redis-py") as error:
        RedisCache("redis://localhost", prefix="app")
    assert "goobits-cache[redis]" in error.value.hint


def test_redis_py_is_imported_for_the_first_command() -> None:
    """It takes longer to import than most commands take; a hit in front needs none of it."""
    code = "import sys\nfrom goobits_cache import RedisCache\n"
    code += "cache = RedisCache('redis://127.0.0.1:1', prefix='a')\n"
    code += (
        "print('redis' in sys.modules)\ncache.get('a')\nprint('redis' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]


# Redis is gone.


def test_absent_server_is_a_miss_and_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A program goes on without its cache, and the log says why, once."""
    with RedisCache(f"unix://{tmp_path}/absent", prefix="app") as cache:
        assert cache.get("a") is None
        cache["a"] = b"1"
        assert "a" not in cache
        assert cache.get_or_create("a", lambda: b"2") == b"2"
        with pytest.raises(KeyError):
            del cache["a"]
        assert (list(cache), len(cache)) == ([], 0)
        cache.clear()
        assert cache.statistics.failures >= 8
        assert cache.statistics.hits == 0
    assert len(lines(caplog)) == 1


def test_absent_server_is_asked_once_in_a_pause(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A dead server costs one timeout in a while, not one per lookup and thread."""
    clock = Clock()
    with (
        Deaf() as deaf,
        RedisCache(
            deaf.url, prefix="app", timeout=0.05, pause=PAUSE, timer=clock
        ) as cache,
        ThreadPoolExecutor(8) as pool,
    ):
        for pause in range(3):
            clock.advance(PAUSE + 0.1)
            cache.get("a")
            assert list(pool.map(cache.get, "abcdefgh" * 10)) == [None] * 80
            assert len(deaf.callers) == pause + 1
        clock.advance(PAUSE + 0.1)
        assert list(pool.map(cache.get, "abcdefgh" * 10)) == [None] * 80
        assert len(deaf.callers) == 4
        clock.advance(-1e9)  # a clock that was set back
        cache.get("a")
        assert len(deaf.callers) == 5
    assert len(lines(caplog)) == 1


def test_server_that_died_comes_back(
    mortal: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody has to restart the program after the server."""
    clock = Clock()
    with RedisCache(mortal.url, prefix="app", pause=PAUSE, timer=clock) as cache:
        for turn in range(1, 4):
            cache["a"] = b"1"
            assert cache["a"] == b"1"
            mortal.kill()
            assert cache.get("a") is None
            mortal.start()
            assert cache.get("a") is None
            assert len(lines(caplog)) == turn
            clock.advance(PAUSE + 0.1)


def test_restart_between_two_lookups_is_not_noticed(mortal: RedisServer) -> None:
    """A connection that the server has closed is opened again at once."""
    with RedisCache(mortal.url, prefix="app") as cache:
        cache["a"] = b"1"
        mortal.kill()
        mortal.start()
        cache["a"] = b"2"
        assert cache["a"] == b"2"
        assert cache.statistics.failures == 0


def test_hanging_server_is_waited_for_once(mortal: RedisServer) -> None:
    """A stopped process is the worst failure: it takes connections and never answers."""
    with RedisCache(mortal.url, prefix="app", timeout=0.1, pause=60) as cache:
        cache["a"] = b"1"
        mortal.hang()
        begun = time.monotonic()
        assert [cache.get("a") for _ in range(200)] == [None] * 200
        assert time.monotonic() - begun < 2
        mortal.go_on()


def test_late_answer_is_nobodys_value(mortal: RedisServer) -> None:
    """The answer to a lookup that timed out must not answer the next one."""
    clock = Clock()
    with RedisCache(
        mortal.url, prefix="app", timeout=0.05, pause=PAUSE, timer=clock
    ) as cache:
        cache.update(a=b"1", b=b"2")
        for _ in range(5):
            mortal.hang()
            assert cache.get("a") is None
            mortal.go_on()
            clock.advance(PAUSE + 0.1)
            assert cache["b"] == b"2"
            assert cache["a"] == b"1"


def test_changes_are_made_up_for_when_the_server_is_back(mortal: RedisServer) -> None:
    """A value that was replaced or deleted while nobody answered never comes back."""
    clock = Clock()
    with RedisCache(
        mortal.url, prefix="app", timeout=0.05, pause=PAUSE, timer=clock
    ) as cache:
        cache.update(replaced=b"old", deleted=b"old", kept=b"old")
        mortal.hang()
        cache.get("kept")
        cache["replaced"] = b"new"
        cache.pop("deleted", None)
        with pytest.raises(KeyError):
            del cache["deleted"]
        mortal.go_on()
        clock.advance(PAUSE + 0.1)
        assert dict(cache.items()) == {"kept": b"old"}
        mortal.hang()
        cache.clear()
        mortal.go_on()
        clock.advance(PAUSE + 0.1)
        assert dict(cache.items()) == {}


def test_more_changes_than_are_remembered_clear_the_cache(
    mortal: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long outage costs no more memory than a short one, and nothing old comes back."""
    monkeypatch.setattr("goobits_cache._redis._MOST_OWED", 3)
    clock = Clock()
    with (
        RedisCache(
            mortal.url, prefix="app", timeout=0.05, pause=PAUSE, timer=clock
        ) as cache,
        RedisCache(mortal.url, prefix="other") as other,
    ):
        entries = {str(number): b"old" for number in range(10)}
        cache.update(entries)
        other["a"] = b"1"
        mortal.hang()
        cache.update(dict.fromkeys(entries, b"new"))
        mortal.go_on()
        clock.advance(PAUSE + 0.1)
        assert b"old" not in cache.values()
        assert other["a"] == b"1"
        cache["0"] = b"newer"
        assert cache["0"] == b"newer"


def test_server_that_dies_at_any_moment_raises_nothing(mortal: RedisServer) -> None:
    """Threads go on through kills and restarts, and see no value of another key."""
    done = threading.Event()

    def work(seed: int) -> int:
        turns = 0
        while not done.is_set():
            key = str((turns + seed) % 7)
            cache[key] = key.encode()
            assert cache.get(key, key.encode()) == key.encode()
            assert cache.get_or_create(key, key.encode) == key.encode()
            cache.pop(key, None)
            len(cache)
            turns += 1
        return turns

    with (
        RedisCache(mortal.url, prefix="app", timeout=0.1, pause=0.02) as cache,
        ThreadPoolExecutor(4) as pool,
    ):
        workers = [pool.submit(work, seed) for seed in range(4)]
        try:
            for _ in range(5):
                time.sleep(0.1)
                mortal.kill()
                time.sleep(0.05)
                mortal.start()
        finally:
            done.set()
        assert all(worker.result() for worker in workers)
        time.sleep(0.05)
        cache["a"] = b"1"
        assert cache["a"] == b"1"


# Redis refuses.


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
    with RedisCache(mortal.url, prefix="app") as cache:
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
    with RedisCache(mortal.url, prefix="app") as cache:
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
    with RedisCache(mortal.url, prefix="app") as cache:
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
    with RedisCache(mortal.url, prefix="app", pause=PAUSE, timer=clock) as cache:
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


# Several processes.

CREATOR = """
import os, sys, time
from goobits_cache import RedisCache

url, log, seconds, lease = sys.argv[1:]

def create():
    with open(log, "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(float(seconds))
    return b"1"

with RedisCache(url, prefix="app", lease=float(lease)) as cache:
    cache.get("warm")
    print("ready", flush=True)
    sys.stdin.readline()
    assert cache.get_or_create("a", create) == b"1"
"""


class Creators:
    """Processes that wait for a word and then want the same missing entry."""

    def __init__(self, server: RedisServer, folder: Path) -> None:
        self._server = server
        self.log = folder / "creations"
        self.processes: list[subprocess.Popen[str]] = []

    def add(self, count: int, *, seconds: float, lease: float) -> None:
        words = [sys.executable, "-c", CREATOR, self._server.url, str(self.log)]
        words += [str(seconds), str(lease)]
        pipe = subprocess.PIPE
        added = [
            subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)
            for _ in range(count)
        ]
        self.processes += added
        for process in added:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"

    def go(self) -> None:
        for process in self.processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()

    @property
    def creations(self) -> int:
        return len(self.log.read_text().split()) if self.log.exists() else 0

    def __enter__(self) -> Creators:
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


def test_processes_create_an_entry_once(server: RedisServer, tmp_path: Path) -> None:
    """A fleet that restarts with a cold cache asks its database once."""
    with Creators(server, tmp_path) as creators:
        creators.add(5, seconds=0.3, lease=20)
        creators.go()
        assert [process.wait(30) for process in creators.processes] == [0] * 5
        assert creators.creations == 1
    assert server.call("KEYS", "app:lease:*") == []


def test_lease_of_a_dead_process_ends(server: RedisServer, tmp_path: Path) -> None:
    """Who dies while it computes delays the others for the lease, and one takes over."""
    with Creators(server, tmp_path) as creators:
        creators.add(1, seconds=60, lease=1)
        creators.go()
        deadline = time.monotonic() + 20
        while not creators.creations:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        creators.processes[0].send_signal(signal.SIGKILL)
        calls: list[int] = []

        def create() -> bytes:
            calls.append(1)
            time.sleep(0.1)
            return b"1"

        caches = [RedisCache(server.url, prefix="app", lease=1) for _ in range(4)]
        with ThreadPoolExecutor(4) as pool:
            found = pool.map(lambda cache: cache.get_or_create("a", create), caches)
            assert list(found) == [b"1"] * 4
        for cache in caches:
            cache.close()
        assert len(calls) == 1


def test_creation_beyond_its_lease_is_not_waited_for(server: RedisServer) -> None:
    """The bound: another computes as well; the first then ends no lease but its own."""
    slow, quick = (
        RedisCache(server.url, prefix="app", lease=seconds) for seconds in (0.1, 20)
    )
    begun, go_on, done = (threading.Event() for _ in range(3))

    def linger() -> bytes:
        begun.set()
        assert go_on.wait(20)
        return b"slow"

    def follow() -> bytes:
        go_on.set()
        assert done.wait(20)
        held.append(len(server.call("KEYS", "app:lease:*")))  # type: ignore[arg-type]
        return b"quick"

    held: list[int] = []
    with slow, quick, ThreadPoolExecutor(2) as pool:
        first = pool.submit(slow.get_or_create, "a", linger)
        assert begun.wait(20)
        second = pool.submit(quick.get_or_create, "a", follow)
        assert first.result(20) == b"slow"
        done.set()
        assert second.result(20) == b"quick"
        assert held == [1]


def test_nobody_waits_for_ever(cache: RedisCache[bytes], server: RedisServer) -> None:
    """A key in the place of a lease, without a time to live, delays and does not block."""
    server.call("LPUSH", "app:lease:bytes::a", "x")
    with RedisCache(server.url, prefix="app", lease=0.1) as impatient:
        assert impatient.get_or_create("a", lambda: b"1") == b"1"


def test_creation_may_want_its_own_key(cache: RedisCache[bytes]) -> None:
    """A thread does not wait for a lease that it holds itself."""
    begun = time.monotonic()
    outer = cache.get_or_create("a", lambda: cache.get_or_create("a", lambda: b"1"))
    assert outer == b"1"
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_forked_process_has_its_own_connections(server: RedisServer) -> None:
    """Parent and child on one connection would read each other's answers."""
    done = threading.Event()

    def work(seed: int) -> None:
        while not done.is_set():
            for number in range(seed, seed + 5):
                assert cache[str(number)] == str(number).encode()

    with RedisCache(server.url, prefix="app") as cache:
        cache.update({str(number): str(number).encode() for number in range(20)})
        with ThreadPoolExecutor(3) as pool:
            workers = [pool.submit(work, seed) for seed in (0, 5, 10)]
            try:
                codes = [_in_child(lambda: _reads(cache)) for _ in range(20)]
            finally:
                done.set()
            for worker in workers:
                worker.result()
        assert codes == [0] * 20
        assert cache["3"] == b"3"
        assert cache.statistics.failures == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_child_ends_no_lease_of_its_parent(
    cache: RedisCache[bytes], server: RedisServer
) -> None:
    """A process that forks while it creates an entry still creates it alone."""

    def create() -> bytes:
        child = os.fork()
        if child == 0:
            return b"child"
        assert os.waitpid(child, 0)[1] == 0
        return json.dumps(len(server.call("KEYS", "app:lease:*"))).encode()  # type: ignore[arg-type]

    me = os.getpid()
    try:
        found = cache.get_or_create("a", create)
    finally:
        if os.getpid() != me:
            os._exit(0)
    assert found == b"1"


def _reads(cache: RedisCache[bytes]) -> bool:
    return all(
        cache.get(str(number)) == str(number).encode()
        for number in range(20)
        for _ in range(3)
    )


def _in_child(check: Callable[[], bool]) -> int:
    """Return the exit code of a forked process: 0 when the check holds."""
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if check() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_closed_cache_connects_again(cache: RedisCache[bytes]) -> None:
    """Closing lets go of connections; who goes on pays for new ones."""
    cache["a"] = b"1"
    cache.close()
    assert cache["a"] == b"1"


@pytest.mark.parametrize("there", [True, False])
def test_readme_shows_what_happens(
    server: RedisServer, capsys: pytest.CaptureFixture[str], there: bool
) -> None:
    """The example prints what it says, with Redis and without."""
    text = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    _, _, shared = text.partition("## Shared")
    program, expected = (
        shared.partition(f"```{language}\n")[2].partition("```")[0]
        for language in ("python", "text")
    )
    url = server.url if there else f"{server.url}.absent"
    assert "redis://localhost" in program
    exec(program.replace("redis://localhost", url), {})
    assert capsys.readouterr().out == expected
