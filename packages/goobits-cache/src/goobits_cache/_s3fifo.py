"""Which entries stay: those asked for again while they wait in a short queue.

Yang, Zhang, Qiu, Yue and Rashmi, "FIFO queues are all you need for cache eviction", SOSP 2023.
A lookup changes nothing but a count in the entry, and so needs no lock.
"""

from __future__ import annotations

from _collections import deque  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence
    from typing import Final

MOST_USES: Final = 3
"""How many rounds an entry stays in the main queue without being asked for."""


class Entry:
    """A value, how often it was asked for, and the time in which it lives, if it is limited."""

    __slots__ = ("deadline", "key", "since", "uses", "value")

    def __init__(
        self, key: Hashable, value: object, since: float, deadline: float | None
    ) -> None:
        self.key = key
        self.value = value
        self.since = since
        self.deadline = deadline
        self.uses = 0

    def update(self, value: object, since: float, deadline: float | None) -> None:
        """Change the value while others read it, who read in the other order."""
        self.value = value
        self.since = since
        self.deadline = deadline


class Ghosts:
    """The keys that went last, at least `size` of them and at most twice as many.

    Of each key only its hash is kept.
    """

    __slots__ = ("older", "size", "younger")

    def __init__(self, size: int) -> None:
        self.size = size
        self.younger: set[int] = set()
        self.older: set[int] = set()

    def add(self, key: Hashable) -> None:
        self.younger.add(hash(key))
        if len(self.younger) >= self.size:
            self.older = self.younger
            self.younger = set()

    def take(self, key: Hashable) -> bool:
        """Return whether a key went lately, and forget it."""
        number = hash(key)
        if number in self.younger:
            self.younger.discard(number)
        elif number in self.older:
            self.older.discard(number)
        else:
            return False
        return True

    def clear(self) -> None:
        self.younger = set()
        self.older = set()


class S3Fifo:
    """At most `maxsize` entries. Whoever calls it holds a lock, except for `entries[key]`.

    New keys enter the small queue, a tenth of the size; those asked for there, and those that
    went lately and come back, enter the main one. A removed key keeps its place, and takes it
    again when it comes back. Each step leaves every entry in a queue, so that an interrupt
    between two steps does no harm.
    """

    __slots__ = (
        "_ghosts",
        "_main",
        "_removed",
        "_small",
        "_wanted",
        "entries",
        "maxsize",
        "spent",
    )

    def __init__(self, maxsize: int) -> None:
        self.entries: dict[Hashable, Entry] = {}
        self.spent = 0
        """Uses that entries no longer have, as they paid for another round with them."""
        self._small: deque[Hashable] = deque()
        self._main: deque[Hashable] = deque()
        self._removed: set[Hashable] = set()
        self._ghosts = Ghosts(1)
        self._size(maxsize)

    def peek(self, key: Hashable) -> Entry | None:
        """Return an entry; it is not asked for."""
        return self.entries.get(key)

    def put(
        self, key: Hashable, value: object, since: float, deadline: float | None
    ) -> Sequence[Entry]:
        """Keep a value, and return the entries that had to go."""
        entries = self.entries
        entry = entries.get(key)
        if entry is not None:
            entry.update(value, since, deadline)
            return ()
        gone = (self._evict(),) if len(entries) >= self.maxsize else ()
        ghosts = self._ghosts
        number = hash(key)
        if key in self._removed:
            self._removed.discard(key)
        elif number in ghosts.younger or number in ghosts.older:
            self._main.append(key)
        else:
            self._small.append(key)
        entries[key] = Entry(key, value, since, deadline)
        return gone

    def remove(self, key: Hashable) -> Entry:
        """Remove an entry, and return it.

        Raises:
            KeyError: there is none.
        """
        entry = self.entries.pop(key)
        self._removed.add(key)
        if len(self._removed) > len(self.entries) + 8:
            self._small = deque(key for key in self._small if key in self.entries)
            self._main = deque(key for key in self._main if key in self.entries)
            self._removed.clear()
        return entry

    def resize(self, maxsize: int) -> list[Entry]:
        """Return the entries that had to go."""
        self._size(maxsize)
        gone = []
        while len(self.entries) > maxsize:
            gone.append(self._evict())
        return gone

    def clear(self) -> None:
        self.entries.clear()
        self._small.clear()
        self._main.clear()
        self._removed.clear()
        self._ghosts.clear()

    def _size(self, maxsize: int) -> None:
        self.maxsize = maxsize
        self._wanted = max(1, maxsize // 10)
        self._ghosts.size = max(1, (maxsize - self._wanted) // 2)

    def _evict(self) -> Entry:
        """Remove the entry that is worth least."""
        entries, small, main = self.entries, self._small, self._main
        while True:
            if len(small) < self._wanted and main:
                entry = self._next_of_main()
                if entry is not None:
                    return entry
                continue
            key = small[0]
            entry = entries.get(key)
            if entry is None:
                self._removed.discard(key)
                small.popleft()
            elif entry.uses:
                main.append(key)
                small.popleft()
                self.spent += entry.uses
                entry.uses = 0
            else:
                del entries[key]
                small.popleft()
                self._ghosts.add(key)
                return entry

    def _next_of_main(self) -> Entry | None:
        """Remove the oldest and return it, or take one of its uses and let it stay."""
        main = self._main
        key = main[0]
        entry = self.entries.get(key)
        if entry is None:
            self._removed.discard(key)
        elif entry.uses:
            left = min(entry.uses, MOST_USES) - 1
            self.spent += entry.uses - left
            entry.uses = left
            main.rotate(-1)
            return None
        else:
            del self.entries[key]
        main.popleft()
        return entry
