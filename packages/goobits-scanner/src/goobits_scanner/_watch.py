"""What hears the facts of one file and turns them into findings, capabilities and marks."""

from __future__ import annotations

from goobits_scanner._evidence import shown
from goobits_scanner._facts import NO_MARKS, Fact, Value, key_of
from goobits_scanner._finding import Axis, Capability, Confidence, Finding
from goobits_scanner._rules._index import Entry, Index, last_part, rule
from goobits_scanner._rules._rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_scanner._keywords import Places

# Calls that write a file: which argument is the data, and which the path (-1: the receiver's).
WRITERS = {
    "write": (0, -1),
    "writelines": (0, -1),
    "write_text": (0, -1),
    "write_bytes": (0, -1),
    "write_all": (0, -1),
    "urlretrieve": (0, 1),
    "copyfileobj": (0, 1),
    "writeFile": (1, 0),
    "writeFileSync": (1, 0),
    "appendFileSync": (1, 0),
    "outputFile": (1, 0),
    "copy": (0, 1),
}
# What goes along with a file.
CARRIED = frozenset({"network", "decoded", "input"})


class Watch:
    """The observer of one file."""

    def __init__(
        self,
        index: Index,
        name: str,
        lines: list[str],
        places: Places | None = None,
    ) -> None:
        self._index = index
        self._places = places
        self.names = index.names | WRITERS.keys()
        self.roots = index.roots
        self._name = name
        self._lines = lines
        self._strings = (
            tuple(index.table.strings)
            if places is None
            else index.about_strings(places.live)
        )
        self._written: dict[str, frozenset[str]] = {}
        self._traits: set[str] = set()
        self._waiting: dict[tuple[int, int], tuple[Entry, Fact]] = {}
        self.findings: dict[tuple[str, int], Finding] = {}
        self.capabilities: dict[str, Capability] = {}

    def observe(self, fact: Fact) -> frozenset[str] | None:
        """Take one fact (see `Observer`)."""
        if fact.kind == "string" and not self._strings:
            return None
        if fact.kind == "call":
            fact = self._with_files(fact)
        marks: set[str] = set()
        is_clean = False
        for entry in self._index.matching(fact, self._strings):
            if entry.pattern.traits:
                self._waiting.setdefault((id(entry), fact.line), (entry, fact))
            elif entry.rule:
                self._find(rule(entry.category, entry.rule), entry, fact)
            elif entry.mark.startswith("with-"):
                self._traits.add(entry.mark)
            elif entry.mark:
                marks.add(entry.mark)
            elif entry.capability:
                self._can(entry.capability, fact)
            else:
                is_clean = True
        if is_clean:
            return NO_MARKS
        return self._with_arguments(marks, fact) if marks else None

    def end(self) -> None:
        """Settle what depends on the rest of the file, at whose end we are."""
        for entry, fact in self._waiting.values():
            if entry.pattern.traits <= self._traits:
                self._find(rule(entry.category, entry.rule), entry, fact)

    def wants(self, start: int, end: int) -> bool:
        """Return whether anything between these bytes can matter."""
        return self._places is None or self._places.any_within(start, end)

    def alias(self, name: str, path: str) -> None:
        """Take note that the file calls what has this path by another name."""
        if path.endswith(("()", "[]")):
            return  # what was made: whatever is done with it says so by itself
        if self._places is not None and last_part(path).lower() in self._places.live:
            self._places.add_alias(name)

    def _with_files(self, fact: Fact) -> Fact:
        """Note what is written to a file; mark its path wherever it is used afterwards."""
        arguments = fact.arguments
        if self._written and arguments:
            fact = fact._replace(arguments=tuple(map(self._marked, arguments)))
        place = WRITERS.get(last_part(fact.path))
        if place is None or not arguments:
            return fact
        data, target = place
        if data >= len(arguments) or target >= len(arguments):
            return fact
        marks = arguments[data].marks & CARRIED
        key = key_of(fact.receiver if target < 0 else arguments[target])
        if marks and key:
            self._written[key] = self._written.get(key, NO_MARKS) | marks
        return fact

    def _marked(self, value: Value) -> Value:
        marks = self._written.get(key_of(value))
        if marks is None and value.items:
            items = tuple(map(self._marked, value.items))
            marks = frozenset[str]().union(*(item.marks for item in items))
        if not marks or marks <= value.marks:
            return value
        return Value(
            value.path,
            constant=value.constant,
            text=value.text,
            marks=value.marks | marks,
            items=value.items,
            keys=value.keys,
            is_hidden=value.is_hidden,
        )

    @staticmethod
    def _with_arguments(marks: set[str], fact: Fact) -> frozenset[str]:
        marks |= fact.receiver.marks
        for value in (*fact.arguments, *fact.keywords.values()):
            marks |= value.marks
        return frozenset(marks)

    def _find(self, found: Rule, entry: Entry, fact: Fact) -> None:
        severity, confidence = found.severity, found.confidence
        if found.tainted is not None and any(
            "input" in value.marks for value in entry.pattern.selected(fact)
        ):
            severity, confidence = found.tainted, Confidence.HIGH
        key = found.id, fact.line
        before = self.findings.get(key)
        if before is None or before.severity < severity:
            self.findings[key] = Finding(
                found.id,
                found.category,
                Axis(found.axis),
                severity,
                confidence,
                found.cwe,
                self._name,
                fact.line,
                fact.end_line,
                self._evidence(fact.line),
                found.what,
                found.why,
                found.fix,
            )

    def _can(self, capability: str, fact: Fact) -> None:
        if capability not in self.capabilities:
            self.capabilities[capability] = Capability(
                capability, self._name, fact.line, self._evidence(fact.line)
            )

    def _evidence(self, line: int) -> str:
        return shown(self._lines[line - 1]) if 0 < line <= len(self._lines) else ""
