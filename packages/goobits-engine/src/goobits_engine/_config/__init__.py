"""Read goobits.yaml: every mistake with its place, or the program that it describes."""

from __future__ import annotations

from goobits_engine._config._diagnostics import CODES, Diagnostic
from goobits_engine._config._formats import format_github, format_json, format_text
from goobits_engine._config._parse import check, parse, read
from goobits_engine._config._source import read_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._json_schema import json_schema
    from goobits_engine._config._model import Config

__all__ = [
    "CODES",
    "Config",
    "Diagnostic",
    "check",
    "format_github",
    "format_json",
    "format_text",
    "json_schema",
    "parse",
    "read",
    "read_text",
]


def __getattr__(name: str) -> object:
    """Import what checking a file does not need when somebody asks for it."""
    if name == "Config":
        from goobits_engine._config._model import Config

        return Config
    if name == "json_schema":
        from goobits_engine._config._json_schema import json_schema

        return json_schema
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
