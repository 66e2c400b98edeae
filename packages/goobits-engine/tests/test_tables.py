"""The records that every language spells: their order, their gaps and their hooks."""

import pytest
from goobits_engine import parse
from goobits_engine._program import Argument, Command, Option, Package, Program, Scalar
from goobits_engine._tables import (
    Field,
    Hook,
    Naming,
    Record,
    command_table,
    hook_name,
    hooks_of,
    path_text,
    walk,
)

AS_IS = Naming(key=lambda key: key, hooks=lambda name: (name,))
LOUD = Naming(key=str.upper, hooks=lambda name: (name, name.upper()))


def command(name: str, *children: Command) -> Command:
    """Return a command with children."""
    return Command(name, name.replace("-", "_"), children=children)


def program(*children: Command) -> Program:
    """Return a program with commands."""
    package = Package("demo", "1.0.0")
    return Program(command("demo", *children), "Demo", "1.0.0", package, ("python",))


def hook_names(*children: Command) -> list[tuple[str, ...]]:
    """Return the names of every hook of a program with these commands."""
    return [hook.names for hook in hooks_of(program(*children), AS_IS)]


def only_child(record: Record, field: str) -> Record:
    """Return the one record in a field of a record."""
    (found,) = dict(record.fields)[field]
    return found


def only_record(field: str, child: Command) -> dict[str, Field]:
    """Return the fields of the one argument or option of the one command."""
    run = only_child(command_table(program(child), AS_IS), "commands")
    return dict(only_child(run, field).fields)


def test_walk_is_depth_first_in_declared_order() -> None:
    """Stubs stand in the hooks file in the order of the YAML."""
    root = command("demo", command("b", command("d"), command("c")), command("a"))
    paths = [path_text(path) for path in walk(root)]
    assert paths == ["demo", "demo b", "demo b d", "demo b c", "demo a"]


def test_hook_name_leaves_the_program_out() -> None:
    """Renaming the program must not rename its hooks."""
    root = command("demo", command("config", command("set-all")))
    assert hook_name(walk(root)[-1]) == "on_config_set_all"


def test_nested_command_has_a_short_name_too() -> None:
    """`on_get` is enough where only one command is called get."""
    assert hook_names(command("config", command("get"))) == [
        ("on_config_get", "on_get")
    ]


def test_short_name_of_two_commands_is_for_neither() -> None:
    """A hook that could mean two commands would answer the wrong one."""
    twice = command("user", command("get")), command("config", command("get"))
    assert hook_names(*twice) == [("on_user_get",), ("on_config_get",)]


def test_short_name_that_is_a_full_name_belongs_to_that_command() -> None:
    """`on_get` is the hook of the top-level command get."""
    names = hook_names(command("config", command("get")), command("get"))
    assert names == [("on_config_get",), ("on_get",)]


def test_short_name_that_is_a_nested_full_name_is_not_given() -> None:
    """`x a-b` may not take `on_a_b` from `a b`, whose last word differs."""
    names = hook_names(command("x", command("a-b")), command("a", command("b")))
    assert names == [("on_x_a_b",), ("on_a_b", "on_b")]


def test_group_takes_no_name_from_a_command() -> None:
    """A group without arguments has no hook that could be meant."""
    names = hook_names(command("get", command("all")), command("x", command("get")))
    assert names == [("on_get_all", "on_all"), ("on_x_get", "on_get")]


def test_group_with_arguments_has_a_hook() -> None:
    """It runs when its words name no child."""
    group = Command("g", "g", arguments=(Argument("a", "a"),), children=(command("c"),))
    assert hook_names(group) == [("on_g",), ("on_g_c", "on_c")]


def test_hook_has_the_keys_of_its_own_command_in_the_languages_spelling() -> None:
    """Arguments come first; each is named as the hook's author sees it."""
    run = Command(
        "run",
        "run",
        arguments=(Argument("in", "in_file"),),
        options=(Option("fast", "fast", "fast"),),
    )
    (hook,) = hooks_of(program(run), LOUD)
    assert hook.keys == ("IN_FILE", "FAST")
    assert hook.names == ("on_run", "ON_RUN")


def values_of(run: Command, *options: Option) -> dict[str, tuple[str, bool, bool]]:
    """Return type, `many` and `optional` of each value of the hook of `run`, by its key."""
    root = Command("demo", "demo", options=options, children=(run,))
    package = Package("demo", "1.0.0")
    whole = Program(root, "Demo", "1.0.0", package, ("python",))
    (hook,) = hooks_of(whole, AS_IS)
    return {
        value.key: (value.type, value.many, value.optional) for value in hook.values
    }


def test_hook_gets_its_own_values_then_outer_ones_then_built_in_ones() -> None:
    """A language with types declares all that the hook is called with, and no more."""
    run = Command(
        "run",
        "run",
        arguments=(Argument("file", "file"),),
        options=(Option("fast", "fast", "fast", kind="flag"),),
    )
    found = values_of(run, Option("profile", "profile", "profile"))
    assert list(found) == ["file", "fast", "profile", "verbose"]


def test_nearest_of_two_values_with_one_key_counts() -> None:
    """It is the one that the program hands over."""
    outer = Option("level", "level", "level", type="int")
    inner = Option("level", "level", "level", kind="flag")
    run = Command("run", "run", options=(inner,))
    assert values_of(run, outer)["level"] == ("bool", False, False)
    run = Command("run", "run", arguments=(Argument("level", "level", "float"),))
    assert values_of(run, outer)["level"] == ("float", False, False)


def test_value_is_optional_when_nothing_says_what_it_is() -> None:
    """A default, a requirement, a flag, a count and a list always give a value."""
    run = Command(
        "run",
        "run",
        arguments=(
            Argument("a", "a", required=False),
            Argument("b", "b", required=False, default=Scalar("x", "x")),
            Argument("c", "c", required=False, is_list=True),
        ),
        options=(
            Option("d", "d", "d", type="path"),
            Option("e", "e", "e", default=(Scalar("x", "x"),)),
            Option("f", "f", "f", required=True),
            Option("g", "g", "g", multiple=True),
            Option("h", "h", "h", kind="count"),
        ),
    )
    found = values_of(run)
    assert [key for key, (_, _, optional) in found.items() if optional] == ["a", "d"]
    assert [key for key, (_, many, _) in found.items() if many] == ["c", "g"]
    assert found["h"][0] == "int"


def test_choices_of_texts_are_kept_and_of_numbers_are_not() -> None:
    """One text of few is a type; a number is a number in every language."""
    few = (Scalar("a", "a"), Scalar("b", "b"))
    numbers = (Scalar("1", 1), Scalar("2", 2))
    run = Command(
        "run",
        "run",
        arguments=(Argument("one", "one", choices=few),),
        options=(
            Option("many", "many", "many", choices=few, multiple=True),
            Option("path", "path", "path", type="path", choices=few),
            Option("count", "count", "count", type="int", choices=numbers),
        ),
    )
    (hook,) = hooks_of(program(run), AS_IS)
    found = {value.key: value.choices for value in hook.values}
    assert found == {
        "one": ("a", "b"),
        "many": ("a", "b"),
        "path": ("a", "b"),
        "count": (),
        "verbose": (),
    }


def test_hook_summary_is_one_plain_line() -> None:
    """It becomes a docstring or a comment, where neither markup nor lines belong."""
    loud = Command("a", "a", summary="[bold]Copy[/bold] a tree\nand more")
    mute = command("x", command("b"))
    summaries = [hook.summary for hook in hooks_of(program(loud, mute), AS_IS)]
    assert summaries == ["Copy a tree", "Answer demo x b."]


def test_command_without_anything_is_its_name_and_hook() -> None:
    """A table reads like its YAML: what is not said is not there."""
    run = Record("Command", (("name", "run"), ("hooks", ("on_run",))))
    assert command_table(program(command("run")), AS_IS) == Record(
        "Command", (("name", "demo"), ("commands", (run,)))
    )


def test_command_record_holds_what_was_said() -> None:
    """Nothing that differs from the default is dropped."""
    run = Command("r", "r", aliases=("q",), hidden=True, deprecated="[dim]old[/]")
    record = only_child(command_table(program(run), AS_IS), "commands")
    assert record == Record(
        "Command",
        (
            ("name", "r"),
            ("aliases", ("q",)),
            ("hooks", ("on_r",)),
            ("hidden", True),
            ("deprecated", "old"),
        ),
    )


def test_plain_option_holds_no_default_field() -> None:
    """The parser of a program reads every absent field as its default."""
    run = Command("run", "run", options=(Option("fast", "fast", "fast", kind="flag"),))
    assert only_record("options", run) == {
        "long": "fast",
        "key": "fast",
        "kind": "flag",
        "type": "bool",
    }


def test_false_is_no_default_but_zero_is() -> None:
    """A flag is false anyhow, while a number 0 must reach the hook."""
    off = Option("a", "a", "a", kind="flag", default=(Scalar("false", False),))
    zero = Option("a", "a", "a", type="int", default=(Scalar("0", 0),))
    said = [
        only_record("options", Command("run", "run", options=(one,))).get("default")
        for one in (off, zero)
    ]
    assert said == [None, ("0",)]


def test_related_options_are_named_by_their_keys() -> None:
    """The parser compares keys, not the names on the command line."""
    one = Option("a", "a", "a", conflicts_with=("dry-run",), requires=("to",))
    record = only_record("options", Command("run", "run", options=(one,)))
    assert (record["conflicts"], record["requires"]) == (("dry_run",), ("to",))


def test_argument_without_a_limit_has_minus_one() -> None:
    """Not every language has a nothing that is also a number."""
    argument = Argument("a", "a", maximum=None, is_list=True, required=False)
    record = only_record("arguments", Command("run", "run", arguments=(argument,)))
    assert record == {
        "name": "a",
        "key": "a",
        "type": "str",
        "many": True,
        "maximum": -1,
    }


def test_argument_of_no_words_keeps_its_maximum() -> None:
    """A zero is said; only false, empty and absent are left out."""
    argument = Argument("a", "a", maximum=0)
    record = only_record("arguments", Command("run", "run", arguments=(argument,)))
    assert record["maximum"] == 0


SHADOWS = """\
command_name: demo
cli:
  options:
    - {{name: mode, {outer}}}
  commands:
    go:
      {inner}
"""


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("choices: [a]", "options: [{name: mode, choices: [b, a]}]", ("b", "a")),
        ("choices: [a, b]", "options: [{name: mode, choices: [c]}]", ("c", "a", "b")),
        ("desc: x", "options: [{name: mode, choices: [c]}]", ()),
        ("choices: [a]", "options: [{name: mode}]", ()),
        ("type: path", "options: [{name: mode, choices: [c]}]", ("c",)),
        ("multiple: true", "options: [{name: mode, choices: [c]}]", ("c",)),
        ("desc: x", "args: [{name: mode, choices: [c]}]", ("c",)),
    ],
)
def test_choices_are_also_those_of_an_outer_option_of_one_shape(
    outer: str, inner: str, expected: tuple[str, ...]
) -> None:
    """`demo --mode a go` keeps `a`, which `go` itself would refuse."""
    shadowing = parse(SHADOWS.format(outer=outer, inner=inner)).program
    (hook,) = hooks_of(shadowing, AS_IS)
    (found,) = (value for value in hook.values if value.key == "mode")
    assert found.choices == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("config get-all", "ConfigGetAll"),
        ("class", "Class"),
        ("toString", "ToString"),
        ("a_b C", "ABC"),
        ("e5--x_", "E5X"),
        ("GET-It", "GETIt"),
        ("a-1 2", "A12"),
    ],
)
def test_interface_is_named_by_the_words_of_its_command(
    words: str, expected: str
) -> None:
    """Authors write these names by hand."""
    assert Hook((), tuple(words.split()), (), "").type_name == expected
