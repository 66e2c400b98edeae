"""Read a goobits-plugin.toml: every mistake with its place, or what the plugin is and wants."""

from __future__ import annotations

from goobits_plugin._manifest._json_schema import json_schema
from goobits_plugin._manifest._names import confusable_key
from goobits_plugin._manifest._read import read_manifest
from goobits_plugin._manifest._report import CODES
from goobits_plugin._manifest._values import (
    CEILING,
    FILE,
    PROGRAM,
    Dependency,
    Language,
    Limits,
    Manifest,
    Permissions,
    Protocol,
)

__all__ = [
    "CEILING",
    "CODES",
    "FILE",
    "PROGRAM",
    "Dependency",
    "Language",
    "Limits",
    "Manifest",
    "Permissions",
    "Protocol",
    "confusable_key",
    "json_schema",
    "read_manifest",
]
