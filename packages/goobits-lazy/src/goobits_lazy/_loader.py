"""Components by name, each loaded once."""

from __future__ import annotations

import os
import sys
from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType, TracebackType
    from typing import Protocol, Self, TypeVar

    from goobits_lazy._statistics import ComponentStatistics
    from goobits_lazy._strategies import LoadingStrategy

    T = TypeVar("T")

    class Decorator(Protocol):
        """Takes the function that loads a component, and returns one that gets it."""

        def __call__(self, load: Callable[[], T], /) -> Callable[[], T]: ...


ABSENT = object()
"""The value of a component that is not loaded."""


class LazyLoader:
    """A registry of components, loaded when the strategy says so: by default when first used.

    A component is loaded once, by one thread, while the others that want it wait; different
    components can be loaded at the same time. What a loader raises is raised as itself where the
    component is used, with a note that says where it was registered, and it is tried again at the
    next use. A loader that returns None has returned None.

    `with loader:` surrounds the run of a command: a strategy may load ahead then, and the threads
    that do are joined at its end. The environment variable `EAGER_IMPORT=1` replaces any strategy
    by `EagerLoadingStrategy`. `clock` returns seconds.
    """

    __slots__ = ("__weakref__", "_clock", "_components", "_depth", "_strategy")

    def __init__(
        self,
        strategy: LoadingStrategy | None = None,
        *,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self._strategy = _eager_strategy() or strategy
        self._clock = clock
        self._components: dict[str, Component] = {}
        self._depth = 0

    def register(
        self,
        name: str,
        load: Callable[[], T] | str,
        *,
        depends_on: Iterable[str] = (),
        release: Callable[[T], object] | None = None,
    ) -> None:
        """Add a component, which `load` returns or `"package.module:attribute"` names.

        What it depends on is loaded before it, in this order, and may be registered after it.
        `release` is called with what `unload` and `reload` take away.

        Raises:
            ComponentExistsError: the name is taken.
            CycleError: the component closes a circle; it is not registered.
        """
        frame = sys._getframe(1)
        self._add(Component(name, load, depends_on, release, frame))

    def component(
        self,
        name: str,
        *,
        depends_on: Iterable[str] = (),
        release: Callable[..., object] | None = None,
    ) -> Decorator:
        """Register the decorated function, and replace it by one that returns the component."""

        def decorate(load: Callable[[], T]) -> Callable[[], T]:
            frame = sys._getframe(1)
            self._add(Component(name, load, depends_on, release, frame))

            def use() -> T:
                return self.get(name)  # type: ignore[return-value] # what `load` returns

            for attribute in ("__doc__", "__module__", "__name__", "__qualname__"):
                setattr(use, attribute, getattr(load, attribute, None))
            use.__wrapped__ = load  # type: ignore[attr-defined] # as functools.wraps does
            return use

        return decorate

    def get(self, name: str) -> object:
        """Return the component; load it now when it is not.

        Raises:
            ComponentNotFoundError: it, or what it depends on, is not registered.
            CycleError: its loader, or one that this thread waits for, needs the component itself.
        """
        component = self._find(name)
        value = component.value
        if value is ABSENT:
            began = self._clock()
            try:
                value = self._loaded(component)
            finally:
                component.waited += self._clock() - began
        component.uses += 1
        return value

    def load(self, name: str) -> None:
        """Load the component when it is not, without counting a use."""
        component = self._find(name)
        if component.value is ABSENT:
            self._loaded(component)

    def proxy(self, name: str) -> object:
        """Return a stand-in that gets the component when it is first used."""
        from goobits_lazy._proxy import LazyProxy

        self._find(name)
        return LazyProxy(lambda: self.get(name))

    def unload(self, name: str) -> tuple[str, ...]:
        """Forget a component and those that depend on it, and return which were loaded.

        Dependents go first, and each is given to its `release`; one that raises leaves what would
        have come after it loaded.
        """
        from goobits_lazy._loading import unload

        self._find(name)
        return unload(name, self._components)

    def reload(self, name: str) -> None:
        """Load the component anew, and only then let go of the old one.

        When that fails the old one stays. Those that depend on it are unloaded, as they hold the
        old one.
        """
        from goobits_lazy._loading import reload

        self._find(name)
        reload(name, self._components, self._clock)

    def is_loaded(self, name: str) -> bool:
        return self._find(name).value is not ABSENT

    def dependencies(self, name: str) -> tuple[str, ...]:
        """Return all that the component needs, registered or not, in the order of loading."""
        from goobits_lazy._graph import needed_by

        self._find(name)
        return needed_by(name, self._components)

    @property
    def statistics(self) -> dict[str, ComponentStatistics]:
        """The counts of each component by its name, as they stand."""
        from goobits_lazy._statistics import ComponentStatistics

        components = list(self._components.items())
        return {name: ComponentStatistics(one) for name, one in components}

    def __contains__(self, name: object) -> bool:
        return name in self._components

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in the order of registration."""
        return iter(list(self._components))

    def __repr__(self) -> str:
        loaded = [self.is_loaded(name) for name in self]
        return f"<LazyLoader: {sum(loaded)} of {len(loaded)} components loaded>"

    def __enter__(self) -> Self:
        strategy = self._strategy
        if strategy is not None and self._count(1) == 1:
            try:
                strategy.started(self)
            except BaseException:
                self._count(-1)
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        strategy = self._strategy
        if strategy is not None and self._count(-1) == 0:
            strategy.stopped(self)

    def _count(self, step: int) -> int:
        """Return how deep `with` statements of all threads are, after one more or less."""
        from goobits_lazy._claims import CLAIMS

        with CLAIMS.guard:
            self._depth += step
            return self._depth

    def _find(self, name: str) -> Component:
        component = self._components.get(name)
        if component is None:
            from goobits_lazy._errors import ComponentNotFoundError

            raise ComponentNotFoundError(name, tuple(self))
        return component

    def _loaded(self, component: Component) -> object:
        from goobits_lazy._loading import loaded

        return loaded(component, self._components, self._clock)

    def _add(self, component: Component) -> None:
        # It is there before it is checked: of two threads that close a circle one is refused.
        there = self._components.setdefault(component.name, component)
        if there is not component or component.depends_on:
            from goobits_lazy._graph import check

            check(component, self._components)
        if self._strategy is not None:
            self._strategy.registered(self, component.name)


def _eager_strategy() -> LoadingStrategy | None:
    if "EAGER_IMPORT" not in os.environ:
        return None  # nothing need be imported to know that
    from goobits_lazy._deferral import eager
    from goobits_lazy._strategies import EagerLoadingStrategy

    return EagerLoadingStrategy() if eager() else None


class Component:
    """What a loader knows by a name, and what it has counted."""

    value: object = ABSENT
    loads = 0
    failures = 0
    uses = 0
    seconds = 0.0
    waited = 0.0
    loaded_at: float | None = None

    def __init__(
        self,
        name: str,
        load: Callable[[], T] | str,
        depends_on: Iterable[str],
        release: Callable[[T], object] | None,
        frame: FrameType,
    ) -> None:
        if not isinstance(name, str):
            raise TypeError(f"a name is expected, not {name!r}")
        if isinstance(load, str):
            parts = load.replace(":", ".", 1).split(".")
            if not all(map(str.isidentifier, parts)):
                raise ValueError(
                    f"{load!r} is not of the form 'package.module:attribute'"
                )
        elif not callable(load):
            raise TypeError(f"{load!r} can neither be called nor imported")
        if isinstance(depends_on, str):
            raise TypeError(f"names are expected, not the text {depends_on!r}")
        self.name = name
        self.load = load
        self.depends_on = tuple(depends_on)
        self.release: Callable[..., object] | None = release
        self.place = frame.f_code.co_filename, frame.f_lineno
