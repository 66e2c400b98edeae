"""A store of its own for each test, and plugins to put into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from goobits_plugin import Archive, Manifest, Store, pack, read_archive, read_manifest

GOOBITS = "/opt/goobits/bin/goobits"


@dataclass(frozen=True)
class Plugin:
    """The folder of a plugin, and its archive and manifest."""

    folder: Path
    archive: Archive
    manifest: Manifest


def record_of(
    manifest: Manifest,
    folder: Path,
    dependencies: Mapping[str, Path],
    *,
    sha256: str = "",
    linked: bool = False,
) -> bytes:
    """Make what stands for a record: what a test wants to see of one."""
    needed = {name: str(path) for name, path in dependencies.items()}
    return json.dumps(
        {
            "name": manifest.name,
            "version": manifest.version,
            "folder": str(folder),
            "dependencies": needed,
            "sha256": sha256,
            "linked": linked,
        }
    ).encode()


def make_plugin(
    folder: Path,
    name: str = "acme/hello",
    version: str = "1.0.0",
    *,
    commands: Mapping[str, str] | Sequence[str] = ("hello",),
    dependencies: Sequence[str] = (),
    content: str = "",
) -> Plugin:
    """Write a plugin; the values of `commands` are more TOML of each command."""
    said = commands if isinstance(commands, Mapping) else dict.fromkeys(commands, "")
    text = f"""\
schema = 1
name = "{name}"
version = "{version}"
summary = "A plugin"
license = "MIT"
language = "python"
entry = "run.py"
dependencies = {json.dumps(list(dependencies))}
"""
    for command, more in said.items():
        more = more or f'desc = "Say {command}"'
        text += f"\n[commands.{command}]\n{more}\n"
    (folder / "lib").mkdir(parents=True)
    (folder / "goobits-plugin.toml").write_text(text)
    (folder / "run.py").write_text(f"print({name!r}, {version!r})\n{content}")
    (folder / "lib" / "more.py").write_text("MORE = 1\n")
    packed = pack(folder)
    archive = read_archive(packed.data, sha256=packed.sha256)
    return Plugin(folder, archive, read_manifest(text, "goobits-plugin.toml"))


def install_plugin(store: Store, plugin: Plugin, *programs: str) -> int:
    with store.transaction() as change:
        change.add(
            plugin.archive, plugin.manifest, source="file:/a.tar.gz", programs=programs
        )
        return change.commit()


def remove_plugin(store: Store, name: str) -> int:
    with store.transaction() as change:
        change.remove(name)
        return change.commit()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "goobits" / "plugins"


@pytest.fixture
def store(root: Path) -> Store:
    return Store(str(root), goobits=GOOBITS, make_record=record_of)


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Plugin]:
    """Return what makes plugins, each in a folder of its own."""
    made = 0

    def one(*words: str, **values: object) -> Plugin:
        nonlocal made
        made += 1
        return make_plugin(tmp_path / f"plugin{made}", *words, **values)  # type: ignore[arg-type]

    return one


@pytest.fixture
def install(store: Store) -> Callable[..., int]:
    def one(plugin: Plugin, *programs: str) -> int:
        return install_plugin(store, plugin, *programs)

    return one


@pytest.fixture
def remove(store: Store) -> Callable[[str], int]:
    def one(name: str) -> int:
        return remove_plugin(store, name)

    return one
