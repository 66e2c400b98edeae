"""Tell made-up values, variables and words from secrets."""

from __future__ import annotations

import re
from itertools import pairwise
from math import log2

from ._expressions import expression
from ._words import FILLERS, PAIRS, TECHNICAL, TELLTALES

_STANDS_FOR = r"""(?x)
    \$[{(]
    | ^\$\w+$ | \$[A-Z_]{4} | \{\{ | \}\} | %[({] | ^%\w | %[sdvr]$ | \#\{ | <[^>]*>
    | \{[\w.!:-]{0,60}\} | <% | %>
    | ^%[^%]+%$ | ^@[\w.]+@$ | ^ENC\[ | ^!\w | ^(?:op|vault|ssm|env|arn|file|https?|data):
    | process\.env | os\.environ | getenv | \\u[0-9a-f]{4} | ^__\w+__$"""
_WRAPS = frozenset(("9a", "90", "z0", "za", "f0"))
_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"
_REPEATED = r"(.)\1{5}|^(.{1,6})\2{2,}.{0,5}$"


def entropy(text: str) -> float:
    """Return the Shannon entropy of a text's characters, in bits per character."""
    size = len(text)
    counts = (text.count(character) for character in set(text))
    return -sum(count / size * log2(count / size) for count in counts)


def words(name: str) -> list[str]:
    """Split a name in snake, kebab or camel case into lower-case words."""
    return [word.lower() for word in expression(_WORD).findall(name)]


def stands_for_value(value: str) -> bool:
    """Say whether a value is a variable, an expression of a template or a reference."""
    return expression(_STANDS_FOR).search(value) is not None


def is_made_up(value: str) -> bool:
    """Say whether a value is an obvious stand-in: telltale words, repetition, a sequence."""
    folded = value.lower()
    if any(part in folded for part in TELLTALES):
        return True
    if len(value) >= 8 and len(set(folded)) <= 4:
        return True
    return expression(_REPEATED).search(value) is not None or _is_sequence(folded)


def _is_sequence(text: str) -> bool:
    """Say whether most characters follow the one before, up or down ("123456", "abcdef")."""
    steps = run = longest = 0
    for before, after in pairwise(text):
        is_step = after.isalnum() and ord(after) - ord(before) in (1, -1)
        run = run + 1 if is_step or before + after in _WRAPS else 0
        steps += run > 0
        longest = max(longest, run)
    return longest >= 8 or (steps >= 4 and steps * 10 >= len(text) * 6 - 6)


def share_of_word_pairs(text: str) -> float:
    """Return how many of the pairs of letters in a text are common in words, from 0 to 1."""
    total = common = 0
    for run in re.findall(r"[a-z]{2,}", text.lower()):
        for index in range(len(run) - 1):
            total += 1
            common += run[index : index + 2] in PAIRS
    return common / total if total else 0.0


def is_wordy(value: str) -> bool:
    """Say whether a value reads like words ("my-app/token_name"), digits at ends aside."""
    parts = words(value)
    letters = sum(len(part) for part in parts if part.isalpha())
    if letters * 3 < len(value) * 2:
        return False
    short = sum(len(part) <= 2 for part in parts)
    return short * 3 <= len(parts) and share_of_word_pairs(value) >= 0.72


def is_filler(value: str, name: list[str]) -> bool:
    """Say whether a value only repeats its name or says what should stand there."""
    folded = value.lower().strip(" :*?!.-_")
    if folded in FILLERS or folded in TECHNICAL:
        return True
    parts = words(value)
    if "".join(name) == "".join(parts):
        return True
    known = FILLERS.union(name)
    stems = [part for part in parts if not part.isdigit()]
    digits = "".join(part for part in parts if part.isdigit())
    if len(digits) >= 2 and stems in (["admin"], ["root"]):
        return False
    return all(part in known for part in stems) and (
        len(digits) <= 1 or digits in "1234567890" or digits in "001002003004"
    )
