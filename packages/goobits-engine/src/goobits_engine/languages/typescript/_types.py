"""The types of what hooks are called with, spelled as `prettier` leaves them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from goobits_engine._frozen import Frozen
from goobits_engine._program import Program, ValueType
from goobits_engine._tables import HookValue, hooks_of
from goobits_engine.languages._templates import Templates
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.nodejs._entry import NAMING

_PRIMITIVES: Final[dict[ValueType, str]] = {
    "str": "string",
    "path": "string",
    "int": "number",
    "float": "number",
    "bool": "boolean",
}


class _Field(Frozen):
    """A property: its name, its type with what stands between the two, and its comment."""

    key: str
    type: str
    doc: str


class _Interface(Frozen):
    """What one hook is called with; `hooks` are the names that it may have."""

    name: str
    hooks: tuple[str, ...]
    command: str
    fields: tuple[_Field, ...]

    @property
    def signature(self) -> str:
        """The member of a hooks file that is this hook."""
        flat = f"{self.hooks[0]}: (values: {self.name}) => unknown;"
        if len(f"  {flat}") <= literal.LINE:
            return flat
        return f"{self.hooks[0]}: (\n    values: {self.name},\n  ) => unknown;"


def types(program: Program, templates: Templates, hooks_import: str) -> str:
    """Return the declarations of a program; `hooks_import` gives them its hooks to check."""
    template = templates.get("typescript", "cli_types.d.ts.j2")
    interfaces = list(_interfaces(program))
    return template.render(
        prog=program.root.name,
        interfaces=interfaces,
        names=list(_names(interfaces)),
        hooks_import=hooks_import,
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
        yield _Interface(hook.type_name, hook.names, command, fields)


def _names(interfaces: list[_Interface]) -> Iterator[tuple[str, str]]:
    """Yield every name of a hook, and the type that says which hooks it can mean."""
    meant: dict[str, tuple[str, ...]] = {}
    for interface in interfaces:
        for name in interface.hooks:
            meant[name] = (*meant.get(name, ()), interface.hooks[0])
    for name, hooks in meant.items():
        yield name, _choice(hooks, [], False, len(f"  {name}:"))


def type_of(value: HookValue, before: int) -> str:
    """Spell the type behind `key:`, which takes `before` columns, with the space between."""
    texts = value.choices
    words = [] if texts else [_PRIMITIVES[value.type]]
    words += ["null"] if value.optional else []
    return _choice(texts, words, value.many, before)


def _choice(texts: tuple[str, ...], words: list[str], many: bool, before: int) -> str:
    """Spell what is one of some texts and words, or an array of them."""
    if len(texts) + len(words) > 1:
        return _union(texts, words, many, before)
    (only,) = [*map(literal.text, texts), *words]
    return f" {only}[]" if many else f" {only}"


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
