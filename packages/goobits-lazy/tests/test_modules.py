"""Modules that are loaded when one of their attributes is first used."""

from __future__ import annotations

import gc
import importlib
import importlib.util
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest
from goobits_lazy import DeferredImportError, LoaderError, lazy_import

AllAtOnce = Callable[..., list[object]]

PATIENCE = 60.0
"""Seconds after which a thread hangs."""

THREADS = 16

Write = Callable[[str, str], None]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return a function that writes an importable file; what it imports is forgotten after."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    finders = list(sys.meta_path)

    def write_file(path: str, code: str) -> None:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code)
        importlib.invalidate_caches()

    yield write_file
    for name in set(sys.modules) - before:
        if name.startswith("lazy_"):
            del sys.modules[name]
    sys.meta_path[:] = finders


def test_module_is_loaded_at_its_first_use_and_plain_then(write: Write) -> None:
    """Its attributes then cost what those of any module cost."""
    write("lazy_plain.py", "value = 5\n")
    module = lazy_import("lazy_plain")
    assert "lazy_plain" not in sys.modules
    assert (module.value, type(module)) == (5, ModuleType)
    assert sys.modules["lazy_plain"] is module
    assert type(module.__loader__) is SourceFileLoader
    assert module.__spec__ is not None
    assert module.__spec__.loader is module.__loader__
    assert repr(module) == f"<module 'lazy_plain' from {module.__file__!r}>"


def test_looking_at_the_type_loads_nothing(write: Write) -> None:
    """Tools look at all global variables of a module, and must not load what they find."""
    write("lazy_plain.py", "value = 5\n")
    module = lazy_import("lazy_plain")
    assert isinstance(module, ModuleType)
    assert not isinstance(module, int)
    assert repr(module) == "<module 'lazy_plain', not loaded>"
    assert not callable(module)
    assert "lazy_plain" not in sys.modules


def test_imported_module_is_returned_as_it_is() -> None:
    """There is nothing to put off."""
    assert lazy_import("importlib.util") is importlib.util


def test_same_module_is_the_same_object_everywhere(write: Write) -> None:
    """Patching it in a test must reach all who use it."""
    write("lazy_plain.py", "value = 5\n")
    module = lazy_import("lazy_plain")
    assert lazy_import("lazy_plain") is module
    assert importlib.import_module("lazy_plain") is module
    assert type(module) is ModuleType


def test_import_elsewhere_is_a_use(write: Write) -> None:
    """Some modules are imported for what their import does."""
    write("lazy_effect.py", "import sys\nsys.lazy_effect = True\n")
    lazy_import("lazy_effect")
    exec("import lazy_effect", {})
    assert vars(sys).pop("lazy_effect")


def test_submodule_loads_its_package_first(write: Write) -> None:
    """And is an attribute of the package, as after any import."""
    write("lazy_package/__init__.py", "inside = 'package'\n")
    write("lazy_package/below.py", "from lazy_package import inside\n")
    below = lazy_import("lazy_package.below")
    package = lazy_import("lazy_package")
    assert "lazy_package" not in sys.modules
    assert (below.inside, package.below) == ("package", below)
    assert type(package) is ModuleType


def test_setting_deleting_and_listing_attributes_are_uses(write: Write) -> None:
    """What is set before loading would be overwritten by it."""
    write("lazy_plain.py", "value = 5\nother = 6\n")
    module = lazy_import("lazy_plain")
    module.value = 7
    assert module.value == 7
    write("lazy_second.py", "value = 5\n")
    second = lazy_import("lazy_second")
    del second.value
    assert not hasattr(second, "value")
    write("lazy_third.py", "value = 5\n")
    assert "value" in dir(lazy_import("lazy_third"))


def test_attribute_that_the_module_makes_up_is_found(write: Write) -> None:
    """Modules may have a `__getattr__`."""
    write("lazy_made.py", "def __getattr__(name): return name.upper()\n")
    assert lazy_import("lazy_made").value == "VALUE"


@pytest.mark.parametrize("name", ["lazy_missing", "lazy_missing.below"])
def test_missing_module_is_an_error_at_the_first_use(name: str, write: Write) -> None:
    """An optional dependency is needed only by those who use it."""
    module = lazy_import(name)
    for _ in range(2):
        with pytest.raises(DeferredImportError, match="No module named") as caught:
            hasattr(module, "value")
    assert isinstance(caught.value, ModuleNotFoundError)
    assert caught.value.name == "lazy_missing"
    assert caught.value.place[0] == __file__
    write("lazy_missing/__init__.py", "value = 5\n")
    write("lazy_missing/below.py", "value = 5\n")
    assert module.value == 5


def test_what_a_module_itself_misses_is_its_own_error(write: Write) -> None:
    """Whoever reads that the module is not there looks in the wrong place."""
    write("lazy_needs.py", "import lazy_not_there\n")
    with pytest.raises(ModuleNotFoundError, match="lazy_not_there") as caught:
        lazy_import("lazy_needs").value  # noqa: B018
    assert not isinstance(caught.value, DeferredImportError)
    [note] = caught.value.__notes__
    assert f'deferred in File "{__file__}", line ' in note


def test_error_of_a_module_is_raised_as_itself_and_retried(write: Write) -> None:
    """The second try begins with an empty module, as if the first had not been."""
    write("lazy_broken.py", "left = 1\nimport sys\nsys.lazy_tries += 1\n1 / 0\n")
    vars(sys)["lazy_tries"] = 0
    module = lazy_import("lazy_broken")
    for tries in (1, 2):
        with pytest.raises(ZeroDivisionError):
            module.value  # noqa: B018
        assert vars(sys)["lazy_tries"] == tries
    assert "lazy_broken" not in sys.modules
    write("lazy_broken.py", "value = 'mended, and longer'\n")
    assert module.value == "mended, and longer"
    assert not hasattr(module, "left")


def test_attribute_error_of_a_module_is_not_swallowed(write: Write) -> None:
    """It must not look as if the module had no such attribute."""
    write("lazy_broken.py", "raise AttributeError('broken')\n")
    module = lazy_import("lazy_broken")
    with pytest.raises(LoaderError):
        hasattr(module, "value")
    with pytest.raises(AttributeError, match="broken"):
        module.value  # noqa: B018


@pytest.mark.usefixtures("restless")
def test_threads_load_a_module_once_and_see_all_of_it(
    write: Write, all_at_once: AllAtOnce
) -> None:
    """A module that is half loaded has the first of its names only."""
    for trial in range(20):
        code = "import time\nfirst = 1\ntime.sleep(0.002)\nimport sys\n"
        code += "sys.lazy_loads += 1\nlast = 2\n"
        write(f"lazy_trial_{trial}.py", code)
        vars(sys)["lazy_loads"] = 0
        module = lazy_import(f"lazy_trial_{trial}")
        assert all_at_once(*[lambda one=module: one.last] * THREADS) == [2] * THREADS
        assert vars(sys)["lazy_loads"] == 1
        assert type(module) is ModuleType


def test_thread_that_comes_while_a_module_is_loaded_waits(write: Write) -> None:
    """The import system asks the module itself whether it is being loaded."""
    code = "import sys\nsys.lazy_inside.set()\nimport time\ntime.sleep(0.1)\nlast = 2\n"
    write("lazy_slow.py", code)
    inside = vars(sys)["lazy_inside"] = threading.Event()
    module = lazy_import("lazy_slow")
    first = threading.Thread(target=lambda: module.last)
    first.start()
    assert inside.wait(PATIENCE)
    assert module.last == 2
    first.join()


@pytest.mark.usefixtures("restless")
def test_threads_that_import_lazily_at_the_same_time_get_one_module(
    write: Write, all_at_once: AllAtOnce
) -> None:
    """Also while another thread is loading it."""
    for trial in range(20):
        write(f"lazy_trial_{trial}.py", "import time\ntime.sleep(0.001)\nlast = 2\n")
        values = all_at_once(
            *[lambda name=f"lazy_trial_{trial}": lazy_import(name).last] * THREADS
        )
        assert values == [2] * THREADS


def test_modules_that_import_each_other_lazily_work(write: Write) -> None:
    """The circle is none as long as nothing is used while they are loaded."""
    write(
        "lazy_one.py",
        "from goobits_lazy import lazy_import\n"
        "other = lazy_import('lazy_two')\n"
        "name = 'one'\n"
        "def of_other(): return other.name\n",
    )
    write(
        "lazy_two.py",
        "from goobits_lazy import lazy_import\n"
        "other = lazy_import('lazy_one')\n"
        "name = 'two'\n"
        "seen = other.name\n",
    )
    assert lazy_import("lazy_one").of_other() == "two"
    assert sys.modules["lazy_two"].seen == "one"


def test_use_of_a_half_loaded_module_says_so(write: Write) -> None:
    """A circle that is one raises what any import raises."""
    write("lazy_one.py", "import lazy_two\nname = 'one'\n")
    write("lazy_two.py", "import lazy_one\nlazy_one.name\n")
    with pytest.raises(AttributeError, match="partially initialized"):
        lazy_import("lazy_one").name  # noqa: B018


def test_module_in_c_takes_the_place_of_what_stood_for_it(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It makes its own module object, so nothing can be loaded into another one."""
    monkeypatch.delitem(sys.modules, "_bisect", raising=False)
    write(
        "lazy_user.py",
        "from goobits_lazy import lazy_import\n"
        "module = lazy_import('_bisect')\n"
        "other = [module]\n",
    )
    scope = vars(importlib.import_module("lazy_user"))
    [stand_in] = scope["other"]
    assert scope["module"] is stand_in
    assert stand_in.bisect_right([1, 2], 1) == 1
    real = sys.modules["_bisect"]
    assert scope["module"] is real
    stand_in.patched = 1
    assert (real.patched, vars(stand_in) is vars(real)) == (1, True)
    del real.patched
    assert dir(stand_in) == dir(real)
    assert isinstance(stand_in, ModuleType)


def test_module_that_gives_itself_a_type_keeps_it(write: Write) -> None:
    """That is how a module has properties; the next try begins without it."""
    code = (
        "import sys, types\n"
        "class Own(types.ModuleType):\n"
        "    made = property(lambda self: 5)\n"
        "sys.modules[__name__].__class__ = Own\n"
    )
    write("lazy_typed.py", code)
    module = lazy_import("lazy_typed")
    assert (module.made, type(module).__name__) == (5, "Own")
    write("lazy_failing.py", code + "1 / 0\n")
    failing = lazy_import("lazy_failing")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            failing.made  # noqa: B018


def test_scope_that_imports_lazily_is_not_kept_alive(write: Write) -> None:
    """What a script holds must be freed at its end, also what it never used."""
    write("lazy_plain.py", "value = 5\n")

    class Held:
        """Held by a scope."""

    scope = {"held": Held(), "lazy_import": lazy_import}
    reference = weakref.ref(scope["held"])
    exec("module = lazy_import('lazy_plain')", scope)
    del scope
    gc.collect()
    assert reference() is None


def test_module_that_replaces_itself_is_what_it_says(write: Write) -> None:
    """Some put an object of their own into sys.modules."""
    code = "import sys\nclass Own:\n    value = 5\nsys.modules[__name__] = Own()\n"
    write("lazy_own.py", code)
    assert lazy_import("lazy_own").value == 5


def test_package_without_a_file_can_be_imported(write: Write) -> None:
    """Namespace packages have no code to load."""
    write("lazy_space/below.py", "value = 5\n")
    space = lazy_import("lazy_space")
    assert list(space.__path__)
    assert lazy_import("lazy_space.below").value == 5
    assert space.below.value == 5


def test_finding_a_module_that_waits_gives_its_loader(write: Write) -> None:
    """Resources are read through what find_spec returns."""
    write("lazy_plain.py", "value = 5\n")
    module = lazy_import("lazy_plain")
    spec = importlib.util.find_spec("lazy_plain")
    assert spec is not None
    assert spec.loader is not None
    assert spec.loader.get_source("lazy_plain") == "value = 5\n"  # type: ignore[attr-defined]
    assert module.value == 5


def test_reload_works(write: Write) -> None:
    """Nothing but the ordinary module is left."""
    write("lazy_plain.py", "value = 5\n")
    module = lazy_import("lazy_plain")
    assert module.value == 5
    write("lazy_plain.py", "value = 'changed'\n")
    assert importlib.reload(module) is module
    assert module.value == "changed"


@pytest.mark.parametrize("name", ["", ".relative"])
def test_name_that_is_not_whole_is_refused(name: str) -> None:
    """There is no package that it could be relative to."""
    with pytest.raises(ValueError, match="full name"):
        lazy_import(name)


@pytest.mark.parametrize(("value", "eager"), [("1", True), ("0", False), ("", False)])
def test_environment_turns_laziness_off(
    value: str, eager: bool, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test suite finds missing modules at import, not in some command."""
    monkeypatch.setenv("EAGER_IMPORT", value)
    write("lazy_plain.py", "value = 5\n")
    lazy_import("lazy_plain")
    assert ("lazy_plain" in sys.modules) is eager
    if eager:
        with pytest.raises(ModuleNotFoundError):
            lazy_import("lazy_missing")


def test_lazy_import_itself_imports_next_to_nothing() -> None:
    """What saves imports must not bring its own."""
    source = Path(sys.modules["goobits_lazy"].__file__ or "").parents[1]
    program = (
        f"import sys; sys.path.insert(0, {str(source)!r}); before = set(sys.modules)\n"
        "from goobits_lazy import lazy_import\n"
        "lazy_import('json')\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    command = [sys.executable, "-S", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    known = {"__future__", "goobits_lazy", "os", "stat"}
    known |= {"goobits_lazy._deferral", "goobits_lazy._modules"}
    known |= {"posixpath", "os.path", "genericpath", "_collections_abc", "posix"}
    known |= {"_stat", "abc", "_abc"}
    assert set(done.stdout.split()) <= known
