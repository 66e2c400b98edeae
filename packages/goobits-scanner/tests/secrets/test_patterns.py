"""The table: each pattern finds its own and nothing that only looks like it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from goobits_scanner._finding import Severity
from goobits_scanner._secrets import KEYWORDS, PATTERNS, scan_text
from goobits_scanner._secrets._patterns import INNER, NEAR, OTHERS, TOKENS
from goobits_scanner._secrets._table import compiled

Example = tuple[str, str]
Fill = Callable[[str, int], str]

BODY = re.compile(r"\{[^{}]*:\d+\}|\{uuid\}|\{jwt\}|\{basic\}|\{password\}")
# Found by tests of their own: they lie on many lines or in files of a certain name.
APART = {"private-key", "encoded-private-key", "putty-private-key", "password-hash"}


def found(line: str, name: str = "app.cfg") -> set[str]:
    return {secret.pattern for secret in scan_text(name, line)}


def test_each_pattern_is_found_by_itself(example: Example, fill: Fill) -> None:
    """A token that its own pattern misses, or that another claims first, gets a wrong name."""
    pattern, template = example
    for seed in range(1, 6):
        line = fill(template, seed)
        assert pattern in found(line), line


STAND_INS = {
    "x": lambda size: "x" * size,
    "X": lambda size: "X" * size,
    "zero": lambda size: "0" * size,
    "sequence": lambda size: ("0123456789abcdefghijklmnopqrstuvwxyz" * 30)[:size],
    "words": lambda size: ("your-token-here-" * 40)[:size],
    "angle": lambda size: "<token>",
    "variable": lambda size: "${TOKEN}",
    "braces": lambda size: "{{ token }}",
    "changeme": lambda size: "changeme",
    "stars": lambda size: "*" * size,
}


@pytest.mark.parametrize("stand_in", STAND_INS)
def test_stand_ins_are_no_secrets(example: Example, stand_in: str) -> None:
    """Documentation is full of these; reporting them teaches people to look away."""

    def replace(match: re.Match[str]) -> str:
        size = re.search(r":(\d+)", match[0])
        return STAND_INS[stand_in](int(size[1]) if size else 36)

    pattern, template = example
    if not BODY.search(template):
        pytest.skip("the example has no random part")
    line = BODY.sub(replace, template)
    assert pattern not in found(line), line


def test_shorter_than_the_vendor_makes_them_is_no_token(
    example: Example, fill: Fill
) -> None:
    """A prefix and a few letters is an identifier or an abbreviation in prose."""
    pattern, template = example
    short = re.sub(
        r":(\d+)\}", lambda size: f":{max(int(size[1]) // 6, 1)}}}", template
    )
    short = short.replace("{uuid}", "{hex:8}").replace("{jwt}", "{word:20}")
    if short == template or pattern.endswith("-assignment"):
        pytest.skip("any length will do")
    assert pattern not in found(fill(short, 3))


def test_wrong_alphabet_is_no_token(example: Example, fill: Fill) -> None:
    """A text with spaces and dots after a prefix is prose."""
    pattern, template = example
    line = BODY.sub("of the. first, and of: the (second) kind", template)
    assert line == template or pattern not in found(line)


def test_every_pattern_has_an_example(examples: list[Example]) -> None:
    """A pattern without one would rot unseen."""
    ids = [pattern.id for pattern in PATTERNS]
    assert len(ids) == len(set(ids)) >= 215
    assert {id for id, _ in examples} | APART == set(ids)


def test_keywords_are_selective_and_in_lower_case() -> None:
    """A keyword of a letter or two would hit everywhere; one in upper case never."""
    assert all(len(word) >= 3 and word == word.lower() for word in KEYWORDS)
    assert len(set(KEYWORDS)) == len(KEYWORDS)


def test_table_holds_literals_alone() -> None:
    """The table is loaded at every start: work in it would be paid every time."""
    for rows in (TOKENS, INNER, NEAR, OTHERS):
        for row in rows:
            assert [type(value) for value in row] == [str, str, str, str, float]


def test_importing_compiles_no_pattern_of_the_table() -> None:
    """Compiling all takes a tenth of a second, and most scans need a handful."""
    program = (
        "from goobits_scanner._secrets import _table, scan_text\n"
        "assert not _table._compiled\n"
        "scan_text('a.py', 'x = 1')\n"
        "assert not _table._compiled\n"
    )
    environment = dict(os.environ, PYTHONWARNINGS="error")
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


ADVERSARIAL = (
    "{0}" * 400,
    "{0}" + "a" * 6000,
    "{0}" + "A1" * 3000,
    "{0}" + "-" * 6000,
    "{0} = " + " " * 6000,
    "{0}" + "=" * 6000,
    "{0}" + "a.b:" * 1500,
    "{0}" + "://a:" * 1200,
    "a" * 6000 + "{0}",
    "{0}" + "abcdefgh " * 700,
)


def test_no_expression_takes_long_on_hostile_text() -> None:
    """A repetition within a repetition would let one crafted line stop a scan."""
    for index, pattern in enumerate(PATTERNS):
        if pattern.kind == "assignment":
            continue
        expression = compiled(index)
        for shape in ADVERSARIAL:
            text = shape.replace("{0}", pattern.keywords[0])
            start = time.process_time()
            expression.search(text)
            assert time.process_time() - start < 1.0, (pattern.id, shape)


def test_hostile_repetition_of_keywords_takes_linear_time() -> None:
    """Every hit costs a look, so what a look costs must not grow with the file."""
    for word in KEYWORDS:
        for shape in ("{0}", "{0}=", "{0} ", '{0}":"', "a1b2c3d4{0}"):
            text = shape.replace("{0}", word) * 200
            start = time.process_time()
            scan_text("a.py", text)
            assert time.process_time() - start < 1.0, (word, shape)


def test_vendor_tokens_are_medium_and_test_keys_low(
    examples: list[Example], fill: Fill
) -> None:
    """A test key opens nothing; a live one does."""
    templates = dict(examples)
    (live,) = scan_text("a.py", fill(templates["stripe-key"], 1))
    (test,) = scan_text("a.py", fill(templates["stripe-test-key"], 1))
    assert (live.severity, test.severity) == (Severity.MEDIUM, Severity.LOW)
