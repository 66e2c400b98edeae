"""The tools that tests call: found, or missed in the open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIXTURES = sorted(
    (ROOT / "packages/goobits-engine/tests/fixtures/yamls").glob("*.yaml")
)
_CACHE = tempfile.TemporaryDirectory(prefix="goobits-cache-")
_PLACES = (
    Path(sys.executable).parent,
    ROOT / "tests-integration/node/node_modules/.bin",
)


def tool(name: str) -> str:
    """Return the path of a tool; without it the test is skipped, and fails in CI."""
    path = os.pathsep.join([*map(str, _PLACES), os.environ["PATH"]])
    found = shutil.which(name, path=path)
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")


def cargo(
    command: str, folder: Path, target: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run cargo in a folder, without a network; a warning is an error, one of clippy too."""
    names = ("HOME", "CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN")
    environment = {name: os.environ[name] for name in names if name in os.environ}
    environment |= {"RUSTFLAGS": "-D warnings", "CARGO_INCREMENTAL": "0"}
    environment |= {"CARGO_TARGET_DIR": str(target), "CARGO_NET_OFFLINE": "true"}
    return run(tool("cargo"), command, "--quiet", folder=folder, **environment)


def tsc(folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run what `npm run build` runs, with the packages of the tests for those of `npm install`."""
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(ROOT / "tests-integration" / "node" / "node_modules")
    return run(tool("tsc"), folder=folder)


def run(
    *command: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder with a clean environment, and wait three minutes at most.

    What goobits keeps lies in a folder that all tests of a run share, as a user's do.
    """
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    clean |= {"GOOBITS_CACHE": _CACHE.name, **environment}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=clean,
        capture_output=True,
        timeout=180,
        check=False,
    )


def goobits(
    *words: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the `goobits` command."""
    command = (sys.executable, "-m", "goobits", *words)
    return run(*command, folder=folder, **environment)
