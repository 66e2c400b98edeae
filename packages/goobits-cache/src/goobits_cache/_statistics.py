"""What a cache has counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts since the cache was made, in this process.

    `expirations` are entries found too old, `evictions` are those that went to make room, and
    `failures` are operations that a disk or a server refused, or entries that were damaged.
    """

    hits: int = 0
    misses: int = 0
    evictions: int = 0
    expirations: int = 0
    failures: int = 0

    @property
    def hit_rate(self) -> float:
        """The share of lookups that found something, 0.0 to 1.0; 0.0 before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else 0.0
