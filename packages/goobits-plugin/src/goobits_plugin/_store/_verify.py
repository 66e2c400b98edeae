"""Holds what is on the disk against what was written down when it was installed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator

from goobits_plugin._store import _disk as disk
from goobits_plugin._store import _generations as generations
from goobits_plugin._store import _lockfile, _rows
from goobits_plugin._store._values import File, Generation, Installed, Problem

_OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def problems(root: str, generation: Generation) -> Iterator[Problem]:
    """Say what is not as it was in a generation; reads every file of every plugin."""
    if generation.number:
        yield from _generation_problems(root, generation)
    for plugin in generation.plugins:
        yield from plugin_problems(plugin)


def plugin_problems(plugin: Installed) -> Iterator[Problem]:
    """Say which files of a plugin are not those that were installed."""
    for file in plugin.files:
        path = f"{plugin.folder}/{file.path}"
        message = _difference(path, file)
        if message:
            yield Problem(plugin.name, path, message)
    if not plugin.linked:
        known = {file.path for file in plugin.files}
        for path in _paths(str(plugin.folder)):
            if os.path.relpath(path, plugin.folder) not in known:
                yield Problem(plugin.name, path, "was put there by somebody else")


def _generation_problems(root: str, generation: Generation) -> Iterator[Problem]:
    folder = f"{root}/generations/{generation.number}"
    table = f"{folder}/{_rows.FILE}"
    if _hash(table) != generation.commands_sha256:
        yield Problem("", table, "is gone or was changed")
    expected = {_lockfile.FILE, _rows.FILE, generations.RECORDS}
    for name, sha256 in generation.records:
        path = generations.record_path(root, generation.number, name)
        expected.add(os.path.relpath(path, folder))
        if _hash(path) != sha256:
            yield Problem(name, path, "is gone or was changed")
    records = disk.names_in(f"{folder}/{generations.RECORDS}")
    found = [
        *disk.names_in(folder),
        *(f"{generations.RECORDS}/{name}" for name in records),
    ]
    for name in found:
        if name not in expected:
            yield Problem("", f"{folder}/{name}", "was put there by somebody else")


def _difference(path: str, file: File) -> str:
    try:
        found = os.lstat(path)
    except OSError:
        return "is gone"
    if not stat.S_ISREG(found.st_mode):
        return "is not a file any more"
    if found.st_size != file.size or _hash(path) != file.sha256:
        return "was changed"
    return ""


def _hash(path: str) -> str:
    """Return the hash of a file, or nothing where it cannot be read."""
    try:
        with open(os.open(path, _OPENING), "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        return ""


def _paths(folder: str) -> Iterator[str]:
    """Return the paths of all that is no folder; links to folders among them."""
    for above, folders, names in os.walk(folder):
        links = [name for name in folders if os.path.islink(f"{above}/{name}")]
        yield from (f"{above}/{name}" for name in [*links, *names])
