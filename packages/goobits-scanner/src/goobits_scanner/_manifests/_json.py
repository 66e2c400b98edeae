"""JSON as people write it."""

from __future__ import annotations


def parsed(text: str, *, with_comments: bool = False) -> object:
    """Return what a JSON text holds, or None where it is not well formed.

    `with_comments` takes comments and trailing commas, as editors do.
    """
    import json

    text = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if with_comments:
        text = _plain(text)
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _plain(text: str) -> str:
    import re

    token = re.compile(
        r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL
    )
    bare = re.sub(
        r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/',
        lambda match: match[1] or "\n" * match[0].count("\n"),
        text,
        flags=re.DOTALL,
    )
    return token.sub(lambda match: match[1] or "", bare)
