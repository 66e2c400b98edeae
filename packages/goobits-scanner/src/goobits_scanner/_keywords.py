"""One pass over a text for every keyword: those of secrets and those of rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick import Automaton


class Hits(NamedTuple):
    """Where keywords lie: `secrets` as (offset of the last character, index)."""

    lowered: str
    secrets: list[tuple[int, int]]


@cache
def _automaton() -> Automaton:
    import ahocorasick

    from goobits_scanner._secrets import KEYWORDS

    automaton = ahocorasick.Automaton()
    for place, keyword in enumerate(KEYWORDS):
        automaton.add_word(keyword, place)
    automaton.make_automaton()
    return automaton


def search(text: str) -> Hits:
    """Return where keywords lie in a text; it costs some 50 ns for a character."""
    lowered = text.lower()
    if len(lowered) != len(text):  # some letters become two
        lowered = "".join(
            low if len(low := character.lower()) == 1 else character
            for character in text
        )
    return Hits(lowered, list(_automaton().iter(lowered)))
