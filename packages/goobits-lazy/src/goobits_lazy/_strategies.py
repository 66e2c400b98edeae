"""When components are loaded."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_lazy._loader import LazyLoader


class LoadingStrategy:
    """Decides what a loader loads before it is used; by itself, nothing.

    A subclass overrides the moments at which it acts, and calls `loader.load(name)`.
    """

    def registered(self, loader: LazyLoader, name: str) -> None:
        """Act when a component was added; what this raises, `register` raises."""

    def started(self, loader: LazyLoader) -> None:
        """Act when the outermost `with loader:` begins; what this raises, it raises."""

    def stopped(self, loader: LazyLoader) -> None:
        """Act when the outermost `with loader:` ends, also by an error."""


class LazyLoadingStrategy(LoadingStrategy):
    """Loads each component when it is first used."""


class EagerLoadingStrategy(LoadingStrategy):
    """Loads each component when it is registered and all that it needs is.

    What its loader raises, `register` raises; the component stays registered.
    """

    def registered(self, loader: LazyLoader, name: str) -> None:
        for one in loader:
            if not loader.is_loaded(one):
                needed = (*loader.dependencies(one), one)
                if name in needed and all(each in loader for each in needed):
                    loader.load(one)


class PriorityLoadingStrategy(LoadingStrategy):
    """Loads the named components when the loader is entered, in this order, the rest when used."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def started(self, loader: LazyLoader) -> None:
        for name in self._names:
            loader.load(name)
