"""Every example of every rule."""

from __future__ import annotations

import time

import pytest
from goobits_scanner import Limits, catalog
from goobits_scanner._code import evaluated
from goobits_scanner._facts import NOTHING, Fact, Value
from goobits_scanner._keywords import SMALL, search
from goobits_scanner._languages import FAMILIES, evaluate
from goobits_scanner._rules._index import index
from goobits_scanner._rules._patterns import compile_pattern
from goobits_scanner._rules._rule import Rule
from goobits_scanner._rules._tables import tables
from goobits_scanner._watch import Watch

TEXT = Value(constant="a text")
# Files that run when a package is installed or built, where an example is one of them.
WHEN = {"python": "setup.py", "javascript": "postinstall.js", "rust": "build.rs"}
FAMILY = {"typescript": "javascript"}


def cases(which: str) -> list[object]:
    return [
        pytest.param(
            rule, language, text, id=f"{rule.category}-{rule.id}-{language}-{number}"
        )
        for rule in tables()
        for language, examples in getattr(rule, which).items()
        for number, text in enumerate(examples)
    ]


def file_name(rule: Rule, language: str) -> str:
    is_run = rule.file in {"setup.py", "build.rs", "@install"}
    return WHEN[language] if is_run else rule.file


def found(rule: Rule, language: str, text: str) -> set[str]:
    name = file_name(rule, language)
    watch = Watch(index(FAMILY.get(language, language)), name, text.splitlines())
    outcome = evaluate(language, text.encode(), watch, name, lambda: False)
    watch.end()
    assert outcome.problem == ""
    return {finding.rule for finding in watch.findings.values()}


@pytest.mark.parametrize(("rule", "language", "text"), cases("bad"))
def test_bad_example_is_found(rule: Rule, language: str, text: str) -> None:
    """A rule that misses its own example finds nothing at all."""
    assert rule.id in found(rule, language, text)


@pytest.mark.parametrize(("rule", "language", "text"), cases("good"))
def test_good_example_is_not_found(rule: Rule, language: str, text: str) -> None:
    """What is right must stay silent, or nobody will read the findings."""
    assert rule.id not in found(rule, language, text)


def test_ids_are_unique() -> None:
    """A baseline or a suppression names a rule by its id alone."""
    ids = [rule.id for rule in tables()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in tables()])
def test_every_language_of_a_rule_has_examples(rule: Rule) -> None:
    """A pattern that no example tries is a guess."""
    for language in rule.patterns:
        assert rule.bad.get(language), language
        assert rule.good.get(language), language


def test_there_are_as_many_rules_as_promised() -> None:
    """The breadth is a promise."""
    assert len([rule for rule in catalog() if rule.category != "secrets"]) >= 150
    assert len([rule for rule in catalog() if rule.category == "secrets"]) >= 220


@pytest.mark.parametrize("language", ["python", "javascript", "rust"])
def test_every_pattern_compiles(language: str) -> None:
    """Patterns are compiled when they are first needed: a broken one would fail a scan."""
    for text, *_ in index(language).table.entries:
        compiled = compile_pattern(text)
        compiled.matches(Fact(compiled.kind, "a", 1, 1, arguments=(TEXT,)))
        for value in (TEXT, NOTHING):
            for _, test in compiled.conditions:
                test(value)


@pytest.mark.parametrize(("rule", "language", "text"), cases("bad"))
def test_bad_example_is_found_in_a_large_file(
    rule: Rule, language: str, text: str
) -> None:
    """Of large files only the functions are evaluated that hold a word of a rule."""
    comment = "#" if language == "python" else "//"
    large = text + f"\n{comment} {'.' * SMALL}\n"
    name = file_name(rule, language)
    hits = search(large, FAMILIES[language])
    assert hits.words is not None
    found = evaluated(name, large, language, hits, Limits(), time.monotonic)
    assert rule.id in {finding.rule for finding in found.findings}
