"""From the text of a manifest to its values and their places."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator

from goobits_plugin._manifest._positions import Path, Positions, Span
from goobits_plugin._manifest._report import START, Report, quote

Value = object
MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
_LONGEST_KEY = 128

# What joins letters and emoji is invisible, too, but changes what is seen.
_JOINERS = "\u200c\u200d"
_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_NONE = "\ufffe\uffff"
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.S)
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.){0,200}+"|'[^'\n]{0,200}+')[ \t]*+"""
# A key of very many parts costs tomllib the square of their number; few long ones fit in a file.
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:\.[ \t]*+{_PART}){{{MAX_DEPTH}}}")
_ADVICE = {
    "Invalid value": 'a text needs quotes, as in name = "acme/hello"',
    "Cannot overwrite a value": "a key is given once; take one of them out",
}


class Document:
    """The values of a manifest, as `tomllib` reads them, and their places."""

    def __init__(self, data: dict[str, Value], positions: Positions) -> None:
        self.data = data
        self.positions = positions


def read_document(text: str, report: Report) -> Document | None:
    """Return the document that a text is, or report why it is none."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        report.error("P002", "the file is larger than 256 KiB", START)
        return None
    _check_source(text, report)
    if report.failed:
        return None
    long = _LONG_KEY.search(text)
    if long:
        message = f"the values are nested more than {MAX_DEPTH} levels deep"
        report.error("P002", message, _span(text, long.start()), help="nest less")
        return None
    document = _parse(text, report)
    if document is None:
        return None
    if not _fits(document, report):
        return None
    _check_texts(document, report)
    return document


def _check_source(text: str, report: Report) -> None:
    """Report the first forbidden character of every line."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii() and line.isprintable():
            continue
        for column, character in enumerate(line, 1):
            if character != "\t" and _is_invisible(character):
                _refuse(character, (number, column, column + 1), report)
                break


def _is_invisible(character: str) -> bool:
    if character in _JOINERS:
        return False
    return unicodedata.category(character) in _INVISIBLE or character in _NONE


def _refuse(character: str, span: Span, report: Report) -> None:
    message = f"the character U+{ord(character):04X} has no place in a manifest"
    report.error("P003", message, span, help="take it out: it is invisible")


def _parse(text: str, report: Report) -> Document | None:
    try:
        return Document(tomllib.loads(text), Positions(text))
    except RecursionError:
        message = f"the values are nested more than {MAX_DEPTH} levels deep"
        report.error("P002", message, START, help="nest less")
    except tomllib.TOMLDecodeError as error:
        _report_syntax(str(error), text, report)
    except ValueError:
        # tomllib lets what int() says of very long numbers, and date() of no day, through.
        message = "the file is not valid TOML: a number or date is out of range"
        report.error("P001", message, START)
    return None


def _report_syntax(said: str, text: str, report: Report) -> None:
    found = _PLACE.fullmatch(said)
    reason = found[1] if found else said
    offset = len(text.rstrip("\n"))
    span = _span(text, offset)
    if found and found[2]:
        line, column = int(found[2]), int(found[3])
        span = (line, column, column + 1)
    help = _ADVICE.get(reason, "")
    message = f"the file is not valid TOML: {reason[:1].lower()}{reason[1:]}"
    report.error("P001", message, span, help=help)


def _span(text: str, offset: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return line, column, column + 1


def _fits(document: Document, report: Report) -> bool:
    """Tell whether no value lies too deep and no key is too long; report those that are."""
    fits = True
    for path in document.positions.paths:
        span, key = document.positions.key(path), path[-1]
        if len(path) > MAX_DEPTH:
            message = f"the values are nested more than {MAX_DEPTH} levels deep"
            report.error("P002", message, span, help="nest less")
            return False
        if isinstance(key, str) and len(key) > _LONGEST_KEY:
            message = f"the key {quote(key)} is longer than {_LONGEST_KEY} characters"
            report.error("P009", message, span)
            fits = False
    return fits


def _check_texts(document: Document, report: Report) -> None:
    """Report characters that stand in texts and keys as escapes."""
    for path, value in leaves(document.data):
        if isinstance(value, str):
            _check_text(value, document.positions.value(path), report)
    for path in document.positions.paths:
        if isinstance(path[-1], str):
            _check_text(path[-1], document.positions.key(path), report)


def _check_text(text: str, span: Span, report: Report) -> None:
    for character in text:
        if character not in "\n\t" and _is_invisible(character):
            _refuse(character, span, report)
            return


def leaves(value: Value, path: Path = ()) -> Iterator[tuple[Path, Value]]:
    """Return what holds nothing else, each with its path; an empty table or array, too."""
    waiting: list[tuple[Path, Value]] = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict) and value:
            waiting += [((*path, key), item) for key, item in value.items()]
        elif isinstance(value, list) and value:
            waiting += [((*path, index), item) for index, item in enumerate(value)]
        elif path:
            yield path, value
