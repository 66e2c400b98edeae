"""The programs in Python: each in an environment of its own, compiled as installers do."""

from __future__ import annotations

import platform
import shutil
import sys
from pathlib import Path

from rivals._installed import HERE, Group, Installed, call, generate, size_of, tool

RIVALS = ("argparse", "click", "typer", "cyclopts")


def group(folder: Path) -> Group:
    """Install ours and its rivals below a folder."""
    ours = generate(folder / "project", "python")
    projects = {"goobits": ours} | {name: _project(folder, name) for name in RIVALS}
    programs = tuple(_installed(folder, *item) for item in projects.items())
    base = (folder / "goobits" / "bin" / "python", "-c", "pass")
    runtime = f"Python {platform.python_version()}"
    return Group(runtime, "python -c pass", base, programs)


def _project(folder: Path, library: str) -> Path:
    """Make a project of a program; return its folder."""
    project = folder / f"{library}-project"
    project.mkdir()
    shutil.copy(HERE / "python" / "pyproject.toml", project)
    shutil.copy(HERE / "python" / f"with_{library}.py", project / "depot.py")
    return project


def _installed(folder: Path, library: str, project: Path) -> Installed:
    """Install a project, and the pinned requirements of its library, into a new environment."""
    uv, environment = tool("uv"), folder / library
    python = environment / "bin" / "python"
    call(uv, "venv", "--python", sys.executable, environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    call(python, "-m", "compileall", "-q", packages)
    empty = size_of(packages)
    pins = HERE / "python" / "requirements" / f"{library}.txt"
    pinned = ("-r", pins) if pins.exists() else ()
    words = ("--compile-bytecode", "--python", python, *pinned, project)
    call(uv, "pip", "install", *words)
    return Installed(
        name=_name(library, packages),
        start=(environment / "bin" / "depot",),
        dependencies=len(list(packages.glob("*.dist-info"))) - 1,
        size=size_of(packages) - empty,
    )


def _name(library: str, packages: Path) -> str:
    """Return the library with its version, if it has one of its own."""
    for info in packages.glob(f"{library}-*.dist-info"):
        return info.name.removesuffix(".dist-info").replace("-", " ")
    return library
