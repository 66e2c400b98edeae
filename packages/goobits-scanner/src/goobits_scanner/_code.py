"""The rules of a language over one file of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from goobits_scanner._finding import Capability, Finding
from goobits_scanner._keywords import Hits, Places
from goobits_scanner._languages import FAMILIES, evaluate
from goobits_scanner._limits import Limits
from goobits_scanner._rules._index import index
from goobits_scanner._watch import Watch


class Evaluated(NamedTuple):
    """What the rules say of a file; `problem` says why not all of it was seen."""

    findings: list[Finding]
    capabilities: list[Capability]
    problem: str = ""


def language_of(kind: str) -> str:
    """Return the language in which a kind of file is evaluated, "" for none."""
    kind = "python" if kind == "pth" else kind
    return kind if kind in FAMILIES else ""


def evaluated(
    name: str,
    text: str,
    kind: str,
    hits: Hits,
    limits: Limits,
    clock: Callable[[], float],
    known: Collection[str] = (),
) -> Evaluated:
    """Evaluate a file within `limits.parse_seconds`; without a keyword it is not parsed.

    Capabilities in `known` are not looked for.
    """
    language = language_of(kind)
    lines = text.split("\n")
    if kind == "pth":  # Python runs the lines that begin so; the others are folders
        text = "\n".join(
            line if line.startswith(("import ", "import\t")) else "" for line in lines
        )
    family = FAMILIES[language]
    patterns = index(family)
    places = None
    data = text.encode("utf-8", "surrogatepass")
    if hits.words is not None and kind != "pth":  # of which they are not the places
        places = Places(hits.words, patterns.table, data, family, known)
        if places.is_empty:
            return Evaluated([], [])
    end = clock() + limits.parse_seconds
    watch = Watch(patterns, name, lines, places)
    outcome = evaluate(
        language,
        data,
        watch,
        name,
        lambda: clock() > end,
    )
    watch.end()
    return Evaluated(
        list(watch.findings.values()),
        list(watch.capabilities.values()),
        outcome.problem,
    )
