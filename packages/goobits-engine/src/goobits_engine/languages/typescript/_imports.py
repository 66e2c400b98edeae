"""The line by which one source file gets the types of another one."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from goobits_engine.languages._layout import way
from goobits_engine.languages._quoting import invisible
from goobits_engine.languages.nodejs import _literal as literal

COMPILED_SUFFIXES: Final = {".ts": ".js", ".mts": ".mjs", ".cts": ".cjs"}
"""What the compiler makes of each, and what an import calls it."""
_MODULE: Final = '"resolution-mode": "import"'


def module_import(
    name: str, file: PurePosixPath, folder: PurePosixPath, *, as_module: bool
) -> str:
    """Return the line, or lines, that import the types of `file` from within `folder`.

    To import them `as_module` is to say so: a script has to, when it wants those of a module.
    """
    path = _path(file, folder)

    def line(escape: literal.Escape) -> str:
        return f"import type * as {name} from {literal.text(path, escape)}"

    if not as_module:
        return f"{line(invisible)};"
    room = literal.LINE - len(f" with {{ {_MODULE} }};")
    fitting, escape = literal.measured(line, room)
    if fitting:
        return f"{fitting} with {{ {_MODULE} }};"
    return f"{line(escape)} with {{\n  {_MODULE},\n}};"


def script_import(name: str, file: PurePosixPath, folder: PurePosixPath) -> str:
    """Return the line that imports the types of a script, as `require` would see it."""
    path = literal.text(_path(file, folder))
    return f"import type {name} = require({path});"


def _path(file: PurePosixPath, folder: PurePosixPath) -> str:
    """Return what an import calls a file: what is made of it, not what it is made of."""
    stem = file.name.removesuffix(file.suffix).removesuffix(".d")
    between = way(folder, file.parent)
    start = between if between.startswith("..") else f"./{between}".rstrip("/")
    return f"{start}/{stem}{COMPILED_SUFFIXES[file.suffix]}"
