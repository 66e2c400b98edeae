"""Which paths the patterns of `write` allow."""

from __future__ import annotations

import pytest
from goobits_sandbox import PolicyError
from goobits_sandbox._patterns import Patterns


@pytest.mark.parametrize(
    ("pattern", "path", "is_allowed"),
    [
        ("out", "out", True),
        ("out", "out/a/b", True),
        ("out/", "out/a", True),
        ("out", "output", False),
        ("out", "a/out", False),
        (".", "any/thing", True),
        ("*.txt", "a.txt", True),
        ("*.txt", "a/b.txt", False),
        ("*.txt", "a.txt/b", False),
        ("**/*.txt", "a.txt", True),
        ("**/*.txt", "a/b/c.txt", True),
        ("src/**/*.json", "src/a.json", True),
        ("src/**/*.json", "src/a/b.json", True),
        ("src/**/*.json", "other/a.json", False),
        ("?", "a", True),
        ("?", "ab", False),
        ("dist/**", "dist/a/b", True),
        ("*/out", "a/out/b", True),
        ("[a]", "a", False),
        ("[a]", "[a]", True),
    ],
)
def test_pattern_allows(pattern: str, path: str, is_allowed: bool) -> None:
    """A pattern that allows more than it says hands over what nobody granted."""
    assert Patterns.parse((pattern,)).allows(path) is is_allowed


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "..",
        "a/../b",
        "/etc",
        "a//b",
        "a/./b",
        "a\0b",
        "x" * 5000,
        "a**/b",
        ".envrc",
        "a/.vscode/x",
        ".git/config",
        ".git/hooks",
        ".GIT",
        "git~1",
    ],
)
def test_entry_that_makes_no_sense_is_refused(entry: str) -> None:
    """It says which value it is, so that the author finds it."""
    with pytest.raises(PolicyError) as caught:
        Patterns.parse((entry,))
    assert (caught.value.field, caught.value.value) == ("write", entry)


def test_hostile_pattern_is_quick() -> None:
    """A pattern of many stars must not take exponential time."""
    pattern = "*a" * 200 + "b"
    assert not Patterns.parse((pattern,)).allows("a" * 2000)
