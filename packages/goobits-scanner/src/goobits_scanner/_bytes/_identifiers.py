"""Names in code that are not what they look like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from goobits_scanner._bytes._place import Tally, at_offset
from goobits_scanner._finding import Finding

_NAMED = frozenset("python javascript typescript tsx rust".split())
_STRANGE = re.compile(
    r"(?<![A-Za-z0-9_$])[A-Za-z0-9_$\u200c\u200d]*[^\x00-\x7f][\w$\u200c\u200d]*"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FILLERS = re.compile("[\u115f\u1160\u3164\uffa0]")
_JOINED = re.compile("[A-Za-z0-9_$][\u200c\u200d][A-Za-z0-9_$]")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_DANGEROUS = frozenset(
    "eval exec compile open input __import__ getattr setattr delattr globals locals vars "
    "breakpoint __builtins__ os sys system popen subprocess importlib builtins socket require "
    "Function process child_process fetch base64 marshal ctypes pickle".split()
)
# Letters of Cyrillic, Greek and Armenian that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝѵАВЕКМНОРСТУХЅІЈοΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսՕՍɡ",
    "aeopcyxijshdqwvABEKMHOPCTYXSIJoABEZHIKMNOPTYXouOSg",
)
_STRINGS = {
    "python": r"[rRuUbB]{0,2}(?:\"\"\"(?s:.*?)(?:\"\"\"|\Z)|'''(?s:.*?)(?:'''|\Z)|"
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|#[^\n]*",
    "rust": r"\"(?s:(?:[^\"\\]|\\.)*)\"|'(?:[^'\\\n]|\\.)'|//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)",
    "": r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?s:(?:[^`\\]|\\.)*)`|"
    r"//[^\n]*|/\*(?s:.*?)(?:\*/|\Z)",
}
_FORMATTED = re.compile(r"[rR]?[fF][rR]?$")


def strange_names(name: str, text: str, kind: str) -> Iterator[Finding]:
    """Yield the names in code that look like others, or like nothing."""
    if kind not in _NAMED or not _has_candidate(text, kind):
        return
    code = _without_literals(text, kind)
    words: set[str] | None = None
    seen: set[str] = set()
    tally = Tally()
    for match in _STRANGE.finditer(code):
        word = match[0]
        if word in seen:
            continue
        seen.add(word)
        if words is None:
            words = set(_WORD.findall(code)) | _DANGEROUS
        rule = _rule_of(word, kind, words)
        if rule and tally.takes(rule):
            yield at_offset(rule, name, text, match.start())


def _has_candidate(text: str, kind: str) -> bool:
    """Tell whether a look at the code without its literals can find anything."""
    seen: set[str] = set()
    end = 0
    while match := _NOT_ASCII.search(text, end):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        end = len(text) if end < 0 else end
        seen.update(_STRANGE.findall(text, start, end))
    return any(_rule_of(word, kind, _DANGEROUS) for word in seen)


def _rule_of(word: str, kind: str, words: AbstractSet[str]) -> str:
    if _FILLERS.search(word):
        return "invisible-identifier"
    if kind not in ("python", "rust") and _JOINED.search(word):
        return "invisible-identifier"
    if kind == "rust" and not word.isidentifier():
        return ""
    plain = unicodedata.normalize("NFKC", word)
    if plain != word and plain.isascii():
        if plain in _DANGEROUS:
            return "disguised-builtin"
        if kind == "python" and plain.isidentifier() and len(plain) > 1:
            return "disguised-identifier"
        return ""
    like = word.translate(_LOOKALIKES)
    if not like.isascii() or len(word) < 2:
        return ""
    mixed = any(c.isascii() and c.isalpha() for c in word)
    if like in words and (mixed or like in _DANGEROUS):
        return "lookalike-identifier"
    return "mixed-script-identifier" if mixed else ""


def _without_literals(text: str, kind: str) -> str:
    """Return a text of the same length with blanks for comments and strings.

    Strings that can hold code (f-strings, templates) stay.
    """
    pattern = re.compile(_STRINGS.get(kind, _STRINGS[""]))

    def blank(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "`" and "${" in found:
            return found
        if found[0] in "\"'" and kind == "python":
            before = text[max(0, match.start() - 2) : match.start()]
            if _FORMATTED.search(before) and "{" in found:
                return found
        return " " * len(found)

    return pattern.sub(blank, text)
