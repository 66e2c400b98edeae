"""The rules that every distribution of the repository keeps."""

import importlib
import json
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
NAMES = [package.name for package in PACKAGES]


@pytest.mark.parametrize("package", PACKAGES, ids=NAMES)
def test_license_is_the_one_at_the_root(package: Path) -> None:
    """Each distribution ships a real copy, as a symbolic link dangles in the sdist."""
    copy = package / "LICENSE"
    assert not copy.is_symlink()
    assert copy.read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.parametrize("package", PACKAGES, ids=NAMES)
def test_member_configuration_is_short(package: Path) -> None:
    """Tools are configured once, at the root; a member holds its metadata."""
    text = (package / "pyproject.toml").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 40


@pytest.mark.parametrize("name", NAMES)
def test_all_is_exactly_the_public_names(name: str) -> None:
    """A name outside `__all__` becomes an interface by accident."""
    module = importlib.import_module(name.replace("-", "_"))
    missing = [public for public in module.__all__ if not hasattr(module, public)]
    accidental = [
        public
        for public, value in vars(module).items()
        if not public.startswith("_")
        and public not in {*module.__all__, "TYPE_CHECKING", "annotations"}
        and not isinstance(value, types.ModuleType)
    ]
    assert (missing, accidental) == ([], [])


@pytest.mark.parametrize("name", NAMES)
def test_names_that_are_imported_when_used_are_all_public(name: str) -> None:
    """They stand in two lists, which must not drift apart."""
    module = importlib.import_module(name.replace("-", "_"))
    modules = getattr(module, "_MODULES", None)
    if modules is not None:
        names = [public for found in modules.values() for public in found]
        assert sorted(names) == sorted(module.__all__)


def test_node_lock_names_no_registry() -> None:
    """A lock file with registry hosts in it cannot be used with a mirror."""
    paths = [
        path
        for path in ROOT.rglob("package-lock.json")
        if "node_modules" not in path.parts
    ]
    assert paths
    for path in paths:
        packages = json.loads(path.read_text())["packages"]
        assert [name for name, item in packages.items() if "resolved" in item] == []
