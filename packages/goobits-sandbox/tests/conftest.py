"""What the tests of the sandbox share: a project, and guests that are run in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_sandbox import Limits, Outcome, Policy, Sandbox


@pytest.fixture(scope="session", autouse=True)
def sandboxes() -> None:
    """Skip where no sandbox can be made, but never in CI."""
    if not sys.platform.startswith("linux"):
        pytest.skip("sandboxes are made on Linux alone")
    if shutil.which("bwrap", path="/usr/bin:/usr/local/bin") is None:
        if "CI" in os.environ:
            pytest.fail("bubblewrap is not installed")
        pytest.skip("bubblewrap is not installed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def guest(project: Path) -> Callable[..., Outcome]:
    """Return a function that runs a shell script in the project, under a policy."""

    def run(script: str, *, limits: Limits | None = None, **granted: object) -> Outcome:
        policy = Policy(project=str(project), limits=limits or Limits(), **granted)  # type: ignore[arg-type]
        return Sandbox(policy).run(["sh", "-c", script])

    return run


@pytest.fixture
def command(project: Path, tmp_path: Path) -> Iterator[Callable[..., object]]:
    """Return a function that runs `goobits-sandbox` in the project."""

    def run(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "goobits_sandbox", *words],
            cwd=project,
            capture_output=True,
            timeout=60,
            check=False,
            **options,  # type: ignore[call-overload]
        )

    return run
