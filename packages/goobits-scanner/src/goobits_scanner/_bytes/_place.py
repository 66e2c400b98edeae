"""Findings of the byte pass, from a rule, a file and a place in its text."""

from __future__ import annotations

from goobits_scanner._bytes._table import BY_ID
from goobits_scanner._finding import Axis, Finding

_BEFORE, _WIDTH = 40, 160
# So many findings of one rule in one file say enough.
MOST = 10


class Tally:
    """Count the findings of each rule in one file.

    What is not taken need not be made: to find its line costs a look at the whole text. One rule
    can't crowd out another.
    """

    __slots__ = ("_counts",)

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def takes(self, rule: str) -> bool:
        """Count one more, and tell whether it is among the first."""
        self._counts[rule] = count = self._counts.get(rule, 0) + 1
        return count <= MOST


def at_offset(rule: str, file: str, text: str, offset: int, note: str = "") -> Finding:
    """Return a finding at an offset of a text; `note` replaces the line as evidence."""
    line = text.count("\n", 0, offset) + 1
    return at_line(rule, file, line, note or _shown(text, offset))


def at_line(rule: str, file: str, line: int, evidence: str) -> Finding:
    """Return a finding with evidence that can be shown; line 0 is the whole file."""
    entry = BY_ID[rule]
    return Finding(
        rule,
        entry.category,
        Axis.MALICE,
        entry.severity,
        entry.confidence,
        entry.cwe,
        file,
        line,
        line,
        evidence if evidence.isprintable() else _escaped(evidence),
        entry.what,
        entry.why,
        entry.fix,
    )


def _shown(text: str, offset: int) -> str:
    start = text.rfind("\n", max(0, offset - _BEFORE), offset) + 1
    start = start or max(0, offset - _BEFORE)
    end = text.find("\n", offset, start + _WIDTH)
    return text[start : end if end >= 0 else start + _WIDTH].strip()


def _escaped(text: str) -> str:
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )
