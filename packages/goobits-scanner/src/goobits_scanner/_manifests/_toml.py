"""TOML, and the places of its keys."""

from __future__ import annotations

import re


def parsed(text: str) -> dict[str, object] | None:
    """Return what a TOML text holds, or None where it is not well formed."""
    import tomllib

    try:
        return tomllib.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except (ValueError, RecursionError):
        return None


def table(value: object, *keys: str) -> dict[str, object]:
    """Return the table under keys, or an empty one."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    """Return the strings of a list; of anything else, none."""
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, str)]


def key_line(text: str, key: str, start: int = 0) -> int:
    """Return the line where a key of a table is set or heads a table; 1 where it is not."""
    form = rf"(?m)^[ \t]*(?:\[[^\]\n]*)?[\"']?{re.escape(key)}[\"']?[ \t]*(?:[=.\]]|$)"
    match = re.compile(form).search(text, start) or re.compile(form).search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 1
