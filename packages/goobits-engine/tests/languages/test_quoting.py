"""Whole texts are quoted at once, and exactly as character by character."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from goobits_engine.languages import _toml, _widths
from goobits_engine.languages._quoting import Escapes, invisible
from goobits_engine.languages._widths import least_width, most_width, uncertain
from goobits_engine.languages.nodejs import _literal as node
from goobits_engine.languages.python import _literal as python
from goobits_engine.languages.rust import _literal as rust
from hypothesis import given
from hypothesis import strategies as st

ANY = st.characters(exclude_categories=())
PECULIAR = st.sampled_from("\"'`\\$*{}\n\r\t \x1b\x7f\xa0\xad\u202e\u3164\ufeff日🧰é")
ENDS = ("", " ab", "é", "🧰", "🧰 b", "\x02", "日本 日本 日本", '"')
texts = st.text(PECULIAR | st.characters(max_codepoint=0x7F) | ANY, max_size=200)

Quote = Callable[[str], str]


def each(rule: Quote) -> Quote:
    """Return what applies a rule to every character of a text."""
    return lambda text: "".join(map(rule, text))


def shown(rule: Quote) -> Quote:
    """Return what applies a rule to characters that are invisible."""
    return each(lambda char: rule(char) if invisible(char) else char)


def python_block(text: str) -> str:
    """Quote a page for Python by the rule for a character."""
    body = each(lambda char: char if char == "\n" else python._escaped(char, ""))(text)
    return '"""\\\n' + body.replace('"""', '\\"\\"\\"') + '"""' if text else '""'


def node_inside(text: str) -> str:
    """Quote a page for JavaScript by the rule for a character."""

    def rule(char: str) -> str:
        return char if char == "\n" else node._escaped(char, "`", invisible)

    return each(rule)(text).replace("${", "\\${")


@pytest.mark.parametrize(
    ("whole", "by_character"),
    [
        (_toml.toml, lambda text: f'"{each(_toml._escaped)(text)}"'),
        (python.visible, each(lambda char: python._escaped(char, ""))),
        (python.block, python_block),
        (node.inside, node_inside),
        (node.visible, shown(lambda char: node._escaped(char, "", invisible))),
    ],
)
@given(text=texts)
def test_text_is_quoted_as_its_characters(
    whole: Quote, by_character: Quote, text: str
) -> None:
    """The rule for one character is what was thought about; the rest is only speed."""
    assert whole(text) == by_character(text)


@given(texts, st.sampled_from([invisible, uncertain]))
def test_each_rule_has_tables_of_its_own(text: str, escape: node.Escape) -> None:
    """What is escaped for one place must not be escaped for another."""
    json = each(lambda char: node._json_escaped(char, escape))(text)
    assert node.json(text, escape) == f'"{json}"'
    said = each(lambda char: rust._escaped(char, escape))(text)
    assert rust.text(text, escape) == f'"{said}"'
    quote = "'" if text.count('"') > text.count("'") else '"'
    said = each(lambda char: node._escaped(char, quote, escape))(text)
    assert node.text(text, escape) == f"{quote}{said}{quote}"
    said = each(lambda char: python._escaped(char, quote))(text)
    assert python.text(text) == f"{quote}{said}{quote}"


@given(texts.filter(lambda text: "://" not in text))
def test_rust_comment_is_spelled_as_its_characters(text: str) -> None:
    """What an editor would not show must be readable in a comment, too."""
    marked = rust._BLOCK.sub(r"\\\g<0>", text)
    rule = shown(lambda char: rust._escaped(char, invisible))
    assert rust.doc(text) == rule(marked)


def test_rule_is_asked_once_for_a_character() -> None:
    """A page has thousands of characters, and about eighty different ones."""
    asked: list[str] = []

    def rule(char: str) -> str:
        asked.append(char)
        return char.upper()

    table = Escapes(rule)
    assert ["banana".translate(table), "ban".translate(table)] == ["BANANA", "BAN"]
    assert asked == ["b", "a", "n"]


@given(texts)
def test_width_is_the_sum_of_its_characters(text: str) -> None:
    """Texts of ASCII are counted at once; others must not be taken for such."""
    widths = [_widths._width_of(char) for char in text]
    assert least_width(text) == sum(width or 0 for width in widths)
    assert most_width(text) == sum(2 if width is None else width for width in widths)


def cut(value: str, room: int, escape: node.Escape) -> list[str]:
    """Cut a text by counting every character."""
    chunks, start, space, used = [], 0, 0, 0
    for at, char in enumerate(value):
        width = most_width(rust._escaped(char, escape))
        while used + width > room:
            end = space if space > start else at
            chunks.append(rust.text(value[start:end], escape))
            start, used = end, most_width(rust.text(value[end:at], escape)) - 2
        used += width
        space = at + 1 if char == " " else space
    return [*chunks, rust.text(value[start:], escape)]


LINES = ["x" * length + end for length in range(40, 100) for end in ENDS]
"""Texts that about fill a line."""


@pytest.mark.parametrize("escape", [invisible, uncertain])
@pytest.mark.parametrize("indent", [0, 4, 40])
def test_rust_text_is_cut_where_its_characters_say(
    indent: int, escape: node.Escape
) -> None:
    """Most lines fit, and are not counted character by character."""
    spelling = rust._Spelling(most_width, escape)
    room = rust.LINE - (indent + 4) - len('"",')
    for text in LINES:
        assert spelling.chunks(text, indent) == cut(text, room, escape)


@pytest.mark.parametrize("kind", [str, rust.Lines])
def test_rust_value_is_spelled_as_if_always_counted_twice(
    kind: Callable[[str], str | rust.Lines],
) -> None:
    """Only other characters than ASCII can be counted in two ways."""
    for item in map(kind, LINES):
        narrow, wide = (
            rust._Spelling(width, invisible).value(item, 4, 9)
            for width in (least_width, most_width)
        )
        careful = rust._Spelling(most_width, uncertain).value(item, 4, 9)
        assert rust.spelled(item, 4, 9) == (narrow if narrow == wide else careful)
