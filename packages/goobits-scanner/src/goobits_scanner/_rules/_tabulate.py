"""Makes the table of a language from the rules, the marks and the capabilities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

from goobits_scanner._rules._capabilities import CAPABILITY_PATTERNS
from goobits_scanner._rules._index import Table, last_part, root_part
from goobits_scanner._rules._marks import CLEANERS, SOURCES
from goobits_scanner._rules._marks_malice import ENCODERS, SOURCES_MALICE
from goobits_scanner._rules._patterns import compile_pattern, head_of
from goobits_scanner._rules._tables import tables
from goobits_scanner._rules._traits import TRAITS

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
    "reduce-runs": "__reduce__",
    "regex": ")+",
}
_MORE_NODE_WORDS = {"regex": (")+", ")*")}
# The name of an argument after its place: `0/args`.
_NAMES = re.compile(r"(?<=\d)/[A-Za-z_]\w*(?=[.:])")
# Parts of paths that stand in every other file: the part before tells more.
_COMMON = frozenset(
    "new default from get post put open read write send call run with_capacity".split()
)


def tabulate(language: str) -> Table:
    """Return the table of `python`, `javascript` or `rust`."""
    entries = tuple(_entries(language))
    by_last, by_root = defaultdict(list), defaultdict(list)
    strings: dict[int, tuple[str, ...]] = {}
    words: dict[str, set[str] | None] = {}
    aims: dict[str, set[str]] = {}
    for place, (text, *_) in enumerate(entries):
        kind, path = head_of(text)
        last = last_part(path)
        if kind == "string":
            strings[place] = tuple(
                word for word, _ in _words(kind, path, text, language)
            )
        elif "*" not in last:
            by_last[last].append(place)
        else:
            by_root[root_part(path)].append(place)
        if not _is_trigger(entries[place], path):
            continue
        if entries[place][3].startswith("with-"):
            found = [
                (word, other)
                for word, _ in _words(kind, path, text, language)
                for other in _words_with(entries[place][3], language)
            ]
        elif entries[place][1] == "redos" and kind != "node" and "/" in text:
            found = [
                (word, root_part(path).lower()) for word in _MORE_NODE_WORDS["regex"]
            ]
        else:
            found = list(_words(kind, path, text, language))
        capability = entries[place][4]
        for word, _ in found:
            aims.setdefault(word, set()).add(capability)
        for word, root in found:
            known = words.setdefault(word, set())
            if known is not None and root:
                known.add(root)
            else:
                words[word] = None
    roots = {root for each in words.values() for root in each or ()}
    parts = {
        word
        for text, *_ in entries
        for word in _texts_of(text)
        if head_of(text)[0] == "string" or word not in words
    }
    return Table(
        entries,
        {last: tuple(places) for last, places in by_last.items()},
        {root: tuple(places) for root, places in by_root.items()},
        strings,
        {word: tuple(sorted(each or ())) for word, each in sorted(words.items())},
        tuple(sorted(roots)),
        {
            word: min(each)
            for word, each in sorted(aims.items())
            if len(each) == 1 and "" not in each
        },
        tuple(sorted(parts)),
    )


def _texts_of(pattern: str) -> set[str]:
    """Return what may stand in longer words: what a pattern looks for in texts."""
    found: set[str] = set()
    unnamed = _NAMES.sub("", pattern)
    for expression in re.findall(r"/((?:\\.|[^/\\])*)/", unnamed):
        found.update(_needed(parser.parse(expression.replace("\\/", "/"))))
    return found


def _is_trigger(entry: tuple[str, str, str, str, str], path: str) -> bool:
    """Return whether a file is worth evaluating for a pattern alone.

    What cleans, encodes or decodes matters only where something else does.
    """
    _, _, rule, mark, capability = entry
    if mark.startswith("with-"):
        return True
    return bool(rule or capability or (mark and mark not in ENCODERS and "." in path))


def _entries(language: str) -> Iterator[tuple[str, str, str, str, str]]:
    for rule in tables():
        for text in rule.patterns.get(language, ()):
            yield text, rule.category, rule.id, "", ""
    for capability, patterns in CAPABILITY_PATTERNS.items():
        for text in patterns.get(language, ()):
            yield text, "", "", "", capability
    traits = {f"with-{trait}": patterns for trait, patterns in TRAITS.items()}
    for sources in (SOURCES, SOURCES_MALICE, ENCODERS, traits):
        for mark, patterns in sources.items():
            for text in patterns.get(language, ()):
                yield text, "", "", mark, ""
    for text in CLEANERS.get(language, ()):
        yield text, "", "", "", ""


@cache
def _words_with(trait: str, language: str) -> list[str]:
    """Return the words of the rules that ask for a trait: without one it does not matter."""
    return sorted(
        {
            root or word
            for rule in tables()
            for text in rule.patterns.get(language, ())
            if trait in compile_pattern(text).traits
            for word, root in _words(*head_of(text), text, language)
        }
    )


def _words(kind: str, path: str, text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a pattern, each with the word that must stand there, too."""
    if kind in {"string", "node"} or path == "[][]" or path.startswith("jsx."):
        yield from ((word, "") for word in _own_words(kind, path, text))
        return
    parts = [part.removesuffix("()").rstrip("!") for part in path.split(".")]
    word = _telling(parts, language)
    if not word:
        return
    root = max((part.strip("[]@*") for part in parts[:-1]), key=len, default="").lower()
    is_free = language == "rust" or len(root) < 2 or root == word
    for other in (_needs(text, language) or [""]) if is_free else [root]:
        yield word, other


def _own_words(kind: str, path: str, text: str) -> Iterator[str]:
    """Yield the words of patterns whose path does not stand in the file."""
    if kind == "string":
        compile_pattern(text)
        for expression in re.findall(r"/((?:\\.|[^/\\])*)/", text):
            yield from literals(expression.replace("\\/", "/"))
    elif kind == "node":
        # What is returned was made in the function: its words say so.
        words = _MORE_NODE_WORDS.get(path, (NODE_WORDS.get(path, ""),))
        yield from filter(None, words)
    elif path == "[][]":
        yield "]["
    else:  # of JSX the names of the attributes do
        for name in re.findall(r"[(;] *([\w-]+)(?:\.[\w-]+)* *:", text):
            yield name.lower()


def _telling(parts: list[str], language: str) -> str:
    """Return the last part of a path that tells it from others."""
    last = parts[-1]
    if last in _COMMON and language == "rust" and len(parts) > 1:
        last = parts[-2]
    if "*" in last or not last.strip("[]"):
        last = next((part for part in reversed(parts) if part.strip("*[]@")), "")
    return last.strip("[]@").lower()


def _needs(pattern: str, language: str) -> list[str]:
    """Return words of which one must stand in a file for a pattern's conditions to hold."""
    pattern = _NAMES.sub("", pattern)
    expressions = re.findall(r"(?<!!)/((?:\\.|[^/\\])*)/", pattern)
    rest = re.sub(r"/(?:\\.|[^/\\])*/", "", pattern)
    if keys := re.findall(r"\.([\w$-]{4,}): *(?!absent|!)[^|]*$", rest):
        return [keys[-1].lower()]
    if "|" in rest:
        paths = re.findall(r"<([^>]+)>", rest)
        is_choice = re.fullmatch(r"[^(|]*=(?: *<[^>]+> *\|?)+", rest) is not None
        return [_longest(path) for path in paths] if is_choice else []
    if paths := re.findall(r"(?<!!)<([^>]+)>", rest):
        return [_longest(paths[0])]
    for mark in re.findall(r"(?<!!)~([\w-]+)", rest):
        if words := _words_of_mark(mark, language):
            return words
    return (
        _needed(parser.parse(expressions[0].replace("\\/", "/"))) if expressions else []
    )


@cache
def _words_of_mark(mark: str, language: str) -> list[str]:
    """Return the words of all that carries a mark, none where one of them has no word."""
    patterns = [
        *SOURCES.get(mark, {}).get(language, ()),
        *SOURCES_MALICE.get(mark, {}).get(language, ()),
    ]
    if mark in ENCODERS or mark == "param":
        return []
    words = {_longest(head_of(text)[1]) for text in patterns}
    return [] if "" in words else sorted(words)


def _longest(path: str) -> str:
    parts = [part.removesuffix("()").strip("[]@*!").lower() for part in path.split(".")]
    return max(parts, key=len)


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
