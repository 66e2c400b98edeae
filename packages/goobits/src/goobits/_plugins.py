"""What `goobits plugin` does: change what is installed, and run it."""

from __future__ import annotations

import os
from pathlib import Path

from goobits_plugin import NotInstalledError, check, run_command

from goobits._plugin_authoring import manifest_of
from goobits._plugin_words import (
    as_json,
    edge,
    one,
    record_of,
    refused_to_ask,
    say,
    store,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin import Manifest, Permissions

    from goobits._plugin_words import Json

_FAILED, _REFUSED = 1, 126


@edge
def on_plugin_run(*, plugin: str, words: list[str], **_rest: object) -> int:
    """Run a command of a plugin, whichever programs it is for."""
    record = record_of(plugin)
    check(store().root, record)
    cli = f"goobits plugin run {plugin} --"
    return run_command(record, cli, record.version, words or ["--help"])


@edge
def on_plugin_install(
    *, archive: str, sha256: str | None, downgrade: bool, yes: bool, **rest: object
) -> int:
    """Install a plugin from its archive, when its user allows what it wants."""
    from goobits_plugin import read_archive, read_manifest

    data = _read(archive)
    found = read_archive(data, sha256=sha256 or _sha256(data))
    manifest = read_manifest(found.manifest.decode(), archive)
    note = f"from {archive}, which nobody has signed"
    code = _consent(manifest, note, yes, "install")
    if code is not None:
        return code
    with store().transaction() as change:
        change.add(
            found,
            manifest,
            source=f"file:{os.path.abspath(archive)}",
            programs=_programs(rest),
            allow_downgrade=downgrade,
        )
        change.commit()
    print(f"installed  {manifest.name} {manifest.version}")
    return 0


@edge
def on_plugin_link(*, folder: str, yes: bool, **rest: object) -> int:
    """Install a folder that somebody works on, as it is."""
    place = Path(folder).resolve()
    manifest = manifest_of(place)
    code = _consent(manifest, f"in {place}, as it is", yes, "link")
    if code is not None:
        return code
    with store().transaction() as change:
        change.link(place, manifest, programs=_programs(rest))
        change.commit()
    print(f"linked  {manifest.name} {manifest.version}")
    return 0


@edge
def on_plugin_unlink(*, plugin: str, **_rest: object) -> int:
    """Remove a plugin that was linked."""
    if not one(plugin).linked:
        message = f"plugin '{plugin}' was installed, not linked"
        raise NotInstalledError(message, hint=f"goobits plugin remove {plugin}")
    return _remove(plugin)


@edge
def on_plugin_remove(*, plugin: str, **_rest: object) -> int:
    """Remove a plugin."""
    return _remove(plugin)


@edge
def on_plugin_list(*, json: bool, **_rest: object) -> int:
    """List what is installed."""
    found = store().installed()
    if json:
        print(as_json([_listed(plugin.name) for plugin in found]))
        return 0
    for plugin in found:
        notes = "" if plugin.enabled else "  disabled"
        notes += f"  {plugin.source}" if plugin.linked else ""
        print(f"{plugin.name}  {plugin.version}  {','.join(plugin.programs)}{notes}")
    return 0


@edge
def on_plugin_info(*, plugin: str, json: bool, **_rest: object) -> int:
    """Show what a plugin adds, wants and may use."""
    from goobits._consent import described

    is_folder = plugin.startswith(".") or os.path.isabs(plugin)
    place = Path(plugin) if is_folder else one(plugin).folder
    manifest = manifest_of(place.resolve())
    if json:
        print(as_json(_described(manifest)))
    else:
        print(described(manifest, f"in {place}"), end="")
    return 0


@edge
def on_plugin_enable(*, plugin: str, **_rest: object) -> int:
    """Let a plugin add its commands again."""
    return _enable(plugin, True)


@edge
def on_plugin_disable(*, plugin: str, **_rest: object) -> int:
    """Keep a plugin, but not its commands."""
    return _enable(plugin, False)


@edge
def on_plugin_rollback(*, to: int | None, list: bool, **_rest: object) -> int:
    """Go back to the plugins that there were."""
    if not list:
        print(f"generation {store().rollback(to)}")
        return 0
    for generation in store().generations():
        names = (f"{plugin.name} {plugin.version}" for plugin in generation.plugins)
        print(f"{generation.number}  {', '.join(names) or 'nothing'}")
    return 0


@edge
def on_plugin_verify(*, json: bool, **_rest: object) -> int:
    """Compare every file of every plugin with what was installed."""
    found = store().verify()
    if json:
        rows = [
            {"plugin": one.plugin, "path": one.path, "message": one.message}
            for one in found
        ]
        print(as_json(rows))
    else:
        for problem in found:
            print(f"{problem.plugin or 'store'}  {problem.path}: {problem.message}")
    return _FAILED if found else 0


def on_plugin_doctor(*, json: bool, **_rest: object) -> int:
    """Say whether plugins can run on this system, and what they lack."""
    from goobits_sandbox import doctor

    findings = doctor()
    if json:
        rows: list[dict[str, Json]] = [
            {"name": one.name, "holds": one.holds, "said": one.said, "fix": one.fix}
            for one in findings
        ]
        print(as_json(rows))
    else:
        print("".join(finding.text() for finding in findings), end="")
    return 0 if all(finding.holds for finding in findings) else _FAILED


def _consent(manifest: Manifest, note: str, yes: bool, verb: str) -> int | None:
    """Show what a plugin wants and ask for it; an exit code where the answer is no."""
    from goobits._consent import ask, described

    if yes:
        return None
    say(described(manifest, note, _permissions(manifest.name)))
    answer = ask(f"{verb.capitalize()} it?", yes)
    if answer is None:
        return refused_to_ask(f"goobits plugin {verb}")
    return None if answer else _REFUSED


def _permissions(name: str) -> Permissions | None:
    """Return what an installed plugin may do, None where it is not installed."""
    from goobits_plugin import Permissions

    if not any(plugin.name == name for plugin in store().installed()):
        return None
    lists = record_of(name).permissions.lists()
    return Permissions(**{kind: tuple(items) for kind, items in lists.items()})


def _remove(name: str) -> int:
    with store().transaction() as change:
        change.remove(name)
        change.commit()
    print(f"removed  {name}")
    return 0


def _enable(name: str, enabled: bool) -> int:
    with store().transaction() as change:
        change.set_enabled(name, enabled)
        change.commit()
    print(f"{'enabled' if enabled else 'disabled'}  {name}")
    return 0


def _programs(options: dict[str, object]) -> tuple[str, ...]:
    """Return the programs of `--for`, whose name no parameter can have."""
    named = options.get("for_")
    return tuple(map(str, named)) if isinstance(named, list) else ()


def _listed(name: str) -> dict[str, Json]:
    plugin = one(name)
    return {
        "name": plugin.name,
        "version": plugin.version,
        "programs": [*plugin.programs],
        "commands": [word.name for word in plugin.words],
        "enabled": plugin.enabled,
        "source": plugin.source,
        "sha256": plugin.sha256,
    }


def _described(manifest: Manifest) -> dict[str, Json]:
    from dataclasses import asdict

    return {
        "name": manifest.name,
        "version": manifest.version,
        "summary": manifest.summary,
        "language": manifest.language,
        "commands": [child.name for child in manifest.program.root.children],
        "permissions": asdict(manifest.permissions),
        "limits": asdict(manifest.limits),
    }


def _read(path: str) -> bytes:
    from goobits_plugin import StoreError

    try:
        return Path(path).read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise StoreError(message, hint="name an archive of a plugin") from error


def _sha256(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
