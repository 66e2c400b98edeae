"""A registry of components that are loaded once, whoever wants them and whatever fails."""

import inspect
import json
import os
import random
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from goobits_lazy import (
    ComponentExistsError,
    ComponentNotFoundError,
    CycleError,
    GoobitsLazyError,
    LazyLoader,
)

PATIENCE = 30.0
"""Seconds after which a thread hangs."""


@pytest.fixture
def loader(monkeypatch: pytest.MonkeyPatch) -> LazyLoader:
    monkeypatch.delenv("EAGER_IMPORT", raising=False)
    return LazyLoader()


@pytest.fixture
def restless() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def all_at_once(*calls: Callable[[], object]) -> list[object]:
    """Return what the calls return or raise, each in a thread of its own."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait(PATIENCE)
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        futures = [pool.submit(run, call) for call in calls]
        return [future.exception(PATIENCE) or future.result() for future in futures]


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_component_is_loaded_at_first_use_and_once(loader: LazyLoader) -> None:
    """This is what the package is for."""
    made: list[object] = []
    loader.register("part", lambda: made.append(1) or object())
    assert made == []
    assert loader.get("part") is loader.get("part")
    assert made == [1]


def test_loader_that_returns_none_has_returned_none(loader: LazyLoader) -> None:
    """None must not be mistaken for a component that is not loaded."""
    made: list[int] = []
    loader.register("nothing", lambda: made.append(1))
    assert [loader.get("nothing"), loader.get("nothing")] == [None, None]
    assert made == [1]
    assert loader.is_loaded("nothing")


def test_text_names_a_module_or_an_attribute(loader: LazyLoader) -> None:
    """What is named instead of imported costs nothing before it is used."""
    loader.register("module", "os.path")
    loader.register("function", "json:loads")
    loader.register("nested", "json:JSONDecoder.decode")
    assert loader.get("module") is os.path
    assert loader.get("function") is json.loads
    assert loader.get("nested") is json.JSONDecoder.decode


@pytest.mark.parametrize(
    "text", ["", ":", "a:", ":b", "a..b", "a b", "a:b:c", ".a", "a.b:", "1"]
)
def test_text_that_names_nothing_is_refused_when_registered(
    loader: LazyLoader, text: str
) -> None:
    """A slip is found where it was made, not when a rare command runs."""
    with pytest.raises(ValueError, match="not of the form"):
        loader.register("part", text)
    assert "part" not in loader


def test_what_can_be_no_component_is_refused(loader: LazyLoader) -> None:
    """A text is a sequence of names, and a decorator without its call takes a function."""
    with pytest.raises(TypeError, match="not the text 'settings'"):
        loader.register("part", dict, depends_on="settings")
    with pytest.raises(TypeError, match="neither be called nor imported"):
        loader.register("part", 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a name is expected"):
        loader.component(dict)(dict)  # type: ignore[arg-type]
    assert list(loader) == []


def test_taken_name_is_refused(loader: LazyLoader) -> None:
    """The second of two plugins must not silently replace the first."""
    loader.register("part", lambda: 1)
    with pytest.raises(ComponentExistsError, match="'part' already") as caught:
        loader.register("part", lambda: 2)
    assert caught.value.name == "part"
    assert loader.get("part") == 1


def test_unknown_name_is_an_error_that_knows_better(loader: LazyLoader) -> None:
    """Most unknown names are slips."""
    loader.register("settings", dict)
    with pytest.raises(ComponentNotFoundError) as caught:
        loader.get("setings")
    assert caught.value.hint == "did you mean 'settings'?"
    assert isinstance(caught.value, LookupError)
    assert isinstance(caught.value, GoobitsLazyError)


def test_missing_dependency_names_who_needs_it(loader: LazyLoader) -> None:
    """The user of a component may never have heard of what it needs."""
    loader.register("pages", dict, depends_on=["templates"])
    with pytest.raises(ComponentNotFoundError, match="'pages' depends on") as caught:
        loader.get("pages")
    assert (caught.value.name, caught.value.needed_by) == ("templates", "pages")


def test_dependencies_are_loaded_first_and_in_order(loader: LazyLoader) -> None:
    """A loader may rely on what it has declared, also when that is registered later."""
    order: list[str] = []
    loader.register("page", lambda: order.append("page"), depends_on=("b", "a"))
    loader.register("a", lambda: order.append("a"), depends_on=("c",))
    loader.register("b", lambda: order.append("b"), depends_on=("c",))
    loader.register("c", lambda: order.append("c"))
    loader.get("page")
    assert order == ["c", "b", "a", "page"]
    assert loader.dependencies("page") == ("c", "b", "a")


def test_circle_is_named_when_it_is_closed(loader: LazyLoader) -> None:
    """A circle in a rare component must not wait for a user to find it."""
    loader.register("a", dict, depends_on=["b"])
    loader.register("b", dict, depends_on=["x", "c"])
    with pytest.raises(CycleError, match="c -> a -> b -> c") as caught:
        loader.register("c", dict, depends_on=["a"])
    assert caught.value.components == ("c", "a", "b", "c")
    assert "c" not in loader
    loader.register("c", dict)
    loader.register("x", dict)
    assert loader.get("a") == {}


def test_component_that_depends_on_itself_is_refused(loader: LazyLoader) -> None:
    """The smallest circle is one too."""
    with pytest.raises(CycleError, match="a -> a"):
        loader.register("a", dict, depends_on=["a"])


@pytest.mark.usefixtures("restless")
def test_circle_closed_by_two_threads_at_once_is_refused() -> None:
    """Neither thread alone has registered anything that is wrong."""
    for _ in range(200):
        loader = LazyLoader()
        found = all_at_once(
            lambda loader=loader: loader.register("a", dict, depends_on=["b"]),
            lambda loader=loader: loader.register("b", dict, depends_on=["a"]),
        )
        assert any(isinstance(one, CycleError) for one in found)
        assert len(list(loader)) < 2


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
def test_threads_that_need_the_same_in_another_order_do_not_wait_for_ever() -> None:
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


def test_different_components_are_loaded_at_the_same_time(loader: LazyLoader) -> None:
    """A slow component must hold up only those who want it."""
    both = threading.Barrier(2)
    loader.register("a", lambda: both.wait(PATIENCE))
    loader.register("b", lambda: both.wait(PATIENCE))
    found = all_at_once(lambda: loader.get("a"), lambda: loader.get("b"))
    assert sorted(map(str, found)) == ["0", "1"]


def broken() -> object:
    raise AttributeError("of the loader itself")


def test_error_is_raised_as_itself_with_its_traceback_and_place(
    loader: LazyLoader,
) -> None:
    """Whoever reads it must see what failed and who registered it."""
    loader.register("part", broken)
    line = inspect.currentframe().f_lineno - 1  # type: ignore[union-attr]
    with pytest.raises(AttributeError, match="of the loader itself") as caught:
        loader.get("part")
    assert traceback.extract_tb(caught.tb)[-1].name == "broken"
    [note] = caught.value.__notes__
    assert "component 'part'" in note
    assert f'File "{__file__}", line {line}' in note


def test_failed_load_is_tried_again_at_the_next_use(loader: LazyLoader) -> None:
    """A server that was down may be up again."""
    tries: list[int] = []

    def at_third() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise same
        return "up"

    same = ConnectionError("down")
    loader.register("server", at_third)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            loader.get("server")
    assert loader.get("server") == "up"
    assert len(same.__notes__) == 1
    counts = loader.statistics["server"]
    assert (counts.failures, counts.loads, counts.uses) == (2, 1, 1)


def test_threads_that_waited_for_a_failure_try_themselves(loader: LazyLoader) -> None:
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


def test_interrupted_load_leaves_nothing_locked(loader: LazyLoader) -> None:
    """Ctrl-C in an interactive session must not break the component for good."""
    outcomes: list[type[BaseException] | None] = [KeyboardInterrupt, SystemExit, None]

    def load() -> str:
        outcome = outcomes.pop(0)
        if outcome is not None:
            raise outcome
        return "there"

    loader.register("part", load)
    loader.register("page", lambda: loader.get("part"), depends_on=["part"])
    for kind in (KeyboardInterrupt, SystemExit):
        with pytest.raises(kind):
            loader.get("page")
    assert loader.get("page") == "there"


def test_decorated_function_returns_the_component(loader: LazyLoader) -> None:
    """So its type is known where it is used, and calling it twice makes one."""

    @loader.component("settings")
    def settings() -> dict[str, int]:
        """Read the settings."""
        return {}

    settings()["width"] = 80
    assert settings() == {"width": 80} == loader.get("settings")
    assert (settings.__name__, settings.__doc__) == ("settings", "Read the settings.")
    assert inspect.signature(settings).return_annotation == dict[str, int]


def test_proxy_gets_the_component_when_it_is_used(loader: LazyLoader) -> None:
    """A component can be handed to code that knows no loader."""
    loader.register("words", lambda: ["a"])
    words = loader.proxy("words")
    assert not loader.is_loaded("words")
    words.append("b")  # type: ignore[attr-defined]
    assert loader.get("words") == ["a", "b"]
    with pytest.raises(ComponentNotFoundError):
        loader.proxy("unknown")


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
def test_threads_that_use_unload_and_reload_meet_no_circle(seed: int) -> None:
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


def test_statistics_count_what_each_component_costs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They say what to load ahead, and what the program waits for."""
    monkeypatch.delenv("EAGER_IMPORT", raising=False)
    now = [100.0]
    loader = LazyLoader(clock=lambda: now[0])

    def taking(seconds: float) -> None:
        now[0] += seconds

    loader.register("settings", lambda: taking(2.0))
    loader.register("pages", lambda: taking(3.0), depends_on=["settings"])
    before = loader.statistics
    loader.get("pages")
    loader.get("pages")
    pages, settings = (loader.statistics[name] for name in ("pages", "settings"))
    assert (pages.loads, pages.uses, pages.seconds, pages.waited) == (1, 2, 3.0, 5.0)
    assert (settings.loads, settings.uses, settings.seconds) == (1, 0, 2.0)
    assert (settings.loaded_at, pages.loaded_at) == (102.0, 105.0)
    assert before["pages"].loads == 0
    assert repr(settings).startswith("ComponentStatistics(failures=0, loaded_at=102.0")


def test_loader_is_a_collection_of_names(loader: LazyLoader) -> None:
    """A program can show what it has, without loading it."""
    loader.register("a", dict)
    loader.register("b", dict)
    loader.get("b")
    assert (list(loader), "a" in loader, "c" in loader) == (["a", "b"], True, False)
    assert repr(loader) == "<LazyLoader: 1 of 2 components loaded>"


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
def test_child_of_a_fork_does_not_wait_for_a_thread_it_does_not_have() -> None:
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
def test_loader_that_forks_goes_on_in_both_processes() -> None:
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


def test_registering_imports_nothing_that_costs() -> None:
    """The start of a program pays for what it uses, and 20 names must be almost free."""
    output = run_python(
        "import sys; before = set(sys.modules)\n"
        "from goobits_lazy import LazyLoader, LazyLoadingStrategy\n"
        "loader = LazyLoader(LazyLoadingStrategy())\n"
        "for number in range(20): loader.register(f'c{number}', 'json:loads')\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    allowed = {"__future__", "goobits_lazy", "goobits_lazy._loader"}
    assert set(output.split()) - allowed <= {"goobits_lazy._strategies"}


def test_reference_is_imported_only_when_used(
    loader: LazyLoader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module's own error is raised where it is used, as itself."""
    (tmp_path / "goobits_lazy_broken.py").write_text("1 / 0")
    monkeypatch.syspath_prepend(tmp_path)
    loader.register("broken", "goobits_lazy_broken")
    loader.register("absent", "goobits_lazy_absent:name")
    with pytest.raises(ZeroDivisionError):
        loader.get("broken")
    with pytest.raises(ModuleNotFoundError, match="goobits_lazy_absent"):
        loader.get("absent")
