"""The conformance plugins of the three SDKs, and tools that a machine may lack."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = Path(__file__).parent / "plugins"
Start = tuple[list[str], dict[str, str]]


def needed(tool: str) -> str:
    """Return the path of a tool; skip where it is missing, and fail where it must not be."""
    found = shutil.which(tool)
    if found is None:
        reason = f"{tool} is not on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _python(_: Path) -> Start:
    words = [sys.executable, "-S", "-B", str(PLUGINS / "conformance.py")]
    return words, {"PYTHONPATH": str(ROOT / "src")}


def _node(folder: Path) -> Start:
    scope = folder / "node_modules" / "@goobits"
    scope.mkdir(parents=True)
    (scope / "plugin").symlink_to(ROOT / "sdk" / "node")
    entry = folder / "conformance.mjs"
    shutil.copyfile(PLUGINS / "conformance.mjs", entry)
    return [needed("node"), str(entry)], {}


def _rust(folder: Path) -> Start:
    manifest = PLUGINS / "rust" / "Cargo.toml"
    words = [needed("cargo"), "build", "--locked", "--quiet", "--manifest-path"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(folder)}
    subprocess.run([*words, str(manifest)], check=True, env=environment)
    return [str(folder / "debug" / "conformance")], {}


_STARTS = {"python": _python, "nodejs": _node, "rust": _rust}


@pytest.fixture(scope="session", params=_STARTS)
def started(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Start:
    """How the conformance plugin of a language is started: its words and variables."""
    language: str = request.param
    return _STARTS[language](tmp_path_factory.mktemp(language))


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    return needed
