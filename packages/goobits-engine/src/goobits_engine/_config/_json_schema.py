"""The tables as a JSON Schema, for editors."""

from __future__ import annotations

from goobits_engine._config._schema import TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from goobits_engine._config._keys import Key, Table

    Schema = dict[str, object]

_NAME = "[A-Za-z][A-Za-z0-9_-]*"
_PATTERNS = {
    "name": _NAME,
    "short": "[A-Za-z]",
    "variable": "[A-Za-z_][A-Za-z0-9_]*",
    "package": r"[A-Za-z]([A-Za-z0-9._-]*[A-Za-z0-9])?",
    "python": r"[0-9]{1,4}(\.[0-9]{1,4}){1,2}",
    "plugin": r"[a-z0-9-]+/([a-z0-9-]+|\*)",
    "path": r"(?![/~])(?!(.*/)?\.\.(/|$))(?!(.*/)?\.$)(?!.*/$)"
    r"""[^\\:*?"<>|[\]!\n\t]+""",
}
_WORDS = ["string", "boolean"]
_TEXTS = ["string", "number", "boolean"]
_PATTERN_TYPES = {"short": ["string"], "path": _TEXTS, "python": _TEXTS}


def json_schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) of goobits.yaml.

    It says what a schema can: keys, kinds, words and some pairs of keys. Names that
    clash and values that do not obey their type are found by the checker alone.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "goobits.yaml",
        **_table("root", TABLES["root"]),
        "$defs": {
            name: _table(name, table)
            for name, table in TABLES.items()
            if name != "root"
        },
    }


def _table(name: str, table: Table) -> Schema:
    schema: Schema = {
        "type": "object",
        "properties": {
            key: _property(rule, required=key in table.required)
            for key, rule in table.keys.items()
            if rule.status != "refused"
        },
        "additionalProperties": table.other is not None,
    }
    if table.required:
        schema["required"] = list(table.required)
    if name in _RULES:
        schema["allOf"] = _RULES[name]
    return schema


def _property(key: Key, *, required: bool) -> Schema:
    schema = _schema(key)
    if not required:
        empty: Schema = (
            {"enum": [None, []]} if key.kind == "single" else {"type": "null"}
        )
        schema = {"anyOf": [schema, empty]}
    if key.about:
        schema["description"] = key.about
    if key.status == "legacy":
        schema["deprecated"] = True
        schema["description"] = f"An old name of '{key.to}'."
    elif key.status == "synonym":
        schema["description"] = f"Another name of '{key.to}'."
    elif key.status in ("cosmetic", "later"):
        schema["description"] = f"{key.about} Without effect.".lstrip()
    return schema


def _schema(key: Key) -> Schema:
    return _KINDS[key.kind](key)


def _pattern(key: Key) -> Schema:
    dashes = "-*" if key.strip else ""
    return {
        "type": _PATTERN_TYPES.get(key.pattern, _WORDS),
        "pattern": f"^{dashes}{_PATTERNS[key.pattern]}$",
    }


def _enum(key: Key) -> Schema:
    return {"enum": [*key.values, *key.spellings]}


def _nargs(key: Key) -> Schema:
    return {
        "anyOf": [
            _enum(key),
            {"type": "integer", "minimum": key.low, "maximum": key.high},
            {"const": -1},
            {"type": "string", "pattern": r"^\+?0*([1-9][0-9]?|100)$"},
        ]
    }


def _map(key: Key) -> Schema:
    return {"type": "object", "additionalProperties": _schema(key.items[0])}


def _blocks(key: Key) -> Schema:
    body = {"anyOf": [{"$ref": f"#/$defs/{key.table}"}, {"type": "null"}]}
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{_NAME}$"},
        "additionalProperties": body,
    }


_KINDS: Mapping[str, Callable[[Key], Schema]] = {
    "any": lambda _: {},
    "block": lambda key: {"$ref": f"#/$defs/{key.table}"},
    "blocks": _blocks,
    "bool": lambda _: {"type": "boolean"},
    "either": lambda key: {"anyOf": [_schema(item) for item in key.items]},
    "enum": _enum,
    "int": lambda key: {"type": "integer", "minimum": key.low, "maximum": key.high},
    "line": lambda _: {"type": _TEXTS, "pattern": r"^\n*[^\n]*\n*$"},
    "list": lambda key: {"type": "array", "items": _schema(key.items[0])},
    "map": _map,
    "nargs": _nargs,
    "note": lambda _: {"anyOf": [{"type": ["string", "number"]}, {"const": False}]},
    "number": lambda _: {"type": "number"},
    "pattern": _pattern,
    "scalar": lambda _: {"type": [*_TEXTS, "array"], "items": {"type": _TEXTS}},
    "single": lambda _: {"type": _TEXTS},
    "text": lambda _: {"type": _TEXTS},
}


def _given(**properties: object) -> Schema:
    return {"properties": properties, "required": list(properties)}


_CHOICES: Schema = {
    "choices": {
        "minItems": 1,
        "if": {"items": {"type": "string"}},
        "then": {"uniqueItems": True},
    }
}
_ON: Schema = {"const": True}
_NOT_ON: Schema = {"enum": [False, None]}
_ABSENT: Schema = {"type": "null"}
_NEEDS_CHOICES: Schema = {
    "if": _given(type={"const": "choice"}),
    "then": _given(choices={"type": "array"}),
}
_FLAG_RULE: Schema = {
    "if": _given(type={"enum": ["flag", "bool", "boolean"]}),
    "then": {
        "properties": {
            "choices": _ABSENT,
            **dict.fromkeys(("multiple", "required", "path_exists"), _NOT_ON),
        }
    },
}
_COUNT_RULE: Schema = {
    "if": _given(count=_ON),
    "then": {
        "properties": {
            **dict.fromkeys(("choices", "default"), _ABSENT),
            **dict.fromkeys(
                ("multiple", "required", "negatable", "path_exists"), _NOT_ON
            ),
        }
    },
}
_PATH_RULE: Schema = {
    "if": _given(path_exists=_ON),
    "then": _given(type={"enum": ["path", "file", "directory"]}),
}

# What keys ask of each other. The checker says the same in Python.
_RULES: dict[str, list[Schema]] = {
    "root": [
        {
            "anyOf": [
                _given(package_name={"type": _WORDS}),
                _given(command_name={"type": _WORDS}),
            ]
        },
        {"properties": {"languages": {"minItems": 1}}},
    ],
    "cli": [{"properties": {"commands": {"minProperties": 1}}}],
    "argument": [{"properties": _CHOICES}, _NEEDS_CHOICES, _PATH_RULE],
    "option": [
        {"properties": _CHOICES},
        _NEEDS_CHOICES,
        _FLAG_RULE,
        _COUNT_RULE,
        _PATH_RULE,
    ],
}
