"""One evaluator per language: a file's syntax tree in, facts out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goobits_scanner._facts import Observer
    from goobits_scanner._languages._outcome import Outcome

# Whose rules are asked for the facts of a language.
FAMILIES = {
    "python": "python",
    "javascript": "javascript",
    "typescript": "javascript",
    "tsx": "javascript",
    "rust": "rust",
}


def evaluate(
    language: str,
    data: bytes,
    observer: Observer,
    name: str,
    deadline: Callable[[], bool],
) -> Outcome:
    """Tell an observer of all that a file does."""
    context = context_of(name)
    if language == "python":
        from goobits_scanner._languages import python

        return python.evaluate(data, observer, context=context, deadline=deadline)
    if language == "rust":
        from goobits_scanner._languages import rust

        return rust.evaluate(data, observer, context=context, deadline=deadline)
    from goobits_scanner._languages import javascript

    return javascript.evaluate(
        data, observer, dialect=language, context=context, deadline=deadline
    )


def context_of(name: str) -> str:
    """Return when the module level of a file runs, by its name."""
    last = name.replace("!", "/").rpartition("/")[2]
    if last in {"setup.py", "preinstall.js", "postinstall.js", "install.js"}:
        return "install"
    return "build" if last == "build.rs" else "import"
