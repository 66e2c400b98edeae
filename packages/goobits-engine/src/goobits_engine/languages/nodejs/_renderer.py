"""From a program to the files of its Node.js project."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from goobits_engine._artifacts import Artifact, Stub
from goobits_engine._program import Program
from goobits_engine._tables import Hook, hooks_of
from goobits_engine.languages._layout import Layout, layout
from goobits_engine.languages._templates import environment
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs import _manifest as manifest
from goobits_engine.languages.nodejs._entry import NAMING, entry

_FOLDER: Final = Path(__file__).parent
_HOOKS_HEADER: Final = (
    "// What the commands of {prog} do."
    " This file is yours: goobits never writes it again.\n"
)
_RESERVED: Final = frozenset(
    "arguments await break case catch class const continue debugger default delete do"
    " else enum eval export extends false finally for function if implements import in"
    " instanceof interface let new null package private protected public return static"
    " super switch this throw true try typeof var void while with yield".split()
)


def render(program: Program) -> tuple[Artifact, ...]:
    """Return the entry, the hooks and what is needed to install them."""
    suffixes = (".mjs", ".cjs", ".js")
    files = layout(program, "cli.cjs", "app_hooks.mjs", suffixes)
    is_module = files.hooks.suffix == ".mjs"
    stubs = _stubs(program, is_module)
    artifact = partial(Artifact, language="nodejs")
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
            content=_hooks_header(program, is_module)
            + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        artifact(
            path="package.json",
            role="manifest",
            content=_package(program, files),
            once=True,
        ),
    )


def _hooks_path(files: Layout) -> str:
    return "/".join(filter(None, [files.hooks_from_entry, files.hooks.name]))


def _hooks_header(program: Program, is_module: bool) -> str:
    strict = "" if is_module else '"use strict";\n'
    return strict + _HOOKS_HEADER.format(prog=program.root.name)


def _stubs(program: Program, is_module: bool) -> tuple[Stub, ...]:
    template = environment(_FOLDER).get_template("hook.js.j2")
    return tuple(
        Stub(hook.names, template.render(**_stub(hook, is_module)))
        for hook in hooks_of(program, NAMING)
    )


def _stub(hook: Hook, is_module: bool) -> dict[str, str]:
    name = hook.names[0]
    start = "export async function" if is_module else "async function"
    return {
        "doc": literal.visible(hook.summary.replace("*/", "* /")),
        "signature": _signature(f"{start} {name}", hook.keys),
        "failure": _failure(f"{name} is not written yet"),
        "export": "" if is_module else _export(name),
    }


def _failure(said: str) -> str:
    flat = literal.text(said)
    fits = len(f"  throw new Error({flat});") <= literal.LINE
    return flat if fits else f"\n    {flat},\n  "


def _export(name: str) -> str:
    flat = f"module.exports.{name} = {name};"
    return flat if len(flat) <= literal.LINE else f"module.exports.{name} =\n  {name};"


def _signature(start: str, keys: tuple[str, ...]) -> str:
    """Return a function's head; it takes apart the one object that it is called with."""
    bindings = [f"{key}: {key}_" if key in _RESERVED else key for key in keys]
    if not bindings:
        return f"{start}()"
    flat = f"{start}({{ {', '.join(bindings)} }})"
    if len(flat) + len(" {") <= literal.LINE:
        return flat
    return f"{start}({{\n" + "".join(f"  {name},\n" for name in bindings) + "})"


def _package(program: Program, files: Layout) -> str:
    templates = environment(_FOLDER, json=literal.json)
    return templates.get_template("package.json.j2").render(
        name=manifest.package_name(program.package.name),
        version=manifest.semantic_version(program.package.version),
        texts=manifest.texts(program.package),
        keywords=program.package.keywords,
        prog=program.root.name,
        entry=str(files.entry),
        hooks=str(files.hooks),
    )
