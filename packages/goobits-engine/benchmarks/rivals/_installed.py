"""What is compared, and the tools that install it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import goobits_engine
from harness import ENVIRONMENT, Command

HERE = Path(__file__).parent
CONFIG = HERE / "goobits.yaml"


class MissingToolError(LookupError):
    """A program that the measurement needs is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not installed")


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed program. Without what was there before it takes `size` bytes on disk.

    `dependencies` counts what is installed beside it. `build_seconds` are those of the CPU.
    """

    name: str
    start: Command
    dependencies: int
    size: int
    build_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The programs of one runtime, and what they are measured against."""

    runtime: str
    base_text: str
    base: Command
    programs: tuple[Installed, ...]


def tool(name: str) -> str:
    """Return the path of a tool, of this environment or else of the machine.

    Raises:
        MissingToolError: there is none.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which(name, path=path)
    if found is None:
        raise MissingToolError(name)
    return found


def call(*words: str | Path, folder: Path | None = None) -> str:
    """Run a command that prepares a measurement; return its standard output."""
    command = [str(word) for word in words]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def output_of(
    program: Installed, words: tuple[str, ...], environment: Mapping[str, str]
) -> str:
    """Run a program; return what it prints."""
    command = [*map(str, program.start), *words]
    done = subprocess.run(
        command,
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def size_of(folder: Path) -> int:
    """Return how many bytes the files below a folder have, 0 when there is no such folder."""
    files = (path for path in folder.rglob("*") if not path.is_symlink())
    return sum(path.stat().st_size for path in files if path.is_file())


def generate(folder: Path, language: str, hooks: str = "") -> Path:
    """Build our program with the hooks of this benchmark; return its folder.

    `hooks` is where they go when that is not the language's own place.
    """
    folder.mkdir()
    text = CONFIG.read_text(encoding="utf-8")
    text += f"\ncli_hooks_path: {hooks}\n" if hooks else ""
    (folder / "goobits.yaml").write_text(text, encoding="utf-8")
    built = goobits_engine.build(folder / "goobits.yaml", only=[language])
    (target,) = (file.path for file in built.files if file.role == "hooks")
    shutil.copy(HERE / "hooks" / f"app_hooks{target.suffix}", target)
    return folder
