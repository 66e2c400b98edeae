"""One pass over a text for every keyword: those of secrets and those of rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick import Automaton

    from goobits_scanner._rules._index import Table

# Smaller files are evaluated whole: to look for words first would cost more.
SMALL = 1 << 15
# Where names are made up at run time, any pattern could match.
_MADE_UP = {
    "python": re.compile(
        rb"__import__|import_module|\bglobals\(|__builtins__|\bbuiltins\b|\bexec\(|\beval\(|sys\.modules"
    ),
    "javascript": re.compile(
        rb"""require\s*\(\s*(?!['"][\w@/:.-]+['"]\s*\))|\bimport\s*\(\s*(?!['"])|\\x6|fromCharCode"""
        rb"""|\batob\b|_load\b|\beval\s*\(|\bFunction\s*\("""
    ),
}
# Which bytes are parts of words.
_INNER = bytes(chr(byte).isalnum() or byte == 95 for byte in range(128)) + bytes(128)
# A name that is put together where it is used may be any: such a file is evaluated whole.
_PUT_TOGETHER = re.compile(
    rb"""\[\s*(?:'[^'\n]{0,40}'|"[^"\n]{0,40}")\s*\+|\[\s*['"][^'"\n]{0,40}\\[xu]|\w\\u00"""
)


class Hits(NamedTuple):
    """Where keywords lie: those of secrets as (offset of the last character, index).

    `words` are those of rules as (offset of the last byte, index); None for a small file.
    """

    secrets: list[tuple[int, int]]
    words: list[tuple[int, int]] | None = None


class Vocabulary:
    """The keywords of secrets and the words of one language, found in one pass.

    A hit's number is that of a secret's keyword below `first`, and from there on that of a word
    in `words`.
    """

    def __init__(self, language: str) -> None:
        import ahocorasick

        from goobits_scanner._secrets import KEYWORDS

        self.first = len(KEYWORDS)
        numbers = {keyword: number for number, keyword in enumerate(KEYWORDS)}
        self.words: list[str] = []
        self.shared: dict[int, int] = {}
        parts: frozenset[str] = frozenset()
        if language:
            from goobits_scanner._rules._index import index

            table = index(language).table
            parts = frozenset(table.parts)
            for word in dict.fromkeys((*table.words, *table.roots)):
                number = self.first + len(self.words)
                if word in numbers:
                    self.shared[number] = numbers[word]
                numbers[word] = number
                self.words.append(word)
        self.lengths = [len(word.encode()) for word in self.words]
        self.begins = [_is_inner(word[0]) and word not in parts for word in self.words]
        self.ends = [_is_inner(word[-1]) and word not in parts for word in self.words]
        self._automaton: Automaton = ahocorasick.Automaton()
        for keyword, number in numbers.items():
            self._automaton.add_word(keyword, number)
        self._automaton.make_automaton()

    def hits(self, text: str) -> Hits:
        """Return where keywords lie in a text in lower case."""
        first, shared = self.first, self.shared
        found: list[tuple[int, int]] = list(self._automaton.iter(text))
        if not self.words:
            return Hits(found)
        secrets = [
            (end, number if number < first else shared[number])
            for end, number in found
            if number < first or number in shared
        ]
        return Hits(
            secrets, [(end, number - first) for end, number in found if number >= first]
        )


def _is_inner(character: str) -> bool:
    return character.isalnum() or character == "_"


vocabulary = cache(Vocabulary)


def search(text: str, language: str = "") -> Hits:
    """Return where keywords lie in a text; it costs some 50 ns for a character."""
    if len(text) < SMALL:
        language = ""
    if text.isascii():
        return vocabulary(language).hits(text.lower())
    hits = vocabulary("").hits(lowered(text))
    if not language:
        return hits
    data = text.encode("utf-8", "surrogatepass").decode("latin-1").lower()
    return Hits(hits.secrets, vocabulary(language).hits(data).words)


def lowered(text: str) -> str:
    """Return a text in lower case, as long as it is."""
    made = text.lower()
    if len(made) == len(text):
        return made
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text
    )


def _whole(
    hits: list[tuple[int, int]], found: Vocabulary, data: bytes
) -> list[tuple[int, int]]:
    """Return the words that stand alone, not in longer ones, each by the byte after it."""
    inner, padded = _INNER, data + b"\n"  # which the byte before the first one is, too
    lengths, begins, ends = found.lengths, found.begins, found.ends
    return [
        (end + 1, number)
        for end, number in hits
        if not (ends[number] and inner[padded[end + 1]])
        and not (begins[number] and inner[padded[end - lengths[number]]])
    ]


class Places:
    """Which stretches of a file hold a word that a rule asks for.

    `known` are capabilities that need not be found again.
    """

    def __init__(
        self,
        hits: list[tuple[int, int]],
        table: Table,
        data: bytes,
        language: str,
        known: Collection[str] = (),
    ) -> None:
        self._data = data
        found = vocabulary(language)
        whole = _whole(hits, found, data)
        present = {found.words[number] for number in {number for _, number in whole}}
        made_up = _MADE_UP.get(language)
        is_open = made_up is not None and made_up.search(data) is not None
        words, aims = table.words, table.capability_words
        self.is_whole = language == "javascript" and bool(_PUT_TOGETHER.search(data))
        self.live = {
            word
            for word in present
            if (roots := words.get(word)) is not None
            and (is_open or not roots or not present.isdisjoint(roots))
            and aims.get(word) not in known
        }
        live = {number for number, word in enumerate(found.words) if word in self.live}
        self._ends = [end for end, number in whole if number in live]
        self._aliases: dict[str, int] = {}
        self._looked_for = 0
        self._alias_places: list[int] = []

    @property
    def is_empty(self) -> bool:
        """Return whether no rule asks for anything in the file."""
        return not self.live and not self.is_whole

    def add_alias(self, name: str) -> None:
        """Look for one more name, under which the file knows something that matters."""
        if name.lower() not in self.live and len(name) < 200:
            self._aliases.setdefault(name, len(self._aliases))

    def any_within(self, start: int, end: int) -> bool:
        """Return whether a word lies between these bytes."""
        if self.is_whole:
            return True
        if len(self._aliases) > self._looked_for:
            self._look_for_aliases()
        for places in (self._ends, self._alias_places):
            place = bisect_left(places, start)
            if place < len(places) and places[place] <= end:
                return True
        return False

    def _look_for_aliases(self) -> None:
        new = [
            name for name, number in self._aliases.items() if number >= self._looked_for
        ]
        self._looked_for = len(self._aliases)
        choice = b"|".join(re.escape(name.encode()) for name in new)
        found = re.finditer(rb"\b(?:%s)\b" % choice, self._data)
        self._alias_places = sorted(
            [*self._alias_places, *(match.start() for match in found)]
        )
