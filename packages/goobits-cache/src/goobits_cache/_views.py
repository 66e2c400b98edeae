"""Views of a cache whose entries may go while somebody looks at them."""

from __future__ import annotations

from _collections_abc import ItemsView, ValuesView

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_cache._mapping import K, V, VanishingMapping


class Items(ItemsView["K", "V"]):
    """The entries that are there when the iteration reaches them; none counts as looked up."""

    __slots__ = ()
    _mapping: VanishingMapping[K, V]

    def __iter__(self) -> Iterator[tuple[K, V]]:
        for key in self._mapping:
            for value in self._mapping._peek(key):
                yield key, value

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, tuple) or len(item) != 2:
            return False
        key, value = item
        return any(
            found is value or found == value for found in self._mapping._peek(key)
        )


class Values(ValuesView["V"]):
    """The values that are there when the iteration reaches them; none counts as looked up."""

    __slots__ = ()
    _mapping: VanishingMapping[object, V]

    def __iter__(self) -> Iterator[V]:
        for key in self._mapping:
            yield from self._mapping._peek(key)

    def __contains__(self, value: object) -> bool:
        return any(found is value or found == value for found in self)
