"""What every cache of this package is: a mutable mapping whose entries may go."""

from __future__ import annotations

from _collections_abc import MutableMapping as _Mapping
from abc import abstractmethod

from goobits_cache._locks import KeyedLocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, MutableMapping
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Self, TypeVar

    from goobits_cache._statistics import Statistics

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")

    class _Base(MutableMapping[K, V]):
        """A mapping of the standard library, with types."""
else:
    # `typing` costs half as much as the interpreter itself: a fresh process can do without.
    _Base = _Mapping


class Cache(_Base["K", "V"]):
    """A mutable mapping whose entries may go at any time, and the computations that refill it.

    An entry is missing after its time to live, in seconds; `ttl=None` keeps the cache's own
    default. `in` counts as no lookup. Every method can be called from any thread.
    """

    __slots__ = ("_creations", "_evictions", "_expirations", "_failures", "_hits", "_misses")

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
        try:
            return self[key]
        except KeyError:
            pass
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

    @abstractmethod
    def _peek(self, key: K) -> tuple[V] | tuple[()]:
        """Return the value of a key in a tuple, or an empty one; this counts as no lookup."""

    def __contains__(self, key: object) -> bool:
        return bool(self._peek(key))  # type: ignore[arg-type]

    def _creating(self, key: K) -> AbstractContextManager[None]:
        """Keep everybody else who would create the same key waiting."""
        return self._creations.holding(key)
