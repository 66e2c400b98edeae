"""A home with the example plugins linked: compiled where they must be, in a copy of theirs."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "examples/plugins"
SDK = ROOT / "packages/goobits-plugin/sdk"
NODE_MODULES = ROOT / "tests-integration/node/node_modules"
_BUILT = tempfile.TemporaryDirectory(prefix="goobits-plugins-")
_BUILD_SECONDS = 300


class StageError(Exception):
    """A plugin could not be built or linked; the message is all that was said."""


def missing() -> str:
    """Return the first program that the example plugins need and that is not installed."""
    needs = ("bwrap", "node", str(NODE_MODULES / ".bin/tsc"), "cargo")
    return next((need for need in needs if not shutil.which(need)), "")


@contextmanager
def stage(names: Path, scene: Path) -> Iterator[dict[str, str]]:
    """Link the plugins that a file names into a home beside the scene; yield its variables.

    No sandbox shows a home to a plugin, so the scene must not be one.
    """
    home = scene.with_name(f"{scene.name}-home")
    home.mkdir()
    environment = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    for name in names.read_text(encoding="utf-8").split():
        goobits("plugin", "link", str(built(name)), "--yes", **environment)
    yield environment


@cache
def built(name: str) -> Path:
    """Copy a plugin to where this process keeps them, and compile it if it must be."""
    place = Path(_BUILT.name, name)
    own = shutil.ignore_patterns("node_modules", "dist", "target", "bin")
    shutil.copytree(PLUGINS / name, place, ignore=own)
    if (place / "tsconfig.json").exists():
        _compile_typescript(place)
    if (place / "Cargo.toml").exists():
        _compile_rust(place, name)
    return place


def goobits(*words: str, **environment: str) -> None:
    """Run the goobits of this environment, and fail with what it said."""
    call([sys.executable, "-m", "goobits", *words], Path(), **environment)


def call(command: list[str], folder: Path, **environment: str) -> None:
    """Run a tool in a folder, and fail with all that it wrote."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        timeout=_BUILD_SECONDS,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace")
        raise StageError(f"{' '.join(command)}: {said}")


def _compile_typescript(place: Path) -> None:
    modules = place / "node_modules"
    (modules / "@goobits").mkdir(parents=True)
    (modules / "@goobits/plugin").symlink_to(SDK / "node")
    (modules / "@types").symlink_to(NODE_MODULES / "@types")
    call([str(NODE_MODULES / ".bin/tsc")], place)
    shutil.rmtree(modules)


def _compile_rust(place: Path, name: str) -> None:
    target = f"{platform.machine()}-unknown-linux-gnu"
    manifest = place / "Cargo.toml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("../../../packages", str(ROOT / "packages")))
    call(["cargo", "build", "--quiet", "--release"], place, CARGO_TARGET_DIR="target")
    program = place / "bin" / target / name
    program.parent.mkdir(parents=True)
    shutil.copy2(place / "target/release" / name, program)
