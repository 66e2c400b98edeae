"""Components are unloaded and reloaded, in the order of what they depend on."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from goobits_lazy import LazyLoader

AllAtOnce = Callable[..., list[object]]

PATIENCE = 60.0
"""Seconds after which a thread hangs."""


def test_unloading_takes_dependents_away_first(loader: LazyLoader) -> None:
    """A component must never outlive what it depends on."""
    released: list[object] = []
    release = released.append
    loader.register("pool", lambda: "pool", release=release)
    loader.register("pages", lambda: "pages", depends_on=["users"], release=release)
    loader.register("users", lambda: "users", depends_on=["pool"], release=release)
    loader.register("unused", dict, depends_on=["pool"], release=release)
    loader.get("pages")
    assert loader.unload("pool") == ("pages", "users", "pool")
    assert released == ["pages", "users", "pool"]
    assert loader.unload("pool") == ()
    assert loader.get("pages") == "pages"
    assert loader.statistics["pool"].loads == 2


def test_release_can_use_what_the_component_depends_on(loader: LazyLoader) -> None:
    """A session that is closed says so to its server."""
    said: list[object] = []
    loader.register("server", lambda: "server", release=said.append)
    loader.register(
        "session",
        lambda: "session",
        depends_on=["server"],
        release=lambda value: said.append((value, loader.get("server"))),
    )
    loader.get("session")
    loader.unload("server")
    assert said == [("session", "server"), "server"]


def test_failing_release_leaves_the_rest_loaded(loader: LazyLoader) -> None:
    """The caller can unload again, and nothing was released twice or before its dependents."""
    said: list[str] = []

    def fail(value: str) -> None:
        said.append(value)
        raise OSError("busy")

    loader.register("pool", lambda: "pool", release=said.append)
    loader.register("users", lambda: "users", depends_on=["pool"], release=fail)
    loader.get("users")
    with pytest.raises(OSError, match="busy"):
        loader.unload("pool")
    assert loader.is_loaded("pool")
    assert loader.unload("pool") == ("pool",)
    assert said == ["users", "pool"]


def test_unloading_waits_for_a_dependent_that_is_loading(loader: LazyLoader) -> None:
    """Else it would be loaded around something that has been released."""
    loading, go_on = threading.Event(), threading.Event()
    released: list[str] = []

    def users() -> str:
        loading.set()
        assert go_on.wait(PATIENCE)
        return "users"

    loader.register("pool", lambda: "pool", release=released.append)
    loader.register("users", users, depends_on=["pool"], release=released.append)
    with ThreadPoolExecutor(2) as pool:
        using = pool.submit(loader.get, "users")
        assert loading.wait(PATIENCE)
        unloading = pool.submit(loader.unload, "pool")
        assert released == []
        go_on.set()
        assert using.result(PATIENCE) == "users"
        assert unloading.result(PATIENCE) == ("users", "pool")
    assert released == ["users", "pool"]


def test_reload_that_fails_keeps_the_old_one(loader: LazyLoader) -> None:
    """A typing error in a file of settings must not take a service down."""
    versions: list[object] = [1, ValueError("typing error"), 2]
    released: list[object] = []

    def load() -> object:
        version = versions.pop(0)
        if isinstance(version, ValueError):
            raise version
        return version

    loader.register("settings", load, release=released.append)
    loader.register("pages", lambda: loader.get("settings"), depends_on=["settings"])
    assert loader.get("pages") == 1
    with pytest.raises(ValueError, match="typing error"):
        loader.reload("settings")
    assert (loader.get("settings"), loader.get("pages"), released) == (1, 1, [])
    loader.reload("settings")
    assert (loader.get("settings"), released) == (2, [1])
    assert not loader.is_loaded("pages")
    assert loader.get("pages") == 2


def test_old_one_is_served_while_the_new_one_loads(loader: LazyLoader) -> None:
    """Others need not wait for a reload."""
    served: list[object] = []
    values = iter(["old", "new"])

    def load() -> str:
        if loader.is_loaded("part"):
            with ThreadPoolExecutor(1) as pool:
                served.append(pool.submit(loader.get, "part").result(PATIENCE))
        return next(values)

    loader.register("part", load)
    loader.get("part")
    loader.reload("part")
    assert (served, loader.get("part")) == (["old"], "new")


def test_what_loads_to_the_same_object_is_not_released(loader: LazyLoader) -> None:
    """Else a reload would close what it has just returned."""
    released: list[object] = []
    loader.register("path", "os.path", release=released.append)
    loader.reload("path")
    loader.reload("path")
    assert released == []


@pytest.mark.usefixtures("restless")
def test_use_never_sees_a_component_half_unloaded(loader: LazyLoader) -> None:
    """Between the look and the use another thread can unload it."""
    loader.register("part", lambda: "part", release=lambda _: None)
    done = threading.Event()

    def use() -> set[object]:
        found = set()
        while not done.is_set():
            found.add(loader.get("part"))
        return found

    with ThreadPoolExecutor(2) as pool:
        using = pool.submit(use)
        for turn in range(2000):
            loader.reload("part") if turn % 2 else loader.unload("part")
        done.set()
        assert using.result(PATIENCE) == {"part"}


@pytest.mark.usefixtures("restless")
@pytest.mark.parametrize("seed", range(40))
def test_threads_that_use_unload_and_reload_meet_no_circle(
    seed: int, all_at_once: AllAtOnce
) -> None:
    """Several components are held at once then, by each thread in the order of all."""
    chance = random.Random(seed)
    loader = LazyLoader()

    def register(name: str, needed: list[str]) -> None:
        def load() -> bool:
            return all(loader.is_loaded(one) for one in needed)

        loader.register(name, load, depends_on=needed)

    names = [str(number) for number in range(8)]
    for place, name in enumerate(names):
        register(name, chance.sample(names[:place], min(place, chance.randrange(3))))

    def use(seed: int) -> bool:
        own = random.Random(seed)
        acts = [loader.get, loader.get, loader.unload, loader.reload]
        for _ in range(60):
            act = own.choice(acts)
            if act(own.choice(names)) is False:
                return False
        return True

    calls = [lambda number=number: use(seed * 6 + number) for number in range(6)]
    assert all_at_once(*calls) == [True] * 6
