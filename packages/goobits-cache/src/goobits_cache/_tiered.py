"""Caches behind each other, the fastest in front."""

from __future__ import annotations

from goobits_cache._cache import Cache, checked
from goobits_cache._locks import KeyedLocks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from goobits_cache._cache import K, V
    from goobits_cache._statistics import Statistics


class TieredCache(Cache["K", "V"]):
    """A cache whose last tier has the entries, and whose tiers before have copies of some.

    A lookup goes from the front to the back and leaves copies on its way. A copy lives no
    longer than what it is a copy of, nor than the time to live of its tier: others who write
    to the same last tier are seen within that time, so the front should have one.

    What is written and deleted begins at the back: whatever fails in between leaves at most a
    copy that is too old, for as long as it lives. A write that fails with an error removes the
    copies. `get_or_create` computes as often as the last tier's does, iteration and `len` are
    those of the last tier.
    """

    __slots__ = ("_behind", "_changes", "_clears", "_front", "_ttl")

    def __init__(self, front: Cache[K, V], *behind: Cache[K, V]) -> None:
        super().__init__()
        self._front = front
        self._behind = behind
        self._changes = KeyedLocks()
        self._clears = 0
        self._ttl = _shortest(*(tier._ttl for tier in self.tiers))

    @property
    def tiers(self) -> tuple[Cache[K, V], ...]:
        """The caches from the front to the back; each has its own statistics."""
        return (self._front, *self._behind)

    @property
    def statistics(self) -> Statistics:
        """Its own lookups, the failures of all tiers, and what the last one removed."""
        from goobits_cache._statistics import Statistics

        last = self._last.statistics
        failures = sum(tier.statistics.failures for tier in self.tiers)
        return Statistics(
            self._hits, self._misses, last.evictions, last.expirations, failures
        )

    def __getitem__(self, key: K) -> V:
        try:
            value = self._front[key]
        except KeyError:
            found = self._fetch(key)
            if not found:
                self._misses += 1
                raise
            (value,) = found
        self._hits += 1
        return value

    def set(self, key: K, value: V, *, ttl: float | None = None) -> None:
        checked(ttl)
        with self._changes.holding(key):
            clears = self._clears
            try:
                self._last.set(key, value, ttl=ttl)
            except BaseException:
                self._forget(key)
                raise
            limit = self._last._ttl if ttl is None else ttl
            self._copy(key, value, len(self._behind), limit, clears)

    def __delitem__(self, key: K) -> None:
        with self._changes.holding(key):
            try:
                del self._last[key]
                found = True
            except KeyError:
                found = False
            found |= self._forget(key)
        if not found:
            raise KeyError(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self._last)

    def __len__(self) -> int:
        return len(self._last)

    def clear(self) -> None:
        self._last.clear()
        self._clears += 1  # a copy that is on its way is none that may stay
        for tier in reversed(self.tiers[:-1]):
            tier.clear()

    def close(self) -> None:
        """Close all tiers, the front first."""
        for tier in self.tiers:
            tier.close()

    @property
    def _last(self) -> Cache[K, V]:
        return self._behind[-1] if self._behind else self._front

    def _peek(self, key: K) -> tuple[V] | tuple[()]:
        for tier in self.tiers:
            found = tier._peek(key)
            if found:
                return found
        return ()

    def _creating(self, key: K) -> AbstractContextManager[None]:
        return self._last._creating(key)

    def _remaining(self, key: K) -> float | None:
        return self._last._remaining(key)

    def _fetch(self, key: K) -> tuple[V] | tuple[()]:
        """Look behind the front, while nobody else here changes this key."""
        with self._changes.holding(key):
            found = self._front._peek(key)
            for depth, tier in enumerate(self._behind, 1):
                if found:
                    break
                clears = self._clears
                try:
                    found = (tier[key],)
                except KeyError:
                    continue
                left = tier._remaining(key)
                if left is None or left > 0:
                    self._copy(key, found[0], depth, left, clears)
            return found

    def _copy(
        self, key: K, value: V, depth: int, limit: float | None, clears: int
    ) -> None:
        """Leave copies before a tier, unless the cache was cleared since."""
        try:
            for tier in reversed(self.tiers[:depth]):
                limit = _shortest(limit, tier._ttl)
                tier.set(key, value, ttl=limit)
        except BaseException:
            self._forget(key)
            raise
        if clears != self._clears:
            self._forget(key)

    def _forget(self, key: K) -> bool:
        """Remove the copies of a key; return whether there was one."""
        found = False
        for tier in reversed(self.tiers[:-1]):
            try:
                del tier[key]
                found = True
            except KeyError:
                continue
        return found


def _shortest(*times: float | None) -> float | None:
    return min((time for time in times if time is not None), default=None)
