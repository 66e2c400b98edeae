"""How components are loaded, let go of and replaced."""

from __future__ import annotations

import sys

from goobits_lazy._claims import CLAIMS
from goobits_lazy._deferral import tell
from goobits_lazy._graph import dependents_first
from goobits_lazy._loader import ABSENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goobits_lazy._loader import Component

    Components = Mapping[str, Component]


def loaded(
    component: Component, components: Components, clock: Callable[[], float]
) -> object:
    """Return the value of a component; load it when no other thread has."""
    with CLAIMS.holding(component):
        if component.value is ABSENT:
            component.value = _build(component, components, clock)
        return component.value


def unload(name: str, components: Components) -> tuple[str, ...]:
    """Forget a component, its dependents before it, and return which were loaded."""
    found = _dependents_first(name, components)
    with CLAIMS.holding(*found):
        names = tuple(one.name for one in found if one.value is not ABSENT)
        for one in found:
            _forget(one)
    return names


def reload(name: str, components: Components, clock: Callable[[], float]) -> None:
    """Replace the value of a component, and forget its dependents, when a new one is there."""
    *dependents, component = found = _dependents_first(name, components)
    with CLAIMS.holding(*found):
        new = _build(component, components, clock)
        old, component.value = component.value, new
        try:
            for one in dependents:
                _forget(one)
        finally:
            _let_go(component, old)


def _dependents_first(name: str, components: Components) -> list[Component]:
    return [components[one] for one in dependents_first(name, components)]


def _build(
    component: Component, components: Components, clock: Callable[[], float]
) -> object:
    """Return a new value, after what it depends on, and count what it cost."""
    for name in component.depends_on:
        needed = components.get(name)
        if needed is None:
            from goobits_lazy._errors import ComponentNotFoundError

            raise ComponentNotFoundError(name, tuple(components), component.name)
        if needed.value is ABSENT:
            loaded(needed, components, clock)
    load = component.load
    began = clock()
    try:
        value = _imported(load) if isinstance(load, str) else load()
    except BaseException as error:
        component.failures += 1
        component.seconds += clock() - began
        tell(error, f"while loading component {component.name!r}", component.place)
        raise
    component.loaded_at = clock()
    component.seconds += component.loaded_at - began
    component.loads += 1
    return value


def _imported(reference: str) -> object:
    module, _, attributes = reference.partition(":")
    __import__(module)
    value: object = sys.modules[module]
    for attribute in attributes.split(".") if attributes else ():
        value = getattr(value, attribute)
    return value


def _forget(component: Component) -> None:
    old, component.value = component.value, ABSENT
    _let_go(component, old)


def _let_go(component: Component, old: object) -> None:
    """Release a value, unless a component that was loaded anew is the old one again."""
    kept = old is ABSENT or old is component.value
    if component.release is not None and not kept:
        component.release(old)
