"""From a program to the files of its Node.js project."""

from __future__ import annotations

from functools import partial

from goobits_engine._artifacts import Artifact
from goobits_engine._program import Program
from goobits_engine.languages._layout import Layout, layout
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.nodejs import _hooks as hooks
from goobits_engine.languages.nodejs._entry import entry
from goobits_engine.languages.nodejs._manifest import package_json


def render(program: Program, templates: Templates) -> tuple[Artifact, ...]:
    """Return the entry, the hooks and what is needed to install them."""
    suffixes = (".mjs", ".cjs", ".js")
    files = layout(program, "cli.cjs", "app_hooks.mjs", suffixes)
    is_module = files.hooks.suffix == ".mjs"
    stubs = hooks.stubs(program, templates, is_module=is_module)
    strict = "" if is_module else '"use strict";\n'
    artifact = partial(Artifact, language="nodejs")
    return (
        artifact(
            path=str(files.entry),
            role="entry",
            content=entry(program, templates, files.hooks.name, _hooks_path(files)),
            executable=True,
        ),
        artifact(
            path=str(files.hooks),
            role="hooks",
            content=strict
            + hooks.header(program)
            + "".join(stub.text for stub in stubs),
            once=True,
            stubs=stubs,
        ),
        artifact(
            path="package.json",
            role="manifest",
            content=package_json(program, templates, files.entry, str(files.hooks)),
            once=True,
            merge=partial(
                _with_program,
                command=program.root.name,
                entry=str(files.entry),
                hooks=str(files.hooks),
            ),
        ),
    )


def _with_program(text: str, **said: str) -> str:
    """Add the program to a manifest that is there; only then is what edits JSON imported."""
    from goobits_engine.languages.nodejs._merge import with_program

    return with_program(text, **said)


def _hooks_path(files: Layout) -> str:
    return "/".join(filter(None, [files.hooks_from_entry, files.hooks.name]))
