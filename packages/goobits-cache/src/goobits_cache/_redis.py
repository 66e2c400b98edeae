"""Entries in Redis, which any number of machines share."""

from __future__ import annotations

from time import monotonic

from goobits_cache._cache import Cache, checked
from goobits_cache._codecs import BYTES
from goobits_cache._leases import Leases
from goobits_cache._server import UNANSWERED, Server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import overload

    from redis import Redis

    from goobits_cache._cache import V
    from goobits_cache._codecs import Codec

_BATCH = 1000
_MOST_OWED = 10_000
_FOR_EVER = 1e11
"""Three thousand years in seconds: what lives longer has no time to live in Redis."""


class RedisCache(Cache[str, "V"]):
    """Entries in Redis below a prefix, which every cache with the same prefix shares.

    Caches with another `schema` or codec see none of them. Redis counts the time to live and
    makes room as it is configured to; `expirations` and `evictions` are not known here.

    While Redis is gone, everything is missing and nothing is kept; after a failure it is not
    asked again for `pause` seconds. What could not be written or deleted meanwhile is removed
    when it is back, before anything is read. `failures` counts every command without an answer.

    `get_or_create` computes once among all processes that share, as long as that takes less
    than `lease` seconds. The lease of a process that died ends after this time. Nobody waits
    for others longer than twice as long.

    Iteration and `len` look at every key of the database.
    """

    __slots__ = (
        "_codec",
        "_lease_names",
        "_leases",
        "_names",
        "_owed",
        "_owes_all",
        "_server",
        "_ttl",
    )

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: RedisCache[bytes],
            client_or_url: Redis | str,
            *,
            prefix: str,
            schema: str = "",
            ttl: float | None = None,
            lease: float = 10.0,
            timeout: float = 0.25,
            pause: float = 5.0,
            timer: Callable[[], float] = monotonic,
        ) -> None: ...
        @overload
        def __init__(
            self,
            client_or_url: Redis | str,
            *,
            prefix: str,
            codec: Codec[V],
            schema: str = "",
            ttl: float | None = None,
            lease: float = 10.0,
            timeout: float = 0.25,
            pause: float = 5.0,
            timer: Callable[[], float] = monotonic,
        ) -> None: ...

    def __init__(
        self,
        client_or_url: Redis | str,
        *,
        prefix: str,
        codec: Codec[V] = BYTES,  # type: ignore[assignment]
        schema: str = "",
        ttl: float | None = None,
        lease: float = 10.0,
        timeout: float = 0.25,
        pause: float = 5.0,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        """Name the server, by a URL or as a client of redis-py.

        By a URL, `timeout` seconds are waited for a connection and for an answer, unless it
        says otherwise (`?socket_timeout=1`), and a process may fork at any time. A client has
        its own timeouts and retries, which may be long, and its own way to survive a fork.

        Raises:
            ExtraMissingError: redis-py is not installed.
            ValueError: the URL is none of Redis, or `ttl` is not a positive number.
        """
        super().__init__()
        self._server = Server(client_or_url, timeout=timeout, pause=pause, timer=timer)
        self._leases = Leases(self._ask, seconds=lease, timer=timer)
        self._codec = codec
        self._ttl = checked(ttl)
        form = _quoted(codec.name) + (codec.tag and f"@{_quoted(codec.tag)}")
        scope = f"{form}:{_quoted(schema)}:"
        self._names = f"{prefix}:entry:{scope}".encode()
        self._lease_names = f"{prefix}:lease:{scope}".encode()
        self._owed: set[bytes] = set()
        self._owes_all = False

    def __getitem__(self, key: str) -> V:
        found = self._peek(key)
        if found:
            self._hits += 1
            return found[0]
        self._misses += 1
        raise KeyError(key)

    def set(self, key: str, value: V, *, ttl: float | None = None) -> None:
        seconds = self._ttl if checked(ttl) is None else ttl
        name, data = self._names + _encoded(key), self._codec.encode(value)
        if seconds is None or seconds > _FOR_EVER:
            answer = self._ask("SET", name, data)
        else:
            answer = self._ask("SET", name, data, "PX", max(1, int(seconds * 1000)))
        if answer is UNANSWERED and not self._owe(name):
            self._server.ask("UNLINK", name)  # a full server refuses to write only

    def __delitem__(self, key: str) -> None:
        name = self._names + _encoded(key)
        removed = self._ask("UNLINK", name)
        if removed is UNANSWERED:
            self._owe(name)
        if removed != 1:
            raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        seen = set()
        for names in self._batches():
            for name in names:
                if name not in seen:
                    seen.add(name)
                    try:
                        yield name[len(self._names) :].decode("utf-8", "surrogatepass")
                    except UnicodeDecodeError:
                        continue  # none of ours

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove the entries below the prefix that this cache can see, and no others."""
        for names in self._batches():
            if names:
                self._ask("UNLINK", *names)
        if self._server.gone:
            self._owes_all = True

    def close(self) -> None:
        """Close the connections, unless the client was handed in."""
        self._server.close()

    def _peek(self, key: object) -> tuple[V] | tuple[()]:
        if not isinstance(key, str):
            return ()
        name = self._names + _encoded(key)
        data = self._ask("GET", name)
        if not isinstance(data, bytes):
            return ()
        try:
            return (self._codec.decode(data),)
        except (ValueError, RecursionError) as error:
            self._failures += 1
            self._server.tell(
                "damaged",
                f"the entry {key!r} is no {self._codec.name} and is removed: {error}",
            )
            self._ask("UNLINK", name)
            return ()

    def _remaining(self, key: str) -> float | None:
        """Return how many seconds an entry has left: None for ever, 0.0 if it is gone."""
        left = self._ask("PTTL", self._names + _encoded(key))
        if not isinstance(left, int) or left == -2:
            return 0.0
        return None if left < 0 else left / 1000

    def _creating(self, key: str) -> AbstractContextManager[None]:
        return self._leases.holding(
            self._lease_names + _encoded(key), super()._creating(key)
        )

    def _ask(self, *words: str | bytes | int) -> object:
        if (self._owed or self._owes_all) and not self._server.resting:
            self._make_up()
        answer = self._server.ask(*words)
        if answer is UNANSWERED:
            self._failures += 1
        return answer

    def _owe(self, name: bytes) -> bool:
        """Note an entry to remove when Redis is back; return whether it is gone."""
        if self._server.gone:
            if len(self._owed) < _MOST_OWED:
                self._owed.add(name)
            else:
                self._owes_all = True
        return self._server.gone

    def _make_up(self) -> None:
        """Remove what could not be written or deleted while Redis was gone.

        A server that is there and refuses keeps what it has: it would refuse for ever.
        """
        if self._owes_all:
            for names in self._batches(self._server.ask):
                if names:
                    self._server.ask("UNLINK", *names)
            if not self._server.gone:
                self._owes_all = False
        owed = tuple(self._owed)
        if owed:
            self._server.ask("UNLINK", *owed)
            if not self._server.gone:
                self._owed.difference_update(owed)

    def _batches(
        self, ask: Callable[..., object] | None = None
    ) -> Iterator[list[bytes]]:
        """Return the names of all entries, some of them twice, as far as Redis answers."""
        pattern = _literal(self._names) + b"*"
        cursor = 0
        while True:
            answer = (ask or self._ask)(
                "SCAN", cursor, "MATCH", pattern, "COUNT", _BATCH
            )
            if not isinstance(answer, list | tuple):
                return
            cursor, names = answer
            yield names
            if cursor == 0:
                return


def _encoded(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"a key of a RedisCache is a str, not {key!r}")
    return key.encode("utf-8", "surrogatepass")


def _quoted(part: str) -> str:
    """Return a part of a name without what separates parts."""
    return part.replace("%", "%25").replace(":", "%3A").replace("@", "%40")


def _literal(name: bytes) -> bytes:
    """Return the glob of Redis that matches this name alone."""
    for special in (b"\\", b"*", b"?", b"["):
        name = name.replace(special, b"\\" + special)
    return name
