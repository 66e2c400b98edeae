"""Tests of texts that are made printable."""

from __future__ import annotations

import pytest
from goobits_scanner._output._printable import printable, well_formed, wrapped
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\rb\nc", "a\\x0db\\x0ac"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("a\u200bb", "a\\u200bb"),
        ("\U000e0101", "\\U000e0101"),
        ("\u3164", "\\u3164"),
        ("\udc80", "\\udc80"),
        ("naïve 日本", "naïve 日本"),
    ],
)
def test_what_steers_or_hides_is_escaped(text: str, shown: str) -> None:
    """Evidence is chosen by an attacker, who must not reach the terminal."""
    assert printable(text) == shown


@given(st.text(st.characters(codec=None)))
def test_printable_texts_stay_as_they_are(text: str) -> None:
    """Making a text printable twice must not garble it."""
    assert printable(printable(text)) == printable(text)
    assert printable(text).isprintable()


@given(st.text(st.characters(codec=None)))
def test_well_formed_texts_can_be_encoded(text: str) -> None:
    """A file name with half a character must not end the report."""
    well_formed(text).encode()


@given(st.text("ab ", max_size=300), st.integers(40, 100))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    """A word that is lost could be the one that matters."""
    lines = wrapped(text, width, "  ", more="  ")
    assert all(len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
