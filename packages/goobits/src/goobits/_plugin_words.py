"""What the commands of `goobits plugin` share: their edge, their words, what is installed."""

from __future__ import annotations

import json
import os
import sys
from functools import wraps

from goobits_plugin import (
    GoobitsPluginError,
    ManifestError,
    NotInstalledError,
    Record,
    Store,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from typing import ParamSpec

    from goobits_plugin import Installed, Manifest

    Arguments = ParamSpec("Arguments")
    Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_USAGE = 2


def edge(command: Callable[Arguments, int]) -> Callable[Arguments, int]:
    """Make a command say what went wrong in a line, and return its exit code."""

    @wraps(command)
    def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> int:
        try:
            return command(*args, **kwargs)
        except GoobitsPluginError as error:
            is_whole = isinstance(error, ManifestError)
            say(str(error) if is_whole else f"goobits: error: {error}")
            if error.hint:
                say(f"help: {error.hint}")
            return error.exit_code

    return told


def say(text: str) -> None:
    """Write to stderr."""
    if sys.stderr is not None:
        print(text, file=sys.stderr)


def as_json(value: Json) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def refused_to_ask(command: str) -> int:
    """Say that there is nobody to ask, and return the exit code."""
    say("goobits: error: there is no terminal to ask on, and nothing was done")
    say(f"help: read what it wants, then allow it: {command} --yes")
    return _USAGE


def store() -> Store:
    """Return the plugins of this user."""
    return Store.of(os.environ, goobits=_ourselves())


def _ourselves() -> str:
    """Return the absolute path of this command, which programs run for their plugins."""
    import shutil

    found = sys.argv[0]
    if os.path.basename(found) != "goobits":
        found = os.path.join(os.path.dirname(sys.executable), "goobits")
    if not os.path.isfile(found):
        found = shutil.which("goobits") or found
    return os.path.abspath(found)


def record_of(name: str) -> Record:
    """Return what a run of an installed plugin needs.

    Raises:
        NotInstalledError: there is none of this name.
    """
    one(name)
    file = f"{name.replace('/', '__')}.json"
    return Record.load(os.path.join(store().root, "current", "records", file))


def one(name: str) -> Installed:
    """Return an installed plugin.

    Raises:
        NotInstalledError: there is none of this name.
    """
    for found in store().installed():
        if found.name == name:
            return found
    hint = "see what is: goobits plugin list"
    raise NotInstalledError(f"plugin '{name}' is not installed", hint=hint)


def dependencies(manifest: Manifest) -> dict[str, Path]:
    """Return the folders of the plugins that one needs.

    Raises:
        NotInstalledError: one is not installed, or not in a version that will do.
    """
    from packaging.specifiers import SpecifierSet

    if not manifest.dependencies:
        return {}
    installed = {found.name: found for found in store().installed()}
    folders = {}
    for needed in manifest.dependencies:
        found = installed.get(needed.name)
        wanted = SpecifierSet(needed.versions, prereleases=True)
        if found is None or found.version not in wanted:
            raise NotInstalledError(
                f"plugin '{manifest.name}' needs {needed.name} {needed.versions}",
                hint="install that first: goobits plugin install ARCHIVE",
            )
        folders[needed.name] = found.folder
    return folders
