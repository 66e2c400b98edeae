"""The declared types are what hooks get, and prettier has nothing to change in them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath

import pytest
from goobits_engine import Program
from goobits_engine._frozen import replace
from goobits_engine._program import Command, Option, Package, Scalar
from goobits_engine._tables import HookValue
from goobits_engine.languages import own_templates
from goobits_engine.languages.nodejs import _literal as literal
from goobits_engine.languages.typescript import _types as declared
from goobits_engine.languages.typescript._imports import module_import, script_import
from hypothesis import given, settings
from hypothesis import strategies as st

from .toolchain import tool

pieces = st.sampled_from(
    [
        *("a", "b'", '"', "\\", "\n", " ", "${", "`", "*/", "@ts-ignore", "| null"),
        *("\u200b", "\u202e", "\u2028", "\xa0", "ß", "Ж", "日本", "ひら", "한국", "Ａ"),
        *("🧰", "👩\u200d💻", "🇩🇪", "™️", "㊗", "〰", "e\u0301", "עברית", "word " * 3),
    ]
)
texts = st.builds("".join, st.lists(pieces, max_size=12))
choices = st.lists(texts.map(lambda text: Scalar(text, text)), max_size=6).map(tuple)
letters = st.text("abcdefghij", min_size=1, max_size=75)
options = st.builds(
    Option,
    name=letters,
    key=letters,
    long=letters,
    desc=texts,
    type=st.sampled_from(["str", "path"]),
    choices=choices,
    multiple=st.booleans(),
    required=st.booleans(),
)


files = texts.map(lambda text: PurePosixPath(f"a{text.replace('/', '')}.mts"))
plain_import = partial(module_import, as_module=False)


@pytest.fixture(scope="module")
def prettier() -> str:
    """Return the path of prettier."""
    return tool("prettier")


def of_commands(*commands: Command) -> Program:
    """Return a program with commands."""
    root = Command("demo", "demo", children=commands)
    package = Package("demo", "1.0.0")
    return Program(root, "Demo", "1.0.0", package, ("typescript",))


def spelled(value: HookValue, before: int = 0) -> str:
    """Return the type of a value, and the space before it."""
    return declared.type_of(value, before)


def value(*choices: str, **said: object) -> HookValue:
    """Return a value of a hook: one text, always there."""
    plain = HookValue("key", "str", choices, False, False, True, "")
    return replace(plain, **said)


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(
            letters, st.lists(options, max_size=12, unique_by=lambda one: one.key)
        ),
        max_size=8,
    ),
    files,
    st.sampled_from(
        [script_import, partial(module_import, as_module=True), plain_import]
    ),
)
def test_declarations_are_a_fixed_point_of_prettier(
    prettier: str,
    made: list[tuple[str, list[Option]]],
    hooks: PurePosixPath,
    imported: Callable[[str, PurePosixPath, PurePosixPath], str],
) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    commands = [
        Command(f"c{place}-{name}", f"c{place}_{name}", options=tuple(own))
        for place, (name, own) in enumerate(made)
    ]
    hooks_import = imported("written", hooks, PurePosixPath("src"))
    source = declared.types(of_commands(*commands), own_templates(), hooks_import)
    done = subprocess.run(
        [prettier, "--stdin-filepath", "cli_types.d.ts"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == source, done.stderr.decode()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (value(), " string"),
        (value(type="path", optional=True), " string | null"),
        (value(type="int", many=True), " number[]"),
        (value(type="float", optional=True), " number | null"),
        (value(type="bool"), " boolean"),
        (value("a"), ' "a"'),
        (value("a", many=True), ' "a"[]'),
        (value("a", "b"), ' "a" | "b"'),
        (value("a", optional=True), ' "a" | null'),
        (value("a", "b", many=True), ' ("a" | "b")[]'),
        (value("", 'say "hi"', "\\"), """ "" | 'say "hi"' | "\\\\\""""),
    ],
)
def test_type_says_what_a_hook_gets(given: HookValue, expected: str) -> None:
    """A hook that compiles must not meet a value that its type denies."""
    assert spelled(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (value("a" * 30, "b" * 30), f'\n    "{"a" * 30}" | "{"b" * 30}"'),
        (value("a" * 40, "b" * 40), f'\n    | "{"a" * 40}"\n    | "{"b" * 40}"'),
        (
            value("a" * 40, "b" * 40, many=True),
            f' (\n    | "{"a" * 40}"\n    | "{"b" * 40}"\n  )[]',
        ),
    ],
)
def test_long_union_has_a_line_for_itself_or_for_each_part(
    given: HookValue, expected: str
) -> None:
    """That is how the formatter breaks them."""
    assert spelled(given, before=20) == expected


def test_program_without_commands_is_still_a_module() -> None:
    """What imports a file that exports nothing does not compile."""
    assert declared.types(of_commands(), own_templates(), "import").endswith(
        "\n */\n\nexport {};\n"
    )


def test_name_that_two_hooks_may_have_means_both() -> None:
    """A program calls the one function for either, and one name cannot be declared twice."""
    group = Command("a", "a", children=(Command("get-all", "get_all"),))
    source = declared.types(
        of_commands(group, Command("getAll", "getAll")), own_templates(), "import"
    )
    assert '\n  onGetAll: "on_a_get_all" | "on_getAll";\n' in source
    assert source.count(" onGetAll:") == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("ends */ here **/", "ends * / here ** /"),
        ("@ts-expect-error", "\\@ts-expect-error"),
        ("mail a@b", "mail a@b"),
        ("a\u202eb", "a\\u202eb"),
    ],
)
def test_comment_neither_ends_nor_commands(said: str, expected: str) -> None:
    """A description is not to be read by a compiler."""
    assert literal.comment(said) == expected
