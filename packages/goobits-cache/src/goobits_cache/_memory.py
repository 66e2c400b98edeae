"""A cache in memory, for one process."""

from __future__ import annotations

import time
from _thread import RLock

from goobits_cache._cache import Cache, checked
from goobits_cache._locks import mend_after_fork
from goobits_cache._s3fifo import Entry, S3Fifo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Literal, Protocol

    from goobits_cache._cache import K, V
    from goobits_cache._statistics import Statistics

    class Lookup(Protocol):
        """Finds entries, and notes that they were asked for."""

        def __getitem__(self, key: object, /) -> Entry: ...
        def get(self, key: object, /) -> Entry | None: ...
        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[object]: ...

    class Policy(Protocol):
        """Decides which entries stay; `S3Fifo` says what its methods do."""

        spent: int

        @property
        def entries(self) -> Lookup: ...
        def peek(self, key: object) -> Entry | None: ...
        def put(
            self, key: object, value: object, since: float, deadline: float | None
        ) -> Sequence[Entry]: ...
        def remove(self, key: object) -> Entry: ...
        def resize(self, maxsize: int) -> list[Entry]: ...
        def clear(self) -> None: ...


class MemoryCache(Cache["K", "V"]):
    """At most `maxsize` entries; those that are asked for again stay.

    `policy` says which go: "s3-fifo" finds most and is fastest; "lru" and "lfu" are those of
    cachetools. These two can weigh: with `getsizeof` all values together weigh at most
    `maxsize`, and a heavier one is not kept.

    A lookup takes no lock with "s3-fifo". Every count is exact, except for a lookup at the very
    moment in which its entry goes, and, without a global interpreter lock, for lookups of the same
    key at the same moment. Where entries have a time to live, `len` looks at all of them.

    Raises:
        ValueError: `maxsize` or `ttl` is not positive, the policy has another name, or
            "s3-fifo" is asked to weigh.
    """

    __slots__ = (
        "_entries",
        "_getsizeof",
        "_lock",
        "_maxsize",
        "_policy",
        "_policy_name",
        "_timed",
        "_timer",
        "_ttl",
    )

    def __init__(
        self,
        maxsize: int,
        *,
        ttl: float | None = None,
        timer: Callable[[], float] = time.monotonic,
        policy: Literal["s3-fifo", "lru", "lfu"] = "s3-fifo",
        getsizeof: Callable[[V], int] | None = None,
    ) -> None:
        super().__init__()
        self._maxsize = _checked_size(maxsize)
        self._ttl = checked(ttl)
        self._timer = timer
        self._policy_name = policy
        self._getsizeof = getsizeof
        self._timed = False
        self._begin()
        mend_after_fork(self)

    def _begin(self) -> None:
        """Make the lock and what it guards."""
        self._lock = RLock()
        self._policy = _policy(
            self._policy_name, self._maxsize, self._getsizeof, self._lock
        )
        self._entries = self._policy.entries

    def __getitem__(self, key: K) -> V:
        try:
            entry = self._entries[key]
        except KeyError:
            self._missed(key)
            raise
        deadline = entry.deadline
        if deadline is not None and not entry.since <= self._timer() < deadline:
            self._drop_expired(key)
            self._missed(key)
            raise KeyError(key)
        entry.uses += 1
        return entry.value  # type: ignore[return-value]

    if not TYPE_CHECKING:  # it has the signatures of `Mapping`

        def get(self, key, default=None):
            """Return the value of a key, or the default; faster than an error on the way."""
            entry = self._entries.get(key)
            if entry is None:
                self._missed(key)
                return default
            deadline = entry.deadline
            if deadline is not None and not entry.since <= self._timer() < deadline:
                self._drop_expired(key)
                self._missed(key)
                return default
            entry.uses += 1
            return entry.value

    def set(self, key: K, value: V, *, ttl: float | None = None) -> None:
        ttl = self._ttl if ttl is None else checked(ttl)
        since = 0.0
        deadline = None
        if ttl is not None:
            since = self._timer()
            deadline = since + ttl
        with self._lock:
            if ttl is not None:
                self._timed = True
            gone = self._policy.put(key, value, since, deadline)
            if gone:
                self._count(gone)

    __setitem__ = set

    def __delitem__(self, key: K) -> None:
        with self._lock:
            entry = self._policy.remove(key)
            self._hits += entry.uses
            if self._expired(entry):
                self._expirations += 1
                raise KeyError(key)

    def __len__(self) -> int:
        if self._timed:
            for key in self._keys():
                self._drop_expired(key)
        return len(self._entries)

    def __iter__(self) -> Iterator[K]:
        for key in self._keys():
            if self._peek(key):
                yield key

    def clear(self) -> None:
        with self._lock:
            gone = self._kept()
            self._hits += sum(entry.uses for entry in gone)
            self._timed = False
            self._policy.clear()

    @property
    def maxsize(self) -> int:
        """The most entries, or the most weight, that this cache can have."""
        return self._maxsize

    def resize(self, maxsize: int) -> None:
        """Give the cache another size; entries beyond it are evicted."""
        with self._lock:
            self._maxsize = _checked_size(maxsize)
            gone = self._policy.resize(maxsize)
            self._count(gone)

    @property
    def statistics(self) -> Statistics:
        from goobits_cache._statistics import Statistics

        with self._lock:
            hits = self._policy.spent + sum(entry.uses for entry in self._kept())
            return Statistics(
                self._hits + hits, self._misses, self._evictions, self._expirations
            )

    def _peek(self, key: K) -> tuple[V] | tuple[()]:
        entry = self._policy.peek(key)
        if entry is None or self._expired(entry):
            return ()
        return (entry.value,)  # type: ignore[return-value]

    def _remaining(self, key: K) -> float | None:
        with self._lock:
            entry = self._policy.peek(key)
            if entry is None or self._expired(entry):
                return 0.0
            deadline = entry.deadline
            return None if deadline is None else max(0.0, deadline - self._timer())

    def _missed(self, key: K) -> None:
        """Count a lookup that found nothing."""
        self._misses += 1

    def _count(self, gone: Sequence[Entry]) -> None:
        """Count entries that had to go."""
        for entry in gone:
            self._hits += entry.uses
            deadline = entry.deadline
            if deadline is not None and not entry.since <= self._timer() < deadline:
                self._expirations += 1
            else:
                self._evictions += 1

    def _expired(self, entry: Entry) -> bool:
        """Return whether an entry is too old, or of a time that the timer went back from."""
        deadline = entry.deadline
        return deadline is not None and not entry.since <= self._timer() < deadline

    def _drop_expired(self, key: K) -> None:
        """Remove an entry, if it is still there and expired."""
        with self._lock:
            entry = self._policy.peek(key)
            if entry is not None and self._expired(entry):
                self._policy.remove(key)
                self._hits += entry.uses
                self._expirations += 1

    def _keys(self) -> list[K]:
        with self._lock:
            return list(self._entries)  # type: ignore[arg-type]

    def _kept(self) -> list[Entry]:
        """Return all entries, expired or not."""
        entries = map(self._policy.peek, self._keys())
        return [entry for entry in entries if entry is not None]

    def _forked(self) -> None:
        """Begin anew when another thread, which is not here, was changing something."""
        if self._lock.acquire(blocking=False):
            self._lock.release()
        else:
            self._begin()


def _policy(
    name: str,
    maxsize: int,
    getsizeof: Callable[[V], int] | None,
    lock: RLock,
) -> Policy:
    if name == "s3-fifo":
        if getsizeof is not None:
            raise ValueError('"s3-fifo" weighs nothing: "lru" and "lfu" do')
        return S3Fifo(maxsize)
    from goobits_cache._weighed import Weighed

    return Weighed(name, maxsize, getsizeof, lock)


def _checked_size(maxsize: int) -> int:
    if maxsize < 1:
        raise ValueError(f"maxsize must be 1 or more, not {maxsize!r}")
    return maxsize
