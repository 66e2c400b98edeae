"""What a guest may show on a terminal."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from goobits_sandbox import TerminalFilter, _terminal
from hypothesis import example, given
from hypothesis import strategies as st

SGR = re.compile(rb"\x1b\[[0-9;:]{0,64}m")
PIECES = st.sampled_from(
    [
        b"\x1b",
        b"[",
        b"]",
        b"0",
        b";",
        b"m",
        b"\x07",
        b"\\",
        b"P",
        b"\xc2",
        b"\x9b",
        b"\xc2\x9d",
        b"\x1b[31m",
        b"\x1b[0m",
        b"text",
        b"\n",
        b"\r",
        b"\xe2\x80\xae",
        b"\x18",
        b" ",
        b"?25l",
        b"\x1b]0;t\x07",
        b"\x1b]52;c;",
        b"(",
        b"k",
        "é".encode(),
        b"\xff",
        b"9" * 70,
        b" " * 4095,
    ]
)
OUTPUTS = st.lists(PIECES | st.binary(max_size=8), max_size=24).map(b"".join)


def shown(*pieces: bytes) -> bytes:
    terminal = TerminalFilter()
    return b"".join([*map(terminal.feed, pieces), terminal.finish()])


@pytest.mark.parametrize(
    "text",
    [
        "plain\n",
        "tab\tand\r\n",
        "\x1b[1;31mred\x1b[0m",
        "\x1b[38:2::1:2:3mx\x1b[m",
        "日本語 é 👩\u200d💻",
        "a\u200cb",
        "",
    ],
)
def test_text_and_colours_pass_as_they_are(text: str) -> None:
    """A tool's own words and colours are what its user asked for."""
    assert shown(text.encode()) == text.encode()


@pytest.mark.parametrize(
    "attack",
    [
        b"\x1b]0;title\x07",
        b"\x1b]2;title\x1b\\",
        b"\x1b]52;c;cm0gLXJm\x07",
        b"\x1b]8;;http://evil.example\x1b\\",
        b"\xc2\x9d0;title\xc2\x9c",
        b"\x1b[2J",
        b"\x1b[1;1H",
        b"\x1b[A",
        b"\x1b[6n",
        b"\x1b[c",
        b"\x1b[?1049h",
        b"\x1b[?25l",
        b"\x1b[>4;2m",
        b"\x1b[ m",
        b"\x1b[" + b"1" * 65 + b"m",
        b"\xc2\x9b2J",
        b'\x1bP$q"p\x1b\\',
        b"\xc2\x90+q\xc2\x9c",
        b"\x1b_apc\x1b\\",
        b"\x1b^pm\x1b\\",
        b"\x1bXsos\x1b\\",
        b"\x1bktitle\x1b\\",
        b"\x1b(0",
        b"\x1b#8",
        b"\x1bc",
        b"\x1b7",
        b"\x1bZ",
        b"\x07",
        b"\x08",
        b"\x0e",
        b"\x0b\x0c",
        b"\x00",
        b"\x05",
        b"\x7f",
        b"\xc2\x85",
        "\u202e".encode(),
        "\u2066".encode(),
        "\u200e".encode(),
        "\u2028".encode(),
        "\u200b".encode(),
        "\ufeff".encode(),
        "\U000e0041".encode(),
    ],
)
def test_what_a_terminal_would_obey_is_dropped_whole(attack: bytes) -> None:
    """Nothing of it may be left, also when each byte comes by itself, nor its neighbours go."""
    whole = b"before" + attack + b"after"
    assert shown(whole) == b"beforeafter"
    assert shown(*(whole[at : at + 1] for at in range(len(whole)))) == b"beforeafter"


def test_byte_that_is_no_utf8_is_replaced() -> None:
    """A C1 control as one byte would be obeyed by a terminal that is set to 8 bits."""
    assert shown(b"a\x9b2Jb") == "a\ufffd2Jb".encode()
    assert shown(b"a\xc3", b"b") == "a\ufffdb".encode()
    assert shown(b"a\xc3") == "a\ufffd".encode()


@pytest.mark.parametrize("opening", [b"\x1b]0;", b"\x1bP", b"\x1b[", b"\x1b("])
def test_sequence_without_an_end_swallows_no_more_than_its_share(
    opening: bytes,
) -> None:
    """Otherwise one byte could keep all that follows from being seen."""
    swallowed = shown(opening + b"0" * 5000 + b"\nseen")
    assert swallowed.endswith(b"\nseen")
    assert shown(opening + b" " * 5000 + b"\nseen").endswith(b"\nseen")


def test_colours_left_on_are_turned_off_at_the_end() -> None:
    """The next prompt is not the guest's to paint."""
    assert shown(b"\x1b[31mred") == b"\x1b[31mred\x1b[m"
    assert shown(b"\x1b[31mred\x1b[0m") == b"\x1b[31mred\x1b[0m"


def test_filter_starts_anew_after_its_end() -> None:
    """What was open in one output must not swallow the next."""
    terminal = TerminalFilter()
    terminal.feed(b"\x1b]0;open")
    terminal.finish()
    assert terminal.feed(b"seen") == b"seen"


@given(OUTPUTS, st.data())
def test_how_output_is_cut_never_matters(output: bytes, data: st.DataObject) -> None:
    """Pipes cut where they like, and a guest chooses where."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(output)), max_size=8)))
    bounds = [0, *cuts, len(output)]
    pieces = [output[a:b] for a, b in pairwise(bounds)]
    assert shown(*pieces) == shown(output)


@given(OUTPUTS)
@example(b"\x1b\x1b[31m")
@example(b"\x1b]\xc2\x9b31m")
def test_only_text_and_well_formed_colours_come_out(output: bytes) -> None:
    """Whatever goes in, the terminal is told nothing but text and colours."""
    rest = SGR.sub(b"", shown(output)).decode()
    assert not [char for char in rest if char not in "\t\n\r" and ord(char) < 0x20]
    assert not [char for char in rest if 0x7F <= ord(char) < 0xA0]
    assert not set(rest) & set("\u202a\u202e\u2066\u2069\u200b\u2028\ufeff")


def test_no_character_that_is_dropped_prints() -> None:
    """Text without them is passed without a look at each character."""
    assert not [code for code in _terminal._HIDDEN if chr(code).isprintable()]


@given(OUTPUTS)
def test_what_passed_once_passes_again(output: bytes) -> None:
    """Output may be filtered twice on its way, by a tool and by the one that runs it."""
    assert shown(shown(output)) == shown(output)
