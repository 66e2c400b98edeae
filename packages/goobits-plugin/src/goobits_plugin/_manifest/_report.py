"""The mistakes that were found in one manifest, and what their codes mean."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal

from goobits_engine import Diagnostic

from goobits_plugin._manifest._positions import Span

CODES: dict[str, str] = {
    "P001": "the file is not valid TOML",
    "P002": "the file is too large or too deep",
    "P003": "a character has no place in a manifest",
    "P004": "a value is of the wrong kind",
    "P005": "a required key is missing",
    "P006": "a key is unknown",
    "P007": "a value is not among the allowed ones",
    "P008": "a text does not obey its grammar",
    "P009": "a text or list is too long",
    "P010": "a list repeats itself",
    "P011": "a path leaves its folder, or is not one everywhere",
    "P012": "two keys do not go together",
    "P013": "a limit is above the host's ceiling, or none",
    "P014": "a permission cannot be asked for",
    "P015": "a plugin has no command, or one that it cannot have",
    "P016": "the entry is not there, or cannot be run",
    "P017": "a link leads out of the plugin's folder",
}
"""Every code with its meaning; a code keeps its meaning for ever. Commands have the engine's."""

START: Span = (1, 1, 2)


class Report:
    """Collects diagnostics about one text; says a thing about a place only once."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.split("\n")
        self._found: dict[tuple[int, int, str, str], Diagnostic] = {}

    @property
    def failed(self) -> bool:
        """Whether there is an error."""
        return any(found.severity == "error" for found in self._found.values())

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, sorted by place."""
        return tuple(
            sorted(self._found.values(), key=lambda d: (d.line, d.column, d.code))
        )

    def error(self, code: str, message: str, span: Span, *, help: str = "") -> None:
        """Add an error about a place."""
        self.add(code, "error", message, span, help)

    def add(
        self,
        code: str,
        severity: Literal["error", "warning"],
        message: str,
        span: Span,
        help: str = "",
        related: tuple[tuple[int, int, str], ...] = (),
    ) -> None:
        """Add a diagnostic of any kind."""
        line, column, end = span
        source = self._lines[line - 1] if line <= len(self._lines) else ""
        found = Diagnostic(
            code,
            severity,
            message,
            self._name,
            line,
            column,
            end,
            source,
            help,
            related,
        )
        self._found.setdefault((line, column, code, message), found)


def suggestion(word: str, candidates: tuple[str, ...]) -> str:
    """Return "did you mean …?" with the candidate that `word` misspells, or nothing."""
    close = get_close_matches(word[:100].lower(), candidates, n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'?" if close else ""


def quote(text: str) -> str:
    """Return a text in single quotes, on one line, short and harmless on a terminal."""
    if len(text) > 60:
        text = text[:59] + "…"
    shown = (
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )
    return f"'{''.join(shown)}'"
