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
_INNER = frozenset(
    bytes((byte,))
    for byte in b"_"
    + bytes(range(48, 58))
    + bytes(range(65, 91))
    + bytes(range(97, 123))
)


class Hits(NamedTuple):
    """Where keywords lie: those of secrets as (offset of the last character, index).

    `words` are those of rules as (offset of the byte after, word); None for a small file.
    """

    secrets: list[tuple[int, int]]
    words: list[tuple[int, str]] | None = None


@cache
def _automaton(language: str) -> Automaton:
    """Return an automaton of the secrets' keywords and of one language's words."""
    import ahocorasick

    from goobits_scanner._secrets import KEYWORDS

    found: dict[str, tuple[int, str]] = {}
    for place, keyword in enumerate(KEYWORDS):
        found[keyword] = place, ""
    if language:
        from goobits_scanner._rules._index import index

        table = index(language).table
        for word in (*table.words, *table.roots):
            found[word] = found.get(word, (-1, ""))[0], word
    automaton = ahocorasick.Automaton()
    for keyword, value in found.items():
        automaton.add_word(keyword, value)
    automaton.make_automaton()
    return automaton


def search(text: str, language: str = "") -> Hits:
    """Return where keywords lie in a text; it costs some 50 ns for a character."""
    if len(text) < SMALL:
        language = ""
    if text.isascii():
        return _split(_automaton(language).iter(text.lower()), language)
    hits = _split(_automaton("").iter(lowered(text)), "")
    if not language:
        return hits
    data = text.encode("utf-8", "surrogatepass").decode("latin-1").lower()
    return Hits(hits.secrets, _split(_automaton(language).iter(data), language).words)


def _split(found: object, language: str) -> Hits:
    hits: list[tuple[int, tuple[int, str]]] = list(found)  # type: ignore[call-overload]
    secrets = [(end, place) for end, (place, _) in hits if place >= 0]
    if not language:
        return Hits(secrets)
    return Hits(secrets, [(end + 1, word) for end, (_, word) in hits if word])


def lowered(text: str) -> str:
    """Return a text in lower case, as long as it is."""
    made = text.lower()
    if len(made) == len(text):
        return made
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text
    )


def _is_whole(data: bytes, end: int, word: str) -> bool:
    """Return whether a word stands alone, not in a longer one."""
    start = end - len(word.encode())
    before = data[start - 1 : start] if start else b""
    return not (
        (word[0].isalnum() and before in _INNER)
        or (word[-1].isalnum() and data[end : end + 1] in _INNER)
    )


class Places:
    """Which stretches of a file hold a word that a rule asks for.

    `known` are capabilities that need not be found again.
    """

    def __init__(
        self,
        hits: list[tuple[int, str]],
        table: Table,
        data: bytes,
        language: str,
        known: Collection[str] = (),
    ) -> None:
        self._data = data
        hits = [hit for hit in hits if _is_whole(data, *hit)]
        present = {word for _, word in hits}
        made_up = _MADE_UP.get(language)
        is_open = made_up is not None and made_up.search(data) is not None
        words, aims = table.words, table.capability_words
        self.live = {
            word
            for word in present
            if (roots := words.get(word)) is not None
            and (is_open or not roots or not present.isdisjoint(roots))
            and aims.get(word) not in known
        }
        self._ends = [end for end, word in hits if word in self.live]
        self._aliases: list[str] = []
        self._alias_places: list[int] = []

    @property
    def is_empty(self) -> bool:
        """Return whether no rule asks for anything in the file."""
        return not self.live

    def add_alias(self, name: str) -> None:
        """Look for one more name, under which the file knows something that matters."""
        if name.lower() in self.live or name in self._aliases or len(name) > 200:
            return
        self._aliases.append(name)
        found = re.finditer(rb"\b%s\b" % re.escape(name.encode()), self._data)
        self._alias_places = sorted(
            [*self._alias_places, *(match.start() for match in found)]
        )

    def any_within(self, start: int, end: int) -> bool:
        """Return whether a word lies between these bytes."""
        for places in (self._ends, self._alias_places):
            place = bisect_left(places, start)
            if place < len(places) and places[place] <= end:
                return True
        return False
