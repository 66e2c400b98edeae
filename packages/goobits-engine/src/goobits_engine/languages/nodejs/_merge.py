"""One command more in a `package.json` that is somebody's own."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Final

from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._json_edit import (
    Member,
    Object,
    Style,
    appended,
    object_at,
    outermost,
)

_MARK: Final = "\ufeff"


def with_command(text: str, command: str, path: str) -> str:
    """Return a `package.json` that has a command; when it lacked it, the file at `path` is it.

    Raises:
        ValueError: the text is no JSON object, or no command can be added to those it has.
    """
    bare = text.removeprefix(_MARK)
    mark = text[: len(text) - len(bare)]
    whole, style = outermost(bare)
    new = (literal.json(command), literal.json(path))
    found = whole.get("bin")
    if found is None:
        _refuse_folder(bare, whole)
        member = ('"bin"', style.spelled(2, new))
        return mark + appended(bare, whole, member, style, 1)
    if isinstance(found.value, str):
        return mark + _beside_only(bare, whole, found, new, style)
    if not isinstance(found.value, dict):
        raise JSONDecodeError(
            "'bin' is neither a text nor an object", bare, found.start
        )
    if command in map(_command, found.value):
        return text
    return mark + appended(bare, object_at(bare, found.start), new, style, 2)


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
