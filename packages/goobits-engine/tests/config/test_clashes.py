"""Names that clash are errors with both places; shadowing is none."""

import pytest
from goobits_engine._config import check

from .documents import (
    HEAD,
    codes,
    only,
    only_error,
    run_command,
    with_cli,
    with_command,
    with_option,
)


def commands(flow: str, extra: str = "") -> str:
    """Return a configuration with the commands of a flow mapping."""
    return f"{HEAD}{extra}cli: {{commands: {{{flow}}}}}\n"


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("name: a", "name: a", "G020"),
        ("name: a", "name: b, long: a", "G020"),
        ("name: a, long: x", "name: b, long: x", "G020"),
        ("name: a, short: x", "name: b, short: x", "G020"),
        ("name: no-a", "name: a, type: flag, default: true", "G020"),
        ("name: a, type: flag, negatable: true", "name: b, long: no-a", "G020"),
        ("name: a-b", "name: a_b", "G021"),
        ("name: a-b, long: x", "name: a_b, long: y", "G021"),
        ("name: class", "name: class_", "G021"),
    ],
)
def test_two_options_that_share_a_word_are_refused(
    first: str, second: str, code: str
) -> None:
    """One word with two meanings would silently have one."""
    found = only(with_option(first, second))
    assert found.code == code
    assert (found.line, found.related[0][0]) == (7, 6)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("name: no-a", "name: a, type: flag, default: true"),
        ("name: a, type: flag, negatable: true", "name: b, long: no-a"),
    ],
)
def test_clash_with_a_negation_says_where_the_word_comes_from(
    first: str, second: str
) -> None:
    """Nobody wrote `--no-a` twice, so the message alone puzzles."""
    found = only(with_option(first, second))
    assert found.help == "--no-a is what switches --a off"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("name: a", "name: b"),
        ("name: a, short: x", "name: b, short: X"),
        ("name: no-a", "name: a, type: flag"),
        ("name: a, long: b", "name: b, long: a"),
        ("name: dryRun", "name: dry-run"),
    ],
)
def test_different_words_do_not_clash(first: str, second: str) -> None:
    """Case counts, and a `no-` form exists only for negatable flags."""
    assert codes(with_option(first, second)) == []


@pytest.mark.parametrize("language", ["nodejs", "typescript"])
def test_camel_case_makes_more_names_one(language: str) -> None:
    """`dry-run` and `dryRun` are both `dryRun` to a hook in JavaScript."""
    text = with_option("name: dryRun", "name: dry-run")
    assert codes(f"language: {language}\n{text}") == ["G021"]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("args: [{name: a}, {name: a}]", "the argument 'a' and the argument 'a'"),
        ("args: [{name: a-b}, {name: a_b}]", "the argument 'a_b' and the argument"),
        ("args: [{name: a}]\noptions: [{name: a}]", "the option 'a' and the argument"),
    ],
)
def test_two_values_with_one_key_are_refused(body: str, kinds: str) -> None:
    """A hook gets all values by name."""
    found = only(with_command(body))
    assert found.code == "G021"
    assert found.message.startswith(kinds)
    assert len(found.related) == 1


@pytest.mark.parametrize("name", ["command_name", "command-name"])
@pytest.mark.parametrize("key", ["args", "options"])
def test_key_that_every_hook_gets_is_taken(key: str, name: str) -> None:
    """`command_name` is handed to hooks by the program itself."""
    assert codes(with_command(f"{key}: [{{name: {name}}}]")) == ["G024"]


def test_outer_option_may_be_shadowed_by_its_own_name() -> None:
    """The nearest declaration wins: that is how commands refine options."""
    text = (
        HEAD + "cli:\n  options: [{name: a, short: x}, {name: b}]\n  commands:\n"
        "    run: {options: [{name: a, short: x}], args: [{name: b}]}\n"
    )
    assert codes(text) == []


def test_outer_option_of_another_name_cannot_share_the_key() -> None:
    """Two options on one command line would write to one value."""
    text = (
        HEAD + "cli:\n  options: [{name: a-b}]\n  commands:\n"
        "    g: {subcommands: {run: {options: [{name: a_b}]}}}\n"
    )
    found = only(text)
    assert (found.code, found.line, found.related[0][0]) == ("G021", 5, 3)


def test_version_is_reserved_at_the_root_only() -> None:
    """`deploy --version 1.2` is what many programs offer."""
    assert codes(with_cli("options: [{name: version}]")) == ["G024"]
    assert codes(with_option("name: version, short: V")) == []


@pytest.mark.parametrize("flow", ["help", "color"])
def test_reserved_option_is_refused_everywhere(flow: str) -> None:
    """These act before anything else is read, on every level."""
    assert codes(with_option(f"name: {flow}")) == ["G024"]
    assert codes(with_option(f"name: x, long: {flow}")) == ["G024"]
    assert codes(with_cli(f"options: [{{name: {flow}}}]")) == ["G024"]


@pytest.mark.parametrize(
    ("switch", "name"),
    [("enable_recursive_help", "help-all"), ("enable_help_json", "help-json")],
)
def test_optional_built_in_is_reserved_when_enabled(switch: str, name: str) -> None:
    """A name is only taken by what is there."""
    body = f"options: [{{name: {name}}}]"
    assert codes(with_cli(body)) == []
    assert codes(with_cli(f"{switch}: true\n{body}")) == ["G024"]


@pytest.mark.parametrize(
    "flow", ["name: verbose, short: v", "name: x, short: h", "name: y, short: V"]
)
def test_replaceable_built_in_gives_way(flow: str) -> None:
    """Five of eight real files declare `verbose` or `-v` of their own."""
    assert codes(with_option(flow)) == []
    assert codes(with_cli(f"options: [{{{flow}}}]")) == []


@pytest.mark.parametrize(
    ("flow", "lines"),
    [
        ("a: {aliases: [b]}, b: ", "two commands of 'cli' answer to 'b'"),
        ("a: {aliases: [c]}, b: {aliases: [c]}", "two commands of 'cli' answer to 'c'"),
        ("a: {aliases: [a]}", "command 'a' answers to 'a' already"),
        ("a: {aliases: [b, b]}", "command 'a' answers to 'b' already"),
        (
            "g: {subcommands: {a: {aliases: [b]}, b: }}",
            "two commands of command 'g' answer to 'b'",
        ),
    ],
)
def test_two_commands_with_one_word_are_refused(flow: str, lines: str) -> None:
    """A word on the command line names one command."""
    found = only(commands(flow))
    assert (found.code, found.message) == ("G022", lines)
    assert len(found.related) == 1


def test_same_word_in_different_groups_is_fine() -> None:
    """`config list` and `tools list` are different commands."""
    flow = "a: {subcommands: {list: }}, b: {subcommands: {list: }}"
    assert codes(commands(flow)) == []


@pytest.mark.parametrize(
    "flow",
    [
        "a-b: , a: {subcommands: {b: }}",
        "a_b: , a-b: ",
        "a: {subcommands: {b-c: }}, a-b: {subcommands: {c: }}",
    ],
)
def test_two_commands_with_one_hook_are_refused(flow: str) -> None:
    """One function could not tell which of the two was meant."""
    found = only(commands(flow))
    assert found.code == "G023"
    assert len(found.related) == 1


def test_group_has_no_hook_to_share() -> None:
    """A group only prints its page."""
    assert codes(commands("a-b: {subcommands: {c: }}, a: {subcommands: {b: }}")) == []


def test_group_with_arguments_has_a_hook() -> None:
    """A runnable group is called like any command."""
    flow = "a-b: {args: [{name: x}], subcommands: {c: }}, a: {subcommands: {b: }}"
    assert codes(commands(flow)) == ["G023"]


def test_hooks_clash_in_camel_case_too() -> None:
    """`onAB` could stand for either command in JavaScript."""
    assert codes(commands("a-b: , aB: ")) == []
    assert codes(commands("a-b: , aB: ", "language: nodejs\n")) == ["G023"]
    assert codes(commands("get: , Get: ", "language: nodejs\n")) == ["G023"]


def test_names_of_what_hooks_are_called_with_clash() -> None:
    """Both commands of a Rust program would have one struct `AB`."""
    found = only(commands("a-b: , aB: ", "language: rust\n"))
    assert (found.code, found.message) == (
        "G023",
        "the hooks of command 'aB' and command 'a-b' are one name",
    )


def test_second_default_command_is_refused() -> None:
    """Only one command can be meant when none is named."""
    found = only(commands("a: {is_default: true}, b: , c: {is_default: true}"))
    assert found.code == "G025"
    assert len(found.related) == 1


def test_every_group_may_have_a_default() -> None:
    """The rule holds within a group, not in the whole program."""
    flow = "a: {is_default: true}, g: {subcommands: {b: {is_default: true}}}"
    assert codes(commands(flow)) == []
    assert (
        run_command(commands("g: {subcommands: {b: {is_default: true}}}")).default
        == "b"
    )


@pytest.mark.parametrize(
    "flow",
    [
        "g: {is_default: true, subcommands: {a: }}",
        "g: {is_default: true, args: [{name: x}], subcommands: {a: }}",
    ],
)
def test_group_cannot_be_a_default(flow: str) -> None:
    """Descent would have no end that the contract describes."""
    assert codes(commands(flow)) == ["G026"]


@pytest.mark.parametrize("key", ["conflicts_with", "requires"])
def test_options_in_force_can_be_named(key: str) -> None:
    """Options of the command, of every group around it and the built-in `verbose`."""
    text = (
        HEAD + "cli:\n  options: [{name: a}]\n  commands:\n    g:\n"
        "      options: [{name: b}]\n      subcommands:\n"
        f"        run: {{options: [{{name: c, {key}: [a, b, d, verbose]}}, {{name: d}}]}}"
    )
    assert codes(text) == []


@pytest.mark.parametrize(
    ("name", "help"), [("modle", "did you mean 'model'?"), ("zzz", ""), ("m", "")]
)
def test_reference_to_no_option_is_refused(name: str, help: str) -> None:
    """References are by name, not by long or short form."""
    text = with_option(f"name: a, conflicts_with: [{name}]", "name: model, short: m")
    found = only(text)
    assert (found.code, found.help) == ("G028", help)


def test_option_cannot_refer_to_itself() -> None:
    """It would conflict with every use of itself."""
    assert codes(with_option("name: a, requires: [a]")) == ["G028"]


def test_option_of_a_sibling_command_is_not_in_force() -> None:
    """Only what stands on the way to a command can be given to it."""
    flow = "a: {options: [{name: x, requires: [y]}]}, b: {options: [{name: y}]}"
    assert codes(commands(flow)) == ["G028"]


@pytest.mark.parametrize("other", ["nmae: y", "name: 1y", "name: [y]"])
def test_unreadable_option_may_be_the_one_that_is_named(other: str) -> None:
    """A reference is not called wrong while some name cannot be read."""
    found = check(with_option("name: x, requires: [y]", other))
    assert "G028" not in [one.code for one in found]
    assert len(found) == 1


def test_repeated_reference_counts_once() -> None:
    """A name twice in one list says nothing new."""
    command = run_command(with_option("name: x, requires: [y, y]", "name: y"))
    assert command.options[0].requires == ("y",)


@pytest.mark.parametrize(
    ("word", "help"),
    [("rnu", "did you mean 'run'?"), ("zzz", ""), ("r", "did you mean 'run'?")],
)
def test_heading_that_names_no_command_is_refused(word: str, help: str) -> None:
    """An alias is no name, but it tells what was meant."""
    text = (
        HEAD + f"cli:\n  command_groups: [{{name: G, commands: [{word}]}}]\n"
        "  commands: {run: {aliases: [r]}}\n"
    )
    found = only(text)
    assert (found.code, found.help) == ("G027", help)


def test_heading_may_name_a_broken_command() -> None:
    """The command is there, whatever else is wrong with it."""
    text = (
        HEAD + "cli:\n  command_groups: [{name: G, commands: [a, b]}]\n"
        "  commands: {a: text, b: {nope: 1}}\n"
    )
    assert [one.code for one in check(text)] == ["G010", "G012"]


def test_headings_are_not_held_against_unreadable_commands() -> None:
    """Every heading would be wrong after one slip in `commands`."""
    text = (
        HEAD + "cli:\n  command_groups: [{name: G, commands: [a]}]\n  commands: [a]\n"
    )
    assert codes(text) == ["G010"]


def test_command_under_two_headings_stands_under_the_first() -> None:
    """A page lists each command once."""
    groups = "[{name: G, commands: [run]}, {name: H, commands: [run]}]"
    found = only(with_cli(f"command_groups: {groups}"))
    assert (found.code, found.severity) == ("G055", "warning")
    assert len(found.related) == 1


def test_no_commands_at_all_is_an_error() -> None:
    """A program without commands could do nothing."""
    assert only_error(HEAD + "cli: {commands: {}}\n").code == "G034"


def test_built_in_verbose_can_be_required_only_while_it_is_there() -> None:
    """A root option with its long form takes its place."""
    taken = "cli: {{options: [{}], commands: {{run: {{options: [{}]}}}}}}\n"
    wants = "{name: x, requires: [verbose]}"
    head = "command_name: demo\n"
    assert codes(head + taken.format("{name: loud}", wants)) == []
    assert codes(head + taken.format("{name: verbose, type: flag}", wants)) == []
    assert codes(head + taken.format("{name: loud, long: verbose}", wants)) == ["G028"]
