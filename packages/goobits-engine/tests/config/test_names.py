"""Names, keys of hooks, and suggestions."""

import pytest
from goobits_engine._config import _names as names
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize("text", ["a", "A1", "dry-run", "exclude_vms", "x-", "x__y"])
def test_name_is_accepted(text: str) -> None:
    """The grammar keeps underscores and dashes as they are."""
    assert names.is_name(text)


@pytest.mark.parametrize(
    "text", ["", "1a", "-a", "_a", "é", "a b", "a.b", "a\n", "а", "a\u202eb", "ａ"]
)
def test_name_outside_the_grammar_is_refused(text: str) -> None:
    """Look-alikes and direction marks in a name would deceive who types it."""
    assert not names.is_name(text)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("src/a.py", True),
        ("./a.py", True),
        ("a", True),
        ("/a", False),
        ("~/a", False),
        ("a/../b", False),
        ("..", False),
        ("a/", False),
        ("a\\b", False),
        ("C:/a", False),
        ("", False),
        (".", False),
        ("...", True),
    ],
)
def test_path_stays_below_its_folder(text: str, fits: bool) -> None:
    """A configuration must not make build write outside of its output folder."""
    assert names.is_path(text) is fits


@pytest.mark.parametrize(
    ("left", "right", "camel", "same"),
    [
        ("dry_run", "dryRun", True, True),
        ("dry_run", "dryRun", False, False),
        ("class", "class_", False, True),
        ("a_1", "a1", True, True),
        ("ab", "a_b", True, False),
    ],
)
def test_keys_that_a_language_spells_alike_fold_together(
    left: str, right: str, camel: bool, same: bool
) -> None:
    """Two values under one key would hide each other from the hook."""
    folded = names.folded_key(left, camel=camel), names.folded_key(right, camel=camel)
    assert (folded[0] == folded[1]) is same


@pytest.mark.parametrize(
    ("word", "candidates", "found"),
    [
        ("opions", ["options", "opinions"], "options"),
        ("nmae", ["name"], "name"),
        ("x", ["y"], ""),
        ("ab", ["cd"], ""),
        ("abc", ["abd", "abe"], "abd"),
        ("Run", ["run"], "run"),
        ("configure", ["config"], ""),
    ],
)
def test_nearest_follows_the_contract(
    word: str, candidates: list[str], found: str
) -> None:
    """Build and runtime must suggest by one rule."""
    assert names.nearest(word, candidates) == found


@given(st.text(max_size=6), st.lists(st.text(max_size=6), max_size=5))
def test_nearest_is_a_candidate_within_its_limit(word: str, others: list[str]) -> None:
    """A suggestion that is not one of the words would send people astray."""
    found = names.nearest(word, others)
    assert found in ("", *others)
    if word in others:
        assert found == word


@pytest.mark.parametrize("word", ["opts", "opt", "options"])
def test_abbreviated_key_is_understood(word: str) -> None:
    """People shorten keys more often than they misspell them."""
    assert names.nearest_key(word, ["desc", "options"]) == "options"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a", "'a'"),
        ("a\x1b[31m", "'a\\x1b[31m'"),
        ("\u202ex", "'\\u202ex'"),
        ("\x85", "'\\x85'"),
        ("é👍", "'é👍'"),
    ],
)
def test_quoted_text_is_harmless_on_a_terminal(text: str, quoted: str) -> None:
    """A configuration of a stranger must not steer the terminal that checks it."""
    assert names.quote(text) == quoted


def test_long_text_is_cut_in_quotes() -> None:
    """A message stays a line however long the mistake is."""
    assert len(names.quote("x" * 1000)) == 62
