"""What depends on what, and what is missing or goes round in a circle."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goobits_lazy._loader import Component


def needed_by(name: str, components: Mapping[str, Component]) -> tuple[str, ...]:
    """Return all that a component depends on, each after what it needs itself."""
    *needed, _ = _loading_order([name], components)
    return tuple(needed)


def dependents_first(name: str, components: Mapping[str, Component]) -> tuple[str, ...]:
    """Return all that depend on a component, each before what it needs, and the name.

    It is a part of one order of all components: threads that claim in this order, as those do that
    load, never wait in a circle.
    """
    order = _loading_order(list(components), components)
    found = {name}
    for one in order:
        if not found.isdisjoint(_depends_on(one, components)):
            found.add(one)
    return tuple(one for one in reversed(order) if one in found)


def _loading_order(
    names: Iterable[str], components: Mapping[str, Component]
) -> tuple[str, ...]:
    order: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in order:
            for needed in _depends_on(name, components):
                visit(needed)
            order[name] = None

    for name in names:
        visit(name)
    return tuple(order)


def check(component: Component, components: dict[str, Component]) -> None:
    """Refuse a component that was just added, when its name was taken or it closes a circle."""
    from goobits_lazy._errors import ComponentExistsError, CycleError

    name = component.name
    if components.get(name) is not component:
        raise ComponentExistsError(name)
    way = _circle(name, components)
    if way:
        del components[name]
        raise CycleError(way)


def _circle(name: str, components: Mapping[str, Component]) -> tuple[str, ...]:
    """Return the way from a component over what it depends on to itself, if there is one."""
    ways: list[tuple[str, ...]] = [(name,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for needed in _depends_on(way[-1], components):
            if needed == name:
                return (*way, name)
            if needed not in seen:
                seen.add(needed)
                ways.append((*way, needed))
    return ()


def _depends_on(name: str, components: Mapping[str, Component]) -> tuple[str, ...]:
    component = components.get(name)
    return () if component is None else component.depends_on
