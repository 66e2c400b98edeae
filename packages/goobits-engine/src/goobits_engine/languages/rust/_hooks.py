"""The hooks of a Rust program: the structs that they are called with, and their stubs."""

from __future__ import annotations

from typing import Final

from goobits_engine._artifacts import Stub
from goobits_engine._frozen import Frozen
from goobits_engine._program import Program
from goobits_engine._tables import Hook, HookValue, hooks_of
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.rust import _literal as literal
from goobits_engine.languages.rust import _names as names

_TYPES: Final = {
    "str": "String",
    "path": "String",
    "int": "i64",
    "float": "f64",
    "bool": "bool",
}


class _Field(Frozen):
    """A field of a struct; `take` is the expression that fills it."""

    key: str
    type: str
    doc: str
    take: str


class _Struct(Frozen):
    """What a hook is called with; its `head` and `conversion` begin two blocks."""

    head: str
    conversion: str
    hook: str
    path: str
    words: str
    fields: tuple[_Field, ...]


def types(program: Program, templates: Templates) -> str:
    """Return the file of the structs."""
    return templates.get("rust", "cli_types.rs.j2").render(
        prog=program.root.name,
        structs=[_struct(hook, program) for hook in hooks_of(program, names.NAMING)],
    )


def header(program: Program, templates: Templates) -> str:
    """Return what stands above the hooks; it serves those that are added later, too."""
    return templates.get("rust", "app_hooks.rs.j2").render(
        prog=program.root.name,
        has_hooks=bool(hooks_of(program, names.NAMING)),
    )


def stubs(program: Program, templates: Templates) -> tuple[Stub, ...]:
    """Return the hooks as they are before somebody writes them."""
    template = templates.get("rust", "hook.rs.j2")
    return tuple(
        Stub(
            hook.names[:1],
            template.render(
                doc=literal.doc(hook.summary),
                is_snake_case=names.is_snake_case(hook.names[0]),
                signature=_signature(hook),
                failure=_failure(f"{hook.names[0]} is not written yet"),
            ),
        )
        for hook in hooks_of(program, names.NAMING)
    )


def _struct(hook: Hook, program: Program) -> _Struct:
    name = names.struct_name(hook.type_name)
    words = " ".join(hook.path)
    return _Struct(
        head=_head(name),
        conversion=_conversion(name),
        hook=hook.names[0],
        path=f"{program.root.name} {words}",
        words=words,
        fields=tuple(map(_field, hook.values)),
    )


def _field(value: HookValue) -> _Field:
    inner = _TYPES[value.type]
    wrapper = "Vec" if value.many else "Option" if value.optional else ""
    return _Field(
        key=value.key,
        type=_type(value.key, f"{wrapper}<{inner}>" if wrapper else inner),
        doc=literal.doc(value.summary),
        take=_take(value.key),
    )


def _type(key: str, name: str) -> str:
    """Spell what stands behind `pub key:`, with the space or the new line before it."""
    fits = len(f"    pub {key}: {name},") <= literal.LINE
    return f" {name}" if fits else f"\n        {name}"


def _take(key: str) -> str:
    """Spell what stands behind `key:` in the body of `from`."""
    word = literal.text(key)
    flat = f"            {key}: values.take({word}),"
    if len(flat) <= literal.LINE:
        return f"values.take({word})"
    below = f"                .take({word}),"
    if len(below) <= literal.LINE:
        return f"values\n                .take({word})"
    return (
        f"values\n                .take(\n"
        f"                    {word},\n                )"
    )


def _head(name: str) -> str:
    flat = f"pub struct {name} {{"
    return flat if len(flat) <= literal.LINE else f"pub struct {name}\n{{"


def _conversion(name: str) -> str:
    flat = f"impl From<Values> for {name} {{"
    fits = len(flat) <= literal.LINE
    return flat if fits else f"impl From<Values>\n    for {name}\n{{"


def _signature(hook: Hook) -> str:
    start, argument = (
        f"pub fn {hook.names[0]}(",
        f"_args: cli_types::{names.struct_name(hook.type_name)}",
    )
    end = ") -> goobits::Result"
    flat = f"{start}{argument}{end}"
    if len(flat) + len(" {") <= literal.LINE:
        return flat
    return f"{start}\n    {argument},\n{end}"


def _failure(said: str) -> str:
    flat = f"Err({literal.text(said)}.into())"
    if len(f"    {flat}") <= literal.LINE:
        return flat
    name, rest = said.split(" ", 1)
    first, second = literal.text(name), literal.text(f" {rest}")
    return f"Err(concat!(\n        {first},\n        {second},\n    )\n    .into())"
