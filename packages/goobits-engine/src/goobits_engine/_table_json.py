"""The tables and pages of a program as data, for who runs commands that were not built in."""

from __future__ import annotations

import json

from goobits_engine._help import help_json, page
from goobits_engine._program import Program
from goobits_engine._tables import (
    Field,
    Naming,
    Record,
    builtin_table,
    command_table,
    path_text,
    walk,
)

Json = str | int | bool | list["Json"] | dict[str, "Json"]

# The keys of a command line's values are the same in every language until a language has its say.
_NAMING = Naming(key=lambda key: key, hooks=lambda name: (name,))


def table_json(program: Program) -> str:
    """Return what the Python runtime parses with, as one JSON object.

    `root` and `builtins` are the tables, `pages` maps the words of each command to its help page,
    `help_json` is the document of the root. Keys of values are names with `-` as `_`.
    """
    pages = {path_text(path): page(program, path) for path in walk(program.root)}
    return json.dumps(
        {
            "root": _plain(command_table(program, _NAMING)),
            "builtins": [_plain(one) for one in builtin_table(program, _NAMING)],
            "pages": pages,
            "help_json": help_json(program),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _plain(record: Record) -> dict[str, Json]:
    return {name: _value(field) for name, field in record.fields}


def _value(field: Field) -> Json:
    if isinstance(field, tuple):
        return [_plain(one) if isinstance(one, Record) else one for one in field]
    return field
