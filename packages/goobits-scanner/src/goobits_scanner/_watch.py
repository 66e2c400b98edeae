"""What hears the facts of one file and turns them into findings, capabilities and marks."""

from __future__ import annotations

from goobits_scanner._evidence import shown
from goobits_scanner._facts import NO_MARKS, Fact
from goobits_scanner._finding import Axis, Capability, Confidence, Finding
from goobits_scanner._rules._index import Entry, Index
from goobits_scanner._rules._rule import Rule


class Watch:
    """The observer of one file."""

    def __init__(self, index: Index, name: str, lines: list[str]) -> None:
        self._index = index
        self._name = name
        self._lines = lines
        self.findings: dict[tuple[str, int], Finding] = {}
        self.capabilities: dict[str, Capability] = {}

    def observe(self, fact: Fact) -> frozenset[str] | None:
        """Take one fact (see `Observer`)."""
        marks: set[str] = set()
        is_clean = False
        for entry in self._index.matching(fact):
            if entry.rule is not None:
                self._find(entry.rule, entry, fact)
            elif entry.mark:
                marks.add(entry.mark)
            elif entry.capability:
                self._can(entry.capability, fact)
            else:
                is_clean = True
        if is_clean:
            return NO_MARKS
        return self._with_arguments(marks, fact) if marks else None

    def wants(self, start: int, end: int) -> bool:
        """Return whether anything between these bytes can matter."""
        return True

    @staticmethod
    def _with_arguments(marks: set[str], fact: Fact) -> frozenset[str]:
        marks |= fact.receiver.marks
        for value in (*fact.arguments, *fact.keywords.values()):
            marks |= value.marks
        return frozenset(marks)

    def _find(self, rule: Rule, entry: Entry, fact: Fact) -> None:
        severity, confidence = rule.severity, rule.confidence
        if rule.tainted is not None and any(
            "input" in value.marks for value in entry.pattern.selected(fact)
        ):
            severity, confidence = rule.tainted, Confidence.HIGH
        key = rule.id, fact.line
        before = self.findings.get(key)
        if before is None or before.severity < severity:
            self.findings[key] = Finding(
                rule.id,
                rule.category,
                Axis(rule.axis),
                severity,
                confidence,
                rule.cwe,
                self._name,
                fact.line,
                fact.end_line,
                self._evidence(fact.line),
                rule.what,
                rule.why,
                rule.fix,
            )

    def _can(self, capability: str, fact: Fact) -> None:
        if capability not in self.capabilities:
            self.capabilities[capability] = Capability(
                capability, self._name, fact.line, self._evidence(fact.line)
            )

    def _evidence(self, line: int) -> str:
        return shown(self._lines[line - 1]) if 0 < line <= len(self._lines) else ""
