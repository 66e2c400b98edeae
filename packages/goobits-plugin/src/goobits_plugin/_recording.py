"""Makes the record of a plugin when it is installed or linked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from goobits_engine import table_json

from goobits_plugin._manifest import FILE, Manifest
from goobits_plugin._record import SCHEMA
from goobits_plugin._runtimes import start


def make_record(
    manifest: Manifest,
    folder: Path,
    dependencies: Mapping[str, Path],
    *,
    sha256: str = "",
    linked: bool = False,
) -> bytes:
    """Return the record, as JSON, of a plugin whose files lie in a folder.

    `dependencies` are the folders of other plugins by their names. Of a `linked` folder, whose
    author goes on working in it, only the manifest is held to what it was.

    Raises:
        RuntimeMissingError: this machine has not what runs it.
    """
    started = start(manifest, folder, tuple(dependencies.items()))
    record = {
        "schema": SCHEMA,
        "name": manifest.name,
        "version": manifest.version,
        "sha256": sha256,
        "language": manifest.language,
        "protocol": manifest.protocol,
        "folder": str(folder),
        "linked": linked,
        **asdict(started),
        "permissions": asdict(manifest.permissions),
        "limits": asdict(manifest.limits),
        "files": list(_files(folder, linked)),
        "tables": json.loads(table_json(manifest.program)),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _files(folder: Path, linked: bool) -> Iterator[tuple[str, int, int]]:
    found = [folder / FILE] if linked else sorted(folder.rglob("*"))
    for path in found:
        if path.is_file():
            status = path.lstat()
            name = path.relative_to(folder).as_posix()
            yield name, status.st_size, status.st_mtime_ns
