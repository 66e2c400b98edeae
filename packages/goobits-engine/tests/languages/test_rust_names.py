"""Names of Rust code: legal, one for each thing, and the same in every build."""

from __future__ import annotations

import pytest
from goobits_engine._program import Command
from goobits_engine._tables import walk
from goobits_engine.languages.rust import _names as names


def command(name: str, *children: Command) -> Command:
    """Return a command with children."""
    return Command(name, name.replace("-", "_"), children=children)


def statics(root: Command) -> list[str]:
    """Return the statics of a tree of commands."""
    return names.static_names(walk(root))


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("class", "class"),
        ("type", "type_"),
        ("self", "self_"),
        ("Self", "Self_"),
        ("async", "async_"),
        ("try", "try_"),
        ("gen", "gen_"),
        ("union", "union"),
    ],
)
def test_key_is_no_keyword(key: str, expected: str) -> None:
    """A field called `type` does not compile."""
    assert names.key(key) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ConfigGet", "ConfigGet"),
        ("RemoveOption", "RemoveOption"),
        ("Option", "Option_"),
        ("Self", "Self_"),
        ("ToString", "ToString_"),
        ("Values", "Values_"),
    ],
)
def test_struct_hides_nothing(name: str, expected: str) -> None:
    """A struct `Option` would take the meaning of every `Option` beside it."""
    assert names.struct_name(name) == expected


def test_static_is_the_path_in_upper_case() -> None:
    """The tables are read by people who look for a command."""
    root = command("demo", command("config", command("get-all")), command("Copy"))
    assert statics(root) == ["DEMO", "DEMO_CONFIG", "DEMO_CONFIG_GET_ALL", "DEMO_COPY"]


def test_statics_with_one_name_are_numbered_in_declared_order() -> None:
    """Paths that differ in `-`, spaces or case are one name to Rust."""
    root = command("d", command("a", command("b")), command("a-b"), command("A-B-2"))
    assert statics(root) == ["D", "D_A", "D_A_B", "D_A_B_2", "D_A_B_2_2"]


def test_program_keeps_its_static() -> None:
    """A program called `program` must not be two statics of one name."""
    assert statics(command("program")) == ["PROGRAM_2"]


def test_static_fits_its_line() -> None:
    """The formatter gives up on an item whose name is too long."""
    deep = command("x" * 90, command("x" * 90))
    for level in range(30):
        deep = command(f"level-{level}", deep, command("other"))
    found = statics(deep)
    assert len(set(found)) == len(found)
    assert max(map(len, found)) == 64
    assert "LEVEL_1_LEVEL_0_OTHER" in "".join(found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("on_config_get", True),
        ("on_Get", False),
        ("on_a__b", False),
        ("on_a_", True),
        ("on_a__", True),
    ],
)
def test_name_of_a_function_is_what_the_compiler_likes(
    name: str, expected: bool
) -> None:
    """It warns of any other, and so the attribute is written only there."""
    assert names.is_snake_case(name) is expected
