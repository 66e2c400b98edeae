"""From a program to the files of its TypeScript project."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from goobits_engine._artifacts import Artifact
from goobits_engine._program import Program
from goobits_engine._tables import Hook
from goobits_engine.languages._layout import Layout, layout, way
from goobits_engine.languages._quoting import invisible
from goobits_engine.languages._templates import environment
from goobits_engine.languages.nodejs import _hooks as hooks
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._entry import entry
from goobits_engine.languages.nodejs._manifest import package_json
from goobits_engine.languages.typescript._types import types

_FOLDER: Final = Path(__file__).parent
_COMPILED: Final = PurePosixPath("dist")
_SUFFIXES: Final = {".ts": ".js", ".mts": ".mjs", ".cts": ".cjs"}


def render(program: Program) -> tuple[Artifact, ...]:
    """Return the entry, the hooks, their types, and what is needed to compile and install."""
    files = layout(
        program, "cli.cjs", "app_hooks.ts", tuple(_SUFFIXES), "cli_types.d.ts"
    )
    stubs = hooks.stubs(program, is_module=True, type_of=_type_name)
    header = f"{hooks.header(program)}\n{_import(files)}\n"
    manifest = package_json(program, files.entry, str(_COMPILED), compiled=True)
    artifact = partial(Artifact, language="typescript")
    return (
        artifact(
            path=str(files.entry),
            role="entry",
            content=entry(program, files.hooks.name, _hooks_path(files)),
            executable=True,
        ),
        artifact(
            path=str(files.hooks),
            role="hooks",
            content=header + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        artifact(path=str(files.types), role="types", content=types(program)),
        artifact(path="package.json", role="manifest", content=manifest, once=True),
        artifact(
            path="tsconfig.json",
            role="manifest",
            content=_compiler_options(files),
            once=True,
        ),
    )


def _type_name(hook: Hook) -> str:
    return f"cli.{hook.type_name}"


def _hooks_path(files: Layout) -> str:
    """Return where the compiled hooks are, from the folder of the entry."""
    compiled = _COMPILED / files.hooks.with_suffix(_SUFFIXES[files.hooks.suffix])
    folder = way(files.entry.parent, compiled.parent)
    return "/".join(filter(None, [folder, compiled.name]))


def _import(files: Layout) -> str:
    """Return the line, or lines, that give a hooks file the types.

    A script may import the types of a module only when it says that it wants a module.
    """
    folder = way(files.hooks.parent, files.types.parent)
    start = folder if folder.startswith("..") else f"./{folder}".rstrip("/")
    path = f"{start}/{files.types.name.removesuffix('.d.ts')}.js"

    def line(escape: literal.Escape) -> str:
        return f"import type * as cli from {literal.text(path, escape)}"

    if files.hooks.suffix != ".cts":
        return f"{line(invisible)};"
    mode = '"resolution-mode": "import"'
    room = literal.LINE - len(f" with {{ {mode} }};")
    fitting, escape = literal.measured(line, room)
    if fitting:
        return f"{fitting} with {{ {mode} }};"
    return f"{line(escape)} with {{\n  {mode},\n}};"


def _compiler_options(files: Layout) -> str:
    """Return a `tsconfig.json` for the folder of the hooks and what they import."""
    pattern = str(files.hooks.parent / "*")

    def line(escape: literal.Escape) -> str:
        return f"[{literal.json(pattern, escape)}]"

    fitting, escape = literal.measured(line, literal.LINE - len('  "include": ,'))
    below = f"[\n    {literal.json(pattern, escape)}\n  ]"
    templates = environment(_FOLDER)
    return templates.get_template("tsconfig.json.j2").render(include=fitting or below)
