"""The programs for Node.js: ours in JavaScript and TypeScript, and the rivals."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from rivals._installed import HERE, Group, Installed, call, generate, size_of, tool

# The newest commander that runs on Node.js 20, as generated programs do, is 14.
RIVALS = ("commander", "yargs")


def group(folder: Path) -> Group:
    """Install ours and its rivals below a folder."""
    node = tool("node")
    makers: tuple[Callable[[Path], Installed], ...] = (_javascript, _typescript)
    programs = [maker(folder) for maker in makers]
    programs += [_rival(folder, library) for library in RIVALS]
    runtime = f"Node.js {call(node, '--version').strip().removeprefix('v')}"
    return Group(runtime, "node -e 0", (node, "-e", "0"), tuple(programs))


def _javascript(folder: Path) -> Installed:
    project = generate(folder / "ours", "nodejs", "app_hooks.cjs")
    return _installed(project, "goobits, JavaScript")


def _typescript(folder: Path) -> Installed:
    project = generate(folder / "ours-typescript", "typescript")
    npm = tool("npm")
    call(npm, "install", "--no-audit", "--no-fund", folder=project)
    call(npm, "run", "build", folder=project)
    call(npm, "prune", "--omit=dev", "--no-audit", "--no-fund", folder=project)
    return _installed(project, "goobits, TypeScript")


def _rival(folder: Path, library: str) -> Installed:
    project = folder / library
    shutil.copytree(HERE / "node" / library, project)
    call(tool("npm"), "ci", "--omit=dev", folder=project)
    manifest = project / "node_modules" / library / "package.json"
    version = json.loads(manifest.read_text(encoding="utf-8"))["version"]
    return _installed(project, f"{library} {version}")


def _installed(project: Path, name: str) -> Installed:
    """Count the packages that npm installed, and the bytes of what it would publish of ours."""
    manifest = json.loads((project / "package.json").read_text(encoding="utf-8"))
    words = ("pack", "--dry-run", "--json", "--ignore-scripts")
    packed = json.loads(call(tool("npm"), *words, folder=project))
    modules = project / "node_modules"
    lock = modules / ".package-lock.json"
    installed = json.loads(lock.read_text())["packages"] if lock.exists() else {}
    return Installed(
        name=name,
        start=(tool("node"), project / manifest["bin"]["depot"]),
        dependencies=len(installed),
        size=packed[0]["unpackedSize"] + size_of(modules),
    )
