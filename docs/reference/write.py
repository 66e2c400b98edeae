"""Write what is derived from the tables of the schema: the page of the keys, and the JSON Schema.

`hatch run reference` runs this; a test says when it has to be run again.
"""

from __future__ import annotations

import json
from pathlib import Path

from goobits_engine import json_schema
from goobits_engine._config._diagnostics import CODES
from goobits_engine._config._keys import Key, Table
from goobits_engine._config._schema import TABLES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/reference/goobits-yaml.md"
SCHEMA = ROOT / "packages/goobits-engine/src/goobits_engine/goobits.schema.json"
_HEAD = """\
# goobits.yaml

Every key that a `goobits.yaml` may have. Any other key is an error, and no key is dropped in
silence. The file is YAML 1.2: `yes`, `on` and `no` are words. `hatch run reference` writes this
page from the tables that check the file. The same rules as a JSON Schema, for editors:
`goobits.schema.json` in the package `goobits_engine`, or `goobits_engine.json_schema()`.
"""
_LATER = "read and checked, without effect in this version"
_KINDS = {
    "any": "anything",
    "bool": "true or false",
    "int": "an integer",
    "line": "a line of text",
    "map": "texts by name",
    "note": "text",
    "nargs": "`?`, `*`, `+` or a number",
    "number": "a number",
    "pattern": "a word",
    "scalar": "a value, or a list of them for `multiple`",
    "single": "a value",
    "text": "text",
}


def page() -> str:
    """Return the page of all keys and all codes."""
    parts = [_HEAD]
    parts += [_table(name, table) for name, table in TABLES.items()]
    parts.append("## Codes of mistakes\n\n| code | meaning |\n| --- | --- |\n")
    parts.append("".join(f"| {code} | {text} |\n" for code, text in CODES.items()))
    return "\n".join(parts[:-1]) + parts[-1]


def schema() -> str:
    """Return the JSON Schema as it is shipped."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _table(name: str, table: Table) -> str:
    rows = [_row(key, rule, table) for key, rule in table.keys.items()]
    return (
        f"## {name}\n\n| key | value | meaning |\n| --- | --- | --- |\n{''.join(rows)}"
    )


def _row(name: str, key: Key, table: Table) -> str:
    required = " (required)" if name in table.required else ""
    return f"| `{name}`{required} | {_kind(key)} | {_meaning(key)} |\n"


def _kind(key: Key) -> str:
    if key.values and key.kind != "nargs":
        return ", ".join(f"`{value}`" for value in key.values)
    if key.kind == "block":
        return f"[{key.table}](#{key.table})"
    if key.kind == "blocks":
        return f"[{key.table}](#{key.table}) by name"
    if key.kind == "list":
        return f"a list of: {_kind(key.items[0])}"
    if key.kind == "either":
        return " or ".join(map(_kind, key.items))
    return _KINDS[key.kind]


def _meaning(key: Key) -> str:
    if key.status == "refused":
        return f"Refused: {key.why}."
    if key.status == "synonym":
        return f"The same as `{key.to}`."
    if key.status == "legacy":
        return f"An old name of `{key.to}`, with a warning."
    if key.status == "cosmetic":
        return "Accepted with a warning, without effect."
    about = key.about or "As in goobits 3."
    return f"{about} ({_LATER})" if key.status == "later" else about


def main() -> None:
    """Write both files."""
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
