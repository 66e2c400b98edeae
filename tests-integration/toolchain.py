"""The tools that tests call: found, or missed in the open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FIXTURES = sorted(
    (ROOT / "packages/goobits-engine/tests/fixtures/yamls").glob("*.yaml")
)
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


def run(
    *command: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder with a clean environment, and wait a minute at most."""
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=clean,
        capture_output=True,
        timeout=60,
        check=False,
    )


def goobits(
    *words: str | Path, folder: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the `goobits` command."""
    command = (sys.executable, "-m", "goobits", *words)
    return run(*command, folder=folder, **environment)
