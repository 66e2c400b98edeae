"""The rules of a manifest as a JSON Schema, for editors."""

from __future__ import annotations

import goobits_engine

from goobits_plugin._manifest._rules import (
    ENTRIES,
    FIELDS,
    LIMITS,
    PERMISSIONS,
    REQUIRED,
    SIZE,
    Limit,
    Text,
    Texts,
)
from goobits_plugin._manifest._values import CEILING, FILE

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_OF_COMMANDS = ("command", "argument", "option", "row")
_NULL: dict[str, Json] = {"type": "null"}


def json_schema() -> dict[str, Json]:
    """Return the JSON Schema (2020-12) of goobits-plugin.toml.

    It says what a schema can. Names that clash, sizes above the ceiling as texts and files that
    are not there are found by the reader alone.
    """
    commands = _blocks("[A-Za-z][A-Za-z0-9_-]*")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FILE,
        "type": "object",
        "properties": {
            "schema": {"const": 1, "description": "The version of this format."},
            **{name: _rule(rule) for name, rule in FIELDS.items()},
            "permissions": _table(
                "What the plugin may do.",
                {name: _rule(rule) for name, rule in PERMISSIONS.items()},
            ),
            "limits": _table(
                "The most that one run may use.",
                {name: _limit(name, rule) for name, rule in LIMITS.items()},
            ),
            "commands": commands,
        },
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": _of_languages(),
        "$defs": _engine_tables(),
    }


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _rule(rule: Text | Texts) -> dict[str, Json]:
    if isinstance(rule, Texts):
        return {
            "type": "array",
            "items": _rule(rule.item),
            "maxItems": rule.most,
            "uniqueItems": True,
            "description": rule.about,
        }
    if rule.words:
        return {"enum": list(rule.words), "description": rule.about}
    return {
        "type": "string",
        "pattern": _whole(rule.pattern),
        "maxLength": rule.longest,
        "description": rule.about,
    }


def _limit(name: str, rule: Limit) -> dict[str, Json]:
    number: dict[str, Json] = {
        "type": "number" if rule.kind == "seconds" else "integer",
        "exclusiveMinimum": 0,
        "maximum": getattr(CEILING, name),
    }
    if rule.kind != "bytes":
        return {**number, "description": rule.about}
    size: dict[str, Json] = {"type": "string", "pattern": _whole(SIZE)}
    return {"anyOf": [number, size], "description": rule.about}


def _table(about: str, properties: dict[str, Json]) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "description": about,
    }


def _blocks(name: str) -> dict[str, Json]:
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {
            "pattern": f"^{name}$",
            "not": {"enum": ["help", "completion"]},
        },
        "additionalProperties": {
            "allOf": [
                {"$ref": "#/$defs/command"},
                {"properties": {"is_default": {"const": False}}},
            ]
        },
        "description": "The commands, by name.",
    }


def _of_languages() -> list[Json]:
    rules: list[Json] = []
    for language, (pattern, _) in ENTRIES.items():
        then: dict[str, Json] = {"entry": {"pattern": _whole(pattern)}}
        if language == "rust":
            then["runtime"] = False
        rules.append(
            {
                "if": {
                    "properties": {"language": {"const": language}},
                    "required": ["language"],
                },
                "then": {"properties": then},
            }
        )
    return rules


def _engine_tables() -> dict[str, Json]:
    """Return the engine's schemas of what a command holds, without null: TOML has none."""
    tables = _json(goobits_engine.json_schema()["$defs"])
    assert isinstance(tables, dict)
    return {name: tables[name] for name in _OF_COMMANDS}


def _json(value: object) -> Json:
    if isinstance(value, dict):
        found = {str(key): _json(item) for key, item in value.items()}
        return _without_null(found)
    if isinstance(value, (list, tuple)):
        return [_json(item) for item in value]
    assert value is None or isinstance(value, (bool, int, float, str))
    return value


def _without_null(schema: dict[str, Json]) -> dict[str, Json]:
    choices = schema.get("anyOf")
    if not isinstance(choices, list) or _NULL not in choices:
        return schema
    left = [choice for choice in choices if choice != _NULL]
    rest = {key: item for key, item in schema.items() if key != "anyOf"}
    if len(left) == 1 and isinstance(left[0], dict):
        return {**left[0], **rest}
    return {"anyOf": left, **rest}
