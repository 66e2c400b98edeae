"""`plugins.lock`: a generation as TOML, in the one way in which it can be written."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from goobits_plugin._errors import StoreError
from goobits_plugin._store._values import LINK, File, Generation, Installed, Word

FILE = "plugins.lock"
SCHEMA = 1


def folder_of(root: str, name: str, version: str, sha256: str, source: str) -> Path:
    """Return where the files of a plugin lie."""
    if source.startswith(LINK):
        return Path(source[len(LINK) :])
    return Path(root, "store", name, f"{version}-{sha256}")


def dump(generation: Generation) -> bytes:
    """Write a generation down; equal ones give equal bytes."""
    lines = [
        f"schema = {SCHEMA}",
        f"commands_sha256 = {_text(generation.commands_sha256)}",
    ]
    records = dict(generation.records)
    for plugin in sorted(generation.plugins, key=lambda plugin: plugin.name):
        lines += ["", "[[plugin]]", *_lines(plugin, records.get(plugin.name, ""))]
    return ("\n".join(lines) + "\n").encode()


def load(data: bytes, path: str, root: str, number: int) -> Generation:
    """Read a generation.

    Raises:
        StoreError: it cannot be read, or is of another version of goobits.
    """
    try:
        found = tomllib.loads(data.decode())
        if found["schema"] != SCHEMA:
            raise StoreError(
                f"{path} is of another version of goobits", hint="update goobits"
            )
        tables = found.get("plugin", [])
        return Generation(
            number,
            tuple(_plugin(table, root) for table in tables),
            found["commands_sha256"],
            tuple((table["name"], table["record_sha256"]) for table in tables),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "go back to what was installed before: goobits plugin rollback"
        raise StoreError(f"{path} cannot be read: {error}", hint=hint) from error


def _lines(plugin: Installed, record_sha256: str) -> Iterator[str]:
    yield f"name = {_text(plugin.name)}"
    yield f"version = {_text(plugin.version)}"
    yield f"sha256 = {_text(plugin.sha256)}"
    yield f"source = {_text(plugin.source)}"
    yield f"programs = {_list(map(_text, plugin.programs))}"
    yield f"enabled = {'true' if plugin.enabled else 'false'}"
    yield f"permissions_hash = {_text(plugin.permissions_hash)}"
    yield f"publisher_keys = {_list(map(_text, plugin.publisher_keys))}"
    yield f"published_at = {_text(plugin.published_at)}"
    yield f"record_sha256 = {_text(record_sha256)}"
    needed = (
        f"{{ name = {_text(name)}, versions = {_text(versions)} }}"
        for name, versions in plugin.dependencies
    )
    yield from _long_list("dependencies", needed)
    yield from _long_list("words", map(_word, plugin.words))
    yield from _long_list("files", map(_file, plugin.files))


def _word(word: Word) -> str:
    said = "" if word.help is None else f", help = {_text(word.help)}"
    return f"{{ name = {_text(word.name)}{said} }}"


def _file(file: File) -> str:
    path, sha256 = _text(file.path), _text(file.sha256)
    return f"{{ path = {path}, size = {file.size}, sha256 = {sha256} }}"


def _text(text: str) -> str:
    """Quote a text; what JSON escapes, TOML reads in the same way, and DEL it wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _long_list(name: str, items: Iterable[str]) -> Iterator[str]:
    found = [f"  {item}," for item in items]
    if not found:
        yield f"{name} = []"
    else:
        yield f"{name} = ["
        yield from found
        yield "]"


def _plugin(table: dict[str, object], root: str) -> Installed:
    name, version, sha256 = (_str(table[key]) for key in ("name", "version", "sha256"))
    source = _str(table["source"])
    return Installed(
        name,
        version,
        sha256,
        source,
        folder_of(root, name, version, sha256, source),
        tuple(
            Word(_str(word["name"]), _help(word)) for word in _tables(table, "words")
        ),
        tuple(
            File(_str(file["path"]), _int(file["size"]), _str(file["sha256"]))
            for file in _tables(table, "files")
        ),
        _str(table["permissions_hash"]),
        _texts(table["programs"]),
        table["enabled"] is True,
        tuple(
            (_str(needed["name"]), _str(needed["versions"]))
            for needed in _tables(table, "dependencies")
        ),
        _texts(table["publisher_keys"]),
        _str(table["published_at"]),
    )


def _help(word: dict[str, object]) -> str | None:
    return _str(word["help"]) if "help" in word else None


def _tables(table: dict[str, object], key: str) -> list[dict[str, object]]:
    found = table[key]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TypeError(f"{key} is not a list of tables")
    return found


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError(f"{found!r} is not a list")
    return tuple(map(_str, found))


def _str(found: object) -> str:
    if not isinstance(found, str):
        raise TypeError(f"{found!r} is not a text")
    return found


def _int(found: object) -> int:
    if not isinstance(found, int):
        raise TypeError(f"{found!r} is not a number")
    return found
