"""The patterns of one language, found by the last part of what a fact is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from goobits_scanner._facts import Fact
from goobits_scanner._rules._patterns import Pattern, compile_pattern, head_of
from goobits_scanner._rules._rule import Rule


class Entry(NamedTuple):
    """A pattern's text, and what it means: one of the three is set, or none for a cleaner."""

    text: str
    rule: Rule | None = None
    mark: str = ""
    capability: str = ""

    @property
    def pattern(self) -> Pattern:
        """Return the pattern, compiled at its first use."""
        return _compiled(self.text)


_compiled = cache(compile_pattern)


class Index:
    """Every pattern of one language."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_last: dict[str, list[Entry]] = {}
        self._by_root: dict[str, list[Entry]] = {}
        self.has_strings = False
        for entry in entries:
            self._put(entry)

    def _put(self, entry: Entry) -> None:
        kind, path = head_of(entry.text)
        last = last_part(path)
        if kind == "string":
            self._by_last.setdefault("", []).append(entry)
            self.has_strings = True
        elif "*" not in last:
            self._by_last.setdefault(last, []).append(entry)
        else:
            self._by_root.setdefault(root_part(path), []).append(entry)

    def matching(self, fact: Fact) -> Iterator[Entry]:
        """Yield what is true of a fact."""
        path, kind = fact.path, fact.kind
        kinds = kind, "use" if kind == "call" else kind  # to call is to use
        for entries in (
            self._by_last.get(last_part(path), ()),
            self._by_root.get(root_part(path), ()),
        ):
            for entry in entries:
                pattern = entry.pattern
                if pattern.kind in kinds and pattern.matches(fact):
                    yield entry

    def keywords(self) -> frozenset[str]:
        """Return what must stand in a file, in lower case, for any pattern to match it."""
        return frozenset(
            word.lower() for word in (*self._by_last, *self._by_root) if word
        )


def last_part(path: str) -> str:
    return path[path.rfind(".") + 1 :].removesuffix("()")


def root_part(path: str) -> str:
    end = path.find(".")
    return (path if end < 0 else path[:end]).removesuffix("()")


@cache
def index(language: str) -> Index:
    """Return the index of `python`, `javascript` or `rust`, compiled at its first use."""
    return Index(_entries(language))


def _entries(language: str) -> Iterator[Entry]:
    from goobits_scanner._rules._capabilities import CAPABILITY_PATTERNS
    from goobits_scanner._rules._marks import CLEANERS, SOURCES
    from goobits_scanner._rules._marks_malice import ENCODERS, SOURCES_MALICE
    from goobits_scanner._rules._tables import tables

    for rule in tables():
        for text in rule.patterns.get(language, ()):
            yield Entry(text, rule)
    for capability, patterns in CAPABILITY_PATTERNS.items():
        for text in patterns.get(language, ()):
            yield Entry(text, capability=capability)
    for sources in (SOURCES, SOURCES_MALICE, ENCODERS):
        for mark, patterns in sources.items():
            for text in patterns.get(language, ()):
                yield Entry(text, mark=mark)
    for text in CLEANERS.get(language, ()):
        yield Entry(text)
