"""What obfuscators leave behind: names, tables of strings, code of six characters."""

from __future__ import annotations

import re

from goobits_scanner._facts import Fact, Observer, Value

_HEX_NAME = re.compile(rb"\b_0x[0-9a-f]{4,}\b")
_FEWEST_NAMES = 8
_LEAST_SYMBOLS = 60
_ENCODED = re.compile(
    r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*[0-9+/=])[A-Za-z0-9+/=]{4,}"
    r"|[A-Za-z0-9+/]{2}(?:[a-z][A-Z]|[A-Z][a-z][A-Z])[A-Za-z0-9+/]*={0,2}"
    r"|[0-9a-f]{6,}|[^\x20-\x7e]{2,}"
)
_LONG_RUN = re.compile(rb"(?<![\[\]()!+])[\[\]()!+]{%d,}" % _LEAST_SYMBOLS)


def tell_shapes(data: bytes, observer: Observer, context: str) -> None:
    """Tell of the shapes that are seen in a file's bytes."""
    if b"_0x" in data:
        names: dict[bytes, int] = {}
        for found in _HEX_NAME.finditer(data):
            names.setdefault(found.group(), found.start())
            if len(names) >= _FEWEST_NAMES:
                start = min(names.values())
                _tell(observer, "hex-names", data, start, context, len(names))
                break
    if b"![]" in data and b"+[]" in data:
        for found in _LONG_RUN.finditer(data):
            if b"![]" in found.group() and b"+[]" in found.group():
                _tell(
                    observer, "jsfuck", data, found.start(), context, len(found.group())
                )
                break


def _tell(
    observer: Observer, name: str, data: bytes, start: int, context: str, count: int
) -> None:
    line = data.count(b"\n", 0, start) + 1
    counted = (Value(constant=count),)
    observer.observe(Fact("node", name, line, line, context, counted))


def is_string_table(texts: list[str]) -> bool:
    """Return whether most strings of a list look encoded rather than like words."""
    encoded = sum(1 for text in texts if _ENCODED.fullmatch(text))
    return encoded * 2 > len(texts)
