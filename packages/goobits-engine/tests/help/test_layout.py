"""Paragraphs and rows of a help page, counted in cells."""

from itertools import pairwise

import pytest
from goobits_engine._help._cells import cells
from goobits_engine._help._layout import NO_BREAK, Cell, column, table, wrap
from goobits_engine._help._markup import COMMAND, styled
from hypothesis import given
from hypothesis import strategies as st

words = st.text(
    st.sampled_from("abcxyz-é日本🧰\u0301") | st.sampled_from("0123456789"),
    min_size=1,
    max_size=12,
)
paragraphs = st.lists(words, min_size=1, max_size=20)
widths = st.integers(min_value=1, max_value=40)


def test_line_takes_every_word_that_fits() -> None:
    """Greedy wrapping is the rule: a line of exactly the width is full, not over."""
    assert wrap("aa bb cc dd", 5) == ["aa bb", "cc dd"]
    assert wrap("aa bb cc dd", 4) == ["aa", "bb", "cc", "dd"]


def test_wide_characters_count_as_two() -> None:
    """Four Japanese characters and a space do not fit into eight cells."""
    assert wrap("日本 日本", 9) == ["日本 日本"]
    assert wrap("日本 日本", 8) == ["日本", "日本"]


def test_word_longer_than_the_width_overflows_alone() -> None:
    """A path or an address that is cut can no longer be copied."""
    assert wrap("see https://example.org now", 6) == [
        "see",
        "https://example.org",
        "now",
    ]


def test_newline_breaks_and_an_empty_line_stays() -> None:
    """The author's paragraphs are kept."""
    assert wrap("a\n\nb c", 80) == ["a", "", "b c"]


def test_indented_line_is_kept_however_long() -> None:
    """A line that begins with a space is an example to be copied."""
    assert wrap("Say:\n  one two  three\nor four", 6) == [
        "Say:",
        "  one two  three",
        "or",
        "four",
    ]


def test_note_is_one_word() -> None:
    """`[default: a b]` torn in two lines reads as two notes."""
    note = f"[default:{NO_BREAK}a{NO_BREAK}b]"
    assert wrap(f"Which {note}", 15) == ["Which", "[default: a b]"]


def test_no_break_counts_as_the_space_that_it_becomes() -> None:
    """Otherwise a note would stand one cell over the edge."""
    note = f"[a:{NO_BREAK}b]"
    assert wrap(f"x{NO_BREAK}y {note}", 10) == ["x y [a: b]"]


def test_line_broken_at_several_spaces_has_none_at_its_ends() -> None:
    """Trailing spaces fail many a lint, and leading ones look like an example."""
    assert wrap("aaa   bbb", 4) == ["aaa", "bbb"]
    assert wrap("  kept  ", 80) == ["  kept"]


def test_empty_text_is_one_empty_line() -> None:
    """A blank paragraph keeps its place on the page."""
    assert wrap("", 10) == [""]


@given(paragraphs, widths)
def test_wrap_loses_no_word(some: list[str], width: int) -> None:
    """Whatever the width, the words are all there and in order."""
    assert " ".join(wrap(" ".join(some), width)).split(" ") == some


@given(paragraphs, widths)
def test_only_a_single_word_is_wider_than_the_width(
    some: list[str], width: int
) -> None:
    """A line over the edge is one that could not be broken."""
    lines = wrap(" ".join(some), width)
    assert all(cells(line) <= width or " " not in line for line in lines)


@given(paragraphs, widths)
def test_wrap_is_greedy(some: list[str], width: int) -> None:
    """The first word of a line had no room on the line before."""
    lines = wrap(" ".join(some), width)
    for line, following in pairwise(lines):
        first = following.partition(" ")[0]
        assert cells(line) + 1 + cells(first) > width


def test_column_begins_past_the_widest_left_cell() -> None:
    """Two spaces before the left cell and two after it."""
    assert column([Cell("ab"), Cell("abcdef"), Cell("日本")]) == 10


def test_column_heeds_left_cells_of_at_most_26() -> None:
    """One long command must not push all descriptions to the right."""
    assert column([Cell("a" * 26), Cell("b")]) == 30
    assert column([Cell("a" * 27), Cell("b")]) == 5


def test_column_without_any_fitting_cell_is_the_smallest() -> None:
    """A page of nothing but long rows still has a column."""
    assert column([]) == 4
    assert column([Cell("a" * 27)]) == 4


def test_column_ignores_colour_markers() -> None:
    """A coloured page has the layout of a plain one."""
    assert column([Cell(styled(COMMAND, "copy"))]) == column([Cell("copy")])


def test_description_begins_at_the_column_and_wraps_under_itself() -> None:
    """Descriptions read as a block of their own."""
    assert table([Cell("ab", "one two"), Cell("c", "x")], 8, 13) == [
        "  ab    one",
        "        two",
        "  c     x",
    ]


def test_overlong_left_cell_has_its_line_alone() -> None:
    """Its description goes to the next line, at the column of the others."""
    assert table([Cell("abcdef", "what"), Cell("g", "x")], 6, 20) == [
        "  abcdef",
        "      what",
        "  g   x",
    ]


def test_left_cell_keeps_two_cells_to_its_description() -> None:
    """One space of gap would read as one text."""
    assert table([Cell("ab", "x")], 6, 20) == ["  ab  x"]
    assert table([Cell("abc", "x")], 6, 20) == ["  abc", "      x"]


def test_rows_have_no_trailing_spaces() -> None:
    """A row without a description, and a blank line within one, end at once."""
    assert table([Cell("ab"), Cell("c", "x\n\ny")], 6, 20) == [
        "  ab",
        "  c   x",
        "",
        "      y",
    ]


@pytest.mark.parametrize("text", ["aaa ", "aaa \nb", "aaa   \nbbb  "])
def test_spaces_at_the_end_of_a_line_make_no_empty_line(text: str) -> None:
    """Quoted texts of a YAML keep theirs."""
    assert wrap(text, 3) == [line.rstrip() for line in text.split("\n")]
