"""The types of what hooks are called with, spelled as `prettier` leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goobits_engine._program import Program, ValueType
from goobits_engine._tables import HookValue, hooks_of
from goobits_engine.languages._templates import environment
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._entry import NAMING

_FOLDER: Final = Path(__file__).parent
_PRIMITIVES: Final[dict[ValueType, str]] = {
    "str": "string",
    "path": "string",
    "int": "number",
    "float": "number",
    "bool": "boolean",
}


@dataclass(frozen=True, slots=True)
class _Field:
    """A property: its name, its type with what stands between the two, and its comment."""

    key: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class _Interface:
    """What one hook is called with."""

    name: str
    hook: str
    command: str
    fields: tuple[_Field, ...]


def types(program: Program) -> str:
    """Return the declarations of a program."""
    template = environment(_FOLDER).get_template("cli_types.d.ts.j2")
    return template.render(
        prog=program.root.name, interfaces=list(_interfaces(program))
    )


def _interfaces(program: Program) -> Iterator[_Interface]:
    for hook in hooks_of(program, NAMING):
        fields = tuple(
            _Field(
                value.key,
                type_of(value, len(f"  {value.key}:")),
                literal.comment(value.summary),
            )
            for value in hook.values
        )
        command = " ".join([program.root.name, *hook.path])
        yield _Interface(hook.type_name, hook.names[0], command, fields)


def type_of(value: HookValue, before: int) -> str:
    """Spell the type behind `key:`, which takes `before` columns, with the space between."""
    texts = value.choices
    words = [] if texts else [_PRIMITIVES[value.type]]
    words += ["null"] if value.optional else []
    if len(texts) + len(words) > 1:
        return _union(texts, words, value.many, before)
    (only,) = [*map(literal.text, texts), *words]
    return f" {only}[]" if value.many else f" {only}"


def _union(texts: tuple[str, ...], words: list[str], many: bool, before: int) -> str:
    """Spell a union: on the line of its key, on one of its own, or on one for each part."""

    def parts(escape: literal.Escape) -> list[str]:
        return [*(literal.text(text, escape) for text in texts), *words]

    def flat(escape: literal.Escape) -> str:
        return " | ".join(parts(escape))

    opening, closing, end = (" (", "\n  )[]", "") if many else ("", "", ";")
    around = len(" ()[];") if many else len(" ;")
    fitting, escape = literal.measured(flat, literal.LINE - before - around)
    if fitting:
        return f" ({fitting})[]" if many else f" {fitting}"
    room = literal.LINE - len("    ") - len(end)
    fitting, escape = literal.measured(flat, room, escape)
    lines = [fitting] if fitting else [f"| {part}" for part in parts(escape)]
    return opening + "".join(f"\n    {line}" for line in lines) + closing
