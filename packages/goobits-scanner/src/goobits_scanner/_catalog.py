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


def _bytes() -> Iterator[RuleDescription]:
    from goobits_scanner._bytes import RULES

    for rule in RULES:
        yield RuleDescription(
            rule.id,
            rule.category,
            Axis.MALICE,
            rule.severity,
            rule.confidence,
            rule.cwe,
            rule.what,
            rule.why,
            rule.fix,
            (),
            (),
            (),
        )


def _manifests() -> Iterator[RuleDescription]:
    from goobits_scanner._manifests._rules import RULES

    for rule in RULES.values():
        kind = rule.file.rpartition("/")[2]
        yield RuleDescription(
            *rule[:9], (kind,), ((kind, rule.bad),), ((kind, rule.good),)
        )


def _secrets() -> Iterator[RuleDescription]:
    from goobits_scanner._examination import SECRET_FIX, SECRET_WHY
    from goobits_scanner._secrets import PATTERNS

    for pattern in PATTERNS:
        yield RuleDescription(
            pattern.id,
            "secrets",
            Axis.VULNERABILITY,
            pattern.severity,
            Confidence.HIGH,
            798,
            f"A secret stands in the file: {pattern.title}",
            SECRET_WHY,
            SECRET_FIX,
            (),
            (),
            (),
        )


def _others() -> Iterator[RuleDescription]:
    from goobits_scanner._examination import SCAN_RULES
    from goobits_scanner._permissions import PERMISSION_RULES

    for category, rules in (("scan", SCAN_RULES), ("permissions", PERMISSION_RULES)):
        for name, (severity, what, why, fix) in rules.items():
            yield RuleDescription(
                name,
                category,
                Axis.MALICE,
                severity,
                Confidence.HIGH,
                None,
                what,
                why,
                fix,
                (),
                (),
                (),
            )
