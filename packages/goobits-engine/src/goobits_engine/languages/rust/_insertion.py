"""Put keys into TOML: as a table at the end of the text, or into a table that is there."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from goobits_engine._frozen import Frozen
from goobits_engine.languages.rust._manifest import Scalar, value

Table: TypeAlias = dict[str, object]


class Addition(Frozen):
    """Keys for the table at a path; the number in it is the place in an array of tables."""

    path: tuple[str | int, ...]
    fields: dict[str, Scalar]

    @property
    def name(self) -> str:
        """The table as a heading writes it."""
        words = ".".join(step for step in self.path if isinstance(step, str))
        return f"[[{words}]]" if isinstance(self.path[-1], int) else f"[{words}]"

    @property
    def joins_others(self) -> bool:
        """Whether the table is not the first of its array."""
        return self.path[-1] != 0 and isinstance(self.path[-1], int)

    def applied(self, document: Table) -> Table:
        """Return a document with the keys in it."""
        made = copy.deepcopy(document)
        table: Any = made
        for step, default in zip(self.path, self.defaults, strict=True):
            if isinstance(step, int):
                table.extend([default] * (step == len(table)))
                table = table[step]
            else:
                table = table.setdefault(step, default)
        table.update(self.fields)
        return made

    @property
    def defaults(self) -> list[object]:
        """What stands at each step of the path when there is nothing yet."""
        following = (*self.path[1:], "")
        return [[] if isinstance(step, int) else {} for step in following]


def appended(text: str, addition: Addition) -> str:
    """Return a text with the keys in a new table at its end."""
    lines = [f"{key} = {value(said)}\n" for key, said in addition.fields.items()]
    end = "" if not text or text.endswith("\n") else "\n"
    gap = "\n" if text.strip() else ""
    return f"{text}{end}{gap}{addition.name}\n{''.join(lines)}"


def inserted(text: str, addition: Addition) -> str:
    """Return a text with the keys where the table is, or among others of its kind.

    Where there is neither, the text stays as it is.
    """
    import tomlkit
    from tomlkit import items

    *above, last = addition.path
    document = tomlkit.parse(text)
    if addition.path[0] not in document:
        return text
    parent = _at(document, above)
    if last == len(parent):
        _add_table(parent, addition.fields)
        return tomlkit.dumps(document)
    for key, said in addition.fields.items():
        table = _at(document, addition.path)
        _put(table, key, said)
        if isinstance(table, items.InlineTable):  # which spaces what it has read
            document = tomlkit.parse(tomlkit.dumps(document))
    return tomlkit.dumps(document)


def _at(document: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        document = document[step]
    return document


def _add_table(parent: Any, fields: Mapping[str, Scalar]) -> None:
    """Add a table to an array; one that is made of whole tables is not empty."""
    import tomlkit
    from tomlkit import items

    if isinstance(parent, items.AoT):
        before = parent[-1].value.body
        table: Any = tomlkit.table()
        table.update(fields)
        parent.append(table)
        table.trivia.indent = "\n"
        end = _end(before)
        table.value.body.extend(before[end:])
        del before[end:]
        return
    table = tomlkit.inline_table()
    table.update(fields)
    parent.append(table)


def _end(body: Any) -> int:
    """Return where a table ends: at the first empty line behind its last key."""
    from tomlkit import items

    for place in range(_last_key(body) + 1, len(body)):
        if isinstance(body[place][1], items.Whitespace):
            return place
    return len(body)


def _put(table: Any, key: str, said: Scalar) -> None:
    """Set a new key, above what stands between the last one and the next table."""
    from tomlkit import items

    if not isinstance(table, items.Table):
        table[key] = said
        return
    body = table.value.body
    before = list(body)
    tables = [item for _, item in body if isinstance(item, items.AoT | items.Table)]
    indents = [item.trivia.indent for item in tables]
    table[key] = said
    newest = next(entry for entry in body if entry[0] is not None and entry[0] == key)
    last = _last_key(before)
    if last >= 0:
        newest[1].trivia.indent = before[last][1].trivia.indent
    body[:] = [*before[: last + 1], newest, *before[last + 1 :]]
    for item, indent in zip(tables, indents, strict=True):
        item.trivia.indent = indent


def _last_key(body: Any) -> int:
    """Return the place of the last key that is no table; -1 when there is none."""
    from tomlkit import items

    places = [
        place
        for place, (key, item) in enumerate(body)
        if key is not None and not isinstance(item, items.AoT | items.Table)
    ]
    return places[-1] if places else -1
