"""One budget of entries for several caches, which moves to where it is used most."""

from __future__ import annotations

import time
from _collections_abc import Mapping
from _thread import RLock

from goobits_cache._errors import BudgetError
from goobits_cache._locks import mend_after_fork
from goobits_cache._memory import MemoryCache
from goobits_cache._s3fifo import Ghosts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from typing import Final

    from goobits_cache._cache import K, V
    from goobits_cache._s3fifo import Entry

STEPS: Final = 32
"""Into how many parts the budget is cut: one moves at a time."""
CERTAINTY: Final = 2.0
"""How many standard deviations apart the wants of two caches are before anything moves."""
PATIENCE: Final = 8
"""How many wants there are between two looks at who wants most."""
MEMORY: Final = 1024
"""How many wants are remembered before the older ones count half."""


class CacheManager(Mapping[str, "MemoryCache[Hashable, object]"]):
    """Caches in memory that together have at most `budget` entries, by their names.

    Each cache remembers the keys that it evicted last. When such a key is asked for, a little
    more room would have made a hit: the cache wants that room. Room moves from the cache
    that wants least to the one that wants most, a part of the budget at a time, once the
    difference is none of chance. This happens in the lookups that miss; there is no thread, and the
    same lookups lead to the same sizes. Of Cliffhanger (Cidon, Eisenman, Alizadeh and Katti,
    NSDI 2016) it is the hill climbing, without its random choice of who gives.

    Raises:
        BudgetError: the budget is less than `minimum`, the fewest entries of a cache.
    """

    __slots__ = (
        "__weakref__",
        "_budget",
        "_lock",
        "_minimum",
        "_noted",
        "_shares",
        "_step",
        "_timer",
    )

    def __init__(
        self,
        budget: int,
        *,
        minimum: int = 16,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        if minimum < 1:
            raise ValueError(f"minimum must be 1 or more, not {minimum!r}")
        self._budget = budget
        self._minimum = minimum
        self._timer = timer
        self._step = max(1, budget // STEPS)
        self._shares: dict[str, Share[Hashable, object]] = {}
        self._noted = 0
        self._lock = RLock()
        self._check(1)
        mend_after_fork(self)

    def create(self, name: str, *, ttl: float | None = None) -> MemoryCache[K, V]:
        """Return a new cache with an equal share, for which the others make room.

        Raises:
            BudgetError: there are too many caches for the budget.
            ValueError: there is a cache of this name, or `ttl` is not positive.
        """
        with self._lock:
            if name in self._shares:
                raise ValueError(f"there is a cache called {name!r}")
            count = len(self._shares) + 1
            self._check(count)
            share: Share[K, V] = Share(self, self._minimum, ttl, self._timer)
            self._make_room(self._budget // count)
            share.size(self._free())
            self._shares[name] = share  # type: ignore[assignment]
            return share

    def __getitem__(self, name: str) -> MemoryCache[Hashable, object]:
        return self._shares[name]

    def __len__(self) -> int:
        return len(self._shares)

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._shares))

    @property
    def budget(self) -> int:
        """The most entries that all caches together can have."""
        return self._budget

    @property
    def sizes(self) -> dict[str, int]:
        """The most entries that each cache can have now."""
        with self._lock:
            return {name: share.maxsize for name, share in self._shares.items()}

    def _note(self) -> None:
        """Take note that a cache wants room, and look now and then who wants most."""
        self._noted += 1
        if self._noted >= PATIENCE:
            self._noted = 0
            self._balance()

    def _balance(self) -> None:
        """Move room if it is certain enough where it is wanted."""
        with self._lock:
            shares = self._shares.values()
            givers = [share for share in shares if share.maxsize > self._minimum]
            if not givers:
                return
            most = max(shares, key=_want)
            least = min(givers, key=_want_and_use)
            difference = most.wanted - least.wanted
            if difference**2 > CERTAINTY**2 * (most.wanted + least.wanted):
                self._move(least, most)
                self._age()
            elif sum(share.wanted for share in shares) > MEMORY:
                self._age()

    def _move(
        self, giver: Share[Hashable, object], taker: Share[Hashable, object]
    ) -> None:
        """Move a part of the budget; never are both as large as one was before."""
        giver.size(max(self._minimum, giver.maxsize - self._step))
        taker.size(taker.maxsize + self._free())

    def _age(self) -> None:
        for share in self._shares.values():
            share.wanted /= 2

    def _make_room(self, entries: int) -> None:
        """Take from the largest until so many entries are free."""
        while (lacking := entries - self._free()) > 0:
            largest = max(self._shares.values(), key=lambda share: share.maxsize)
            part = max(1, lacking // len(self._shares))
            largest.size(max(self._minimum, largest.maxsize - part))

    def _free(self) -> int:
        return self._budget - sum(share.maxsize for share in self._shares.values())

    def _check(self, count: int) -> None:
        if count * self._minimum > self._budget:
            raise BudgetError(
                f"{count} caches of at least {self._minimum} entries need more than"
                f" a budget of {self._budget}",
                self._budget,
                hint="raise the budget, or lower the minimum",
            )

    def _forked(self) -> None:
        """Let go of what another thread, which is not here, held."""
        if self._lock.acquire(blocking=False):
            self._lock.release()
        else:
            self._lock = RLock()


class Share(MemoryCache["K", "V"]):
    """A cache of a manager, which alone changes its size."""

    __slots__ = ("_ghosts", "_manager", "wanted")

    def __init__(
        self,
        manager: CacheManager,
        maxsize: int,
        ttl: float | None,
        timer: Callable[[], float],
    ) -> None:
        super().__init__(maxsize, ttl=ttl, timer=timer)
        self._manager = manager
        self._ghosts = Ghosts(manager._step)
        self.wanted = 0.0
        """How often a key was asked for that a little more room would have kept."""

    def resize(self, maxsize: int) -> None:
        """Raise an error: the manager keeps the budget.

        Raises:
            BudgetError: always.
        """
        raise BudgetError(
            f"a cache of a manager cannot be given {maxsize} entries",
            self._manager.budget,
            hint="give the manager another budget, or use a MemoryCache",
        )

    def size(self, maxsize: int) -> None:
        super().resize(maxsize)

    def _missed(self, key: K) -> None:
        self._misses += 1
        if self._ghosts.take(key):
            self.wanted += 1
            self._manager._note()

    def _count(self, gone: Sequence[Entry]) -> None:
        super()._count(gone)
        for entry in gone:
            self._ghosts.add(entry.key)


def _want(share: Share[Hashable, object]) -> float:
    return share.wanted


def _want_and_use(share: Share[Hashable, object]) -> tuple[float, int]:
    """Order caches that want equally little: the one with most room unused gives."""
    return share.wanted, len(share._entries) - share.maxsize
