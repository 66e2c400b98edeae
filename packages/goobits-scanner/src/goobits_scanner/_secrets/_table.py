"""The patterns as values, and which of them a keyword calls for."""

from __future__ import annotations

import re
from typing import NamedTuple

from .._finding import Confidence, Severity
from ._patterns import INNER, MINOR, NEAR, OTHERS, TOKENS
from ._words import KEYS, PASSWORDS, SECRETS


class Secret(NamedTuple):
    """A secret in a text; `evidence` is its first line with every secret cut short."""

    pattern: str
    title: str
    line: int
    end_line: int
    evidence: str
    severity: Severity
    confidence: Confidence


class Pattern(NamedTuple):
    """How one kind of secret is told.

    `kind` is "token" (begins with the keyword), "inner" (holds it), "near" (is assigned to a name
    with it), "other" or "assignment" (of a value to a name that says what it is).
    """

    id: str
    title: str
    kind: str
    keywords: tuple[str, ...]
    expression: str
    entropy: float
    severity: Severity


def _rows(
    kind: str, rows: tuple[tuple[str, str, str, str, float], ...]
) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            id,
            title,
            kind,
            tuple(words.split("|")),
            expression,
            entropy,
            Severity.LOW if id in MINOR else Severity.MEDIUM,
        )
        for id, title, words, expression, entropy in rows
    )


_ASSIGNMENTS = tuple(
    Pattern(id, title, "assignment", words, "", 0.0, Severity.LOW)
    for id, title, words in (
        ("password-assignment", "Hard-coded password", PASSWORDS),
        ("secret-assignment", "Hard-coded secret or token", SECRETS),
        ("key-assignment", "Hard-coded key", KEYS),
    )
)

PATTERNS: tuple[Pattern, ...] = (
    _rows("token", TOKENS)
    + _rows("inner", INNER)
    + _rows("near", NEAR)
    + _rows("other", OTHERS)
    + _ASSIGNMENTS
)


def _by_keyword() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index, pattern in enumerate(PATTERNS):
        for word in pattern.keywords:
            found[word] = (*found.get(word, ()), index)
    return found


_CALLS = _by_keyword()

KEYWORDS: tuple[str, ...] = tuple(_CALLS)
CALLED: tuple[tuple[int, ...], ...] = tuple(_CALLS.values())

# A value after a name: the name's rest, its closing quote, a type, an operator, a call, a prefix.
NAME_REST = r"([\w.-]{0,40})"
ASSIGNED = (
    r"\\?[\"'`]?[\])]?"
    r"(?:[ \t]?:[ \t]?[A-Za-z&?][\w'<>\[\]&|. ]{0,30}?(?=[ \t]{0,3}=))?"
    r"[ \t]{0,24}(?:=>|:=|\|\||\?\?|or(?=[ \t])|={1,3}|[:,>]|[ \t]value=)[ \t]{0,24}"
    r"(?:(?:String::from|Some|Box::from|Buffer\.from|new String"
    r"|\w{0,20}Secret\w{0,12}(?:::new)?)?\()?"
    r"[bBrRuUfFL@]{0,2}"
)
_ENDS = r"(?![A-Za-z0-9])"
_WRAPPED = {
    "token": (r"", _ENDS),
    "inner": (r"(?<![A-Za-z0-9])", _ENDS),
    "near": (NAME_REST + ASSIGNED + r"\\?[\"'`]?(", r")(?![\w/+=-])"),
    "other": ("", ""),
}

_compiled: dict[int, re.Pattern[str]] = {}


def compiled(index: int) -> re.Pattern[str]:
    """Return the expression of PATTERNS[index], compiled when it is first asked for."""
    expression = _compiled.get(index)
    if expression is None:
        pattern = PATTERNS[index]
        before, after = _WRAPPED[pattern.kind]
        expression = re.compile(before + pattern.expression + after, re.ASCII)
        _compiled[index] = expression
    return expression
