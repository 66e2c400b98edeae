"""All rules of all tables, in the order in which they are listed."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from goobits_scanner._rules._rule import Rule

CATEGORIES = (
    "exec deserialize crypto tls sql xml paths ssrf markup redos prototype files unsafe web "
    "obfuscation install exfiltration backdoor download persistence theft propagation native"
).split()


@cache
def tables() -> tuple[Rule, ...]:
    """Return the rules that match facts; each category has a module of its own."""
    found: list[Rule] = []
    for category in CATEGORIES:
        found += import_module(f"goobits_scanner._rules._{category}").RULES
    return tuple(found)
