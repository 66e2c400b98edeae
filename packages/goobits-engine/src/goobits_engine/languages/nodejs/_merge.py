"""A program in a `package.json` that is somebody's own: its command, and what is packed."""

from __future__ import annotations

import re
from json import JSONDecodeError
from typing import Final

from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._json_edit import (
    Member,
    Object,
    Style,
    appended,
    extended,
    object_at,
    outermost,
)

_MARK: Final = "\ufeff"
_IN_THIS_FOLDER: Final = re.compile(r"^(\./|/)")
_ALL_OF_IT: Final = re.compile(r"(/\*{1,2})+$")


def with_program(text: str, command: str, entry: str, hooks: str) -> str:
    """Return a `package.json` that has a command, and packs the files of the program.

    When it lacked the command, the file `entry` is it. Without `files` all is packed.

    Raises:
        ValueError: the text is no JSON object, or no command can be added to those it has.
    """
    bare = text.removeprefix(_MARK)
    mark = text[: len(text) - len(bare)]
    return mark + _with_files(_with_command(bare, command, entry), (entry, hooks))


def _with_command(text: str, command: str, path: str) -> str:
    whole, style = outermost(text)
    new = (literal.json(command), literal.json(path))
    found = whole.get("bin")
    if found is None:
        _refuse_folder(text, whole)
        member = ('"bin"', style.spelled(2, new))
        return appended(text, whole, member, style, 1)
    if isinstance(found.value, str):
        return _beside_only(text, whole, found, new, style)
    if not isinstance(found.value, dict):
        raise JSONDecodeError(
            "'bin' is neither a text nor an object", text, found.start
        )
    if command in map(_command, found.value):
        return text
    return appended(text, object_at(text, found.start), new, style, 2)


def _with_files(text: str, paths: tuple[str, ...]) -> str:
    """Add to the `files`, if there are any, those paths which none of them covers."""
    whole, style = outermost(text)
    found = whole.get("files")
    if found is None or not isinstance(found.value, list):
        return text
    packed = [entry for entry in found.value if isinstance(entry, str)]
    new = [
        literal.json(path)
        for path in paths
        if not any(_covers(entry, path) for entry in packed)
    ]
    return extended(text, found.start, new, style, 2) if new else text


def _covers(entry: str, path: str) -> bool:
    """Tell whether an entry is a path, or a folder above it."""
    bare = _IN_THIS_FOLDER.sub("", entry)
    folder = _ALL_OF_IT.sub("", bare).rstrip("/")
    return path.startswith(f"{folder}/") or path == folder or bare in ("*", "**")


def _beside_only(
    text: str, whole: Object, found: Member, new: tuple[str, str], style: Style
) -> str:
    """Add to a `bin` that is one path, of a command that is called as the package is."""
    name = whole.get("name")
    if name is None or not isinstance(name.value, str) or not _command(name.value):
        message = "'bin' is a text, but no 'name' says of which command"
        raise JSONDecodeError(message, text, found.start)
    known = literal.json(_command(name.value))
    if known == new[0]:
        return text
    said = style.spelled(2, (known, text[found.start : found.end]), new)
    return text[: found.start] + said + text[found.end :]


def _command(name: str) -> str:
    """Return the command that npm makes of a name: that of a package without its scope."""
    return name.rpartition("/")[2]


def _refuse_folder(text: str, whole: Object) -> None:
    """Refuse a package whose commands are a folder, which does not count beside a `bin`."""
    found = whole.get("directories")
    if found and isinstance(found.value, dict) and "bin" in found.value:
        message = "'directories.bin' does not go together with a 'bin'"
        raise JSONDecodeError(message, text, found.start)
