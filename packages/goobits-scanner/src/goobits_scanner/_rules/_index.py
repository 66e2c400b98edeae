"""The patterns of one language, found by the last part of what a fact is about."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from goobits_scanner._facts import Fact
from goobits_scanner._rules._patterns import Pattern, compile_pattern
from goobits_scanner._rules._rule import Rule

if TYPE_CHECKING:
    from ahocorasick import Automaton


class Table(NamedTuple):
    """All patterns of a language, as literals that load fast.

    `entries` are (pattern, rule's category and id, mark, capability). The others give places in
    it: by the last part of a path, by its first part, and of those about strings. `words` are
    what must stand in a file, in lower case, for a pattern to match, each with what else must
    stand there, one of them (none: nothing else): the `roots`. `strings` gives
    the words of the patterns about strings, `capability_words` those that tell of a capability only, and which.
    `parts` are words that may stand in longer ones, since texts are searched for them.
    """

    entries: tuple[tuple[str, str, str, str, str], ...]
    by_last: dict[str, tuple[int, ...]]
    by_root: dict[str, tuple[int, ...]]
    strings: dict[int, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    roots: tuple[str, ...]
    capability_words: dict[str, str]
    parts: tuple[str, ...]


class Entry(NamedTuple):
    """A pattern and what it means: one of the others is set, or none for a cleaner."""

    pattern: Pattern
    category: str
    rule: str
    mark: str
    capability: str


class Index:
    """Every pattern of one language, compiled at its first use."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.names = frozenset(table.by_last)
        self.roots = frozenset(table.by_root)
        self._compiled: dict[int, Entry] = {}

    def about_strings(self, live: Container[str]) -> tuple[int, ...]:
        """Return the places of the patterns about strings that could match in a file."""
        return tuple(
            place
            for place, words in self.table.strings.items()
            if any(word in live for word in words)
        )

    def matching(self, fact: Fact, strings: tuple[int, ...]) -> Iterator[Entry]:
        """Yield what is true of a fact; of patterns about strings those in `strings`."""
        kind, table = fact.kind, self.table
        if kind == "string":
            if strings and self._could_match(fact):
                yield from self._true(strings, fact, ("string",))
            return
        path = fact.path
        kinds = (kind, "use") if kind == "call" else (kind,)  # to call is to use
        if places := table.by_last.get(last_part(path)):
            yield from self._true(places, fact, kinds)
        if places := table.by_root.get(root_part(path)):
            yield from self._true(places, fact, kinds)

    @cached_property
    def _words(self) -> Automaton:
        """Return what finds the words of all patterns about strings."""
        import ahocorasick

        words = ahocorasick.Automaton()
        for place, each in self.table.strings.items():
            for word in each:
                words.add_word(word, place)
        words.make_automaton()
        return words

    def _could_match(self, fact: Fact) -> bool:
        """Return whether a word of a pattern about strings is in this one: mostly none is."""
        text = fact.arguments[0].text
        return (
            text is not None and next(self._words.iter(text.lower()), None) is not None
        )

    def _true(
        self, places: tuple[int, ...], fact: Fact, kinds: tuple[str, ...]
    ) -> Iterator[Entry]:
        for place in places:
            entry = self._compiled.get(place)
            if entry is None:
                text, *meaning = self.table.entries[place]
                entry = Entry(compile_pattern(text), *meaning)
                self._compiled[place] = entry
            if entry.pattern.kind in kinds and entry.pattern.matches(fact):
                yield entry


def last_part(path: str) -> str:
    return path[path.rfind(".") + 1 :].removesuffix("()")


def root_part(path: str) -> str:
    end = path.find(".")
    return (path if end < 0 else path[:end]).removesuffix("()")


@cache
def index(language: str) -> Index:
    """Return the index of `python`, `javascript` or `rust`."""
    from importlib import import_module

    module = import_module(f"goobits_scanner._rules._table_{language}")
    return Index(Table(*module.TABLE))


@cache
def rule(category: str, name: str) -> Rule:
    """Return a rule with its texts, which are loaded when they are first needed."""
    from importlib import import_module

    rules: tuple[Rule, ...] = import_module(f"goobits_scanner._rules._{category}").RULES
    return next(each for each in rules if each.id == name)
