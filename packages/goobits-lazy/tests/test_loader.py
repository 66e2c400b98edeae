"""A registry of components that are loaded once, whoever wants them and whatever fails."""

import inspect
import json
import os
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_lazy import (
    ComponentExistsError,
    ComponentNotFoundError,
    CycleError,
    GoobitsLazyError,
    LazyLoader,
)


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


def test_registering_imports_nothing_that_costs(
    run_python: Callable[[str], str],
) -> None:
    """The start of a program pays for what it uses, and 20 names must be almost free."""
    output = run_python(
        "import sys; before = set(sys.modules)\n"
        "from goobits_lazy import LazyLoader, LazyLoadingStrategy\n"
        "loader = LazyLoader(LazyLoadingStrategy())\n"
        "for number in range(20): loader.register(f'c{number}', 'json:loads')\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    ours = {"goobits_lazy._loader", "goobits_lazy._strategies"}
    assert set(output.split()) <= {"__future__", "goobits_lazy", *ours}


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
