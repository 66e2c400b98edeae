"""A line of source, as a person may safely see it."""

from __future__ import annotations

WIDTH = 160


def shown(line: str) -> str:
    """Return a line without its margin, shortened, with what cannot be printed escaped."""
    text = line[: WIDTH * 8].strip()
    if not text.isprintable():
        text = "".join(
            character if character.isprintable() else _escape(character)
            for character in text.replace("\t", " ")
        )
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
