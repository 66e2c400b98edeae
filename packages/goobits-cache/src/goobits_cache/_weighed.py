"""The policies of cachetools, and entries of different weight."""

from __future__ import annotations

from operator import attrgetter

import cachetools

from goobits_cache._s3fifo import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _thread import RLock
    from collections.abc import Callable, Hashable, Iterator

_POLICIES = {"lru": cachetools.LRUCache, "lfu": cachetools.LFUCache}


class WeighedEntry(Entry):
    """An entry and what it weighs."""

    __slots__ = ("weight",)
    weight: int


class Weighed:
    """Entries that a cache of cachetools orders and weighs; see `S3Fifo` for the methods."""

    __slots__ = ("_getsizeof", "_order", "_policy", "entries", "spent")

    def __init__(
        self,
        policy: str,
        maxsize: int,
        getsizeof: Callable[..., int] | None,
        lock: RLock,
    ) -> None:
        if policy not in _POLICIES:
            names = ", ".join(map(repr, ("s3-fifo", *_POLICIES)))
            raise ValueError(f"policy must be one of {names}, not {policy!r}")
        self._policy = policy
        self._getsizeof = getsizeof
        self._order = self._empty(maxsize)
        self.entries = Lookup(self._order, lock)
        self.spent = 0

    def _empty(self, maxsize: int) -> cachetools.Cache[Hashable, WeighedEntry]:
        return _POLICIES[self._policy](maxsize, attrgetter("weight"))

    def peek(self, key: Hashable) -> WeighedEntry | None:
        try:
            return cachetools.Cache.__getitem__(self._order, key)
        except KeyError:
            return None

    def put(
        self, key: Hashable, value: object, since: float, deadline: float | None
    ) -> list[Entry]:
        """Keep a value, and return the entries that had to go: the new one if it is too heavy."""
        entry = WeighedEntry(key, value, since, deadline)
        entry.weight = self._weight(value)
        return self._add(entry)

    def _add(self, entry: WeighedEntry) -> list[Entry]:
        key = entry.key
        former = self.peek(key)
        free = self._order.maxsize - self._order.currsize
        if former is not None:
            entry.uses = former.uses
            free += former.weight
        if entry.weight > self._order.maxsize:
            self._order.pop(key, None)
            return [entry]
        gone: list[Entry] = []
        while entry.weight > free:
            _, other = self._order.popitem()
            if other is not former:
                gone.append(other)
                free += other.weight
        self._order[key] = entry
        return gone

    def remove(self, key: Hashable) -> Entry:
        entry = self.peek(key)
        if entry is None:
            raise KeyError(key)
        del self._order[key]
        return entry

    def resize(self, maxsize: int) -> list[Entry]:
        """Return the entries that had to go; of the order only the sequence is kept."""
        former = self._order
        ordered = [former.popitem()[1] for _ in range(len(former))]
        self._order = self.entries.order = self._empty(maxsize)
        gone: list[Entry] = []
        for entry in ordered:
            gone += self._add(entry)
        return gone

    def clear(self) -> None:
        self._order.clear()

    def _weight(self, value: object) -> int:
        weight = 1 if self._getsizeof is None else self._getsizeof(value)
        if weight < 0:
            raise ValueError(f"getsizeof must return no less than 0, not {weight!r}")
        return weight


class Lookup:
    """Finds entries; as this changes their order, it takes the lock."""

    __slots__ = ("_lock", "order")

    def __init__(
        self, order: cachetools.Cache[Hashable, WeighedEntry], lock: RLock
    ) -> None:
        self.order = order
        self._lock = lock

    def __getitem__(self, key: Hashable) -> Entry:
        with self._lock:
            return self.order[key]

    def get(self, key: Hashable) -> Entry | None:
        with self._lock:
            return self.order.get(key)

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self.order)
