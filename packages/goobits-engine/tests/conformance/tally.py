"""Count, per language, what was asked and what was answered."""

from __future__ import annotations

from collections import Counter


class Tally:
    """The counts of one session, by language."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._answered: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    def add(
        self, language: str, *, answered: int, asked: int, left_out: int = 0
    ) -> None:
        """Count some questions; `left_out` could not be put here."""
        self._answered[language] += answered
        self._asked[language] += asked
        self._left_out[language] += left_out

    def summary(self) -> str:
        """Return one line for the end of the session, empty when nothing ran."""
        parts = [self._part(language) for language in self._asked]
        return f"{self._title}: {', '.join(parts)}" if parts else ""

    def _part(self, language: str) -> str:
        text = f"{language} {self._answered[language]} of {self._asked[language]}"
        if left_out := self._left_out[language]:
            text += f" ({left_out} could not run here)"
        return text
