"""Node reads back exactly the text that was quoted, and prettier has nothing to change."""

from __future__ import annotations

import json
import subprocess

import pytest
from goobits_engine._tables import Record
from goobits_engine.languages.nodejs import _literal as literal
from hypothesis import given, settings
from hypothesis import strategies as st

from .toolchain import tool

pieces = st.sampled_from(
    [
        *"a b'\"\\`$\n{}ßéЖ",
        *"\x00\x01\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u3164\ufeff\U000e0067",
        *("日本", "ひら", "カナ", "한국", "Ａ", "ｱ", "ﾞ", "𠀀", "㊗", "〰", "Ω"),
        *("e\u0301", "\u200d", "\ufe0f", "1\ufe0f\u20e3", "🇩🇪", "🧰", "👩\u200d💻"),
        *("©", "™️", "🏳️‍🌈", "👍🏽", "עברית", "العربية", "word ", "${", "\\u{41}", "*/"),
    ]
)
texts = st.builds("".join, st.lists(pieces, max_size=70))
labels = st.builds("".join, st.lists(st.sampled_from("abc déß日🧰"), max_size=30))
fields = st.fixed_dictionaries(
    {"long": labels},
    optional={
        "env": texts,
        "short": labels,
        "deprecated": texts,
        "choices": st.lists(labels, min_size=1, max_size=6).map(tuple),
        "aliases": st.lists(texts, min_size=1, max_size=2).map(tuple),
        "maximum": st.integers(-1, 9),
        "path_exists": st.just(True),
    },
)
options = fields.map(lambda made: Record("Option", tuple(made.items())))


@pytest.fixture(scope="module")
def node() -> str:
    """Return the path of Node."""
    return tool("node")


@pytest.fixture(scope="module")
def prettier() -> str:
    """Return the path of prettier."""
    return tool("prettier")


def output(command: list[str], source: str) -> str:
    """Return what a command prints when it reads `source`."""
    done = subprocess.run(
        command, input=source.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def evaluated(node: str, expressions: list[str]) -> object:
    """Return the values of JavaScript expressions."""
    values = ",\n".join(expressions)
    script = f'"use strict"; console.log(JSON.stringify([{values}]));'
    return json.loads(output([node, "-"], script))


def formatted(prettier: str, source: str) -> str:
    """Return what prettier makes of a script."""
    return output([prettier, "--stdin-filepath", "cli.cjs"], source)


def nested(record: Record, depth: int) -> Record:
    """Return a record as far below another as commands may be."""
    for _ in range(depth):
        record = Record("Command", (("name", "x"), ("commands", (record,))))
    return record


@settings(max_examples=10, deadline=None)
@given(st.lists(texts, min_size=100, max_size=300))
def test_node_reads_back_every_text(node: str, written: list[str]) -> None:
    """One wrong escape, and a page or a choice is another one."""
    assert evaluated(node, [literal.text(text) for text in written]) == written
    assert evaluated(node, [literal.block(text) for text in written]) == written


@settings(max_examples=10, deadline=None)
@given(st.lists(texts, min_size=100, max_size=300))
def test_json_is_read_back(written: list[str]) -> None:
    """A manifest that is no JSON is refused by npm."""
    assert json.loads(f"[{','.join(map(literal.json, written))}]") == written


@given(texts)
def test_source_shows_no_invisible_character(written: str) -> None:
    """Text that displays in another order than it runs has no place in source code."""
    hidden = set("\x00\x01\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u3164\ufeff")
    spelled = [literal.text(written), literal.json(written), literal.visible(written)]
    assert not hidden & set("".join([*spelled, literal.block(written)]))


@settings(max_examples=8, deadline=None)
@given(st.lists(options, min_size=30, max_size=60), st.integers(0, 25))
def test_tables_are_a_fixed_point_of_prettier(
    prettier: str, made: list[Record], depth: int
) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    tables = [tuple(made[1:]), nested(made[0], depth)]
    source = "".join(
        f"const TABLE_{place} ={literal.assigned(table, f'TABLE_{place}')};\n"
        for place, table in enumerate(tables)
    )
    assert formatted(prettier, source) == source


@settings(max_examples=8, deadline=None)
@given(st.lists(texts, min_size=30, max_size=100))
def test_texts_are_a_fixed_point_of_prettier(prettier: str, written: list[str]) -> None:
    """The same, for what stands in a constant or in a template literal."""
    source = "".join(
        f"const T{place} ={literal.assigned(text, f'T{place}')};\n"
        f"const B{place} = {literal.block(text)};\n"
        for place, text in enumerate(written)
    )
    assert formatted(prettier, source) == source


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (("größe", "日本"), '["größe", "日本"]'),
        (("🧰" * 18, "🧰" * 18), r'"\u{1f9f0}'),
        (("🧰", "x" * 80), '"🧰"'),
    ],
)
def test_only_a_doubtful_width_is_escaped(
    choices: tuple[str, ...], expected: str
) -> None:
    """Versions of prettier disagree about emoji; readers still want to see them."""
    record = Record("Option", (("choices", choices),))
    spelled = literal.value(record, 0)
    assert expected in spelled


@pytest.mark.parametrize(
    ("name", "expected"),
    [("demo", "demo"), ("U1", "U1"), ("demo ask", '"demo ask"'), ("a-b", '"a-b"')],
)
def test_key_is_quoted_where_it_must_be(name: str, expected: str) -> None:
    """The formatter takes any other quotes away."""
    assert literal.key(name) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [("max_tokens", "maxTokens"), ("on_config_get", "onConfigGet"), ("a__b", "aB")],
)
def test_key_becomes_camel_case(key: str, expected: str) -> None:
    """Hooks destructure these names."""
    assert literal.camel(key) == expected
