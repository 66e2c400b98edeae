"""What is written down of a plugin when it is installed or linked."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from goobits_plugin._archive import Archive
from goobits_plugin._errors import StoreError
from goobits_plugin._manifest import FILE, Manifest
from goobits_plugin._store._lockfile import folder_of
from goobits_plugin._store._rows import words
from goobits_plugin._store._values import EVERY_PROGRAM, LINK, File, Installed

# A publisher, a name and a version are parts of paths; the manifest's reader is stricter.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]*")
_PROGRAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def of_archive(
    root: str, archive: Archive, manifest: Manifest, source: str
) -> Installed:
    """Return what will be installed from an archive, for every program."""
    files = tuple(
        File(
            member.path,
            member.size,
            hashlib.sha256(archive.content(member)).hexdigest(),
        )
        for member in archive.members
    )
    # A path that is not UTF-8 is only ever shown.
    source = source.encode(errors="backslashreplace").decode()
    return _entry(root, manifest, source, archive.sha256, files)


def of_link(root: str, folder: Path, manifest: Manifest) -> Installed:
    """Return what a linked folder is, of which only the manifest is held to what it was.

    Raises:
        StoreError: the folder cannot be linked.
    """
    try:
        content = (folder / FILE).read_bytes()
        source = f"{LINK}{folder}"
        source.encode()
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or "its path is not UTF-8"
        message = f"{folder} cannot be linked: {reason}"
        raise StoreError(message, hint="see the folder") from error
    if not folder.is_absolute():
        raise ValueError(f"not an absolute path: {folder}")
    if Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        raise StoreError(
            f"{folder} is a folder of the store, and is not linked",
            hint="link the folder in which you write the plugin",
        )
    file = File(FILE, len(content), hashlib.sha256(content).hexdigest())
    return _entry(root, manifest, source, "", (file,))


def check_programs(programs: Sequence[str]) -> tuple[str, ...]:
    """Return the programs that get a plugin's commands, each once.

    Raises:
        StoreError: one is not the name of a program.
    """
    found = tuple(dict.fromkeys(programs))
    for name in found:
        if not _PROGRAM.fullmatch(name) and found != (EVERY_PROGRAM,):
            raise StoreError(
                f"{name!r} is not the name of a program", hint="name it as it is typed"
            )
    if not found:
        raise ValueError("no programs")
    return found


def _entry(
    root: str, manifest: Manifest, source: str, sha256: str, files: tuple[File, ...]
) -> Installed:
    name, version = manifest.name, manifest.version
    if not _NAME.fullmatch(name) or not _VERSION.fullmatch(version):
        raise StoreError(f"{name!r} {version!r} cannot be installed under this name")
    permissions = json.dumps(
        asdict(manifest.permissions), sort_keys=True, separators=(",", ":")
    )
    return Installed(
        name,
        version,
        sha256,
        source,
        folder_of(root, name, version, sha256, source),
        tuple(words(manifest.program)),
        files,
        hashlib.sha256(permissions.encode()).hexdigest(),
        dependencies=tuple((one.name, one.versions) for one in manifest.dependencies),
    )
