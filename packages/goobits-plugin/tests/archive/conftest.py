"""What the tests of archives share: a plugin's folder, hostile archives, a cage for them."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from goobits_plugin import Archive, extract, read_archive


def _load(name: str) -> ModuleType:
    """Import a module that lies beside this one."""
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"archive_{name}", path)
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


@pytest.fixture
def cage() -> Iterator[Path]:
    """Make the folder that hostile archives aim at: a file to keep, and one to unpack into."""
    folder = Path(_HOSTILE.CAGE)
    (folder / "into").mkdir(parents=True)
    (folder / "outside").mkdir()
    (folder / "outside/kept").write_text("kept")
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """Make the folder of a plugin."""
    folder = tmp_path / "plugin"
    (folder / "lib/deep").mkdir(parents=True)
    (folder / "goobits-plugin.toml").write_text("schema = 1\n")
    (folder / "hooks.py").write_text("def on_hello(): ...\n")
    (folder / "lib/deep/straße.py").write_text("x = 1\n")
    (folder / "lib/a-b").write_bytes(bytes(range(256)) * 3)
    (folder / "lib/empty").touch()
    (folder / "run").write_text("#!/bin/sh\n")
    (folder / "run").chmod(0o700)
    return folder


@pytest.fixture
def read() -> Callable[[bytes], Archive]:
    """Return a function that reads an archive whose hash is that of its bytes."""

    def function(data: bytes) -> Archive:
        return read_archive(data, sha256=hashlib.sha256(data).hexdigest())

    return function


@pytest.fixture
def unpack() -> Callable[[Archive, Path], Path]:
    """Return a function that extracts an archive into a new folder."""

    def function(archive: Archive, folder: Path) -> Path:
        folder.mkdir()
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            extract(archive, descriptor)
        finally:
            os.close(descriptor)
        return folder

    return function
