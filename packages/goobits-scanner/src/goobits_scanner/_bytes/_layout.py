"""Code where nobody looks, and literals that nobody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log2

from goobits_scanner._bytes._place import MOST, at_offset
from goobits_scanner._finding import Finding

_FAR = 200
_BLANKS = re.compile(
    "(?<![ \t\u00a0\u2000-\u200a\u3000])[ \t\u00a0\u2000-\u200a\u3000]{200,}"
)
_WIDE = re.compile("[\u00a0\u2000-\u200a\u3000]{20}")
_HASHED = frozenset("python shell powershell pth".split())
_LONG = 240
_PACKED = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{200,}={0,2}|"
    r"(?<!\\x[0-9a-fA-F]{2})(?:\\x[0-9a-fA-F]{2}){80,}"
)
# What images, fonts and certificates begin with in base64.
_MEDIA = (
    "iVBORw0KGgo /9j/ R0lGOD UklGR PHN2Z PD94bWw d09GR T1RUTw AAEAAAA JVBERi Qk0 AAABAA "
    "MII SUkq SUQz T2dnUw AAAA"
).split()
_MACHINE = ("f0VMR", "TVqQ", "TVpQ", "7f454c46", "4d5a9000", "yv66vg")
_MINIFIED = 5000


def far_away(name: str, text: str, kind: str) -> Iterator[Finding]:
    """Yield code that stands far to the right on its line."""
    if (
        " " * _FAR not in text
        and "\t" * 50 not in text
        and (text.isascii() or not _WIDE.search(text))
    ):
        return
    comment = ("#" if kind in _HASHED else "//", "\\\n", "\n", "\r")
    count = 0
    for match in _BLANKS.finditer(text):
        after = text[match.end() : match.end() + 2]
        if not after or after.startswith(comment):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        leads = start == match.start()
        if leads and _indent_before(text, start) > _FAR // 2:
            continue
        rule = "off-screen-indent" if leads else "off-screen-code"
        shown = text[match.end() : match.end() + 120].partition("\n")[0]
        note = f"after {len(match[0])} blanks: {shown}"
        yield at_offset(rule, name, text, match.end(), note)
        count += 1
        if count == MOST:
            return


def _indent_before(text: str, start: int) -> int:
    """Return how far the last line that is not blank is indented."""
    end = start - 1
    while end > 0:
        begin = text.rfind("\n", 0, end) + 1
        line = text[begin:end]
        if line.strip():
            return len(line) - len(line.lstrip())
        end = begin - 1
    return 0


def packed_literals(name: str, text: str) -> Iterator[Finding]:
    """Yield long literals that look like packed data, and are no media."""
    count = 0
    for start, end in _long_lines(text):
        if end - start > _MINIFIED and text.count(" ", start, start + 2000) < 40:
            pieces = _PACKED.finditer(text, start, end)
        else:
            pieces = _PACKED.finditer(text, start, min(end, start + (1 << 20)))
        for match in pieces:
            rule = _rule_of(match[0], text[max(0, match.start() - 60) : match.start()])
            if not rule:
                continue
            note = f"{len(match[0]):,} characters: {match[0][:48]}"
            yield at_offset(rule, name, text, match.start(), note)
            count += 1
            if count == MOST:
                return


def _long_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines of at least `_LONG` characters begin and end, without a split."""
    at = 0
    size = len(text)
    while size - at >= _LONG:
        newline = text.rfind("\n", at, at + _LONG)
        if newline >= 0:
            at = newline + 1
            continue
        end = text.find("\n", at + _LONG)
        end = size if end < 0 else end
        yield at, end
        at = end + 1


def _rule_of(literal: str, before: str) -> str:
    if before[-1:] not in "\"'`," or not before:
        return ""
    if literal.startswith(_MACHINE):
        return "native-in-literal"
    if literal.startswith(tuple(_MEDIA)) or "sourceMapping" in before:
        return ""
    if re.search(r"data:(?:image|font|application/(?:font|x-font|pdf))", before):
        return ""
    return "packed-literal" if _is_random(literal[:4096]) else ""


def _is_random(literal: str) -> bool:
    """Tell data that was packed or encrypted from words and tables."""
    size = len(literal)
    counts = [literal.count(character) for character in set(literal)]
    entropy = -sum(n / size * log2(n / size) for n in counts)
    if literal[:2] == "\\x":
        return entropy > 3.2
    if len(counts) <= 16:
        return entropy > 3.6 and size >= 400
    return entropy > 5.2
