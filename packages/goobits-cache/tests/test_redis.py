"""Entries in a real Redis that is there."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cache_contract import CacheContract, Clock, Make, lines
from goobits_cache import JSON, TEXT, CodecError, GoobitsCacheError, RedisCache
from redis.cache import CacheConfig
from redis.connection import CacheProxyConnection
from redis_server import PATIENCE, RedisServer


class ServerClock(Clock):
    """The time of the cache and of the server; a test that sets it waits for neither."""

    def __init__(self, server: RedisServer) -> None:
        super().__init__()
        self.server = server

    def advance(self, seconds: float) -> None:
        super().advance(seconds)
        self.server.pass_time(seconds)


@pytest.fixture
def cache(server: RedisServer) -> Iterator[RedisCache[bytes]]:
    with RedisCache(server.url, prefix="app", timeout=PATIENCE) as cache:
        yield cache


class TestRedisCache(CacheContract):
    """What every cache promises."""

    injected = False
    second = 60.0
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
            caches.append(
                RedisCache(server.url, prefix="contract", **options, timeout=PATIENCE)
            )
            return caches[-1]

        yield make  # type: ignore[misc]
        for cache in caches:
            cache.close()


# Names.


def test_caches_see_only_their_own(server: RedisServer) -> None:
    """Versions of a program that read values differently share a server and a prefix."""
    with (
        RedisCache(server.url, prefix="a", timeout=PATIENCE) as plain,
        RedisCache(server.url, prefix="b", timeout=PATIENCE) as other_prefix,
        RedisCache(
            server.url, prefix="a", schema="2", timeout=PATIENCE
        ) as other_schema,
        RedisCache(server.url, prefix="a", codec=JSON, timeout=PATIENCE) as other_codec,
        RedisCache(server.url, prefix="a", schema="2:x", timeout=PATIENCE) as colon,
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
        RedisCache(server.url, prefix=prefix, timeout=PATIENCE) as cache,
        RedisCache(server.url, prefix="aXp", timeout=PATIENCE) as other,
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
    with RedisCache(server.url, prefix="app", ttl=100, timeout=PATIENCE) as cache:
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
    with RedisCache(server.url, prefix="app", codec=JSON, timeout=PATIENCE) as cache:
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
        with RedisCache(
            server.url, prefix="app", codec=codec, timeout=PATIENCE
        ) as cache:
            server.call("SET", f"app:entry:{codec.name}::a", trap)
            assert cache.get("a") is None
    with RedisCache(server.url, prefix="app", timeout=PATIENCE) as cache:
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
        RedisCache(server.url, prefix="app", timeout=PATIENCE) as other,
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
