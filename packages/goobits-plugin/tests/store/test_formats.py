"""The two files of a generation: what they hold can be told from their bytes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from goobits_plugin import Store, StoreError
from goobits_plugin._store._lockfile import dump, folder_of, load
from goobits_plugin._store._rows import table
from goobits_plugin._store._values import File, Generation, Installed, Word
from hypothesis import given
from hypothesis import strategies as st

Make = Callable[..., Any]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
NUMBERS = st.integers(0, 1 << 40)


@st.composite
def plugins(draw: st.DrawFn) -> Installed:
    name, version, sha256, source = (draw(TEXTS.filter(bool)) for _ in range(4))
    name = name.replace("\0", "")
    version, sha256 = version.replace("\0", ""), sha256.replace("\0", "")
    return Installed(
        name,
        version,
        sha256,
        source,
        folder_of("/r", name, version, sha256, source),
        tuple(draw(st.lists(st.builds(Word, TEXTS, st.none() | TEXTS), max_size=3))),
        tuple(draw(st.lists(st.builds(File, TEXTS, NUMBERS, TEXTS), max_size=3))),
        draw(TEXTS),
        tuple(draw(st.lists(TEXTS, max_size=3))),
        draw(st.booleans()),
        tuple(draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=2))),
        tuple(draw(st.lists(TEXTS, max_size=2))),
        draw(TEXTS),
    )


@given(st.lists(plugins(), max_size=3, unique_by=lambda plugin: plugin.name))
def test_lock_says_what_was_written(found: list[Installed]) -> None:
    """Whatever a text holds: a quote, a newline, a control character."""
    found.sort(key=lambda plugin: plugin.name)
    records = tuple((plugin.name, "00") for plugin in found)
    generation = Generation(3, tuple(found), "ab", records)
    data = dump(generation)
    assert load(data, "plugins.lock", "/r", 3) == generation
    assert dump(load(data, "plugins.lock", "/r", 3)) == data


@pytest.mark.parametrize(
    "text",
    ["", "schema = 2", "schema = 1", "schema = [", "\udc80", "schema = 1\nplugin = 3"],
)
def test_lock_of_something_else_is_refused(text: str) -> None:
    """An error that names the file, and no traceback."""
    with pytest.raises(StoreError, match="the/lock"):
        load(text.encode(errors="surrogateescape"), "the/lock", "/r", 1)


def test_lock_is_toml_that_people_can_read(
    store: Store, root: Path, make: Make, install: Make
) -> None:
    """Other programs read it: a review, a mirror, a script."""
    plugin = make()
    install(plugin)
    found = tomllib.loads((root / "current/plugins.lock").read_text())
    (entry,) = found["plugin"]
    assert entry["name"] == "acme/hello"
    assert entry["sha256"] == plugin.archive.sha256
    assert entry["publisher_keys"] == []
    assert [file["path"] for file in entry["files"]] == [
        "goobits-plugin.toml",
        "lib/more.py",
        "run.py",
    ]


def laid(*words: Word, name: str = "acme/hello") -> list[str]:
    plugin = Installed(name, "1", "", "", Path("/r"), words, (), "")
    lines = table([plugin], "/g").decode().split("\n")[:-1]
    fields = [line.split("\t") for line in lines]
    assert all(len(row) == 5 for row in fields)
    return [row[3] for row in fields]


def test_descriptions_begin_past_the_widest_word() -> None:
    """As on the pages of the engine, where these rows are put."""
    assert laid(Word("a", "One"), Word("longer", "Two"), Word("b")) == [
        "  \x03a\x07       One",
        "  \x03longer\x07  Two",
        "",
    ]


def test_long_description_is_wrapped_at_80_cells() -> None:
    """Its lines are one field, joined by a vertical tab."""
    (row,) = laid(Word("word", "abcd " * 30))
    lines = row.replace("\x03", "").replace("\x07", "").split("\x0b")
    assert len(lines) == 3
    assert all(len(line) <= 80 for line in lines)
    assert all(line.startswith(" " * 8 + "abcd") for line in lines[1:])


def test_word_wider_than_26_stands_alone() -> None:
    """And does not push all the others to the right."""
    long = "w" * 27
    assert laid(Word(long, "Said"), Word("ab", "Two")) == [
        f"  \x03{long}\x07\x0b      Said",
        "  \x03ab\x07  Two",
    ]


def test_wide_letters_fill_two_cells() -> None:
    """Or the columns are crooked in half of the world."""
    (row,) = laid(Word("w", "汉字" * 30 + " end"))
    assert row.endswith("\x0b     end")


def test_description_cannot_forge_a_row() -> None:
    """A tab, a newline or an escape sequence of a plugin is not one of the table."""
    (row,) = laid(Word("w", "a\tb\nc\x0bd\x1b[31me\x85f\x07g [bold]h[/] [red][/]"))
    assert row == "  \x03w\x07  a bcd[31mefg \x01h\x07"


def test_row_is_that_of_the_engine() -> None:
    """One look on one page, whoever adds a command."""
    import json

    from goobits_engine import parse, table_json
    from goobits_plugin._store._rows import words

    text = (
        "package_name: greet\ncommand_name: greet\ndisplay_name: Greet\n"
        "description: Greets\nlanguage: python\ncli:\n  name: greet\n  tagline: Greets\n"
        "  commands:\n    a-very-long-word-of-a-name:\n      desc: "
        "Say [bold]something[/] that is long enough to be wrapped at some place\n"
    )
    program = parse(text, "goobits.yaml").program  # type: ignore[attr-defined]
    page = json.loads(table_json(program))["pages"]["greet"]
    (row,) = laid(*words(program))
    assert row.replace("\x0b", "\n") in page
