"""A mutable mapping whose entries may go at any time, also while somebody looks at them."""

from __future__ import annotations

from _collections_abc import MutableMapping as _Mapping
from abc import abstractmethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, MutableMapping
    from typing import TypeVar

    from goobits_cache._views import Items, Values

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")

    class _Base(MutableMapping[K, V]):
        """A mapping of the standard library, with types."""
else:
    # `typing` costs half as much as the interpreter itself: a fresh process can do without.
    _Base = _Mapping

ABSENT = object()


class VanishingMapping(_Base["K", "V"]):
    """What `MutableMapping` derives, without its belief that a key found is still there."""

    __slots__ = ("__weakref__",)

    @abstractmethod
    def _peek(self, key: K) -> tuple[V] | tuple[()]:
        """Return the value of a key in a tuple, or an empty one; this counts as no lookup."""

    def __contains__(self, key: object) -> bool:
        return bool(self._peek(key))  # type: ignore[arg-type]

    def items(self) -> Items[K, V]:
        from goobits_cache._views import Items

        return Items(self)

    def values(self) -> Values[V]:
        from goobits_cache._views import Values

        return Values(self)

    if not TYPE_CHECKING:  # it has the signatures of `MutableMapping`

        def pop(self, key, /, default=ABSENT):
            """Remove a key and return its value; of several threads one gets it."""
            try:
                value = self[key]
                del self[key]
            except KeyError:
                if default is ABSENT:
                    raise
                return default
            return value

    def popitem(self) -> tuple[K, V]:
        for key in self:
            try:
                return key, self.pop(key)
            except KeyError:
                continue
        raise KeyError("the cache is empty")

    def clear(self) -> None:
        for key in list(self):
            try:
                del self[key]
            except KeyError:
                continue
