"""The form of a rule about manifests, and the finding that one makes."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from goobits_scanner._finding import Axis, Confidence, Finding, Severity

INFO: Final = Severity.INFO
LOW: Final = Severity.LOW
MEDIUM: Final = Severity.MEDIUM
HIGH: Final = Severity.HIGH
MAYBE: Final = Confidence.LOW
LIKELY: Final = Confidence.MEDIUM
SURE: Final = Confidence.HIGH
MALICE: Final = Axis.MALICE
VULNERABILITY: Final = Axis.VULNERABILITY

_EVIDENCE = 160
_SECRET = (
    r"(?i)(://[^\s/:@]*:)[^\s/@]+(?=@)"
    r"|((?:_authtoken|_auth|_password|password|token|secret|api_?key)\s*[=:]\s*)"
    r"(?![\"']?[$%])[^\s&;,]+"
)


class Rule(NamedTuple):
    """One thing to know about a manifest.

    `bad` and `good` are texts of a file named `file`: the rule speaks up about the first and is
    silent about the second.
    """

    id: str
    category: str
    axis: Axis
    severity: Severity
    confidence: Confidence
    cwe: int | None
    what: str
    why: str
    fix: str
    file: str
    bad: str
    good: str


def found(
    rule_id: str,
    file: str,
    line: int,
    evidence: str,
    *,
    severity: Severity | None = None,
    confidence: Confidence | None = None,
) -> Finding:
    """Return the finding of a rule at a place, as severe as the rule says or as given."""
    from goobits_scanner._manifests._rules import RULES

    rule = RULES[rule_id]
    return Finding(
        rule.id,
        rule.category,
        rule.axis,
        rule.severity if severity is None else severity,
        rule.confidence if confidence is None else confidence,
        rule.cwe,
        file,
        line,
        line,
        shown(evidence),
        rule.what,
        rule.why,
        rule.fix,
    )


def shown(text: str) -> str:
    """Return a text as one short printable line without what looks like a credential."""
    line = re.sub(_SECRET, r"\1\2***", " ".join(text[: 4 * _EVIDENCE].split()))
    line = "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line
    )
    return (
        line
        if len(line) <= _EVIDENCE
        else line[: _EVIDENCE - 1] + "\N{HORIZONTAL ELLIPSIS}"
    )


def line_of(text: str, needle: str, start: int = 0) -> int:
    """Return the line, from 1, where a text has something; 1 where it has not."""
    at = text.find(needle, start)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
