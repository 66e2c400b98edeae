"""When a file counts as one that could not be parsed."""

from __future__ import annotations

import pytest
from goobits_scanner._languages._parsing import parse, problem_of
from goobits_scanner._languages.python import language


def problem(code: str) -> str:
    tree = parse(code.encode(), language(), lambda: False)
    assert tree is not None
    return problem_of(tree.root_node)


@pytest.mark.parametrize(
    "code",
    [
        "f(a)\n" * 50,
        "x = = 1\n" + "f(a)\n" * 60,
        "def f(:\n  a\n" + "x = 1\n" * 100,
        "f(a)\n" * 100 + "}{)(@$\n",
        "print 'a'\nexec 'b'\nraise A, 'b'\n" * 20,
        "try:\n  pass\nexcept A, e:\n  print e\n" * 20,
    ],
)
def test_one_mistake_leaves_a_file_readable(code: str) -> None:
    """What the grammar does not know must not be a finding of its own."""
    assert problem(code) == ""


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("}{)(@$" * 1000, 1),
        ("}{)(@#$\n" * 1000, 1),
        ("f(a)\n" * 3 + "}{)(@$\n" * 100, 4),
        ("this is prose, is it not?\n" * 50, 1),
        ("if a:\n" + "    }{ )( $ $\n" * 100, 2),
    ],
)
def test_what_is_mostly_unreadable_is_said_to_be(code: str, line: int) -> None:
    """A file that could not be parsed is a finding, never silence."""
    assert problem(code).startswith("it could not be parsed from line")
    assert int(problem(code).split()[-2]) <= line
