"""What `goobits plugin` does: change what is installed, and run it."""

from __future__ import annotations

import os
from pathlib import Path

from goobits_plugin import execute, run_command

from goobits._consent import ask, described
from goobits._plugin_authoring import (
    manifest_of,
    of_folder,
    on_plugin_init,
    on_plugin_pack,
    on_plugin_try,
)
from goobits._plugin_words import as_json, edge, one, refused_to_ask, say, store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin import Installed, Manifest, Record

__all__ = [
    "on_plugin_disable",
    "on_plugin_doctor",
    "on_plugin_enable",
    "on_plugin_exec",
    "on_plugin_info",
    "on_plugin_init",
    "on_plugin_install",
    "on_plugin_link",
    "on_plugin_list",
    "on_plugin_pack",
    "on_plugin_remove",
    "on_plugin_rollback",
    "on_plugin_run",
    "on_plugin_try",
    "on_plugin_unlink",
    "on_plugin_verify",
]

_FAILED, _USAGE, _REFUSED = 1, 2, 126


@edge
def on_plugin_install(
    *,
    archive: str,
    sha256: str | None,
    downgrade: bool,
    yes: bool,
    **rest: object,
) -> int:
    """Install a plugin from its archive, when its user allows what it wants."""
    from goobits_plugin import read_archive, read_manifest

    data = _read(archive)
    found = read_archive(data, sha256=sha256 or _sha256(data))
    manifest = read_manifest(found.manifest.decode(), archive)
    source = f"file:{os.path.abspath(archive)}"
    with store().transaction() as change:
        change.add(
            found,
            manifest,
            source=source,
            programs=_programs(rest),
            allow_downgrade=downgrade,
        )
        note = f"from {archive} (nobody has signed it)"
        code = _consented(manifest, change.record(manifest.name), note, yes, "install")
        if code:
            return code
        change.commit()
    print(f"installed  {manifest.name} {manifest.version}")
    return 0
