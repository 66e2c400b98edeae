"""Where every key and value of a TOML text stands.

Reads only text that `tomllib` accepted, so it finds ends and never judges. A path is the keys
from the root, with the index of an item of an array as a number.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable

Path = tuple[str | int, ...]
Span = tuple[int, int, int]
Range = tuple[int, int]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*+")
_SPACE = re.compile(r"[ \t]*+")
_KEY = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'""")
_SCALAR = re.compile(
    r'''"""(?:[^"\\]|\\[\s\S]|"(?!""))*+""""{0,2}'''
    r"""|'''(?:[^']|'(?!''))*+''''{0,2}"""
    r"""|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+'"""
    r"|\d{4}-\d\d-\d\d \d\d:[0-9:.zZ+-]++"
    r"|[^\s,\]}#]++"
)


class Positions:
    """The places of `text`, whose lines end with a newline alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._keys: dict[Path, Range] = {}
        self._values: dict[Path, Range] = {}
        self._lengths: dict[Path, int] = {}
        self._at = 0
        self._scan()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every key and value that has a place, in the order of the text."""
        return tuple(self._values)

    def key(self, path: Path) -> Span:
        """Return the (line, column, end column) of a key where it is first named.

        That of an item of an array is its value's.
        """
        return self._span(self._keys.get(path) or self._values[path])

    def value(self, path: Path) -> Span:
        """Return the place of a value, its first line where it has several.

        That of a table with a header is the header's last key.
        """
        return self._span(self._values[path])

    def source(self, path: Path) -> str:
        """Return a value as it is written."""
        start, end = self._values[path]
        return self._text[start:end]

    def _span(self, found: Range) -> Span:
        start, end = found
        line = bisect_right(self._starts, start)
        first = self._starts[line - 1]
        stop = self._text.find("\n", start, end)
        end = end if stop < 0 else stop
        return line, start - first + 1, max(end, start + 1) - first + 1

    def _scan(self) -> None:
        base: Path = ()
        while self._skip(_BLANK) < len(self._text):
            if self._text[self._at] == "[":
                base = self._header()
            else:
                self._pair(base)

    def _skip(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        assert found is not None, "tomllib accepts what is no TOML"
        self._at = found.end()
        return self._at

    def _range(self, pattern: re.Pattern[str]) -> Range:
        start = self._at
        return start, self._skip(pattern)

    def _header(self) -> Path:
        is_item = self._text.startswith("[[", self._at)
        self._at += 2 if is_item else 1
        self._skip(_SPACE)
        path = self._path((), is_item)
        self._at += 2 if is_item else 1
        return path

    def _path(self, base: Path, is_item: bool = False) -> Path:
        """Take a dotted key; return what it names, a new item of an array if `is_item`."""
        path = base
        while True:
            place = self._range(_KEY)
            path = (*path, _cooked(self._text[slice(*place)]))
            self._keys.setdefault(path, place)
            self._values.setdefault(path, place)
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                break
            path = self._last(path)
            self._at += 1
            self._skip(_SPACE)
        if not is_item:
            return path
        index = self._lengths.get(path, 0)
        self._lengths[path] = index + 1
        self._values[(*path, index)] = place
        return (*path, index)

    def _last(self, path: Path) -> Path:
        """Return the last item of an array of tables, or else the path as it is."""
        count = self._lengths.get(path)
        return path if count is None else (*path, count - 1)

    def _pair(self, base: Path) -> None:
        path = self._path(base)
        self._at += 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        start = self._at
        opening = self._text[start]
        if opening == "[":
            self._values[path] = (start, start)
            self._items("]", path, lambda index: self._value((*path, index)))
        elif opening == "{":
            self._values[path] = (start, start)
            self._items("}", path, lambda _: self._pair(path))
        else:
            self._values[path] = self._range(_SCALAR)

    def _items(self, closing: str, path: Path, take: Callable[[int], None]) -> None:
        start, index = self._at, 0
        self._at += 1
        while self._text[self._skip(_BLANK)] != closing:
            take(index)
            index += 1
            if self._text[self._skip(_BLANK)] == ",":
                self._at += 1
        self._at += 1
        self._values[path] = (start, self._at)


def _cooked(key: str) -> str:
    if key[0] not in "\"'":
        return key
    return str(tomllib.loads(f"key = {key}")["key"])
