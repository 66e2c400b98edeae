"""What the tests of programs share: a user's home, and a sandbox that shows nothing but /usr."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox._programs import Program, resolve

SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with something in it that no guest may see."""
    folder = tmp_path / "homes" / "someone"
    folder.mkdir(parents=True)
    (folder / "canary").write_text("seen")
    return folder


@pytest.fixture
def find(home: Path, tmp_path: Path) -> Callable[..., Program]:
    """Return a function that resolves a command for the user of that home."""
    project = tmp_path / "project"
    project.mkdir(exist_ok=True)

    def found(command: object, *folders: object, **variables: str) -> Program:
        cwd = variables.pop("cwd", str(project))
        path = ":".join([*map(str, folders), SYSTEM])
        environ = {"HOME": str(home), **variables}
        return resolve(str(command), path=path, cwd=cwd, environ=environ)

    return found


@pytest.fixture
def inside() -> Callable[..., str]:
    """Return a function that runs a program with /usr and its trees, and returns what it says."""

    def run(program: Program, *words: str, show: Path | None = None) -> str:
        line = ["bwrap", "--unshare-all", "--die-with-parent", "--clearenv"]
        line += ["--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev"]
        for name in ("bin", "lib", "lib64", "sbin"):
            line += ["--symlink", f"usr/{name}", f"/{name}"]
        line += ["--tmpfs", "/tmp", "--setenv", "HOME", "/tmp", "--chdir", "/tmp"]
        if Path("/etc/alternatives").is_dir():
            line += ["--ro-bind", "/etc/alternatives", "/etc/alternatives"]
        for tree in program.trees:
            line += ["--ro-bind", tree, tree]
        if show is not None:
            line += ["--ro-bind", str(show), str(show)]
        line += ["--setenv", "PATH", f"{program.folder}:/usr/bin:/bin"]
        done = subprocess.run(
            [*line, program.path, *words],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout.strip()

    return run


@pytest.fixture
def executable() -> Callable[..., Path]:
    """Return a function that writes a program."""

    def write(path: Path, text: str = "#!/bin/sh\necho it ran\n") -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    return write


@pytest.fixture
def python_prefix(executable: Callable[..., Path]) -> Callable[[Path], Path]:
    """Return a function that makes a folder look like the prefix of a Python."""

    def make(prefix: Path) -> Path:
        executable(prefix / "bin" / "python3.11")
        (prefix / "bin" / "python3").symlink_to("python3.11")
        (prefix / "lib" / "python3.11").mkdir(parents=True)
        (prefix / "lib" / "python3.11" / "os.py").touch()
        return prefix

    return make


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Return a function that finds a tool of this machine, or ends the test."""

    def path_of(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            (pytest.fail if "CI" in os.environ else pytest.skip)(f"there is no {name}")
        return str(found)

    return path_of
