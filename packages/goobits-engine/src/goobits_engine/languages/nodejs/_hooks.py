"""The hooks file of a program that Node.js runs: its first lines, and a stub per hook.

What is typed is TypeScript, and says of its one parameter which interface it has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from goobits_engine._artifacts import Stub
from goobits_engine._program import Program
from goobits_engine._tables import Hook, hooks_of
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._entry import NAMING

_HEADER: Final = (
    "// What the commands of {prog} do."
    " This file is yours: goobits never writes it again.\n"
)
_RESERVED: Final = frozenset(
    "Error arguments await break case catch class const continue debugger default delete"
    " do else enum eval export extends false finally for function if implements import in"
    " instanceof interface let new null package private protected public return static"
    " super switch this throw true try typeof undefined var void while with yield".split()
)
"""What no parameter of a stub can be called; the stub itself uses `Error`."""


def header(program: Program) -> str:
    """Return the line that tells whose file it is."""
    return _HEADER.format(prog=program.root.name)


def stubs(
    program: Program,
    templates: Templates,
    *,
    is_module: bool,
    type_of: Callable[[Hook], str] | None = None,
) -> tuple[Stub, ...]:
    """Return the stub of every hook; `type_of` tells the type of what it is called with."""
    template = templates.get("nodejs", "hook.js.j2")
    return tuple(
        Stub(
            hook.names,
            template.render(**_stub(hook, is_module, type_of(hook) if type_of else "")),
        )
        for hook in hooks_of(program, NAMING)
    )


def _stub(hook: Hook, is_module: bool, type_name: str) -> dict[str, str]:
    name = hook.names[0]
    start = "export async function" if is_module else "async function"
    return {
        "doc": literal.comment(hook.summary),
        "signature": _signature(f"{start} {name}", hook.keys, type_name),
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


def _signature(start: str, keys: tuple[str, ...], type_name: str) -> str:
    """Return a function's head; it takes apart the one object that it is called with."""
    bindings = [f"{key}: {key}_" if key in _RESERVED else key for key in keys]
    if not bindings:
        return f"{start}()"
    end = f"}}: {type_name})" if type_name else "})"
    flat = f"{start}({{ {', '.join(bindings)} {end}"
    if len(flat) + len(" {") <= literal.LINE:
        return flat
    return f"{start}({{\n" + "".join(f"  {name},\n" for name in bindings) + end
