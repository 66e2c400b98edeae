"""Scan one text by itself."""

from __future__ import annotations

from functools import cache

from ._find import find_secrets
from ._table import KEYWORDS, Secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ahocorasick import Automaton


@cache
def _automaton() -> Automaton:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for index, word in enumerate(KEYWORDS):
        automaton.add_word(word, index)
    automaton.make_automaton()
    return automaton


def lowered(text: str) -> str:
    """Return a text in lower case that is as long (a few characters grow in lower case)."""
    folded = text.lower()
    if len(folded) == len(text):
        return folded
    return "".join(
        low if len(low := character.lower()) == 1 else character for character in text
    )


def scan_text(name: str, text: str) -> list[Secret]:
    """Return the secrets of a text, with an automaton of its own."""
    return find_secrets(name, text, list(_automaton().iter(lowered(text))))
