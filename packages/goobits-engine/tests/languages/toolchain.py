"""The tools that these tests call: found, or missed in the open."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parents[4] / "tests-integration/node/node_modules"
_PLACES = (Path(sys.executable).parent, NODE_MODULES / ".bin")


def tool(name: str) -> str:
    """Return the path of a tool; without it the test is skipped, and fails in CI."""
    path = os.pathsep.join([*map(str, _PLACES), os.environ["PATH"]])
    found = shutil.which(name, path=path)
    if found is not None:
        return found
    if os.environ.get("CI"):
        pytest.fail(f"{name} is not installed")
    pytest.skip(f"{name} is not installed")
