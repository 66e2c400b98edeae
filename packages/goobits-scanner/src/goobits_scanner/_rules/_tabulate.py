"""Makes the table of a language from the rules, the marks and the capabilities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from re import _constants as constants
from re import _parser as parser

from goobits_scanner._rules._capabilities import CAPABILITY_PATTERNS
from goobits_scanner._rules._index import Table, last_part, root_part
from goobits_scanner._rules._marks import CLEANERS, SOURCES
from goobits_scanner._rules._marks_malice import ENCODERS, SOURCES_MALICE
from goobits_scanner._rules._patterns import compile_pattern, head_of
from goobits_scanner._rules._tables import tables

# What stands in a file that has syntax without a name.
NODE_WORDS = {
    "unsafe": "unsafe",
    "static-mut": "static",
    "extern": "extern",
    "assert": "assert",
    "except-pass": "except",
    "bare-except": "except",
    "empty-catch": "catch",
    "debugger": "debugger",
    "with": "with",
    "hex-names": "_0x",
    "string-array": "_0x",
    "jsfuck": "[]+",
    "regex": ")+",
    "return": "return",
}
_MORE_NODE_WORDS = {"regex": (")+", ")*", "){")}
# Parts of paths that stand in every other file: the part before tells more.
_COMMON = frozenset(
    "new default from get post put open read write send call run with_capacity".split()
)


def tabulate(language: str) -> Table:
    """Return the table of `python`, `javascript` or `rust`."""
    entries = tuple(_entries(language))
    by_last, by_root = defaultdict(list), defaultdict(list)
    strings: list[int] = []
    words: dict[str, set[str] | None] = {}
    for place, (text, *_) in enumerate(entries):
        kind, path = head_of(text)
        last = last_part(path)
        if kind == "string":
            strings.append(place)
        elif "*" not in last:
            by_last[last].append(place)
        else:
            by_root[root_part(path)].append(place)
        for word, root in _words(kind, path, text, language):
            known = words.setdefault(word, set())
            if known is not None and root:
                known.add(root)
            else:
                words[word] = None
    roots = {root for each in words.values() for root in each or ()}
    for root in roots:
        words.setdefault(root, {root})
    return Table(
        entries,
        {last: tuple(places) for last, places in by_last.items()},
        {root: tuple(places) for root, places in by_root.items()},
        tuple(strings),
        {word: tuple(sorted(each or ())) for word, each in sorted(words.items())},
    )


def _entries(language: str) -> Iterator[tuple[str, str, str, str, str]]:
    for rule in tables():
        for text in rule.patterns.get(language, ()):
            yield text, rule.category, rule.id, "", ""
    for capability, patterns in CAPABILITY_PATTERNS.items():
        for text in patterns.get(language, ()):
            yield text, "", "", "", capability
    for sources in (SOURCES, SOURCES_MALICE, ENCODERS):
        for mark, patterns in sources.items():
            for text in patterns.get(language, ()):
                yield text, "", "", mark, ""
    for text in CLEANERS.get(language, ()):
        yield text, "", "", "", ""


def _words(kind: str, path: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a pattern, each with the word that must stand there, too."""
    if kind == "string":
        compile_pattern(text)
        for expression in re.findall(r"/((?:\\.|[^/\\])*)/", text):
            for word in literals(expression.replace("\\/", "/")):
                yield word, ""
        return
    if kind == "node":
        for word in _MORE_NODE_WORDS.get(path, (NODE_WORDS[path],)):
            yield word, ""
        return
    parts = [part.removesuffix("()").rstrip("!") for part in path.split(".")]
    last = parts[-1]
    if last in _COMMON and language == "rust" and len(parts) > 1:
        last = parts[-2]
    if "*" in last or not last.strip("[]"):
        last = next((part for part in reversed(parts) if part.strip("*[]@")), "")
    word = last.strip("[]@").lower()
    if not word:
        return
    root = parts[0].lower()
    is_free = language == "rust" or not root or root[0] in "@*" and "/" not in root
    yield word, "" if is_free or len(parts) == 1 else root


def literals(expression: str) -> list[str]:
    """Return texts in lower case of which one stands in whatever an expression matches.

    Raises:
        ValueError: there are none of three characters or more.
    """
    found = _needed(parser.parse(expression))
    if not found:
        raise ValueError(f"no text must stand in what {expression!r} matches")
    return found


def _needed(parsed: object) -> list[str]:
    """Return the best set of texts of which one is needed, or none."""
    best: list[str] = []
    run = ""
    choices: list[list[str]] = []
    for operator, argument in parsed:  # type: ignore[attr-defined]
        if operator is constants.LITERAL:
            run += chr(argument)
            continue
        if len(run) > 2:
            choices.append([run.lower()])
        run = ""
        if operator is constants.BRANCH:
            choices.append(_all_of([_needed(branch) for branch in argument[1]]))
        elif operator is constants.SUBPATTERN:
            choices.append(_needed(argument[-1]))
        elif operator in (constants.MAX_REPEAT, constants.MIN_REPEAT) and argument[0]:
            choices.append(_needed(argument[2]))
    if len(run) > 2:
        choices.append([run.lower()])
    for choice in choices:
        if choice and (not best or min(map(len, choice)) > min(map(len, best))):
            best = choice
    return best


def _all_of(branches: list[list[str]]) -> list[str]:
    return [word for branch in branches for word in branch] if all(branches) else []
