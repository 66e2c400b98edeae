"""From a program to the files of its TypeScript project."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import Final

from goobits_engine._artifacts import Artifact
from goobits_engine._program import Program
from goobits_engine._tables import Hook
from goobits_engine.languages._layout import Layout, layout, way
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.nodejs import _hooks as hooks
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._entry import entry
from goobits_engine.languages.nodejs._manifest import package_json
from goobits_engine.languages.typescript._imports import (
    COMPILED_SUFFIXES,
    module_import,
    script_import,
)
from goobits_engine.languages.typescript._types import types

_COMPILED: Final = PurePosixPath("dist")


def render(program: Program, templates: Templates) -> tuple[Artifact, ...]:
    """Return the entry, the hooks, their types, and what is needed to compile and install."""
    files = layout(
        program, "cli.cjs", "app_hooks.ts", tuple(COMPILED_SUFFIXES), "cli_types.d.ts"
    )
    stubs = hooks.stubs(program, templates, is_module=True, type_of=_type_name)
    header = f"{hooks.header(program)}\n{_types_import(files)}\n"
    manifest = package_json(
        program, templates, files.entry, str(_COMPILED), compiled=True
    )
    artifact = partial(Artifact, language="typescript")
    return (
        artifact(
            path=str(files.entry),
            role="entry",
            content=_entry(program, files, templates),
            executable=True,
        ),
        artifact(
            path=str(files.hooks),
            role="hooks",
            content=header + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        artifact(
            path=str(files.types),
            role="types",
            content=types(program, templates, _hooks_import(files)),
        ),
        artifact(path="package.json", role="manifest", content=manifest, once=True),
        artifact(
            path="tsconfig.json",
            role="manifest",
            content=_compiler_options(files, templates),
            once=True,
        ),
    )


def _entry(program: Program, files: Layout, templates: Templates) -> str:
    compiled = _compiled(files)
    folder = way(files.entry.parent, compiled.parent)
    path = "/".join(filter(None, [folder, compiled.name]))
    return entry(program, templates, files.hooks.name, path, compiled=str(compiled))


def _type_name(hook: Hook) -> str:
    return f"cli.{hook.type_name}"


def _compiled(files: Layout) -> PurePosixPath:
    """Return where the compiled hooks are."""
    suffix = COMPILED_SUFFIXES[files.hooks.suffix]
    return _COMPILED / files.hooks.with_suffix(suffix)


def _types_import(files: Layout) -> str:
    """Return the import of the types by the hooks."""
    is_script = files.hooks.suffix == ".cts"
    return module_import("cli", files.types, files.hooks.parent, as_module=is_script)


def _hooks_import(files: Layout) -> str:
    """Return the import of the hooks by the types, which see them as the program does."""
    folder = files.types.parent
    if files.hooks.suffix == ".cts":
        return script_import("written", files.hooks, folder)
    is_module = files.hooks.suffix == ".mts"
    return module_import("written", files.hooks, folder, as_module=is_module)


def _compiler_options(files: Layout, templates: Templates) -> str:
    """Return a `tsconfig.json` for the folder of the hooks, what they import, and the types.

    Hooks that do not import the types are checked too.
    """
    patterns = [str(files.hooks.parent / "*")]
    if files.types.parent != files.hooks.parent:
        patterns.append(str(files.types))

    def line(escape: literal.Escape) -> str:
        return f"[{', '.join(literal.json(pattern, escape) for pattern in patterns)}]"

    fitting, escape = literal.measured(line, literal.LINE - len('  "include": ,'))
    parts = [f"\n    {literal.json(pattern, escape)}" for pattern in patterns]
    below = f"[{','.join(parts)}\n  ]"
    template = templates.get("typescript", "tsconfig.json.j2")
    return template.render(include=fitting or below)
