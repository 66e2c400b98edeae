"""A change of what is installed, made while the lock is held."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from packaging.version import Version

from goobits_plugin._archive import Archive, extract
from goobits_plugin._errors import NotInstalledError, StoreError
from goobits_plugin._manifest import FILE, Manifest, read_manifest
from goobits_plugin._store import _disk as disk
from goobits_plugin._store import _entry as entry
from goobits_plugin._store import _generations as generations
from goobits_plugin._store import _rules as rules
from goobits_plugin._store._sweep import discard, sweep
from goobits_plugin._store._values import Installed
from goobits_plugin._store._verify import plugin_problems

_STAGING = ".staging"


class RecordMaker(Protocol):
    """Makes the record of a plugin whose files lie in a folder."""

    def __call__(
        self,
        manifest: Manifest,
        folder: Path,
        dependencies: Mapping[str, Path],
        *,
        sha256: str = "",
        linked: bool = False,
    ) -> bytes: ...


class Change:
    """What is to be installed, which nobody sees before `commit`.

    Use it in the `with` block that made it.
    """

    def __init__(self, root: str, goobits: str, make_record: RecordMaker) -> None:
        self._root = root
        self._goobits = goobits
        self._make_record = make_record
        self._base = generations.read_current(root)
        self._plugins = {plugin.name: plugin for plugin in self._base.plugins}
        self._touched: set[str] = set()
        self._archives: dict[str, Archive] = {}
        self._manifests: dict[str, Manifest] = {}
        self._is_open = True

    def add(
        self,
        archive: Archive,
        manifest: Manifest,
        *,
        source: str,
        programs: Sequence[str] = (),
        publisher_keys: Sequence[str] = (),
        published_at: str = "",
        allow_downgrade: bool = False,
    ) -> None:
        """Install what an archive holds, or update to it.

        `manifest` is what the archive's own says. Without `programs` an update leaves them as
        they are, and what is new is for all.

        Raises:
            StoreError: a newer version is installed.
        """
        found = entry.of_archive(self._root, archive, manifest, source)
        known = self._plugins.get(found.name)
        if known is not None and not known.linked and not allow_downgrade:
            _check_newer(known, found)
        found = replace(
            found, publisher_keys=tuple(publisher_keys), published_at=published_at
        )
        self._put(found, manifest, programs)
        self._archives[found.name] = archive

    def link(
        self, folder: Path, manifest: Manifest, *, programs: Sequence[str] = ()
    ) -> None:
        """Run a plugin from the folder in which its author works; an absolute path.

        Raises:
            StoreError: the folder cannot be linked.
        """
        self._put(entry.of_link(self._root, folder, manifest), manifest, programs)
        self._archives.pop(manifest.name, None)

    def remove(self, name: str) -> None:
        """Take a plugin away; its files go when no generation that is kept has it.

        Raises:
            NotInstalledError: there is none of this name.
        """
        self._known(name)
        del self._plugins[name]
        self._touched.add(name)
        self._archives.pop(name, None)

    def set_enabled(self, name: str, enabled: bool) -> None:
        """Let programs have the commands of a plugin, or not.

        Raises:
            NotInstalledError: there is none of this name.
        """
        self._plugins[name] = replace(self._known(name), enabled=enabled)
        self._touched.add(name)

    def restore(self, number: int) -> None:
        """Have exactly what an older generation had.

        Raises:
            StoreError: there is no such generation, or one of its plugins is gone.
        """
        self._base = generations.read(self._root, number)
        generations.check_folders(self._base)
        self._plugins = {plugin.name: plugin for plugin in self._base.plugins}
        self._touched, self._archives, self._manifests = set(), {}, {}

    def check(self) -> None:
        """See that what is to be installed fits together; `commit` does so, too.

        Raises:
            StoreError: two plugins are in each other's way, or one lacks what it needs.
        """
        rules.check(self._plugins, self._touched)

    def commit(self) -> int:
        """Put the change in force, and return the number of the new generation.

        Raises:
            StoreError: it was not made; the old state is in force.
            RuntimeMissingError: this machine has not what runs a plugin.
        """
        if not self._is_open:
            raise RuntimeError("a change is committed once, in its `with` block")
        self.check()
        with disk.errors_told(self._root):
            sweep(self._root, self._base.number)
            try:
                return self._commit()
            except BaseException:
                with suppress(OSError):
                    sweep(self._root, self._base.number)
                raise

    def close(self) -> None:
        """Let nothing be committed any more."""
        self._is_open = False

    def _commit(self) -> int:
        names = sorted(self._plugins)
        for name in names:
            if name in self._archives:
                _unpack(self._root, self._archives[name], self._plugins[name])
        disk.make_private(f"{self._root}/generations")
        number = generations.current(self._root) + 1
        generations.activate(
            self._root,
            number,
            [self._plugins[name] for name in names],
            {name: self._record(name) for name in names},
            self._goobits,
        )
        self.close()
        return number

    def _put(
        self, found: Installed, manifest: Manifest, programs: Sequence[str]
    ) -> None:
        known = self._plugins.get(found.name, found)
        self._plugins[found.name] = replace(
            found,
            programs=entry.check_programs(programs or known.programs),
            enabled=known.enabled,
        )
        self._manifests[found.name] = manifest
        self._touched.add(found.name)

    def _known(self, name: str) -> Installed:
        if name not in self._plugins:
            raise NotInstalledError(
                f"plugin '{name}' is not installed",
                hint="see what is: goobits plugin list",
            )
        return self._plugins[name]

    def _record(self, name: str) -> bytes:
        """Return the record of a plugin: a new one where it, or what it needs, was touched."""
        plugin = self._plugins[name]
        needed = rules.needed_by(name, self._plugins)
        if self._touched.isdisjoint([name, *needed]):
            return self._kept_record(name)
        manifest = self._manifests.get(name) or _manifest_of(plugin)
        if manifest is None:
            return self._kept_record(name)
        return self._make_record(
            manifest,
            plugin.folder,
            {other.name: other.folder for other in needed.values()},
            sha256=plugin.sha256,
            linked=plugin.linked,
        )

    def _kept_record(self, name: str) -> bytes:
        path = generations.record_path(self._root, self._base.number, name)
        with open(path, "rb") as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != dict(self._base.records)[name]:
            raise StoreError(
                f"{path} was changed since it was written",
                hint=f"install that plugin again: {name}",
            )
        return data


def _check_newer(known: Installed, found: Installed) -> None:
    if Version(found.version) < Version(known.version):
        raise StoreError(
            f"plugin '{found.name}' is installed in version {known.version}, "
            f"which is newer than {found.version}",
            hint=f"remove it first: goobits plugin remove {found.name}",
        )


def _unpack(root: str, archive: Archive, plugin: Installed) -> None:
    """Have the files of a plugin in their place, on the disk."""
    target = str(plugin.folder)
    is_there = os.path.lexists(target)
    if is_there and not any(plugin_problems(plugin)):
        return
    staging = f"{root}/store/{_STAGING}"
    disk.make_private(staging)
    with disk.opened(staging) as at:
        extract(archive, at)
    disk.synchronize_tree(staging)
    above = os.path.dirname(target)
    disk.make_private(above)
    if is_there:
        discard(target, f"{root}/store")
    os.rename(staging, target)
    disk.synchronize(above)


def _manifest_of(plugin: Installed) -> Manifest | None:
    """Read the manifest of a plugin that is installed; None where it is not what it was.

    Such a plugin is refused by its record when it is run.
    """
    path = plugin.folder / FILE
    if any(Path(problem.path) == path for problem in plugin_problems(plugin)):
        return None
    return read_manifest(path.read_text("utf-8"), str(path), folder=plugin.folder)
