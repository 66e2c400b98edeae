"""Every rule, whatever finds it, as `goobits-scan rules` lists it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from goobits_scanner._finding import Axis, Confidence, Severity


class RuleDescription(NamedTuple):
    """What a rule is about; `bad` and `good` are pairs of a language and an example."""

    id: str
    category: str
    axis: Axis
    severity: Severity
    confidence: Confidence
    cwe: int | None
    what: str
    why: str
    fix: str
    languages: tuple[str, ...]
    bad: tuple[tuple[str, str], ...]
    good: tuple[tuple[str, str], ...]


def catalog() -> tuple[RuleDescription, ...]:
    """Return all rules, by category and id."""
    found = [*_code(), *_bytes(), *_manifests(), *_secrets(), *_others()]
    return tuple(sorted(found, key=lambda rule: (rule.axis, rule.category, rule.id)))


def _code() -> Iterator[RuleDescription]:
    from goobits_scanner._rules._tables import tables

    for rule in tables():
        yield RuleDescription(
            *rule[:9],
            tuple(rule.patterns),
            _pairs(rule.bad),
            _pairs(rule.good),
        )


def _pairs(examples: dict[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (language, text) for language, texts in examples.items() for text in texts
    )
