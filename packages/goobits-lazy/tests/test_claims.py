"""A component is loaded by one thread, the others wait, and no circle waits for ever."""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from goobits_lazy import CycleError, LazyLoader

AllAtOnce = Callable[..., list[object]]

PATIENCE = 60.0
"""Seconds after which a thread hangs."""


def test_loader_that_needs_itself_gets_the_way_round(loader: LazyLoader) -> None:
    """What a loader asks for is not declared, so the circle shows only now."""
    loader.register("a", lambda: loader.get("b"))
    loader.register("b", dict, depends_on=["c"])
    loader.register("c", lambda: loader.get("a"))
    for _ in range(2):
        with pytest.raises(CycleError) as caught:
            loader.get("a")
        assert caught.value.components == ("a", "b", "c", "a")


@pytest.mark.parametrize("loaders", [1, 2])
def test_circle_across_threads_is_an_error_and_no_deadlock(loaders: int) -> None:
    """Two threads that wait for each other would wait for ever, also across two registries."""
    registries = [LazyLoader() for _ in range(loaders)]
    first, second = registries[0], registries[-1]
    both_load = threading.Barrier(2)
    met: set[str] = set()

    def loads(name: str, registry: LazyLoader, needed: str) -> None:
        def load() -> object:
            if name not in met:
                met.add(name)
                both_load.wait(PATIENCE)
            return registry.get(needed)

        (first if name == "a" else second).register(name, load)

    loads("a", second, "b")
    loads("b", first, "a")
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(first.get, "a"), pool.submit(second.get, "b")]
        errors = [future.exception(PATIENCE) for future in futures]
    cycles = [error for error in errors if isinstance(error, CycleError)]
    assert len(cycles) == 2
    assert set(cycles[0].components) == {"a", "b"}


@pytest.mark.usefixtures("restless")
def test_circle_closed_by_two_threads_at_once_is_refused(
    all_at_once: AllAtOnce,
) -> None:
    """Neither thread alone has registered anything that is wrong."""
    for _ in range(200):
        loader = LazyLoader()
        found = all_at_once(
            lambda loader=loader: loader.register("a", dict, depends_on=["b"]),
            lambda loader=loader: loader.register("b", dict, depends_on=["a"]),
        )
        assert any(isinstance(one, CycleError) for one in found)
        assert len(list(loader)) < 2


@pytest.mark.usefixtures("restless")
def test_sixteen_threads_load_once_a_thousand_times() -> None:
    """First use under load is where other lazy importers load twice or fail."""
    barrier = threading.Barrier(16)
    loads: list[int] = []
    loaders = [LazyLoader() for _ in range(1000)]
    for trial, loader in enumerate(loaders):
        loader.register("part", lambda trial=trial: loads.append(trial) or object())

    def use_all() -> list[object]:
        found = []
        for loader in loaders:
            barrier.wait(PATIENCE)
            found.append(loader.get("part"))
        return found

    with ThreadPoolExecutor(16) as pool:
        columns = [
            future.result() for future in [pool.submit(use_all) for _ in range(16)]
        ]
    assert loads == list(range(1000))
    assert all(len(set(row)) == 1 for row in zip(*columns, strict=True))
    assert {loader.statistics["part"].uses for loader in loaders} == {16}


@pytest.mark.usefixtures("restless")
def test_threads_that_need_the_same_in_another_order_do_not_wait_for_ever(
    all_at_once: AllAtOnce,
) -> None:
    """Locks that are taken in two orders are the classical deadlock."""
    for _ in range(200):
        loader = LazyLoader()
        loader.register("a", lambda loader=loader: loader.get("c"), depends_on=["b"])
        loader.register("d", lambda loader=loader: loader.get("b"), depends_on=["c"])
        loader.register("b", lambda: "b", depends_on=["e"])
        loader.register("c", lambda: "c", depends_on=["e"])
        loader.register("e", lambda: "e")
        calls = [lambda name=name, loader=loader: loader.get(name) for name in "abcde"]
        assert all_at_once(*calls) == ["c", "b", "c", "b", "e"]


def test_different_components_are_loaded_at_the_same_time(
    loader: LazyLoader, all_at_once: AllAtOnce
) -> None:
    """A slow component must hold up only those who want it."""
    both = threading.Barrier(2)
    loader.register("a", lambda: both.wait(PATIENCE))
    loader.register("b", lambda: both.wait(PATIENCE))
    found = all_at_once(lambda: loader.get("a"), lambda: loader.get("b"))
    assert sorted(map(str, found)) == ["0", "1"]


def test_threads_that_waited_for_a_failure_try_themselves(
    loader: LazyLoader, all_at_once: AllAtOnce
) -> None:
    """They have not failed, and may find what the first did not."""
    tries: list[int] = []

    def at_second() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError
        return "up"

    loader.register("server", at_second)
    found = all_at_once(*[lambda: loader.get("server")] * 8)
    assert found.count("up") == 7


FORKED = """
import os, threading
from goobits_lazy import LazyLoader
loader = LazyLoader()
loading, go_on = threading.Event(), threading.Event()
def slow():
    if os.getpid() == parent:
        loading.set()
        go_on.wait(20)
    return os.getpid()
parent = os.getpid()
loader.register("base", lambda: 1)
loader.register("slow", slow, depends_on=["base"])
loader.register("late", lambda: loader.get("slow"))
"""


needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the system cannot fork"
)


@needs_fork
def test_child_of_a_fork_does_not_wait_for_a_thread_it_does_not_have(
    run_python: Callable[[str], str],
) -> None:
    """The thread that loads, and those that wait, live on only in the parent."""
    output = run_python(
        FORKED
        + """
threads = [threading.Thread(target=loader.get, args=(n,)) for n in ("slow", "late")]
threads[0].start()
loading.wait(20)
threads[1].start()
child = os.fork()
if not child:
    assert loader.get("late") == loader.get("slow") == os.getpid()
    os._exit(0)
status = os.waitpid(child, 0)[1]
go_on.set()
for thread in threads: thread.join(20)
print(status, loader.get("slow") == parent)
"""
    )
    assert output == "0 True\n"


@needs_fork
def test_loader_that_forks_goes_on_in_both_processes(
    run_python: Callable[[str], str],
) -> None:
    """What the forking thread holds it holds in the child too."""
    output = run_python(
        FORKED
        + """
def forks():
    global child
    child = os.fork()
    return loader.get("base"), bool(child)
loader.register("forks", forks)
found = loader.get("forks")
assert found == (1, bool(child)) and loader.get("forks") is found
loader.unload("base")
if not child:
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""
    )
    assert output == "0\n"
