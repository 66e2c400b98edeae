"""A Redis server that may be gone."""

from __future__ import annotations

from _thread import RLock

from goobits_cache._errors import ExtraMissingError
from goobits_cache._locks import mend_after_fork
from goobits_cache._log import warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis

UNANSWERED = object()
"""What stands for the answer of a server that is gone, or that refused."""

_SCHEMES = ("redis", "rediss", "unix")


class Server:
    """Commands to a Redis that may be gone, each of which is answered or `UNANSWERED`.

    After a failure none is sent for `pause` seconds; then one caller tries while the others
    still go without. Each failure begins with one line in the log, and what the server refuses
    is told once a pause. redis-py is imported for the first command.
    """

    __slots__ = (
        "__weakref__",
        "_guard",
        "_link",
        "_pause",
        "_resume",
        "_source",
        "_timeout",
        "_timer",
        "_told",
    )

    def __init__(
        self,
        client_or_url: Redis | str,
        *,
        timeout: float,
        pause: float,
        timer: Callable[[], float],
    ) -> None:
        _check(client_or_url)
        self._source = client_or_url
        self._timeout = timeout
        self._pause = pause
        self._timer = timer
        self._resume: float | None = None
        self._told: dict[str, float] = {}
        self._guard = RLock()
        self._link: _Link | None = None
        mend_after_fork(self)

    @property
    def resting(self) -> bool:
        """Whether the next command would not be sent."""
        return self._resume is not None and self._waits(self._resume)

    @property
    def gone(self) -> bool:
        """Whether the last command that was sent found no server."""
        return self._resume is not None

    def ask(self, *words: str | bytes | int) -> object:
        """Return the answer to a command, texts in it as bytes."""
        if self._resume is not None and not self._is_my_turn():
            return UNANSWERED
        link = self._link or self._linked()
        try:
            # A client that keeps copies wants to know the keys of what it may keep.
            answer = link.execute(*words, keys=words[1:2], **link.options)
        except link.refusals as error:
            self._resume = None
            self.tell(type(error).__name__, f"Redis refused {words[0]!s}: {error}")
            return UNANSWERED
        except link.absences as error:
            self._leave(error)
            return UNANSWERED
        self._resume = None
        return answer

    def tell(self, kind: str, message: str) -> None:
        """Write a warning into the log, unless one of its kind was written a moment ago."""
        with self._guard:
            if kind in self._told and self._waits(self._told[kind]):
                return
            self._told[kind] = self._timer() + self._pause
        warn(message)

    def close(self) -> None:
        """Close the connections, unless the client is the caller's own."""
        link, self._link = self._link, None
        if link is not None and link.client is not self._source:
            link.client.close()

    def _waits(self, until: float) -> bool:
        """Return whether it is too early; a clock that was set back makes nobody wait."""
        return 0 < until - self._timer() <= self._pause

    def _is_my_turn(self) -> bool:
        """Let one caller through at the end of each pause."""
        with self._guard:
            if self._resume is None:
                return True
            if self._waits(self._resume):
                return False
            self._resume = self._timer() + self._pause
            return True

    def _leave(self, error: Exception) -> None:
        with self._guard:
            first = self._resume is None
            self._resume = self._timer() + self._pause
        if first:
            warn(f"Redis is gone, the cache does without it until it is back: {error}")

    def _linked(self) -> _Link:
        with self._guard:
            if self._link is None:
                self._link = _Link(self._source, self._timeout)
            return self._link

    def _forked(self) -> None:
        """Leave the parent its connections; locks of theirs may be held here for ever."""
        if self._link is not None and self._link.client is not self._source:
            self._link.client.auto_close_connection_pool = False
        self._guard = RLock()
        self._link = None


class _Link:
    """A client, and what of redis-py each command needs; made when the first one is sent."""

    __slots__ = ("absences", "client", "execute", "options", "refusals")

    def __init__(self, source: Redis | str, timeout: float) -> None:
        from redis import Redis, exceptions
        from redis.backoff import NoBackoff
        from redis.client import NEVER_DECODE
        from redis.retry import Retry

        if isinstance(source, str):
            source = Redis.from_url(
                source,
                socket_timeout=timeout,
                socket_connect_timeout=timeout,
                retry=Retry(NoBackoff(), 0),
            )
        self.client = source
        self.execute: Callable[..., object] = source.execute_command
        self.options = {NEVER_DECODE: True}
        self.refusals = (exceptions.ResponseError, exceptions.MaxConnectionsError)
        self.absences = (
            exceptions.RedisError,
            exceptions.ChildDeadlockedError,
            OSError,
        )


def _check(client_or_url: object) -> None:
    if not isinstance(client_or_url, str):
        return
    if client_or_url.partition("://")[0] not in _SCHEMES:
        raise ValueError(f"a URL of Redis begins with one of {', '.join(_SCHEMES)}")
    from importlib.util import find_spec

    if find_spec("redis") is None:
        raise ExtraMissingError(
            "a shared cache needs redis-py, which is not installed",
            "redis",
            hint="pip install 'goobits-cache[redis]'",
        )
