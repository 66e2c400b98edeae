"""What PyYAML's two parsers complain about, in one language of ours."""

from __future__ import annotations

from goobits_engine._config._names import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml import YAMLError
    from yaml.error import Mark

    from goobits_engine._config._diagnostics import Report

_COLON = "a text that holds ': ' needs quotes"
_INDENT = "keys of one mapping begin in one column; so do the items of one list"
_QUOTES = "a text that begins with this character needs quotes"
_SINGLE = "in single quotes '\\' is an ordinary character"

# What the parsers say, by a part of it: first match wins.
_PROBLEMS: tuple[tuple[str, str, str], ...] = (
    ("mapping values are not allowed", "a ':' makes no key here", _COLON),
    ("could not find expected ':'", "a key lacks its ':'", "write 'key: value'"),
    ("mapping keys are not allowed", "a '?' begins no key here", _QUOTES),
    ("sequence entries are not allowed", "a '-' begins no list item here", _COLON),
    ("cannot start any token", "this character cannot begin a value", _QUOTES),
    ("unexpected end of stream", "the quotes are never closed", "close them"),
    ("unexpected document", "the quotes are never closed", "close them"),
    ("unknown escape", "'\\' begins no known escape", _SINGLE),
    ("hexdecimal number", "'\\' begins no known escape", _SINGLE),
    ("escape sequence of", "'\\' begins no known escape", _SINGLE),
    ("Unicode character escape", "this escape is no character", ""),
    ("',' or ']'", "the list in brackets lacks a ',' or its ']'", ""),
    ("',' or '}'", "the mapping in braces lacks a ',' or its '}'", ""),
    ("node content", "a value is missing here", ""),
    ("comment or", "only a comment can follow here", _QUOTES),
    ("chomping or indentation", "only a comment can follow here", _QUOTES),
    ("alphabetic", "a name of '%', '&' or '*' is wrong", _QUOTES),
    ("incompatible YAML", "it says that it is no YAML 1.2", "take out '%YAML'"),
    ("directive", "a line that begins with '%' is a directive", _QUOTES),
    ("expected key", "the indentation fits nothing above", _INDENT),
    ("expected '-'", "the indentation fits nothing above", _INDENT),
    ("<block end>", "the indentation fits nothing above", _INDENT),
    ("<document start>", "text stands after the end", _INDENT),
)


def report_yaml_error(error: YAMLError, text: str, report: Report) -> None:
    """Report what a parser of PyYAML raised about `text`."""
    lines = text.split("\n")
    problem = str(getattr(error, "problem", None) or "")
    line, column = _position(error, problem, lines)
    tab = _tab_in_indentation(lines[line - 1])
    if tab or lines[line - 1][column - 1 : column] == "\t":
        column = tab or column
        report.error_at(
            "G002",
            "a tab is used as indentation" if tab else "a tab stands here",
            (line, column, column + 1),
            help="write spaces: YAML indents with nothing else",
        )
        return
    message, hint = _explain(problem)
    report.error_at("G001", message, (line, column, column + 1), help=hint)


def _position(error: YAMLError, problem: str, lines: list[str]) -> tuple[int, int]:
    mark: Mark | None = getattr(error, "problem_mark", None)
    context: Mark | None = getattr(error, "context_mark", None)
    if context is not None and "end of stream" in problem:
        mark = context
    if mark is None:
        return 1, 1
    line = mark.line
    if line >= len(lines) or not lines[line].strip():
        while line >= len(lines) or (line > 0 and not lines[line].strip()):
            line -= 1
        return line + 1, max(1, len(lines[line].rstrip()))
    return line + 1, mark.column + 1


def _tab_in_indentation(line: str) -> int:
    """Return the column of a tab in the indentation of `line`, or 0."""
    indentation = line[: len(line) - len(line.lstrip(" \t"))]
    return indentation.find("\t") + 1


def _explain(problem: str) -> tuple[str, str]:
    for part, message, hint in _PROBLEMS:
        if part in problem:
            return f"not valid YAML: {message}", hint
    said = quote(problem)[1:-1] if problem else "it cannot be read"
    return f"not valid YAML: {said}", ""
