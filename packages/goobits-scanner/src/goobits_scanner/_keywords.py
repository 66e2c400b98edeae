"""One pass over a text for every keyword: those of secrets and those of rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick import Automaton

# Smaller files are evaluated whole: to look for words first would cost more.
SMALL = 1 << 15
# Where names are made up at run time, any pattern could match.
_MADE_UP = {
    "python": re.compile(
        r"__import__|import_module|\bglobals\(|__builtins__|\bbuiltins\b|\bexec\(|\beval\(|sys\.modules"
    ),
    "javascript": re.compile(
        r"""require\s*\(\s*(?!['"][\w@/:.-]+['"]\s*\))|\bimport\s*\(\s*(?!['"])|\\x6|fromCharCode"""
        r"""|\batob\b|_load\b|\beval\s*\(|\bFunction\s*\("""
    ),
}


class Hits(NamedTuple):
    """Where keywords lie: those of secrets as (offset of the last character, index).

    `words` are those of rules as (offset of the last byte, word); None for a small file.
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

        for word in index(language).words:
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
    return Hits(secrets, [(end, word) for end, (_, word) in hits if word])


def lowered(text: str) -> str:
    """Return a text in lower case, as long as it is."""
    made = text.lower()
    if len(made) == len(text):
        return made
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text
    )


class Places:
    """Which stretches of a file hold a word that a rule asks for."""

    def __init__(
        self,
        hits: list[tuple[int, str]],
        words: dict[str, tuple[str, ...]],
        text: str,
        language: str,
    ) -> None:
        self._text = text
        present = {word for _, word in hits}
        made_up = _MADE_UP.get(language)
        if made_up is None or made_up.search(text):
            live = present
        else:
            live = {
                word
                for word in present
                if not (roots := words[word]) or not present.isdisjoint(roots)
            }
        self.is_empty = not live
        self._ends = [end for end, word in hits if word in live]
        self.live = live
        self._aliases: list[str] = []
        self._alias_places: list[int] = []

    def add_alias(self, name: str) -> None:
        """Look for one more name, under which the file knows something that matters."""
        if name.lower() in self.live or name in self._aliases or len(name) > 200:
            return
        self._aliases.append(name)
        found = re.finditer(rb"\b%s\b" % re.escape(name.encode()), self._data())
        self._alias_places = sorted(
            [*self._alias_places, *(match.start() for match in found)]
        )

    def _data(self) -> bytes:
        return self._text.encode("utf-8", "surrogatepass")

    def any_within(self, start: int, end: int) -> bool:
        """Return whether a word lies between these bytes."""
        for places in (self._ends, self._alias_places):
            place = bisect_left(places, start)
            if place < len(places) and places[place] < end:
                return True
        return False
