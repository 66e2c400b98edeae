"""Characters that are not shown, and those that change how others are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from goobits_scanner._bytes._kind import CODE
from goobits_scanner._bytes._place import MOST, Tally, at_offset
from goobits_scanner._finding import Finding

_OPEN = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_ISOLATE = {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_CLOSES = {**_OPEN, **_ISOLATE}
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TOKENS = re.compile(r"""["'`]|\*/|/\*|//|\#""")
# Characters without any width, but for those that join emoji and shape letters.
_ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u00ad\u034f]{8,}")
# In a text between quotation marks: names are looked at as what they are.
_IN_WORD = re.compile(
    "[\"'`][^\"'`\n]{0,200}?[A-Za-z]([\u200b-\u200d\u2060\ufeff]{1,7})(?=[A-Za-z])"
)
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
# One after each letter carries as much; after ideographs and signs they are at home.
_LONE_SELECTOR = re.compile(
    "(?<=[A-Za-z\\s\"'`(){};,.=_-])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_MANY = 16
_TAGS = re.compile("[\U000e0001\U000e0020-\U000e007f]+")
_FLAG = "\U0001f3f4"
_ANY = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)


def hidden_characters(name: str, text: str, kind: str) -> Iterator[Finding]:
    """Yield what is hidden in a text that is not all ASCII."""
    if not _ANY.search(text):
        return
    if kind != "text" and _BIDI.search(text):
        yield from _directions(name, text, kind)
    for match in islice(_ZERO_WIDTH.finditer(text), MOST):
        note = f"{len(match[0])} characters without width"
        yield at_offset("zero-width-payload", name, text, match.start(), note)
    if kind in CODE:
        for match in islice(_IN_WORD.finditer(text), MOST):
            note = f"U+{ord(match[1][0]):04X} within a word"
            yield at_offset("zero-width-in-word", name, text, match.start(1), note)
    yield from _selectors(name, text)
    tags = (match for match in _TAGS.finditer(text) if not _is_flag(text, match))
    for match in islice(tags, MOST):
        rule = "tag-characters" if kind in CODE else "tag-characters-in-text"
        spelled = "".join(chr(ord(c) - 0xE0000) for c in match[0])
        note = f"hidden text: {spelled[:120]!r}"
        yield at_offset(rule, name, text, match.start(), note)


def _is_flag(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1 : match.start()]
    return before == _FLAG and len(match[0]) <= 8 and match[0][-1] == "\U000e007f"


def _selectors(name: str, text: str) -> Iterator[Finding]:
    runs = list(islice(_SELECTORS.finditer(text), MOST))
    for match in runs:
        note = f"{len(match[0])} variation selectors in a row"
        rule = "variation-selector-payload"
        yield at_offset(rule, name, text, match.start(), note)
    if not runs:
        lone = list(islice(_LONE_SELECTOR.finditer(text), _MANY))
        if len(lone) == _MANY:
            note = (
                f"{_MANY} or more variation selectors after characters without variants"
            )
            rule = "variation-selector-payload"
            yield at_offset(rule, name, text, lone[0].start(), note)


def _directions(name: str, text: str, kind: str) -> Iterator[Finding]:
    tally = Tally()
    end = 0
    while first := _BIDI.search(text, end):
        at = first.start()
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        wrong, spans = _balance(text[at:end])
        if wrong:
            code = kind in CODE
            rule = "bidi-reordered-code" if code else "bidi-unbalanced-data"
        elif kind in CODE and any(_TOKENS.search(span) for span in spans):
            rule = "bidi-across-tokens"
        else:
            continue
        if tally.takes(rule):
            yield at_offset(rule, name, text, at)


def _balance(line: str) -> tuple[bool, list[str]]:
    """Tell whether a control stays open on a line, and return what the others enclose."""
    stack: list[tuple[str, int]] = []
    spans = []
    wrong = False
    for match in _BIDI.finditer(line):
        control = match[0]
        if control in _CLOSES:
            stack.append((_CLOSES[control], match.end()))
        elif stack and stack[-1][0] == control:
            spans.append(line[stack.pop()[1] : match.start()])
        else:
            wrong = True
    return wrong or bool(stack), spans
