"""The tables that are scanned with, and the rules that they are made of."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from goobits_scanner._rules._patterns import compile_pattern
from goobits_scanner._rules._tables import tables
from goobits_scanner._rules._traits import TRAITS

WRITER = Path(__file__).parents[1] / "write_tables.py"


@pytest.mark.parametrize("language", ["python", "javascript", "rust"])
def test_table_is_what_the_rules_say(language: str) -> None:
    """A rule that was changed and not written again would not be scanned with."""
    writer = runpy.run_path(str(WRITER))
    written = writer["FOLDER"] / f"_table_{language}.py"
    assert written.read_text("utf-8") == writer["table_text"](language), (
        "run packages/goobits-scanner/write_tables.py"
    )


@pytest.mark.parametrize("language", ["python", "javascript", "rust"])
def test_what_is_asked_of_a_file_can_be_told_of_it(language: str) -> None:
    """A trait without a pattern would silence the rules that ask for it."""
    asked = {
        trait.removeprefix("with-")
        for rule in tables()
        for text in rule.patterns.get(language, ())
        for trait in compile_pattern(text).traits
    }
    assert asked == {
        trait for trait, patterns in TRAITS.items() if language in patterns
    }
