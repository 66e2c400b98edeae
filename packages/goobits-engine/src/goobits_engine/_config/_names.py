"""What names look like, what hooks call them, and which one somebody may mean."""

from __future__ import annotations

from goobits_engine._config._values import is_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_WORD = _LETTERS | frozenset("0123456789_")
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_NAME = _WORD | {"-"}
_PACKAGE = _NAME | {"."}
_BIDI = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_NO_PATH = frozenset('\\:*?"<>|[]!\n\t')
_LONGEST_QUOTE = 60


def is_name(text: str) -> bool:
    """Tell whether `text` is `[A-Za-z][A-Za-z0-9_-]*`."""
    return text[:1] in _LETTERS and _NAME.issuperset(text)


def is_short(text: str) -> bool:
    """Tell whether `text` is one ASCII letter."""
    return text in _LETTERS


def is_package(text: str) -> bool:
    """Tell whether `text` is a name with dots that ends in a letter or digit."""
    if not (text[:1] in _LETTERS and _PACKAGE.issuperset(text)):
        return False
    return text[-1] not in "._-"


def is_plugin(text: str) -> bool:
    """Tell whether a text names a plugin, or all of a publisher's."""
    publisher, _, name = text.partition("/")
    parts = (publisher, publisher if name == "*" else name)
    return all(part and _LOWER.issuperset(part) for part in parts)


def is_variable(text: str) -> bool:
    """Tell whether `text` is `[A-Za-z_][A-Za-z0-9_]*`."""
    return bool(text) and not is_digits(text[0]) and _WORD.issuperset(text)


def is_python_version(text: str) -> bool:
    """Tell whether `text` is `N.N` or `N.N.N`."""
    parts = text.split(".")
    return len(parts) in (2, 3) and all(len(p) < 5 and is_digits(p) for p in parts)


def is_path(text: str) -> bool:
    """Tell whether `text` is a POSIX path to a file that stays below its folder.

    Its characters are those that every system has in names, and no package takes for a pattern.
    """
    if not text or text[0] in "/~" or text[-1] == "/" or not _NO_PATH.isdisjoint(text):
        return False
    parts = text.split("/")
    return ".." not in parts and parts[-1] != "."


def is_control(character: str) -> bool:
    """Tell whether a character has no place in a text: controls and lone surrogates."""
    code = ord(character)
    if code < 0xA0:
        return (code < 0x20 and code not in (9, 10)) or code >= 0x7F
    return 0xD800 <= code <= 0xDFFF


def hook_key(name: str) -> str:
    """Return the key under which hooks see `name`."""
    return name.replace("-", "_")


def folded_key(key: str, *, camel: bool) -> str:
    """Return what two keys share when a language would spell them alike.

    Reserved words gain a `_` at the end, so one there does not tell keys apart; `camel`
    is for programs of which one language writes keys in camel case.
    """
    stem = key.rstrip("_")
    if not camel:
        return stem
    first, *rest = (part for part in stem.split("_") if part)
    return first + "".join(part[0].upper() + part[1:] for part in rest)


def quote(text: str) -> str:
    """Return `text` in single quotes, on one line and harmless on a terminal."""
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    if text.isascii() and text.isprintable():
        return f"'{text}'"
    return "'" + "".join(map(_visible, text)) + "'"


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20 or 0x7F <= code <= 0x9F:
        return f"\\x{code:02x}"
    if character in _BIDI or 0xD800 <= code <= 0xDFFF or code in (0x2028, 0x2029):
        return f"\\u{code:04x}"
    return character


def printable(line: str) -> str:
    """Return `line` with every code point that a terminal might obey as U+FFFD."""
    if line.isprintable():
        return line
    return "".join(
        c if len(_visible(c)) == 1 else " " if c == "\t" else "\ufffd" for c in line
    )


def nearest(word: str, candidates: Iterable[str]) -> str:
    """Return the candidate that `word` was probably meant to be, or the empty text.

    The contract's rule: the smallest optimal string alignment distance, at most 0 for
    one character, 1 for two to four, else 2; the first of equals.
    """
    limit = 0 if len(word) < 2 else 1 if len(word) < 5 else 2
    best = ""
    for candidate in candidates:
        if abs(len(candidate) - len(word)) > limit:
            continue
        distance = _alignment_distance(word, candidate)
        if distance <= limit:
            best, limit = candidate, distance - 1
    return best


def nearest_key(word: str, candidates: Iterable[str]) -> str:
    """Return the key that `word` misspells or shortens (`opts`), or nothing."""
    names = tuple(candidates)
    found = nearest(word, names)
    if found or not 3 <= len(word) <= 40:
        return found
    return next((name for name in names if _shortens(word, name)), "")


def _shortens(word: str, name: str) -> bool:
    if word[0] != name[0]:
        return False
    letters = iter(name)
    return all(letter in letters for letter in word)


def _alignment_distance(left: str, right: str) -> int:
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
