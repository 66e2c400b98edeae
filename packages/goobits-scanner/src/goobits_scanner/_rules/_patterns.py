"""Patterns of rules, compiled from their text (`_rule.py` describes the language)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from goobits_scanner._facts import HOLE, UNKNOWN, Fact, Value

Test = Callable[[Value | None], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<regex>/(?:\\.|[^/\\])*/)|(?P<text>'[^']*')|(?P<mark>~[\w-]+)"
    r"|(?P<path><[\w@.*$!/()\[\]-]+>)|(?P<compare>(?:<=?|>=?|=)\s*-?\d+(?:\.\d+)?)"
    r"|(?P<word>\w+)|(?P<sign>[!&|;)(]))"
)
_KINDS = {
    "import": "import",
    "def": "define",
    "node": "node",
    "assign": "assign",
}
_HEAD = re.compile(
    r"(?:(?P<kind>import|def|node|assign)(?=\s)\s*)?(?P<path>[\w@.*$!/\[\]-]*(?:\(\)[\w@.*$!/\[\]-]*)*)\s*"
)
_TAGS = re.compile(
    r"(?:\s*@(?:import|install|build|function|hidden|with-[a-z-]+))+\s*$"
)
_SELECTOR = re.compile(
    r"\s*(?P<base>\*\*?|[\w$@-]+(?:/[\w$]+)?)(?P<keys>(?:\.(?:\*\*?|[\w$-]+))*)\s*:"
)


class PatternError(ValueError):
    """A rule's pattern is not well formed: a mistake in a table."""


class Selector:
    """Which arguments of a call a condition is about."""

    __slots__ = ("_base", "_index", "_keys", "_name")

    def __init__(self, base: str, keys: tuple[str, ...]) -> None:
        first, _, name = base.partition("/")
        self._base = base
        self._index = int(first) if first.isdigit() else -1
        self._name = name or first
        self._keys = keys

    def of(self, fact: Fact) -> list[Value | None]:
        """Return the values it selects, or one None."""
        found = self._arguments(fact)
        for key in self._keys:
            found = [
                inner
                for value in found
                for name, inner in (value.keys or {}).items()
                if name == key or key[0] == "*"
            ]
        return list(found) or [None]

    def _arguments(self, fact: Fact) -> list[Value]:
        if self._base == "*":
            return [*fact.arguments, *fact.keywords.values()]
        if self._base == "recv":
            return [fact.receiver]
        if 0 <= self._index < len(fact.arguments):
            return [fact.arguments[self._index]]
        named = fact.keywords.get(self._name)
        return [] if named is None else [named]


class Pattern:
    """A compiled pattern; `kind` is the kind of fact that it can match."""

    __slots__ = (
        "_matches",
        "conditions",
        "contexts",
        "is_hidden",
        "kind",
        "path",
        "traits",
    )

    def __init__(
        self,
        kind: str,
        path: str,
        conditions: tuple[tuple[Selector, Test], ...],
        tags: frozenset[str],
    ) -> None:
        self.kind = kind
        self.path = path
        self.conditions = conditions
        self._matches = None if kind == "string" else path_test(path)
        self.is_hidden = "hidden" in tags
        self.traits = frozenset(tag for tag in tags if tag.startswith("with-"))
        self.contexts = tags - {"hidden"} - self.traits

    def matches(self, fact: Fact) -> bool:
        """Return whether it is true of this fact, whose kind is the pattern's."""
        if self._matches is not None and not self._matches(fact.path):
            return False
        if self.contexts and fact.context not in self.contexts:
            return False
        if self.is_hidden and not fact.is_hidden:
            return False
        return all(
            any(test(value) for value in selector.of(fact))
            for selector, test in self.conditions
        )

    def selected(self, fact: Fact) -> Iterator[Value]:
        """Yield the values its conditions are about, or all where it has none."""
        if not self.conditions:
            yield from (fact.receiver, *fact.arguments, *fact.keywords.values())
        for selector, _ in self.conditions:
            yield from (value for value in selector.of(fact) if value is not None)


@cache
def path_test(path: str) -> Callable[[str], bool]:
    """Return a test of paths for a pattern's path."""
    if "*" not in path:
        return path.__eq__ if not path.startswith(".") else _ends(path)
    expression = "".join(_piece(piece) for piece in re.split(r"(\*\*|\*)", path))
    start = ".*" if path.startswith(".") else ""
    found = re.compile(start + expression, re.DOTALL).fullmatch
    return lambda given: found(given) is not None


def _piece(piece: str) -> str:
    return {"*": r"[^.]+", "**": r".+"}.get(piece, re.escape(piece))


def _ends(path: str) -> Callable[[str], bool]:
    return lambda given: given.endswith(path)


def head_of(text: str) -> tuple[str, str]:
    """Return the kind and the path of a pattern, without compiling it."""
    kind, path, _ = _parts(text)
    return kind, path


def _parts(text: str) -> tuple[str, str, str]:
    """Return the kind, the path and what follows."""
    body = text.lstrip()
    if body.startswith("string "):
        return "string", "", body[len("string ") :]
    head = _HEAD.match(body)
    if head is None or not head["path"]:
        raise PatternError(f"no path: {text!r}")
    kind, path = _KINDS.get(head["kind"] or "", "use"), head["path"]
    rest = body[head.end() :]
    if path.endswith("()"):
        return kind, path[:-2], f"(){rest}"
    return kind, path, rest


def compile_pattern(text: str) -> Pattern:
    """Compile one pattern; raise `PatternError` where it is not well formed."""
    body, tags = text.strip(), frozenset[str]()
    if found := _TAGS.search(body):
        tags = frozenset(found.group().replace("@", " ").split())
        body = body[: found.start()]
    kind, path, rest = _parts(body)
    if rest.startswith("("):
        return Pattern(
            "call" if kind == "use" else kind,
            path,
            _conditions(rest[1:], text),
            tags,
        )
    if kind == "use" and rest.startswith("="):
        test, rest = _test(rest[1:], text)
        kind = "assign"
    elif kind == "string":
        test, rest = _test(rest, text)
    else:
        test = None
    if rest.strip():
        raise PatternError(f"left over {rest!r}: {text!r}")
    conditions = () if test is None else ((Selector("0", ()), test),)
    return Pattern(kind, path, conditions, tags)


def _conditions(rest: str, text: str) -> tuple[tuple[Selector, Test], ...]:
    found: list[tuple[Selector, Test]] = []
    rest = rest.lstrip()
    while not rest.startswith(")"):
        selector = _SELECTOR.match(rest)
        if selector is None:
            raise PatternError(f"no selector at {rest!r}: {text!r}")
        keys = tuple(filter(None, selector["keys"].split(".")))
        test, rest = _test(rest[selector.end() :], text)
        found.append((Selector(selector["base"], keys), test))
        rest = rest.removeprefix(";").lstrip()
    if rest[1:].strip():
        raise PatternError(f"left over {rest[1:]!r}: {text!r}")
    return tuple(found)


def _test(rest: str, text: str) -> tuple[Test, str]:
    """Read alternatives of tests; return their test and what follows."""
    choices: list[list[Test]] = [[]]
    is_negated = False
    while True:
        token = _TOKEN.match(rest)
        if token is None or token["sign"] in {";", ")"}:
            break
        rest = rest[token.end() :]
        if token["sign"] == "|":
            choices.append([])
        elif token["sign"] == "!":
            is_negated = not is_negated
        elif token["sign"] != "&":
            atom = _atom(token, text)
            choices[-1].append(_not(atom) if is_negated else atom)
            is_negated = False
    if not all(choices):
        raise PatternError(f"an empty test: {text!r}")
    return _any_of(choices), rest.lstrip()


def _any_of(choices: list[list[Test]]) -> Test:
    if len(choices) == 1 and len(choices[0]) == 1:
        return choices[0][0]
    return lambda value: any(all(test(value) for test in tests) for tests in choices)


def _not(test: Test) -> Test:
    return lambda value: not test(value)


def _given(test: Callable[[Value], bool]) -> Test:
    return lambda value: value is not None and test(value)


WORDS: dict[str, Test] = {
    "dynamic": _given(lambda value: not value.is_constant),
    "constant": _given(lambda value: value.is_constant),
    "built": _given(lambda value: value.is_built),
    "string": _given(lambda value: value.text is not None),
    "absent": lambda value: value is None,
    "present": lambda value: value is not None,
    "true": _given(lambda value: value.constant is True),
    "false": _given(lambda value: value.constant is False),
    "none": _given(lambda value: value.constant is None),
    "list": _given(lambda value: value.items is not None),
    "hidden": _given(lambda value: value.is_hidden),
}


def _atom(token: re.Match[str], text: str) -> Test:
    if word := token["word"]:
        if word not in WORDS:
            raise PatternError(f"no test is called {word!r}: {text!r}")
        return WORDS[word]
    if mark := token["mark"]:
        return _marked(mark[1:])
    if path := token["path"]:
        origin = path_test(path[1:-1])
        return _given(lambda value: origin(value.path))
    if exact := token["text"]:
        return _given(lambda value: value.text == exact[1:-1])
    if compare := token["compare"]:
        return _compared(compare)
    if regex := token["regex"]:
        return _searched(regex[1:-1].replace("\\/", "/"))
    raise PatternError(f"unexpected {token.group()!r}: {text!r}")


def _marked(mark: str) -> Test:
    return _given(lambda value: mark in value.marks)


def _searched(expression: str) -> Test:
    search: Callable[[str], re.Match[str] | None] | None = None

    def test(value: Value) -> bool:
        nonlocal search
        text = _known_text(value)
        if text is None:
            return False
        search = search or re.compile(expression).search
        return search(text) is not None

    return _given(test)


def _known_text(value: Value) -> str | None:
    """Return a text, or those of a list with blanks between, as a command line has them."""
    if value.text is not None or value.items is None:
        return value.text
    return " ".join(HOLE if item.text is None else item.text for item in value.items)


def _compared(text: str) -> Test:
    sign = text.rstrip("0123456789.- ")
    limit = float(text[len(sign) :])
    orders: dict[str, Callable[[float], bool]] = {
        "<": lambda number: number < limit,
        "<=": lambda number: number <= limit,
        ">": lambda number: number > limit,
        ">=": lambda number: number >= limit,
        "=": lambda number: number == limit,
    }
    holds = orders[sign]

    def test(value: Value) -> bool:
        number = value.constant
        if number is UNKNOWN or isinstance(number, bool):
            return False
        return isinstance(number, int | float) and holds(number)

    return _given(test)
