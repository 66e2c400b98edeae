"""What every cache of this package is: a mutable mapping whose entries may go."""

from __future__ import annotations

from abc import abstractmethod

from goobits_cache._locks import KeyedLocks
from goobits_cache._mapping import ABSENT, VanishingMapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Self

    from goobits_cache._mapping import K as K
    from goobits_cache._mapping import V as V
    from goobits_cache._statistics import Statistics


class Cache(VanishingMapping["K", "V"]):
    """A mutable mapping whose entries may go at any time, and the computations that refill it.

    An entry is missing after its time to live, in seconds; `ttl=None` keeps the cache's own
    default, and infinity is for ever. `in`, iteration, `items()` and `values()` count as no
    lookup. Every method can be called from any thread; entries may come and go meanwhile.
    """

    __slots__ = (
        "_creations",
        "_evictions",
        "_expirations",
        "_failures",
        "_hits",
        "_misses",
    )

    def __init__(self) -> None:
        self._creations = KeyedLocks()
        self._hits = self._misses = 0
        self._evictions = self._expirations = self._failures = 0

    @abstractmethod
    def set(self, key: K, value: V, *, ttl: float | None = None) -> None:
        """Keep a value for `ttl` seconds, or for the cache's default.

        Raises:
            ValueError: the time to live is not a positive number.
            CodecError: the cache cannot write this kind of value.
        """

    def __setitem__(self, key: K, value: V) -> None:
        self.set(key, value)

    def get_or_create(
        self, key: K, create: Callable[[], V], *, ttl: float | None = None
    ) -> V:
        """Return the value of a key; when it is missing, create and keep it.

        Whoever else asks for the same key meanwhile waits for that one computation. When it
        fails its caller gets the error, nothing is kept, and the next one who waits tries.
        """
        kept: object = self.get(key, ABSENT)
        if kept is not ABSENT:
            return kept  # type: ignore[return-value]
        with self._creating(key):
            found = self._peek(key)
            if found:
                return found[0]
            value = create()
            self.set(key, value, ttl=ttl)
            return value

    def close(self) -> None:
        """Let go of files and connections; a second time does nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def statistics(self) -> Statistics:
        """What this cache has counted so far."""
        from goobits_cache._statistics import Statistics

        return Statistics(
            self._hits, self._misses, self._evictions, self._expirations, self._failures
        )

    _ttl: float | None = None
    """How long an entry lives that is set without a time."""

    def _remaining(self, key: K) -> float | None:
        """Return how many seconds an entry has left, 0.0 if it is gone, None if that is unknown.

        An entry without an end has no known one.
        """
        return None

    def _creating(self, key: K) -> AbstractContextManager[None]:
        """Keep everybody else who would create the same key waiting."""
        return self._creations.holding(key)


def checked(ttl: float | None) -> float | None:
    """Return a time to live as it is.

    Raises:
        ValueError: it is not a positive number.
    """
    if ttl is not None and not ttl > 0:
        raise ValueError(f"ttl must be a positive number of seconds, not {ttl!r}")
    return ttl
