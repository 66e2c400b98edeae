"""Everything that the bytes and the characters of one file say."""

from __future__ import annotations

from collections.abc import Iterator

from goobits_scanner._bytes._decode import Text
from goobits_scanner._bytes._files import file_findings, orphan_bytecode, pth_findings
from goobits_scanner._bytes._identifiers import strange_names
from goobits_scanner._bytes._kind import CODE
from goobits_scanner._bytes._layout import far_away, packed_literals
from goobits_scanner._bytes._place import Tally, at_line
from goobits_scanner._bytes._unicode import hidden_characters
from goobits_scanner._finding import Finding
from goobits_scanner._source import Source

__all__ = ["byte_findings", "orphan_bytecode"]


def byte_findings(source: Source, text: Text, kind: str) -> list[Finding]:
    """Return what one file says, at most ten times for each rule."""
    tally = Tally()
    return [found for found in _all(source, text, kind) if tally.takes(found.rule)]


def _all(source: Source, text: Text, kind: str) -> Iterator[Finding]:
    name = source.name
    yield from file_findings(source, kind)
    for problem in text.problems:
        yield at_line(problem.rule, name, problem.line, problem.evidence)
    if text.text is None:
        return
    if kind == "pth":
        yield from pth_findings(name, text.text)
    if kind in CODE:
        yield from far_away(name, text.text, kind)
        yield from packed_literals(name, text.text)
    if not text.text.isascii():
        yield from hidden_characters(name, text.text, kind)
        yield from strange_names(name, text.text, kind)
