"""Markup of the YAML becomes markers; every other bracket is text."""

import pytest
from goobits_engine._help._markup import (
    BOLD,
    COMMAND,
    DIM,
    END,
    plain,
    resolve,
    styled,
)
from hypothesis import given
from hypothesis import strategies as st

COLOURS = "black red green yellow blue magenta cyan white".split()
OTHERS = ["italic", "underline", "color(0)", "color(255)", "#a0B1c2"]
TAGS = {
    "bold": BOLD,
    "dim": DIM,
    **dict.fromkeys([*COLOURS, *OTHERS], COMMAND),
}


@pytest.mark.parametrize(("tag", "marker"), TAGS.items())
@pytest.mark.parametrize("named", [True, False])
def test_tag_becomes_a_marker(tag: str, marker: str, named: bool) -> None:
    """Both ways to close a tag, by its name and by `[/]`, mean the same."""
    close = f"[/{tag}]" if named else "[/]"
    assert resolve(f"a [{tag}]b c{close} d") == f"a {marker}b c{END} d"


@pytest.mark.parametrize(
    "text",
    [
        "[OPTIONS]",
        "[COMMAND] [<PROMPT>...]",
        "[/]",
        "[/bold]",
        "[bold]",
        "[bold]never closed",
        "[link]x[/link]",
        "[Bold]x[/Bold]",
        "[BOLD]x[/]",
        "[bold red]x[/]",
        "[#12345]x[/]",
        "[#12345g]x[/]",
        "[color(1234)]x[/]",
        "[color()]x[/]",
        "[bold]x[/dim]",
        "list[0] = [1, 2][/etc]",
    ],
)
def test_any_other_bracket_is_text(text: str) -> None:
    """Usage lines, code and paths are full of brackets that style nothing."""
    assert resolve(text) == text
    assert plain(text) == text


def test_tags_do_not_nest() -> None:
    """A tag inside another is text, and the first `[/]` ends the outer one."""
    assert resolve("[bold]a[red]b[/]c[/]") == f"{BOLD}a[red]b{END}c[/]"
    assert plain("[bold][dim]a[/dim][/bold]") == "[dim]a[/dim]"


def test_tags_side_by_side_end_each_at_their_own_close() -> None:
    """A tag takes as little as it can."""
    assert resolve("[dim]a[/][bold]b[/bold]") == f"{DIM}a{END}{BOLD}b{END}"


def test_tag_reaches_over_a_newline() -> None:
    """A styled paragraph of two lines is common in YAML blocks."""
    assert resolve("[dim]a\nb[/]") == f"{DIM}a\nb{END}"


def test_metavars_within_a_tag_are_kept() -> None:
    """`[bold]copy [OPTIONS][/bold]` styles a usage line."""
    assert plain("[bold]copy [OPTIONS][/bold]") == "copy [OPTIONS]"


def test_empty_text_has_no_marker() -> None:
    """An escape sequence around nothing is noise in a terminal."""
    assert styled(BOLD, "") == ""
    assert resolve("a[bold][/]b") == "ab"


def test_styled_text_stands_between_its_marker_and_the_end() -> None:
    """Runtimes know a style by exactly these two characters."""
    assert styled(DIM, "x") == "\x06x\x07"


@given(st.sampled_from(sorted(TAGS)), st.text("ab [OPT]\n", min_size=1))
def test_plain_takes_away_exactly_the_tags(tag: str, text: str) -> None:
    """Manifests and hook docstrings show what a reader would see."""
    assert plain(f"<[{tag}]{text}[/{tag}]>") == f"<{text}>"


@given(st.text(st.characters(min_codepoint=0x20).filter(lambda one: one != "[")))
def test_text_without_brackets_stays(text: str) -> None:
    """Only a tag is ever changed."""
    assert resolve(text) == plain(text) == text


def test_spaces_at_the_end_of_a_tag_stay_outside_of_it() -> None:
    """A line may end there, and no line ends in a space."""
    assert resolve("[bold]a  [/]b") == "\x01a\x07  b"
