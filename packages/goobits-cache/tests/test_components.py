"""Components are held weakly: used ones are never rebuilt, unused ones are free to go."""

from __future__ import annotations

import gc
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from goobits_cache import ComponentCache, ComponentError

THREADS = 16


class Component:
    """What a program builds at some cost."""

    def __init__(self, name: str = "") -> None:
        self.name = name


class Slotted:
    """A class that cannot be held weakly."""

    __slots__ = ()


def test_used_component_is_never_rebuilt() -> None:
    """Whoever asks for it gets the very one that is in use."""
    components = ComponentCache[Component]()
    used = components.get_or_create("a", Component)
    gc.collect()
    for _ in range(100):
        assert components.get_or_create("a", Component) is used
    assert components["a"] is used


def test_unused_component_is_free_to_go() -> None:
    """The cache is no reason to stay in memory."""
    components = ComponentCache[Component]()
    components.get_or_create("a", Component)
    gc.collect()
    assert "a" not in components
    assert len(components) == 0
    with pytest.raises(KeyError):
        components["a"]
    assert components.get_or_create("a", lambda: Component("again")).name == "again"


def test_threads_build_each_component_once() -> None:
    """Sixteen threads that want one at once get the same one."""
    components = ComponentCache[Component]()
    together = threading.Barrier(THREADS)
    built: list[str] = []

    def build() -> Component:
        built.append("built")
        time.sleep(0.01)
        return Component()

    def ask(_: int) -> Component:
        together.wait()
        return components.get_or_create("a", build)

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(ask, range(THREADS)))
    assert len(set(map(id, found))) == 1
    assert len(built) == 1


def test_component_that_cannot_be_held_is_an_error() -> None:
    """Nothing is kept that would silently be rebuilt each time, or never go."""
    for value in (None, 1, "text", (), Slotted()):
        components = ComponentCache[object]()
        with pytest.raises(ComponentError, match="weakly") as caught:
            components.get_or_create("a", lambda value=value: value)  # type: ignore[misc]
        assert caught.value.name == "a"
        assert "__weakref__" in caught.value.hint
        assert isinstance(caught.value, TypeError)
        assert list(components) == []


def test_failure_reaches_its_caller_and_the_next_builds() -> None:
    """An error is no component."""
    components = ComponentCache[Component]()

    def fail() -> Component:
        raise LookupError("no")

    with pytest.raises(LookupError):
        components.get_or_create("a", fail)
    assert isinstance(components.get_or_create("a", Component), Component)


def test_components_may_be_built_of_components() -> None:
    """One that is built may ask for others."""
    components = ComponentCache[Component]()
    inner: list[Component] = []

    def build() -> Component:
        inner.append(components.get_or_create("inner", Component))
        return Component("outer")

    outer = components.get_or_create("outer", build)
    assert dict(components.items()) == {"inner": inner[0], "outer": outer}


def test_components_may_vanish_during_iteration() -> None:
    """Neither names nor items nor values fail when one goes at that moment."""
    for view in ("keys", "values", "items"):
        components = ComponentCache[Component]()
        used = {str(number): Component(str(number)) for number in range(50)}
        components.update(used)
        seen = 0
        for _ in getattr(components, view)():
            seen += 1
            used.pop(str(49 - seen), None)
            used.setdefault("new", components.setdefault("new", Component()))
        assert 25 <= seen <= 50


def test_components_may_vanish_in_other_threads() -> None:
    """Walks, builds and collections at once raise nothing."""
    components = ComponentCache[Component]()
    done = threading.Event()

    def build(seed: int) -> None:
        mine: list[Component] = []
        for number in range(1500):
            name = str((number * seed) % 31)
            mine.append(components.get_or_create(name, lambda n=name: Component(n)))
            assert mine[-1].name == name
            del mine[:-5]

    def walk() -> None:
        while not done.is_set():
            assert all(name == each.name for name, each in components.items())
            assert len(components) <= 31
            gc.collect()

    with ThreadPoolExecutor(5) as pool:
        walker = pool.submit(walk)
        try:
            list(pool.map(build, (1, 3, 7, 11)))
        finally:
            done.set()
        walker.result()


def test_it_is_a_mutable_mapping() -> None:
    """What a program holds itself can be registered, replaced and removed."""
    components = ComponentCache[Component]()
    first, second = Component("1"), Component("2")
    components["a"] = first
    components["a"] = second
    assert components.pop("a") is second
    assert components.pop("a", first) is first
    components.update(a=first, b=second)
    assert components.popitem()[0] in ("a", "b")
    components.clear()
    assert len(components) == 0


def test_lookups_are_counted() -> None:
    """As in the other caches; `in` counts as none."""
    components = ComponentCache[Component]()
    used = components.get_or_create("a", Component)
    assert components.get("a") is used
    assert components.get("b") is None
    assert "a" in components
    assert (components.statistics.hits, components.statistics.misses) == (1, 2)
