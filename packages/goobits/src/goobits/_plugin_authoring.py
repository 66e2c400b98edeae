"""What `goobits plugin` does for who writes plugins: begin one, try it, pack it."""

from __future__ import annotations

import os
from pathlib import Path

from goobits_plugin import (
    FILE,
    Manifest,
    Record,
    make_record,
    pack,
    read_manifest,
    run_command,
)

from goobits._consent import ask, described, wants_anything
from goobits._plugin_words import as_json, edge, refused_to_ask, say

_REFUSED = 126


@edge
def on_plugin_init(
    *, plugin: str, language: str, output: str | None, **_rest: object
) -> int:
    """Write a plugin to begin with."""
    from goobits_plugin import write_starter

    folder = Path(output or plugin.rpartition("/")[2])
    for path in write_starter(plugin, language, folder):
        print(f"written  {path}")
    print(f"next: read {folder}/README.md, then: goobits plugin try {folder}")
    return 0


@edge
def on_plugin_try(*, folder: str, words: list[str], yes: bool, **_rest: object) -> int:
    """Run a command of a folder in the sandbox, and install nothing."""
    place = Path(folder).resolve()
    manifest, record = of_folder(place)
    cli = f"goobits plugin try {folder} --"
    if not words:
        return run_command(record, cli, manifest.version, ["--help"])
    if wants_anything(manifest) and not yes:
        say(described(manifest, f"in {place}"))
        answer = ask("Run it?", yes)
        if answer is None:
            return refused_to_ask("goobits plugin try")
        if not answer:
            return _REFUSED
    return run_command(record, cli, manifest.version, words)


@edge
def on_plugin_pack(
    *, folder: str, output: str | None, json: bool, **_rest: object
) -> int:
    """Write the archive of a folder."""
    place = Path(folder).resolve()
    manifest = manifest_of(place)
    packed = pack(place, exclude=manifest.exclude)
    name = f"{manifest.name.replace('/', '-')}-{manifest.version}.tar.gz"
    target = Path(output or name)
    _write(target, packed.data)
    if json:
        listing = {"path": str(target), "sha256": packed.sha256}
        print(as_json({**listing, "files": packed.files, "size": packed.size}))
    else:
        print(f"written  {target}")
        print(f"sha256   {packed.sha256}")
    return 0


def manifest_of(folder: Path) -> Manifest:
    """Read the manifest of a folder.

    Raises:
        ManifestError: it has mistakes.
        StoreError: there is none.
    """
    from goobits_plugin import StoreError

    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        hint = "begin a plugin: goobits plugin init PUBLISHER/NAME"
        raise StoreError(f"{path} cannot be read: {why}", hint=hint) from error
    return read_manifest(text, os.path.relpath(path), folder=folder)


def of_folder(folder: Path) -> tuple[Manifest, Record]:
    """Return the manifest of a folder and what a run of it would need."""
    from goobits._plugin_words import dependencies

    manifest = manifest_of(folder)
    found = make_record(manifest, folder, dependencies(manifest), linked=True)
    return manifest, Record.parse(found)


def _write(target: Path, data: bytes) -> None:
    """Write a file so that the old one or the new one is there, whatever happens."""
    from goobits_plugin import StoreError

    new = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        os.replace(new, target)
    except OSError as error:
        new.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror}"
        raise StoreError(message, hint="choose another place with --output") from error
