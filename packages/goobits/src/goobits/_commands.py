"""What the commands of goobits do: call the engine, print, and choose the exit code."""

from __future__ import annotations

import os
import sys

import goobits_engine as engine

from goobits import _caches as caches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from goobits_engine import BuiltFile, GoobitsEngineError, SettledFile

_FAILED = 1
_INVALID = 2
# What `goobits plugin` does is in modules of its own, by the names of its hooks.
_PLUGINS = {
    "_plugins": (
        "on_plugin_install",
        "on_plugin_link",
        "on_plugin_unlink",
        "on_plugin_remove",
        "on_plugin_list",
        "on_plugin_info",
        "on_plugin_enable",
        "on_plugin_disable",
        "on_plugin_rollback",
        "on_plugin_verify",
        "on_plugin_run",
        "on_plugin_doctor",
    ),
    "_plugin_authoring": ("on_plugin_init", "on_plugin_try", "on_plugin_pack"),
}


def __getattr__(name: str) -> object:
    for module, names in _PLUGINS.items():
        if name in names:
            found = __import__(f"{__package__}.{module}", None, None, (name,))
            value: object = getattr(found, name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def on_plugin_exec(
    *, word: str, words: list[str], cli: str, cli_version: str, **_rest: object
) -> int:
    """Run a command of a plugin as the program that it was typed to."""
    from goobits_plugin import execute

    return execute(cli, cli_version, word, words)


def on_build(
    *,
    config: str,
    output: str | None,
    language: list[str],
    check: bool,
    add_missing_hooks: bool,
    json: bool,
    **_rest: object,
) -> int:
    """Build a configuration, or say whether its files are in step with it."""
    kept = caches.builds()
    if kept is not None:
        found = engine.settled(
            config,
            output,
            only=language,
            add_missing_hooks=add_missing_hooks,
            kept=kept,
        )
        if found is not None:
            if found.warnings:
                _say(found.warnings)
            _show(found.files, check, json)
            return 0
    from goobits import _wiring as wiring

    try:
        done = wiring.build(
            config,
            output,
            language,
            check=check,
            add_missing_hooks=add_missing_hooks,
        )
    except engine.OutputError as error:
        return _complain(error, _INVALID if check else _FAILED)
    except engine.GoobitsEngineError as error:
        return _complain(error, _INVALID)
    if done.warnings:
        _say(engine.format_text(done.warnings))
    _show(done.files, check, json)
    return _FAILED if check and not done.in_step else 0


def on_init(*, name: str | None, template: str, force: bool, **_rest: object) -> int:
    """Write a goobits.yaml into this folder."""
    from pathlib import Path

    folder = Path()
    try:
        program = name or folder.resolve().name
        if not _can_be_named(template, program):
            hint = "call it by letters, digits, - and _, with a letter first: goobits init NAME"
            message = f"{program!r} cannot be the name of a program"
            return _complain(engine.GoobitsEngineError(message, hint=hint), _INVALID)
        path = engine.write_starter(template, program, folder, replace=force)
    except engine.OutputError as error:
        return _complain(error, _FAILED)
    except FileNotFoundError:
        message = "this folder does not exist any more"
        return _complain(engine.GoobitsEngineError(message), _FAILED)
    print(f"written  {path}")
    print("next: goobits build")
    return 0


def _can_be_named(template: str, program: str) -> bool:
    try:
        read = engine.parse(engine.starter(template, program))
    except engine.ConfigError:
        return False
    return read.program.root.name == program


def on_validate(*, config: str, format: str, json: bool, **_rest: object) -> int:
    """Say everything that is wrong with a configuration."""
    try:
        diagnostics = engine.check(engine.read_text(config), config)
    except engine.ConfigFileError as error:
        return _complain(error, _INVALID)
    wrong = any(diagnostic.severity == "error" for diagnostic in diagnostics)
    if json or format == "json":
        print(engine.format_json(diagnostics).rstrip("\n"))
    elif format == "github":
        if diagnostics:
            print(engine.format_github(diagnostics))
    else:
        if diagnostics:
            _say(engine.format_text(diagnostics))
        if not wrong:
            print(f"{config} is valid")
    return _INVALID if wrong else 0


def _complain(error: GoobitsEngineError, code: int) -> int:
    if isinstance(error, engine.ConfigError):
        _say(str(error))
        return code
    _say(f"goobits: error: {error}")
    if error.hint:
        _say(f"help: {error.hint}")
    return code


def _say(text: str) -> None:
    """Write to stderr; that it cannot be written changes no exit code."""
    if sys.stderr is not None:
        try:
            print(text, file=sys.stderr)
        except OSError:
            # What is left in the buffer must not fail once more at the end.
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 2)
            os.close(null)


def _listing(files: Sequence[BuiltFile | SettledFile]) -> str:
    import json

    listing = [
        {
            "path": str(file.path).replace(os.sep, "/"),
            "role": file.role,
            "language": file.language,
            "state": file.state,
            **({"missing_hooks": file.missing_hooks} if file.role == "hooks" else {}),
        }
        for file in files
    ]
    return json.dumps(listing, indent=2, ensure_ascii=False)


def _show(files: Sequence[BuiltFile | SettledFile], check: bool, as_json: bool) -> None:
    if as_json:
        print(_listing(files))
        return
    for file in files:
        if not check or file.state not in ("unchanged", "kept"):
            print(f"{file.state:9}  {str(file.path).replace('/', os.sep)}")
    for file in files:
        if file.missing_hooks:
            names = ", ".join(file.missing_hooks)
            text = f"{file.path} has no {names}: add them, or use --add-missing-hooks"
            _say(f"goobits: warning: {text}")
