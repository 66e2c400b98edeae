"""Find secrets in a text, given where keywords lie in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .._finding import Confidence, Severity
from ._assignments import find_assignment
from ._checks import CHECKS
from ._expressions import expression
from ._files import FileKind, kind_of
from ._keys import find_pem, find_putty
from ._placeholders import entropy, is_made_up, stands_for_value, words
from ._redact import redacted
from ._table import CALLED, KEYWORDS, PATTERNS, Secret, compiled
from ._words import ABOUT

_WINDOW = 3000
_NEAR_WINDOW = 1400
_INNER_BEFORE = 100
_INNER_AFTER = 200
_INNER_STRIDE = 128
_NAME_SAYS = (
    "key token secret pass pwd auth pat api cred dsn webhook mnemonic phrase wif signing license"
).split()
_COMMENT = r"[ \t]*(?:#|//|/?\*|>>>)"
_REST = r"[\w+/=-]{0,4096}"
# Found in any text of which it may be a part, so it yields to what overlaps it.
_YIELDING = frozenset(("bearer-header", "url-password", "jwt"))


class _Hit(NamedTuple):
    """A secret by its place; the lower its rank, the more it says."""

    start: int
    end: int
    rank: int
    pattern: int
    severity: Severity
    confidence: Confidence


def find_secrets(
    name: str, text: str, positions: Sequence[tuple[int, int]]
) -> list[Secret]:
    """Return the secrets of a text, in order.

    `name` is the file's. `positions` holds (offset of the keyword's last character, index in
    KEYWORDS) for each keyword in `text.lower()`, in order of the offsets, as an automaton
    yields them.
    """
    if not positions:
        return []
    search = _Search(text, kind_of(name))
    for last, keyword in positions:
        search.look(last + 1, keyword)
    return search.secrets()


_NAME_ENDS = tuple(len(word) - len(word.rstrip(" =:\"'")) for word in KEYWORDS)
_KINDS = tuple(pattern.kind for pattern in PATTERNS)


class _Search:
    """One text, and what was found in it so far."""

    def __init__(self, text: str, kind: FileKind) -> None:
        self._text = text
        self._kind = kind
        self._hits: list[_Hit] = []
        self._searched: dict[int, int] = {}

    def look(self, end: int, keyword: int) -> None:
        """Try the patterns that a keyword calls for."""
        start = end - len(KEYWORDS[keyword])
        for index in CALLED[keyword]:
            kind = _KINDS[index]
            if kind == "assignment":
                self._assignment(index, start, end - _NAME_ENDS[keyword])
            elif kind == "token":
                if _may_begin(self._text, start):
                    self._token(index, start)
            elif kind == "near":
                self._near(index, start, end)
            elif kind == "inner":
                self._inner(index, start, end)
            else:
                self._other(index, start, end)

    def _assignment(self, index: int, start: int, end: int) -> None:
        if self._kind.is_lock:
            return
        found = find_assignment(PATTERNS[index].id, self._text, start, end, self._kind)
        if found:
            self._add(index, found.start, found.end, 3, found.confidence)

    def _token(self, index: int, start: int) -> None:
        match = compiled(index).match(self._text, start, start + _WINDOW)
        if match:
            self._accept(index, match, 0)

    def _near(self, index: int, start: int, end: int) -> None:
        if self._kind.is_lock:
            return
        match = compiled(index).match(self._text, end, end + _NEAR_WINDOW)
        if match is None:
            return
        left = start
        while left > max(0, start - 40) and _is_name(self._text[left - 1]):
            left -= 1
        name = self._text[left : match.end(1)].lower()
        if not any(word in name for word in _NAME_SAYS):
            return
        if not ABOUT.isdisjoint(words(self._text[end : match.end(1)])):
            return
        secret = match[2]
        if " " in secret or any(character.isdigit() for character in secret):
            self._accept(index, match, 1, group=2)

    def _inner(self, index: int, start: int, end: int) -> None:
        if start < self._searched.get(index, 0):
            return
        self._searched[index] = start + _INNER_STRIDE
        left = max(0, start - _INNER_BEFORE)
        right = end + _INNER_STRIDE + _INNER_AFTER
        for match in compiled(index).finditer(self._text, left, right):
            self._accept(index, match, 0)

    def _other(self, index: int, start: int, end: int) -> None:
        id = PATTERNS[index].id
        if id in ("private-key", "putty-private-key"):
            find = find_pem if id == "private-key" else find_putty
            span = find(self._text, start)
            if span:
                self._add(index, *span, 0, Confidence.HIGH)
        elif id == "password-hash":
            if self._kind.is_password_file:
                self._inner(index, start, end)
        else:
            match = compiled(index).match(self._text, start, start + _WINDOW)
            if match:
                self._accept(index, match, 2 if id in _YIELDING else 1)

    def _accept(
        self, index: int, match: re.Match[str], rank: int, group: int | None = None
    ) -> None:
        """Keep a match unless its secret is made up or the pattern's check says no."""
        pattern = PATTERNS[index]
        if group is None:
            group = 1 if match.re.groups else 0
        secret = match[group]
        if stands_for_value(secret) or is_made_up(secret):
            return
        if pattern.entropy and entropy(secret) < pattern.entropy:
            return
        check = CHECKS.get(pattern.id)
        confidence = check(match) if check else Confidence.HIGH
        if confidence:
            self._add(index, *match.span(group), rank, confidence)

    def _add(
        self, index: int, start: int, end: int, rank: int, confidence: Confidence
    ) -> None:
        severity = PATTERNS[index].severity
        if confidence is Confidence.LOW or self._is_shown_off(index, start):
            severity = min(severity, Severity.LOW)
        self._hits.append(_Hit(start, end, rank, index, severity, confidence))

    def _is_shown_off(self, index: int, start: int) -> bool:
        """Say whether no vendor's token stands among tests, in a comment or in documentation."""
        if PATTERNS[index].kind in ("token", "inner"):
            return False
        if self._kind.is_tried:
            return True
        line = self._text.rfind("\n", max(0, start - _WINDOW), start) + 1
        return expression(_COMMENT).match(self._text, line, start) is not None

    def secrets(self) -> list[Secret]:
        """Return what was found, of overlapping ones the most telling."""
        kept: list[_Hit] = []
        for hit in sorted(self._hits):
            while kept and kept[-1].end > hit.start and hit.rank < kept[-1].rank:
                kept.pop()
            if not kept or kept[-1].end <= hit.start:
                kept.append(hit)
        return self._shown(kept)

    def _shown(self, hits: list[_Hit]) -> list[Secret]:
        text = self._text
        spans = _merged(text, self._hits)
        secrets = []
        line, place = 1, 0
        for hit in hits:
            line += text.count("\n", place, hit.start)
            place = hit.start
            pattern = PATTERNS[hit.pattern]
            secrets.append(
                Secret(
                    pattern.id,
                    pattern.title,
                    line,
                    line + text.count("\n", hit.start, hit.end),
                    redacted(text, hit.start, hit.end, spans),
                    hit.severity,
                    hit.confidence,
                )
            )
        return secrets


def _merged(text: str, hits: list[_Hit]) -> list[tuple[int, int]]:
    """Return the places of all hits, those that overlap as one.

    Each goes on to the end of its run of letters: it may be longer than an expression matches.
    """
    spans: list[tuple[int, int]] = []
    for hit in sorted(hits):
        rest = expression(_REST).match(text, hit.end)
        end = rest.end() if rest else hit.end
        if spans and hit.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((hit.start, end))
    return spans


def _is_name(character: str) -> bool:
    return character.isalnum() or character in "_-."


def _may_begin(text: str, start: int) -> bool:
    r"""Say whether a token may begin here: after no letter or digit, or after `\n`, `%3D`."""
    if not start or not (text[start - 1].isalnum() and text[start - 1].isascii()):
        return True
    before = text[max(0, start - 3) : start]
    return before[-2:-1] == "\\" or (len(before) == 3 and before[0] == "%")
