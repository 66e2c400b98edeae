"""What runs a plugin of each language on this machine, and the words that it is run with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from goobits_plugin._errors import RuntimeMissingError
from goobits_plugin._manifest import Manifest

PLUGIN = "/plugin"
DEPENDENCIES = "/deps"
_SDK_PYTHON = "/sdk/python"
_SDK_NODE = "/node_modules/@goobits/plugin"
_OLDEST = {"python": ">=3.11", "nodejs": ">=20", "typescript": ">=20"}
# Node runs TypeScript as it is from here on.
_STRIPS_TYPES = ">=22.18"
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Start:
    """How a plugin is started: see the fields of the same names in a record."""

    program: str
    words: tuple[str, ...] = ()
    mounts: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    runtime: str = ""


def start(
    manifest: Manifest, folder: Path, dependencies: tuple[tuple[str, Path], ...]
) -> Start:
    """Return how the plugin in a folder is started, once everything is mounted.

    Runs `node --version` for a plugin of Node's, and nothing of the plugin.

    Raises:
        RuntimeMissingError: this machine has not what it needs.
    """
    mounts = [(str(folder), PLUGIN)]
    for name, path in dependencies:
        mounts.append((str(path), f"{DEPENDENCIES}/{name}"))
    if manifest.language == "rust":
        return _rust(manifest, folder, tuple(mounts))
    if manifest.language == "python":
        return _python(manifest, folder, dependencies, mounts)
    return _node(manifest, dependencies, mounts)


def targets(machine: str = "") -> tuple[str, ...]:
    """Return the target triples whose programs run here, the preferred one first."""
    found = machine or os.uname().machine
    return (f"{found}-unknown-linux-gnu", f"{found}-unknown-linux-musl")


def _rust(
    manifest: Manifest, folder: Path, mounts: tuple[tuple[str, str], ...]
) -> Start:
    entries = [manifest.entry.replace("{target}", target) for target in targets()]
    for entry in entries:
        if os.access(folder / entry, os.X_OK):
            return Start(f"{PLUGIN}/{entry}", (), mounts)
    raise RuntimeMissingError(
        f"plugin '{manifest.name}' has no program for this machine ({entries[0]})",
        hint="ask its publisher for one, or build it and link the folder",
    )


def _python(
    manifest: Manifest,
    folder: Path,
    dependencies: tuple[tuple[str, Path], ...],
    mounts: list[tuple[str, str]],
) -> Start:
    program, version = _interpreter(manifest)
    here = os.path.dirname(__file__)
    mounts.append((here, f"{_SDK_PYTHON}/goobits_plugin"))
    places = [_SDK_PYTHON]
    places += [
        f"{PLUGIN}/native/{target}"
        for target in targets()
        if (folder / "native" / target).is_dir()
    ]
    places += [f"{DEPENDENCIES}/{name}" for name, _ in dependencies]
    # No packages of the host's, and nothing that it runs at start.
    words = ("-S", "-B", f"{PLUGIN}/{manifest.entry}")
    variables = (("PYTHONPATH", ":".join(places)),)
    return Start(program, words, tuple(mounts), variables, f"Python {version}")


def _interpreter(manifest: Manifest) -> tuple[str, str]:
    """Return the Python that a plugin asks for: ours, or else the newest on the PATH."""
    wanted = _wanted(manifest)
    ours = ".".join(map(str, sys.version_info[:3]))
    if Version(ours) in wanted:
        return os.path.realpath(sys.executable), ours
    for minor in range(30, 10, -1):
        if not any(Version(f"3.{minor}.{last}") in wanted for last in (0, 99)):
            continue
        for path in _on_path(f"python3.{minor}"):
            version = _version_of(path)
            if version is not None and version in wanted:
                return path, str(version)
    raise _missing(manifest, "Python", ours)


def _node(
    manifest: Manifest,
    dependencies: tuple[tuple[str, Path], ...],
    mounts: list[tuple[str, str]],
) -> Start:
    wanted, seen = _wanted(manifest), ""
    if manifest.entry.endswith(("ts", "mts")):
        wanted &= SpecifierSet(_STRIPS_TYPES)
    for path in _on_path("node"):
        version = _version_of(path)
        seen = seen or str(version)
        if version is not None and version in wanted:
            mounts.append((str(sdk("node")), _SDK_NODE))
            mounts += [(str(at), f"/node_modules/@{name}") for name, at in dependencies]
            words = (f"{PLUGIN}/{manifest.entry}",)
            return Start(path, words, tuple(mounts), (), f"Node.js {version}")
    raise _missing(manifest, "Node.js", seen, wanted)


def sdk(name: str) -> Path:
    """Return the folder of an SDK: that of the wheel, or of the source tree."""
    here = Path(__file__).parent
    shipped = here / "_sdks" / name
    return shipped if shipped.is_dir() else here.parents[1] / "sdk" / name


def _wanted(manifest: Manifest) -> SpecifierSet:
    oldest = SpecifierSet(_OLDEST[manifest.language])
    return oldest & SpecifierSet(manifest.runtime)


def _on_path(name: str) -> Iterator[str]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        path = os.path.join(folder, name)
        if os.path.isabs(path) and os.access(path, os.X_OK) and os.path.isfile(path):
            yield path


def _version_of(path: str) -> Version | None:
    """Ask a runtime for its version; None where it does not say one."""
    try:
        done = subprocess.run(
            [path, "--version"],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=_PATIENCE,
        )
        found = re.search(r"\d+\.\d+\.\d+", done.stdout)
        return Version(found[0]) if found and done.returncode == 0 else None
    except (OSError, InvalidVersion, subprocess.TimeoutExpired):
        return None


def _missing(
    manifest: Manifest, what: str, seen: str, wanted: SpecifierSet | None = None
) -> RuntimeMissingError:
    wants = _readable(wanted or _wanted(manifest))
    there = f"there is {seen}" if seen and seen != "None" else "there is none"
    return RuntimeMissingError(
        f"plugin '{manifest.name}' needs {what} {wants}, and {there} on the PATH",
        hint=f"install {what} {wants}, then install the plugin again",
    )


def _readable(wanted: SpecifierSet) -> str:
    return ", ".join(sorted(map(str, wanted)))
