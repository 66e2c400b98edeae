"""How many cells a text fills decides where every column begins."""

import pytest
from goobits_engine._help._cells import _cell, cells
from goobits_engine._help._markup import COMMAND, resolve, styled
from hypothesis import given
from hypothesis import strategies as st

printable_ascii = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E))


@pytest.mark.parametrize("text", ["日本語", "한국어", "ＡＢＣ", "、。「"])
def test_east_asian_characters_fill_two_cells(text: str) -> None:
    """A column beside Japanese, Korean or full-width text would be crooked."""
    assert cells(text) == 2 * len(text)


@pytest.mark.parametrize("text", ["ｱ", "é", "ß", "→", "ж", "…"])
def test_narrow_characters_outside_ascii_fill_one_cell(text: str) -> None:
    """Not all that is not ASCII is wide."""
    assert cells(text) == 1


@pytest.mark.parametrize("mark", ["\u0301", "\u20e3", "\u3099", "\u094d"])
def test_combining_marks_fill_no_cell(mark: str) -> None:
    """A decomposed letter is as wide as the composed one."""
    assert cells(f"a{mark}b") == 2


@pytest.mark.parametrize("text", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d"])
def test_format_characters_fill_no_cell(text: str) -> None:
    """Invisible characters from a copied text must not shift a column."""
    assert cells(f"a{text}") == 1


def test_emoji_selector_makes_a_narrow_character_wide() -> None:
    """A heart is text of one cell until U+FE0F asks for the picture."""
    assert (cells("❤"), cells("❤\ufe0f")) == (1, 2)


def test_emoji_selector_adds_nothing_to_a_wide_character() -> None:
    """A picture that is wide already stays two cells."""
    assert cells("🧰\ufe0f") == 2


def test_emoji_selector_counts_once() -> None:
    """A doubled selector does not make three cells."""
    assert cells("❤\ufe0f\ufe0f") == 2


def test_emoji_selector_alone_fills_no_cell() -> None:
    """With nothing before it there is nothing to widen."""
    assert cells("\ufe0fa") == 1


def test_keycap_fills_two_cells() -> None:
    """A keycap is a digit, a selector and an enclosing mark: one picture."""
    assert cells("1\ufe0f\u20e3") == 2


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧",
        "👩\u200d💻",
        "🏳\ufe0f\u200d🌈",
        "👩\u200d❤\ufe0f\u200d👨",
    ],
)
def test_joined_emoji_fill_the_cells_of_one(text: str) -> None:
    """A family is one picture however many people are in it."""
    assert cells(text) == 2


def test_joiner_swallows_only_the_next_character() -> None:
    """What stands after a joined picture counts again."""
    assert cells("👩\u200d💻ab") == 4


@pytest.mark.parametrize("tone", "🏻🏼🏽🏾🏿")
def test_skin_tone_fills_no_cell(tone: str) -> None:
    """A tone colours the hand before it."""
    assert cells(f"👍{tone}") == 2


def test_flag_fills_two_cells() -> None:
    """A flag is a pair of letters of one cell each."""
    assert cells("🇩🇪🇯🇵") == 4


@pytest.mark.parametrize("text", ["\x00", "\x1b", "\n", "\x7f", "\x85", "\x9f"])
def test_control_characters_fill_no_cell(text: str) -> None:
    """A terminal draws nothing for them, in ASCII or above it."""
    assert cells(f"a{text}b") == 2


def test_colour_markers_fill_no_cell() -> None:
    """A coloured page has the layout of a plain one."""
    assert cells(styled(COMMAND, "copy")) == 4
    assert cells(resolve("[bold]日本[/] [dim]x[/dim]")) == 6


def test_soft_neighbours_of_the_controls_fill_a_cell() -> None:
    """U+00A0 and `~` stand directly beside the controls and are not among them."""
    assert cells("~\u00a0") == 2


@given(printable_ascii, printable_ascii)
def test_ascii_adds_up(first: str, second: str) -> None:
    """Printable ASCII is one cell a character, on the fast way and the slow one."""
    assert cells(first + second) == cells(first) + cells(second)
    assert cells(first + "日" + second) == len(first) + 2 + len(second)


@given(st.text())
def test_cells_are_between_none_and_two_a_character(text: str) -> None:
    """No sequence of selectors and joiners counts a character more than twice."""
    assert 0 <= cells(text) <= 2 * len(text)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_is_counted_at_once_as_by_character(text: str) -> None:
    """Nearly all texts are ASCII, between markers that fill no cell."""
    assert cells(text) == sum(map(_cell, text))
