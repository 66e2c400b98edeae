"""The entry of a program that Node.js runs, whatever language its hooks are written in."""

from __future__ import annotations

from typing import Final

from goobits_engine._help import help_json, page
from goobits_engine._messages import MESSAGES
from goobits_engine._program import Program
from goobits_engine._tables import (
    Naming,
    builtin_table,
    command_table,
    path_text,
    walk,
)
from goobits_engine.languages._templates import Templates, runtime
from goobits_engine.languages.nodejs import _literal as literal


def entry(
    program: Program,
    templates: Templates,
    hooks_file: str,
    hooks_path: str,
    *,
    compiled: str = "",
) -> str:
    """Return the entry; `hooks_file` is what the author knows, `hooks_path` what is loaded.

    The latter is relative to the folder of the entry. When a compiler makes it, `compiled`
    says where, relative to the output folder.
    """
    template = templates.get(
        "nodejs",
        "cli.cjs.j2",
        js=literal.text,
        js_inside=literal.inside,
        js_key=literal.key,
        js_block=literal.block,
        js_assigned=literal.assigned,
    )
    return template.render(
        prog=program.root.name,
        version=program.version,
        plugins=_admitted(program),
        runtime=runtime("nodejs", ".cjs", "\n"),
        hooks_file=hooks_file,
        hooks_path=hooks_path,
        compiled=compiled,
        messages=MESSAGES.items(),
        pages=[(path_text(path), page(program, path)) for path in walk(program.root)],
        help_json=help_json(program) if program.help_json else "",
        builtins=builtin_table(program, NAMING),
        root=command_table(program, NAMING),
    )


def _admitted(program: Program) -> str:
    """Return what stands behind `const PLUGINS =`."""
    if program.plugins is None:
        return " null"
    return literal.assigned(program.plugins, "PLUGINS")


def _hook_names(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((name, literal.camel(name))))


NAMING: Final = Naming(key=literal.camel, hooks=_hook_names)
"""Keys in camel case; hooks in either case."""
