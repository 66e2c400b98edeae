"""Names of a package that are imported from its modules when they are first used."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from goobits_lazy import LoaderError

AllAtOnce = Callable[..., list[object]]

THREADS, NAMES = 16, 15

INIT = """
from goobits_lazy import lazy_exports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import below as below
    from ._shapes import Circle as Circle, Square as Box
    from lazy_package._colours import RED as RED
    from ._colours import _hidden as _hidden

lazy_exports()
"""

Make = Callable[..., ModuleType]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Return a function that writes a package and imports it."""
    monkeypatch.syspath_prepend(tmp_path)

    def make_package(init: str = INIT, **modules: str) -> ModuleType:
        folder = tmp_path / "lazy_package"
        folder.mkdir()
        files = {
            "__init__": init,
            "_shapes": "class Circle: pass\nclass Square: pass\n",
            "_colours": "RED = 'red'\n_hidden = 1\n",
            "below": "",
        } | modules
        for name, code in files.items():
            (folder / f"{name}.py").write_text(code)
        importlib.invalidate_caches()
        return importlib.import_module("lazy_package")

    yield make_package
    for name in list(sys.modules):
        if name.partition(".")[0] == "lazy_package":
            del sys.modules[name]


def loaded() -> list[str]:
    return sorted(name for name in sys.modules if name.startswith("lazy_package."))


def test_name_is_imported_at_its_first_use_and_kept(make: Make) -> None:
    """The second use is that of an ordinary variable."""
    package = make()
    assert loaded() == []
    assert package.RED == "red"
    assert loaded() == ["lazy_package._colours"]
    assert vars(package)["RED"] == "red"


def test_modules_and_renamed_names_are_found(make: Make) -> None:
    """All forms of the statement mean what they mean outside of the block."""
    package = make()
    assert package.Box.__name__ == "Square"
    assert package.below is sys.modules["lazy_package.below"]
    assert not hasattr(package, "Square")


def test_from_import_and_star_import_work(make: Make) -> None:
    """Users of the package write what they always wrote."""
    make()
    scope: dict[str, object] = {}
    exec("from lazy_package import Circle, below\nfrom lazy_package import *", scope)
    assert {"Circle", "Box", "RED", "below"} <= set(scope)
    assert "_hidden" not in scope


def test_names_are_listed_before_they_are_used(make: Make) -> None:
    """Completion in a shell shows them."""
    package = make()
    assert package.__all__ == ["Box", "Circle", "RED", "below"]
    assert {"Box", "Circle", "RED", "below", "_hidden"} <= set(dir(package))
    assert loaded() == []


def test_own_list_and_own_getattr_are_kept(make: Make) -> None:
    """A package may have more to say."""
    own = "__all__ = ['RED']\ndef __getattr__(name): return name * 2\n"
    package = make(own + INIT)
    assert (package.__all__, package.RED, package.ab) == (["RED"], "red", "abab")


def test_other_branches_are_not_taken_for_exports(make: Make) -> None:
    """A module for another system is not there on this one."""
    more = "import sys\nif sys.platform == 'other':\n    from ._other import gone\n"
    package = make(more + INIT + "from ._shapes import Circle as Late\n")
    assert not {"gone", "Late"} & set(package.__all__)


def test_long_blocks_are_read_whole(make: Make) -> None:
    """Beyond 255 names the compiled instructions take a longer form."""
    names = [f"name_{number}" for number in range(400)]
    block = "".join(f"    from ._many import {name} as {name}\n" for name in names)
    init = INIT.replace("lazy_exports()", "") + block + "\nlazy_exports()\n"
    package = make(init, _many="".join(f"{name} = {name!r}\n" for name in names))
    assert [getattr(package, name) for name in names] == names


def test_name_of_a_module_and_of_what_is_in_it_is_the_latter(make: Make) -> None:
    """Python sets the module as an attribute of the package when it is imported."""
    init = INIT.replace(
        "lazy_exports()", "    from .run import run as run\n\nlazy_exports()"
    )
    package = make(init, run="def run(): return 5\n")
    importlib.import_module("lazy_package.run")
    assert package.run() == 5


def test_missing_name_says_what_a_from_import_says(make: Make) -> None:
    """The block may name what a module no longer has."""
    package = make(_colours="")
    with pytest.raises(ImportError, match="cannot import name 'RED' from"):
        package.RED  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        package.other  # noqa: B018


def test_circle_of_imports_is_called_one(make: Make) -> None:
    """Python says so too, and it is the most common reason by far."""
    package = make(_colours="from lazy_package import RED\nRED = 'red'\n")
    with pytest.raises(ImportError, match="most likely due to a circular import"):
        package.RED  # noqa: B018


def test_error_of_a_module_is_not_taken_for_a_missing_name(make: Make) -> None:
    """Python's hasattr takes every AttributeError for a no."""
    package = make(_colours="raise AttributeError('broken')")
    with pytest.raises(LoaderError):
        hasattr(package, "RED")
    with pytest.raises(AttributeError, match="broken"):
        package.RED  # noqa: B018


def test_package_without_a_block_is_refused(make: Make) -> None:
    """A typing mistake must not make an empty package."""
    with pytest.raises(ValueError, match="imports no name if TYPE_CHECKING"):
        make("from goobits_lazy import lazy_exports\nlazy_exports()\n")


def test_environment_turns_laziness_off(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test suite finds what is missing at import."""
    monkeypatch.setenv("EAGER_IMPORT", "1")
    make()
    assert "lazy_package._shapes" in loaded()


def test_threads_never_miss_a_name(make: Make, all_at_once: AllAtOnce) -> None:
    """Each name is first used by all threads at the same time."""
    names = [f"name_{number}" for number in range(NAMES)]
    block = "".join(f"    from ._{name} import {name} as {name}\n" for name in names)
    code = "import time\ntime.sleep(0.001)\n{0} = '{0}'\n"
    package = make(
        INIT.replace("lazy_exports()", "") + block + "\nlazy_exports()\n",
        **{f"_{name}": code.format(name) for name in names},
    )
    for name in names:
        found = all_at_once(*[lambda name=name: getattr(package, name)] * THREADS)
        assert found == [name] * THREADS


def test_type_checker_sees_the_names(make: Make, tmp_path: Path) -> None:
    """They are written once, in Python, where it looks."""
    pytest.importorskip("mypy") if not os.environ.get("CI") else None
    make()
    program = tmp_path / "program.py"
    program.write_text(
        "import lazy_package\n"
        "reveal_type(lazy_package.Circle())\n"
        "reveal_type(lazy_package.RED)\n"
        "lazy_package.wrong\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "c"]
    done = subprocess.run(
        [*command, program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    said = [
        line.partition(": ")[2]
        for line in done.stdout.replace("builtins.", "").splitlines()[:3]
    ]
    assert said == [
        'note: Revealed type is "lazy_package._shapes.Circle"',
        'note: Revealed type is "str"',
        'error: Module has no attribute "wrong"  [attr-defined]',
    ]
