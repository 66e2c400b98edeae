"""What the tests of the inventory share."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from goobits_scanner._inventory import inventory
from goobits_scanner._limits import MIB, Limits
from goobits_scanner._source import Source, Unread

Take = Callable[..., tuple[list[Source], list[Unread]]]


def _load(name: str) -> ModuleType:
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"scanner_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_HOSTILE = _load("hostile")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes a `kind` once for each kind of hostile archive."""
    if "kind" in metafunc.fixturenames:
        kinds = list(_HOSTILE.kinds())
        metafunc.parametrize("kind", kinds, ids=[kind.name for kind in kinds])


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    return _HOSTILE


@pytest.fixture(scope="session")
def limits() -> Limits:
    """Return limits that small archives reach."""
    return Limits(
        file_size=MIB, total_size=64 * MIB, files=5000, ratio=200, depth=40, nesting=2
    )


@pytest.fixture
def take(limits: Limits) -> Take:
    """Return a function that lists what a path holds, sources and unread."""

    def function(
        path: Path, bounds: Limits = limits
    ) -> tuple[list[Source], list[Unread]]:
        found = list(inventory(path, bounds))
        sources = [one for one in found if isinstance(one, Source)]
        return sources, [one for one in found if isinstance(one, Unread)]

    return function
