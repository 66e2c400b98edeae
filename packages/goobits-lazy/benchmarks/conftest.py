"""The fixtures of the benchmarks: those of the harness, and an environment to start programs in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.import_plugin("harness")


@pytest.fixture
def install(tree: Path, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that installs the package, and others, and gives the interpreter.

    They are installed and compiled as pip does it.
    """

    def make(*others: str) -> Path:
        python = tmp_path / "env" / "bin" / "python"
        package = tree / "packages" / "goobits-lazy"
        pip = ("uv", "pip", "install", "--compile-bytecode", "--python", python)
        for words in (
            ("uv", "venv", "--python", sys.executable, tmp_path / "env"),
            (*pip, package, *others),
        ):
            command = [str(word) for word in words]
            subprocess.run(command, check=True, capture_output=True)
        return python

    return make
