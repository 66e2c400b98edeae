"""Commands obey the schema of goobits.yaml, and mistakes in them stand where they are written."""

import pytest
from goobits_plugin import ManifestError, read_manifest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import Build, Codes, build_manifest


def option(pairs: str) -> str:
    """Return a command with an option; the option's table begins in column 13 of line 13."""
    return f"[commands.hello]\noptions = [ {{ {pairs} }} ]\n"


BAD = [
    ("[commands]\nhello = 1\n", "G010 13:1-6"),
    ("commands = 1\n", "P006 12:1-9"),
    ("[commands.hello]\ndsc = ''\n", "G012 13:1-4"),
    ("[commands.'a b']\n", "G015 12:11-16"),
    ("[commands.a.b]\n", "G012 12:13-14"),
    ("[commands.help]\n", "P015 12:11-15"),
    ("[commands.hello]\naliases = ['x', 'completion']\n", "P015 13:17-29"),
    ("[commands.hello]\nis_default = true\n", "P015 13:1-11"),
    ("[commands.a-b]\n[commands.a_b]\n", "G023 13:11-14"),
    ("[commands.a]\naliases = ['b']\n[commands.b]\n", "G022 13:12-15"),
    ("[commands.hello]\ndesc = [1]\n", "G010 13:8-11"),
    ("[[commands.hello.options]]\nname = 'x'\ntype = 'integr'\n", "G013 14:8-16"),
    (
        "[[commands.a.args]]\nname = 'x'\n[[commands.a.args]]\nname = 'x'\n",
        "G021 15:8-11",
    ),
    (option("name = 'x', typ = 'int'"), "G012 13:27-30"),
    (option("name = 'help'"), "G024 13:22-28"),
    (option("name = 'x', type = 'int', default = '1.5'"), "G032 13:51-56"),
    (option("name = 'x', default = {a = 1}"), "G010 13:27-34"),
    (option("name = 'x', requires = [\n'y']"), "G028 14:1-4"),
    (option("name = 'x', type = 'flag', default = 'é\\'"), "G032 13:52-56"),
    ("[commands.hello]\naliases = ['''\nx y\n''']\n", "G015 13:12-15"),
]


@pytest.mark.parametrize(("commands", "expected"), BAD, ids=str)
def test_mistake_in_a_command_has_its_place(
    commands: str, expected: str, build: Build, codes: Codes
) -> None:
    """The engine sees other lines than the author: each must lead back."""
    assert expected in codes(build(commands=commands))


def test_clash_shows_both_places_of_the_manifest(build: Build) -> None:
    """The second place is of no use when it is a line of another text."""
    with pytest.raises(ManifestError) as caught:
        read_manifest(build(commands="[commands.a-b]\n\n\n[commands.a_b]\n"))
    (found,) = caught.value.diagnostics
    assert found.line == 15
    assert found.related == ((12, 11, "first given here"),)
    assert found.source == "[commands.a_b]"


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ("[commands]\na = 1", "must be a table, not"),
        ("[commands]\na = 'x'", 'write it as { desc = "…" }'),
        ("[commands.a]\nsubcommands = []", "such as [commands.run]"),
        (
            "[commands.a]\n[commands.b]\naliases=['a']",
            "two commands of the plugin answer",
        ),
        (option("name = 'x', path_exists = true"), "give it 'type = \"path\"'"),
        (option("name = 'x', mapping = 1"), "unknown key 'mapping'"),
    ],
)
def test_message_speaks_of_toml(commands: str, said: str, build: Build) -> None:
    """Advice in another language's spelling cannot be followed."""
    with pytest.raises(ManifestError) as caught:
        read_manifest(build(commands=commands))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("written", "text", "value"),
    [
        ("1.10", "1.10", 1.1),
        ("1e3", "1e3", 1000.0),
        ("1_000.5", "1000.5", 1000.5),
        ("-inf", "-.inf", None),
        ("+1.0", "+1.0", 1.0),
    ],
)
def test_number_is_shown_as_it_is_written(
    written: str, text: str, value: float | None, build: Build, codes: Codes
) -> None:
    """Help prints `1.10`, not what a float makes of it."""
    commands = option(f"name = 'x', type = 'float', default = {written}")
    if value is None:
        assert codes(build(commands=commands)) == ["G032 13:53-57"]
        return
    (hello,) = read_manifest(build(commands=commands)).program.root.children
    (default,) = hello.options[0].default
    assert (default.text, default.value) == (text, value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("0x10", 16), ("0o17", 15), ("0b11", 3), ("1_0", 10), ("+7", 7)],
)
def test_integer_of_any_spelling_is_one(written: str, value: int, build: Build) -> None:
    """TOML writes integers in ways that YAML does not."""
    commands = f"[[commands.a.args]]\nname = 'x'\nnargs = {written}"
    (command,) = read_manifest(build(commands=commands)).program.root.children
    assert command.arguments[0].minimum == value


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n\"'\\{}")
    )
)
def test_every_text_arrives_as_it_is(text: str) -> None:
    """On the way through YAML no quote, emoji or bracket may be lost."""
    quoted = "".join(f"\\U{ord(character):08X}" for character in f"a{text}z")
    commands = f'[commands.hello]\ndesc = "{quoted}"\n'
    manifest = read_manifest(build_manifest(commands=commands))
    assert manifest.program.root.children[0].summary == f"a{text}z"


def test_texts_that_look_like_other_yaml_stay_texts(build: Build) -> None:
    """`yes`, `null`, `*x` and a date are words here."""
    words = "'yes', 'null', '1', '*x', '&a', '#b', '---', '!t', ': ', 2020-01-01"
    commands = f"[[commands.a.args]]\nname = 'x'\nchoices = [{words}]"
    (command,) = read_manifest(build(commands=commands)).program.root.children
    assert [choice.text for choice in command.arguments[0].choices] == [
        *("yes", "null", "1", "*x", "&a", "#b", "---", "!t", ": ", "2020-01-01")
    ]


def test_hook_names_are_checked_for_the_language(build: Build, codes: Codes) -> None:
    """`a_b` and `aB` are one name to a hook of Node's, and two to one of Python's."""
    commands = "[commands.a-b]\n[commands.aB]\n"
    node = {"language": '"nodejs"', "entry": '"a.js"'}
    assert codes(build(commands=commands)) == []
    assert codes(build(commands=commands, **node)) == ["G023 13:11-13"]


def test_old_keys_are_warnings_of_the_manifest(build: Build) -> None:
    """A manifest that works is not refused, and its author is told."""
    manifest = read_manifest(build(commands="[commands.a]\ndescription = 'x'\n"))
    assert [(w.code, w.line) for w in manifest.warnings] == [("G050", 13)]
    assert manifest.program.root.children[0].summary == "x"


def test_subcommands_are_read(build: Build) -> None:
    """Groups are tables in tables."""
    commands = "[commands.a.subcommands.b]\n[commands.a.subcommands.c]\n"
    (group,) = read_manifest(build(commands=commands)).program.root.children
    assert [child.name for child in group.children] == ["b", "c"]
