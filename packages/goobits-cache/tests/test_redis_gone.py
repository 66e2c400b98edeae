"""Redis is gone: it is dead, hangs, or comes back."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cache_contract import Clock, lines
from goobits_cache import RedisCache
from redis_server import PATIENCE, RedisServer

PAUSE = 5.0


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
    with RedisCache(
        mortal.url, prefix="app", pause=PAUSE, timer=clock, timeout=PATIENCE
    ) as cache:
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
    with RedisCache(mortal.url, prefix="app", timeout=PATIENCE) as cache:
        cache["a"] = b"1"
        mortal.kill()
        mortal.start()
        cache["a"] = b"2"
        assert cache["a"] == b"2"
        assert cache.statistics.failures == 0


def test_hanging_server_is_waited_for_once(mortal: RedisServer) -> None:
    """A stopped process is the worst failure: it takes connections and never answers."""
    with RedisCache(mortal.url, prefix="app", timeout=0.5, pause=60) as cache:
        cache["a"] = b"1"
        mortal.hang()
        begun = time.monotonic()
        assert [cache.get("a") for _ in range(200)] == [None] * 200
        assert time.monotonic() - begun < 20
        mortal.go_on()


def test_late_answer_is_nobodys_value(mortal: RedisServer) -> None:
    """The answer to a lookup that timed out must not answer the next one."""
    clock = Clock()
    with RedisCache(
        mortal.url, prefix="app", timeout=0.5, pause=PAUSE, timer=clock
    ) as cache:
        cache.update(a=b"1", b=b"2")
        for _ in range(2):
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
        mortal.url, prefix="app", timeout=0.5, pause=PAUSE, timer=clock
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
            mortal.url, prefix="app", timeout=0.5, pause=PAUSE, timer=clock
        ) as cache,
        RedisCache(mortal.url, prefix="other", timeout=PATIENCE) as other,
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
        RedisCache(mortal.url, prefix="app", timeout=PATIENCE, pause=0.02) as cache,
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
