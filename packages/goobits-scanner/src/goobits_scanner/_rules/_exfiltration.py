"""To come."""

from __future__ import annotations

from goobits_scanner._rules._rule import Rule

RULES: tuple[Rule, ...] = ()
