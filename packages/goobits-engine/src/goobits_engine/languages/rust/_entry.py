"""The entry of a Rust program: its tables and pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from goobits_engine._help import help_json, page
from goobits_engine._program import Program
from goobits_engine._tables import (
    Field,
    Record,
    builtin_table,
    command_table,
    path_text,
    walk,
)
from goobits_engine.languages._layout import Layout, way
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.rust import _literal as literal
from goobits_engine.languages.rust import _names as names
from goobits_engine.languages.rust._literal import Call, Code, Lines, Struct, Value

FIELD_COUNTS: Final = {"Argument": 9, "Command": 10, "Opt": 17}
"""The fields of the structs; a literal that gives them all must not ask for the rest."""
_STRUCTS: Final = {"Option": "Opt"}
_FIELDS: Final = {"type": "ty", "hooks": "hook"}
_ENUMS: Final = {"type": "Type", "kind": "Kind"}
_WORDS: Final = {"help-all": "HelpAll", "help-json": "HelpJson"}


def entry(program: Program, files: Layout, templates: Templates) -> str:
    """Return the file that holds `main`."""
    commands = _commands(program)
    builtins = tuple(map(_struct, builtin_table(program, names.NAMING)))
    fields: tuple[tuple[str, Value], ...] = (
        ("version", program.version),
        ("plugins", _plugins(program)),
        ("help_json", Lines(help_json(program) if program.help_json else "")),
        ("builtins", builtins),
        ("root", Code(f"&{commands[0][0]}")),
    )
    template = templates.get(
        "rust", "main.rs.j2", rs=literal.text, rs_static=literal.static
    )
    return template.render(
        prog=program.root.name,
        is_snake_case=names.is_snake_case(program.root.key),
        modules=_modules(files),
        used=_used(command for _, command in commands),
        has_hooks=any("hook" in dict(command.fields) for _, command in commands),
        program=Struct("Program", fields, is_complete=True),
        commands=commands,
    )


def _plugins(program: Program) -> Value:
    return Code("None") if program.plugins is None else literal.Some(program.plugins)


def _commands(program: Program) -> list[tuple[str, Struct]]:
    """Return the static of every command, by its name, depth first in declared order."""
    paths = walk(program.root)
    statics = names.static_names(paths)
    records = _records(command_table(program, names.NAMING))
    by_path = dict(zip(map(path_text, paths), statics, strict=True))
    return [
        (
            static,
            _struct(
                record,
                page=Lines(page(program, path)),
                commands=tuple(
                    Code(f"&{by_path[path_text((*path, child))]}")
                    for child in path[-1].children
                ),
            ),
        )
        for static, path, record in zip(statics, paths, records, strict=True)
    ]


def _records(record: Record) -> list[Record]:
    """Return the records of a command and all below it, in the order of `walk`."""
    children = dict(record.fields).get("commands", ())
    below = children if isinstance(children, tuple) else ()
    return [record, *(r for c in below if isinstance(c, Record) for r in _records(c))]


def _struct(record: Record, **others: Value) -> Struct:
    name = _STRUCTS.get(record.kind, record.kind)
    spelled: dict[str, Value] = {
        _FIELDS.get(field, field): _value(field, value)
        for field, value in record.fields
        if field not in others
    }
    fields = spelled | {field: value for field, value in others.items() if value}
    return Struct(name, tuple(fields.items()), len(fields) == FIELD_COUNTS[name])


def _value(field: str, value: Field) -> Value:
    if field == "hooks" and isinstance(value, tuple):
        return Call("hook", str(value[0]))
    if isinstance(value, tuple):
        return tuple(_struct(v) if isinstance(v, Record) else v for v in value)
    if field in _ENUMS:
        word = _WORDS.get(str(value), str(value).capitalize())
        return Code(f"{_ENUMS[field]}::{word}")
    return value


def _used(commands: Iterable[Struct]) -> list[str]:
    """Return the types that the tables name; built-in options name most of them."""
    with_arguments = any("arguments" in dict(command.fields) for command in commands)
    argument = ["Argument"] if with_arguments else []
    return [*argument, "Command", "Kind", "Opt", "Program", "Type"]


def _modules(files: Layout) -> list[tuple[str, str]]:
    """Return the modules, with the path of a file that lies where nobody looks for it."""
    wanted = {"app_hooks": files.hooks, "cli_types": files.types}
    folder = files.entry.parent
    found = [
        (name, "" if path == folder / f"{name}.rs" else _way(folder, path))
        for name, path in wanted.items()
    ]
    return [*found, ("goobits", "")]


def _way(folder: PurePosixPath, path: PurePosixPath) -> str:
    return "/".join(filter(None, [way(folder, path.parent), path.name]))
