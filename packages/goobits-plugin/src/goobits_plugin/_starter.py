"""The plugins that an author can begin with: `goobits plugin init`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from goobits_plugin._errors import GoobitsPluginError
from goobits_plugin._manifest._rules import NAME

LANGUAGES: Final = ("python", "nodejs", "typescript", "rust")
"""Languages that there is a starter for."""

_FOLDER: Final = Path(__file__).parent / "_starters"
_SUFFIX: Final = ".in"


def write_starter(name: str, language: str, folder: Path) -> tuple[Path, ...]:
    """Write a plugin `publisher/name` with one command into a folder; return its files.

    The folder is made where it is missing. Nothing is written over: all files are written, or none.

    Raises:
        GoobitsPluginError: the name or the language is none, a file is there already, or cannot be
            written.
    """
    files = {folder / path: text for path, text in starter(name, language).items()}
    for path in files:
        if os.path.lexists(path):
            raise GoobitsPluginError(
                f"{path} exists", hint="choose another folder: nothing is written over"
            )
    made: list[Path] = []
    try:
        for path, text in files.items():
            _make_folder(path.parent, made)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
            if path.suffix == ".sh":
                path.chmod(path.stat().st_mode | 0o111)
    except BaseException as error:
        _remove(made)
        if isinstance(error, OSError):
            at = error.filename or folder
            raise GoobitsPluginError(f"{at}: {error.strerror}") from error
        raise
    return tuple(files)


def starter(name: str, language: str) -> dict[str, str]:
    """Return the files of a starter by their paths, which are sorted.

    Raises:
        GoobitsPluginError: the name or the language is none.
    """
    if language not in LANGUAGES:
        raise GoobitsPluginError(
            f"there is no starter for the language '{language}'",
            hint=f"it is one of {', '.join(LANGUAGES)}",
        )
    if not re.fullmatch(NAME, name):
        raise GoobitsPluginError(
            f"'{name}' is no name of a plugin",
            hint="use publisher/name: lower-case letters, digits and single '-', as acme/hello",
        )
    publisher, _, plugin = name.partition("/")
    words = {"@NAME@": name, "@PUBLISHER@": publisher, "@PLUGIN@": plugin}
    files = {}
    for path in sorted((_FOLDER / language).rglob(f"*{_SUFFIX}")):
        text = path.read_text(encoding="utf-8")
        for word, value in words.items():
            text = text.replace(word, value)
        shown = path.relative_to(_FOLDER / language).as_posix().removesuffix(_SUFFIX)
        files[shown.removeprefix("dot")] = text
    return dict(sorted(files.items()))


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _remove(made: list[Path]) -> None:
    for path in reversed(made):
        try:
            path.rmdir() if path.is_dir() else path.unlink()
        except OSError:  # somebody has put a file of theirs there
            continue
