"""Diagnostics as text for people, as JSON, and as GitHub workflow commands."""

from __future__ import annotations

from goobits_engine._config._names import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from goobits_engine._config._diagnostics import Diagnostic

_WIDEST_SOURCE = 160


def format_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the diagnostics for a terminal, a blank line between two."""
    return "\n\n".join(map(_text, diagnostics))


def _text(found: Diagnostic) -> str:
    name = printable(found.name)
    source, column = _window(found.source, found.column)
    carets = max(1, min(found.end_column - found.column, len(source) - column + 1))
    gutter = " " * len(str(found.line))
    lines = [
        f"{found.severity}[{found.code}]: {found.message}",
        f" --> {name}:{found.line}:{found.column}",
        f"{gutter} |",
        f"{found.line} | {source}".rstrip(),
        f"{gutter} | {' ' * (column - 1)}{'^' * carets}",
    ]
    for line, related_column, label in found.related:
        lines += [f"note: {label}", f" --> {name}:{line}:{related_column}"]
    if found.help:
        lines.append(f"help: {found.help}")
    return "\n".join(lines)


def _window(source: str, column: int) -> tuple[str, int]:
    """Cut a very long line around `column`; return it and the column within it."""
    if len(source) <= _WIDEST_SOURCE:
        return printable(source), column
    start = max(0, column - 1 - _WIDEST_SOURCE // 2)
    cut = source[start : start + _WIDEST_SOURCE]
    head = "…" if start else ""
    tail = "…" if start + _WIDEST_SOURCE < len(source) else ""
    return head + printable(cut) + tail, column - start + len(head)


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the diagnostics as a JSON list of objects."""
    import json

    return json.dumps([_object(found) for found in diagnostics], indent=2)


def _object(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message,
        "file": found.name,
        "line": found.line,
        "column": found.column,
        "end_column": found.end_column,
        "source": found.source[:1000],
        "help": found.help,
        "related": [
            {"line": line, "column": column, "label": label}
            for line, column, label in found.related
        ],
    }


def format_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the diagnostics as commands that GitHub shows beside the code."""
    return "\n".join(map(_command, diagnostics))


def _command(found: Diagnostic) -> str:
    text = f"{found.message}\nhelp: {found.help}" if found.help else found.message
    return (
        f"::{found.severity} file={_property(found.name)},line={found.line},"
        f"col={found.column},title={found.code}::{_data(text)}"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
