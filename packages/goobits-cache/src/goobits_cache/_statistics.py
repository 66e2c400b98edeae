"""What a cache has counted."""

from __future__ import annotations


class Statistics:
    """Counts since the cache was made, in this process.

    `expirations` are entries found too old, `evictions` are those that went to make room, and
    `failures` are operations that a disk or a server refused, or entries that were damaged.
    """

    __slots__ = ("evictions", "expirations", "failures", "hits", "misses")

    def __init__(
        self,
        hits: int = 0,
        misses: int = 0,
        evictions: int = 0,
        expirations: int = 0,
        failures: int = 0,
    ) -> None:
        self.hits = hits
        self.misses = misses
        self.evictions = evictions
        self.expirations = expirations
        self.failures = failures

    @property
    def hit_rate(self) -> float:
        """The share of lookups that found something, 0.0 to 1.0; 0.0 before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else 0.0

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={getattr(self, name)}" for name in self.__slots__)
        return f"Statistics({counts})"
