"""Components that live as long as somebody uses them."""

from __future__ import annotations

from weakref import WeakValueDictionary

from goobits_cache._errors import ComponentError
from goobits_cache._locks import KeyedLocks
from goobits_cache._mapping import VanishingMapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goobits_cache._mapping import V
    from goobits_cache._statistics import Statistics


class ComponentCache(VanishingMapping[str, "V"]):
    """Components by name, held weakly: one that somebody uses is never built twice.

    One that nobody uses is free to go, and is built again when it is wanted again. Nothing
    expires, and there is no bound. Every method can be called from any thread; components may
    come and go during an iteration.
    """

    __slots__ = ("_components", "_creations", "_hits", "_misses")

    def __init__(self) -> None:
        self._components: WeakValueDictionary[str, V] = WeakValueDictionary()
        self._creations = KeyedLocks()
        self._hits = self._misses = 0

    def get_or_create(self, name: str, create: Callable[[], V]) -> V:
        """Return a component; when there is none, create it.

        Whoever else asks for the same one meanwhile waits for it. When it fails its caller
        gets the error, and the next one who waits tries.

        Raises:
            ComponentError: what was built cannot be held weakly, as None and numbers cannot.
        """
        component = self._found(name)
        if component is not None:
            return component
        with self._creations.holding(name):
            component = self._components.get(name)
            if component is None:
                component = create()
                self[name] = component
            return component

    def __getitem__(self, name: str) -> V:
        component = self._found(name)
        if component is None:
            raise KeyError(name)
        return component

    def __setitem__(self, name: str, component: V) -> None:
        try:
            self._components[name] = component
        except TypeError as error:
            kind = type(component).__name__
            raise ComponentError(
                f"component {name!r} cannot be held weakly, as it is of type {kind}",
                name,
                hint="give it a class of its own (with `__weakref__`, where that has"
                " `__slots__`), or keep it in a MemoryCache",
            ) from error

    def __delitem__(self, name: str) -> None:
        del self._components[name]

    def __iter__(self) -> Iterator[str]:
        references = self._components.valuerefs()
        return iter([each.key for each in references if each() is not None])

    def __len__(self) -> int:
        return len(list(iter(self)))

    @property
    def statistics(self) -> Statistics:
        """How many lookups found a component; what nobody uses any more counts nowhere."""
        from goobits_cache._statistics import Statistics

        return Statistics(self._hits, self._misses)

    def _found(self, name: str) -> V | None:
        component = self._components.get(name)
        if component is None:
            self._misses += 1
        else:
            self._hits += 1
        return component

    def _peek(self, name: str) -> tuple[V] | tuple[()]:
        component = self._components.get(name)
        return () if component is None else (component,)
