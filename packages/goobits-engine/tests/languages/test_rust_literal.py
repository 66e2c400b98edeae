"""rustc reads back exactly the text that was quoted, and rustfmt has nothing to change."""

from __future__ import annotations

import subprocess

import pytest
from goobits_engine.languages._widths import most_width
from goobits_engine.languages.rust import _literal as literal
from goobits_engine.languages.rust._literal import Call, Code, Lines, Struct, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from .toolchain import tool

pieces = st.sampled_from(
    [
        *"a b'\"\\`$\n{}ßéЖ—…",
        *"\x00\x01\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u3164\ufeff\U000e0067",
        *("日本", "ひら", "カナ", "한국", "Ａ", "ｱ", "ﾞ", "𠀀", "㊗", "〰", "Ω", "│"),
        *("e\u0301", "\u200d", "\ufe0f", "1\ufe0f\u20e3", "🇩🇪", "🧰", "👩\u200d💻"),
        *("©", "™️", "🏳️‍🌈", "👍🏽", "עברית", "العربية", "لا", "हिन्दी", "ไทย"),
        *("word ", "{0}", "\\u{41}", "*/", "/*", "//", "///"),
    ]
)
texts = st.builds("".join, st.lists(pieces, max_size=70))
pages = st.lists(texts, max_size=6).map("\n".join).map(Lines)
labels = st.text("abc déß日🧰", max_size=30)
words = st.text("abc_", max_size=10)
codes = st.integers(1, 64).map(lambda length: Code(f"&{'A' * length}"))


def several(elements: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Return arrays, many of them short."""
    short = st.lists(elements, min_size=1, max_size=3)
    return st.one_of(short, st.lists(elements, min_size=1, max_size=40)).map(tuple)


values = st.one_of(
    texts,
    labels,
    st.integers(1, 200).map(lambda length: "x" * length),
    pages,
    several(words),
    several(labels),
    several(texts),
    several(codes),
    several(words).map(literal.Some),
    several(labels).map(literal.Some),
    several(texts).map(literal.Some),
    st.just(literal.Some(())),
    st.integers(1, 100).map(lambda length: Call("hook", "h" * length)),
    st.just(True),
    st.just(-1),
)
fields = st.lists(
    st.tuples(st.integers(2, 11).map(lambda length: "f" * length), values),
    min_size=1,
    max_size=5,
)
NAME = ("name", Code("a" * 20))
options = st.builds(
    lambda made, whole: Struct("Opt", (NAME, *made), is_complete=whole),
    fields,
    st.booleans(),
)
commands = st.builds(
    lambda made, records: Struct("Command", (NAME, *made, ("options", records))),
    fields,
    st.lists(options, min_size=1, max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def rustfmt() -> str:
    """Return the path of the formatter."""
    return tool("rustfmt")


@pytest.fixture(scope="module")
def rustc() -> str:
    """Return the path of the compiler."""
    return tool("rustc")


def formatted(rustfmt: str, source: str) -> str:
    """Return what the formatter makes of a module."""
    done = subprocess.run(
        [rustfmt, "--edition", "2021"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def overlong(source: str) -> list[str]:
    """Return the lines for which the formatter would leave a whole item alone."""
    return [line for line in source.split("\n") if most_width(line) > literal.LINE]


@settings(max_examples=25, deadline=None)
@given(st.lists(commands, min_size=5, max_size=15))
def test_tables_are_a_fixed_point_of_rustfmt(rustfmt: str, made: list[Struct]) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    statics = [literal.static(f"S{place}", item) for place, item in enumerate(made)]
    source = "\n".join(f"{static}\n" for static in statics)
    assert formatted(rustfmt, source) == source


@settings(deadline=None)
@given(values.filter(lambda item: not isinstance(item, Call)))
def test_no_line_is_too_long(value: Value) -> None:
    """The formatter gives up on an item with one, and being its fixed point means nothing."""
    item = Struct("Command", (("f" * 11, value),))
    assert overlong(literal.static("S", item)) == []


@settings(max_examples=2, deadline=None)
@given(st.lists(texts, min_size=100, max_size=300))
def test_rustc_reads_back_every_text(
    rustc: str, tmp_path_factory: pytest.TempPathFactory, written: list[str]
) -> None:
    """One wrong escape, and a page or a choice is another one."""
    folder = tmp_path_factory.mktemp("texts")
    spelled = [
        literal.spelled(kind(text), 8) for text in written for kind in (str, Lines)
    ]
    body = "".join(f'        print!("{{}}\\0\\0", {text});\n' for text in spelled)
    source = folder / "main.rs"
    source.write_text(f"fn main() {{\n{body}}}\n", encoding="utf-8")
    command = [rustc, "--edition=2021", "-Dwarnings", "-o", "main", "main.rs"]
    compiled = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert compiled.returncode == 0, compiled.stderr.decode()
    done = subprocess.run([folder / "main"], capture_output=True, check=True)
    expected = "".join(f"{text}\0\0" * 2 for text in written)
    assert done.stdout.decode() == expected


@given(texts)
def test_source_shows_no_invisible_character(written: str) -> None:
    """Text that displays in another order than it runs has no place in source code."""
    hidden = set("\x00\x01\x7f\x85\xa0\xad\u061c\u200b\u2028\u202e\u3164\ufeff")
    spelled = [literal.text(written), literal.doc(written.replace("\n", " "))]
    assert not hidden & set("".join(spelled))


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (("größe", "日本"), '&["größe", "日本"]'),
        (("🧰" * 20, "🧰" * 20), r'"\u{1f9f0}'),
        (("🧰", "x" * 90), '"🧰"'),
        (("a — b …", "│"), '&["a — b …", "│"]'),
    ],
)
def test_only_a_doubtful_width_is_escaped(
    choices: tuple[str, ...], expected: str
) -> None:
    """Versions of rustfmt disagree about emoji; readers still want to see them."""
    assert expected in literal.spelled(choices, 8, len("choices: "))


def test_text_that_is_too_long_is_cut_behind_a_space() -> None:
    """Whoever reads the tables should not have to put words together."""
    text = "word " * 30
    spelled = literal.spelled(text, 4, len("env: "))
    first, second = [line.strip() for line in spelled.split("\n")[1:-1]]
    assert first.endswith('word ",')
    assert second.startswith('"word')
    assert len(first) > 80


def test_page_has_one_string_for_each_line() -> None:
    """A changed page is then a readable difference."""
    page = Lines("Demo 1.0.0\n\nUsage: demo [OPTIONS] <COMMAND>, which is quite long\n")
    assert literal.spelled(page, 4, len("page: ")).split("\n") == [
        "concat!(",
        r'        "Demo 1.0.0\n",',
        r'        "\n",',
        r'        "Usage: demo [OPTIONS] <COMMAND>, which is quite long\n",',
        "    )",
    ]


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Say `hi` to [all] <b>", r"Say \`hi\` to \[all\] \<b\>"),
        ("# Panics", r"\# Panics"),
        ("~~~ rust", r"\~~~ rust"),
        ("Not a * list - at all", "Not a * list - at all"),
        ("See https://example.org/a_b?c=d.", "See <https://example.org/a_b?c=d>."),
        ("C:\\new \u202e", r"C:\\new \u{202e}"),
        ("/ and ! and */ stay", "/ and ! and */ stay"),
    ],
)
def test_doc_comment_has_no_markup(summary: str, expected: str) -> None:
    """Documentation would link, hide or run what the configuration only says."""
    assert literal.doc(summary) == expected
