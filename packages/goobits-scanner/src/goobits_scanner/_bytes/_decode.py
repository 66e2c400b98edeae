"""The text of a file, as the program that runs it would read it."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from goobits_scanner._bytes._kind import CODE, OPAQUE, kind_of
from goobits_scanner._source import Source

# PEP 263: a comment on one of the first two lines, the first of which is blank or a comment.
_DECLARED = re.compile(rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n|$)")
# Text encodings in which ASCII bytes do not stand for themselves.
_DISGUISING = frozenset(
    "utf-7 unicode-escape raw-unicode-escape punycode idna rot-13 hex base64 uu quopri zlib bz2 "
    "utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be hz cp037 cp273 cp424 cp500 cp864 "
    "cp875 cp1026 cp1140 iso2022-jp iso2022-kr undefined mbcs oem".split()
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2048


class Problem(NamedTuple):
    """Something wrong with an encoding: a rule's id, and what shows it."""

    rule: str
    line: int
    evidence: str


class Text(NamedTuple):
    """A file as text, or None where it is none; `encoding` is Python's name."""

    text: str | None
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(source: Source, kind: str = "") -> Text:
    """Return the text; what can't be decoded becomes U+FFFD.

    `kind` spares a second look where it is known.
    """
    data = source.data
    kind = kind or kind_of(source)
    if kind in OPAQUE:
        return Text(None, "binary")
    declared = _declaration(data) if kind == "python" else ""
    if declared:
        return _declared(data, declared)
    if b"\0" in data:
        return _with_nul(data, kind)
    if data.isascii():
        return Text(data.decode("ascii"), "ascii")
    return _plain(data, kind)


def _plain(data: bytes, kind: str) -> Text:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _wide(data, encoding, kind)
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return Text(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        if kind not in CODE or error.start >= len(data) - 4:
            return Text(text, encoding)  # a text, or one that was cut off
        line = data.count(b"\n", 0, error.start) + 1
        shown = f"byte 0x{data[error.start]:02x} at offset {error.start}"
        return Text(text, encoding, (Problem("invalid-encoding", line, shown),))


def _wide(data: bytes, encoding: str, kind: str) -> Text:
    text = data.decode(encoding, "replace")
    if kind not in CODE or kind == "powershell":
        return Text(text, encoding)
    return Text(text, encoding, (Problem("utf16-source", 1, encoding),))


def _with_nul(data: bytes, kind: str) -> Text:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _wide(data, encoding, kind)
    half = min(len(data), _SAMPLE) // 2
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls = data[start:_SAMPLE:2].count(0)
        if nuls * 10 > half * 7 and data[1 - start : _SAMPLE : 2].count(0) * 5 < half:
            return _wide(data, encoding, kind)
    found = _plain(data, kind)
    if kind not in CODE:
        return found
    at = data.index(b"\0")
    problem = Problem("nul-in-source", data.count(b"\n", 0, at) + 1, f"offset {at}")
    return found._replace(problems=(*found.problems, problem))


def _declaration(data: bytes) -> str:
    """Return the encoding that a Python file declares, in lower case, or ""."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:1000]
    first = _BLANK.match(data)
    match = _DECLARED.match(data)
    if not match and first:
        match = _DECLARED.match(data, first.end())
    return match[1].decode("ascii", "replace").lower() if match else ""


def _declared(data: bytes, declared: str) -> Text:
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        found = _undeclared(data)
        problem = Problem("unknown-encoding", 1, f"coding: {declared}")
        return found._replace(problems=(*found.problems, problem))
    if name in ("utf-8", "ascii") and data.isascii():
        return _undeclared(data)
    problems: tuple[Problem, ...] = ()
    if name.replace("_", "-") in _DISGUISING:
        problems = (Problem("disguising-encoding", 1, f"coding: {declared}"),)
    if name in ("utf-8", "utf-8-sig", "ascii"):
        return _undeclared(data)
    try:
        text = data.decode(name, "replace")
    except (LookupError, ValueError, TypeError, DeprecationWarning):
        # No encoding of text, or data that it can't take at all.
        found = _undeclared(data)
        return found._replace(problems=(*found.problems, *problems))
    if b"\0" in data and not name.startswith("utf-16"):
        problems += _with_nul(data, "python").problems
    return Text(text, name, problems)


def _undeclared(data: bytes) -> Text:
    if b"\0" in data:
        return _with_nul(data, "python")
    if data.isascii():
        return Text(data.decode("ascii"), "ascii")
    return _plain(data, "python")
