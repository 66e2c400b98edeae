"""Diagnostics as text, JSON and workflow commands."""

import json
import re
from pathlib import Path

import goobits_engine
import pytest
from goobits_engine._config import (
    CODES,
    Diagnostic,
    check,
    format_github,
    format_json,
    format_text,
    parse,
)
from goobits_engine._errors import ConfigError

from .documents import MINIMAL, with_command, with_option

FOUND = Diagnostic(
    "G012",
    "error",
    "unknown key 'opts' in command 'run'",
    "goobits.yaml",
    41,
    7,
    11,
    "      opts:",
    "did you mean 'options'?",
)


def test_text_is_the_documented_one() -> None:
    """People and scripts read this form: it is fixed to the byte."""
    assert format_text([FOUND]) == (
        "error[G012]: unknown key 'opts' in command 'run'\n"
        " --> goobits.yaml:41:7\n"
        "   |\n"
        "41 |       opts:\n"
        "   |       ^^^^\n"
        "help: did you mean 'options'?"
    )


def test_example_of_the_documentation_is_what_checking_gives() -> None:
    """The first example that anybody reads must be true."""
    found = check(with_command("opts:\n  - name: x"))
    assert format_text(found) == (
        "error[G012]: unknown key 'opts' in command 'run'\n"
        " --> goobits.yaml:5:7\n"
        "  |\n"
        "5 |       opts:\n"
        "  |       ^^^^\n"
        "help: did you mean 'options'?"
    )


def test_text_shows_the_other_place_of_a_clash() -> None:
    """A clash is mended by looking at both sides."""
    text = format_text(check(with_option("name: a", "name: a")))
    assert "note: first given here\n --> goobits.yaml:6:18" in text


def test_json_holds_everything() -> None:
    """An editor gets all that a terminal shows."""
    (found,) = json.loads(format_json([FOUND]))
    assert found == {
        "code": "G012",
        "severity": "error",
        "message": "unknown key 'opts' in command 'run'",
        "file": "goobits.yaml",
        "line": 41,
        "column": 7,
        "end_column": 11,
        "source": "      opts:",
        "help": "did you mean 'options'?",
        "related": [],
    }


def test_json_holds_related_places() -> None:
    """Both places of a clash are links in an editor."""
    (found,) = json.loads(format_json(check(with_option("name: a", "name: a"))))
    assert found["related"] == [{"line": 6, "column": 18, "label": "first given here"}]


def test_github_commands_are_escaped() -> None:
    """A comma in a file's name must not begin another property."""
    found = Diagnostic("G001", "warning", "50%\nx", "a,b:c.yaml", 1, 2, 3, "")
    assert format_github([found]) == (
        "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=G001::50%25%0Ax"
    )


def test_no_diagnostics_are_empty_output() -> None:
    """Silence is the sign that all is well."""
    assert format_text([]) == ""
    assert format_github([]) == ""
    assert json.loads(format_json([])) == []


@pytest.mark.parametrize("mark", ["\x1b", "\u202e", "\x9b"])
def test_source_line_cannot_steer_the_terminal(mark: str) -> None:
    """The mistake itself may be an escape sequence."""
    text = format_text(check(MINIMAL + f"x: '{mark}[31m'\n"))
    assert mark not in text


def test_choices_in_a_help_stay_on_one_line() -> None:
    """A choice may hold a newline; the help that lists it must not."""
    found = check(with_option('name: x, choices: ["a\\nb"], default: c'))
    assert [one.help for one in found] == ["choose from a\ufffdb"]


def test_very_long_line_is_cut_around_the_mistake() -> None:
    """A file on one line must not fill the screen, and the caret must still fit."""
    text = format_text(check("{" + "a: 1, " * 100 + "zz: 1, " + "a: 1, " * 100 + "}"))
    blocks = text.split("\n\n")
    assert all(len(line) < 180 for line in text.split("\n"))
    (block,) = (block for block in blocks if "'zz'" in block)
    source, carets = block.split("\n")[3:5]
    assert source[carets.index("^") :].startswith("zz: 1")


def test_error_prints_as_text() -> None:
    """A trace of an uncaught error shows the same as the command."""
    with pytest.raises(ConfigError) as caught:
        parse("a: 1\n")
    assert str(caught.value) == format_text(caught.value.diagnostics)
    assert caught.value.diagnostics == check("a: 1\n")


def test_every_code_is_described_once() -> None:
    """The table is what the documentation is made of."""
    assert all(re.fullmatch(r"G0\d\d", code) for code in CODES)
    assert len(set(CODES.values())) == len(CODES)


def test_every_code_in_the_sources_is_described() -> None:
    """A code that the documentation lacks cannot be looked up."""
    folder = Path(goobits_engine.__file__).parent
    sources = [path.read_text("utf-8") for path in folder.glob("**/_config/*.py")]
    used = {code for text in sources for code in re.findall(r"\"(G\d{3})\"", text)}
    assert used == set(CODES)
