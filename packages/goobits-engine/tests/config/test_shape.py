"""Every mapping is held against its table: unknown, old, idle and misshapen keys."""

import pytest
from goobits_engine._config import check, parse
from goobits_engine._config._schema import TABLES
from goobits_engine._errors import ConfigError

from .documents import (
    HEAD,
    MINIMAL,
    codes,
    only,
    only_error,
    option,
    program,
    run_command,
    with_argument,
    with_cli,
    with_command,
    with_option,
    with_root,
)


@pytest.mark.parametrize(
    ("text", "key", "place", "help"),
    [
        (with_root("vresion: 1"), "vresion", "at the top level", "'version'"),
        (with_root("zzz: 1"), "zzz", "at the top level", ""),
        (with_cli("tag_line: x"), "tag_line", "in 'cli'", "'tagline'"),
        (with_command("arg: []"), "arg", "in command 'run'", "'args'"),
        (with_option("name: x, nmae: y"), "nmae", "in option 'x'", "'name'"),
        (with_option("name: x, nargs: 2"), "nargs", "in option 'x'", ""),
        (with_argument("name: x, short: y"), "short", "in argument 'x'", ""),
        (with_root("python: {min: 3}"), "min", "in 'python'", "'minimum_version'"),
        (
            with_root("dependencies: {requird: []}"),
            "requird",
            "in 'dependencies'",
            "'required'",
        ),
        (with_root("cli_types: x"), "cli_types", "at the top level", "cli_types_path"),
        (with_root("commands: {}"), "commands", "at the top level", "below 'cli'"),
        (
            with_option("name: x, desription: y"),
            "desription",
            "in option 'x'",
            "'desc'",
        ),
        (with_command("comands: {}"), "comands", "in command 'run'", "'subcommands'"),
    ],
)
def test_unknown_key_names_its_place_and_its_neighbour(
    text: str, key: str, place: str, help: str
) -> None:
    """A key that is dropped in silence is a feature that never comes."""
    found = only_error(text)
    assert found.code == "G012"
    assert found.message == f"unknown key '{key}' {place}"
    assert help in found.help
    assert bool(found.help) == bool(help)


def test_arguments_points_to_args() -> None:
    """The word that many expect gets the word that is right."""
    assert only(with_command("arguments: []")).help.endswith("are its 'args'")


def test_misspelt_required_key_is_one_mistake() -> None:
    """That `name` is missing as well is nonsense once `nmae` is reported."""
    assert codes(with_option("nmae: x")) == ["G012"]
    assert codes("package_name: x\nclii: {commands: {run: }}\n") == ["G012"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("package_name: x\n", "the file lacks the key 'cli'"),
        ("package_name: x\ncli:\n", "the key 'cli' has no value"),
        (HEAD + "cli: {}\n", "'cli' lacks the key 'commands'"),
        (HEAD + "cli: {commands: }\n", "the key 'commands' has no value"),
        (with_option("desc: x"), "option lacks the key 'name'"),
        (with_option("name: "), "the key 'name' has no value"),
        (with_argument("desc: x"), "argument lacks the key 'name'"),
        (with_cli("header_sections: [{icon: x}]"), "section lacks the key 'title'"),
        (with_cli("command_groups: [{icon: x}]"), "command group lacks the key 'name'"),
        (
            "cli: {commands: {run: }}\n",
            "the file lacks the key 'package_name' or 'command_name'",
        ),
    ],
)
def test_missing_key_is_said_once(text: str, message: str) -> None:
    """One missing key is one message, where the mapping begins."""
    found = only(text)
    assert (found.code, found.message) == ("G011", message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (with_root("author: [a]"), "'author' must be text, not a list"),
        (with_root("author: {a: b}"), "'author' must be text, not a mapping"),
        (with_root("keywords: a, b"), "'keywords' must be a list, not the text 'a, b'"),
        (with_root("keywords: [a, ]\nlicense: [x]"), "'license' must be text"),
        (with_root("keywords: [a, null]"), "item 2 of 'keywords' has no value"),
        (with_root("python: '3.11'"), "'python' must be a mapping, not the text"),
        (with_root("homepage: |\n  a\n  b"), "'homepage' must be one line"),
        (with_cli("options: {name: x}"), "'options' of 'cli' must be a list, not a map"),
        (with_cli("options: [x]"), "item 1 of 'options' of 'cli' must be a mapping"),
        (with_cli("display_version: 'true'"), "must be true or false, not the text"),
        (with_cli("display_version: yes"), "must be true or false, not the text 'yes'"),
        (with_cli("display_version: 1"), "must be true or false, not the number '1'"),
        (with_cli("config: {max_width: '80'}"), "must be a whole number, not the text"),
        (with_cli("config: {max_width: 80.5}"), "must be a whole number, not the number"),
        (with_command("options: {}"), "must be a list, not a mapping"),
        (HEAD + "cli: {commands: [run]}\n", "'commands' of 'cli' must be a mapping"),
        (HEAD + "cli: {commands: {run: x}}\n", "command 'run' must be a mapping"),
        (HEAD + "cli: []\n", "'cli' must be a mapping, not a list"),
        (with_option("name: x, choices: [[a]]"), "must be a single value, not a list"),
        (with_option("name: x, default: {a: b}"), "must be a value or a list of values"),
        (with_option("name: x, deprecated: true"), "must say what to use instead"),
        (with_root("performance: {startup_budget_ms: fast}"), "must be a number"),
        (with_root("plugins: {enabled: maybe}"), "must be true or false"),
        (with_root("dependencies: {required: [[git]]}"), "must be text, not a list"),
    ],
)  # fmt: skip
def test_value_of_the_wrong_kind_is_refused(text: str, message: str) -> None:
    """The message says what is wanted and what stands there, and nothing follows it."""
    found = only_error(text)
    assert found.code == "G010"
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (with_cli("display_version: yes"), "write true"),
        (with_cli("display_version: Off"), "write false"),
        (with_root("keywords: a"), "write it as a list: [a]"),
        (with_option("name: x, choices: a b"), ""),
        (HEAD + "cli: {commands: [run]}\n",
         "write a mapping by name, such as run: {desc: …}"),
        (HEAD + "cli: {commands: {run: x}}\n", "write it as {desc: …}"),
        (with_command("args: [x]"), "write it as {name: …}"),
        (with_command("options: [x]"), "write it as {name: …}"),
        (with_command("options: [[x]]"), ""),
        (with_root("python: '3.11'"), ""),
        (with_cli("config: {max_width: '80'}"), "take the quotes away"),
    ],
)  # fmt: skip
def test_wrong_kind_says_how_to_write_it(text: str, help: str) -> None:
    """YAML 1.1 habits are common: the mend is one word."""
    assert only(text).help == help


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (with_root("language: pyhton"), "did you mean 'python'? choose from python, "),
        (with_root("language: Python"), "did you mean 'python'?"),
        (with_root("language: node"), "did you mean 'nodejs'?"),
        (with_root("language: JavaScript"), "did you mean 'nodejs'?"),
        (with_root("languages: [js]"), "did you mean 'nodejs'?"),
        (with_root("language: ts"), "did you mean 'typescript'?"),
        (with_root("language: py"), "did you mean 'python'?"),
        (with_root("language: rs"), "did you mean 'rust'?"),
        (with_root("languages: [python, go]"), "python, nodejs, typescript, rust"),
        (with_option("name: x, type: integr"), "choose from str, int, float"),
        (with_argument("name: x, type: flag"), "choose from str, int, float"),
        (with_cli("header_sections: [{title: x, items: [{item: a, style: b}]}]"),
         "choose from example, setup, command"),
        (with_root("dependencies: {required: [{name: x, type: pip}]}"),
         "choose from command, system_package"),
    ],
)  # fmt: skip
def test_word_outside_its_list_shows_the_list(text: str, help: str) -> None:
    """Nobody should have to look up which words there are."""
    found = only_error(text)
    assert found.code == "G013"
    assert help in found.help


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (with_root("command_name: 1x"), "G015"),
        (with_root("command_name: a b"), "G015"),
        (with_root("command_name: a.b"), "G015"),
        (with_option("name: é"), "G015"),
        (with_option('name: "a\\u202eb"'), "G015"),
        (with_option("name: x, short: xy"), "G015"),
        (with_option("name: x, short: 1"), "G015"),
        (with_option("name: x, short: --"), "G015"),
        (with_option("name: x, long: 'a b'"), "G015"),
        (with_option("name: x, env: 1X"), "G015"),
        (with_option("name: x, env: A-B"), "G015"),
        (with_argument("name: <x>"), "G015"),
        (with_command("aliases: [-r]"), "G015"),
        (HEAD + "cli: {commands: {'a b': }}\n", "G015"),
        (HEAD + "cli: {commands: {1: }}\n", "G015"),
        (with_root("python: {minimum_version: '3'}"), "G015"),
        (with_root("python: {minimum_version: '>=3.9'}"), "G015"),
        (with_root("cli_path: /etc/passwd"), "G016"),
        (with_root("cli_path: ../x.py"), "G016"),
        (with_root("cli_path: a\\b.py"), "G016"),
        (with_root("cli_path: src/"), "G016"),
        (with_root("cli_path: '{package}/x.py'"), "G016"),
        (with_root("cli_path: 'a[b].py'"), "G016"),
        (with_root("cli_hooks_path: '*.py'"), "G016"),
        (with_argument("name: x, nargs: 0"), "G014"),
        (with_argument("name: x, nargs: -2"), "G014"),
        (with_argument("name: x, nargs: 101"), "G014"),
        (with_argument("name: x, nargs: many"), "G010"),
        (with_root("features: {interactive_mode: {max_history: -1}}"), "G014"),
    ],
)
def test_word_outside_its_grammar_is_refused(text: str, code: str) -> None:
    """Names are typed in shells and written into four languages."""
    assert only_error(text).code == code


def test_package_that_ends_in_a_dash_is_told_how_to_end() -> None:
    """A message that the name obeys already would send people round in circles."""
    found = only_error("package_name: tool-\ncommand_name: x\n" + MINIMAL[len(HEAD) :])
    assert found.help.endswith("a letter or digit at the end")


def test_source_text_stands_where_text_is_wanted() -> None:
    """1.10 is a version and 42 a description, whatever YAML takes them for."""
    text = with_root("version: 1.10\nauthor: true\nkeywords: [1e3, off]")
    package = program(text).package
    assert (package.version, package.author) == ("1.10", "true")
    assert package.keywords == ("1e3", "off")
    assert option("name: true, desc: 42").name == "true"


def test_empty_value_is_like_no_key() -> None:
    """`desc:` with nothing behind it is how people leave something for later."""
    filled = with_command("desc:\noptions:\nargs: ~\nsubcommands: null")
    assert program(filled) == program(MINIMAL)


def test_text_loses_outer_newlines_and_tabs() -> None:
    """Pages hold neither, so the representation must not."""
    command = run_command(with_command('desc: "\\n\\n a\\tb\\n"'))
    assert command.summary == " a    b"


def test_commands_below_a_command_may_be_called_as_those_of_the_root() -> None:
    """Both spellings are in use, and neither is wrong."""
    text = with_command("commands: {x: }")
    assert check(text) == ()
    assert program(text) == program(
        text.replace("      commands:", "      subcommands:")
    )


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (with_root("cli_output_path: a.py"), "cli_output_path", "cli_path"),
        (with_root("hooks_path: a.py"), "hooks_path", "cli_hooks_path"),
        (with_root("cli_hooks: a.py"), "cli_hooks", "cli_hooks_path"),
        (with_cli("root_options: [{name: x}]"), "root_options", "options"),
        (with_cli("global_options: [{name: x}]"), "global_options", "options"),
        (with_command("description: x"), "description", "desc"),
        (with_option("name: x, help: y"), "help", "desc"),
        (with_option("name: x, description: y"), "description", "desc"),
        (with_argument("name: x, help: y"), "help", "desc"),
    ],
)
def test_old_key_is_read_as_its_successor(text: str, old: str, new: str) -> None:
    """Files of goobits 3 go on working, and say what to rename."""
    found = only(text)
    assert (found.code, found.severity) == ("G050", "warning")
    before, _, after = text.rpartition(f"{old}:")
    renamed = f"{before}{new}:{after}"
    assert check(renamed) == ()
    assert program(text) == program(renamed)


def test_old_text_beside_its_successor_is_ignored() -> None:
    """The present key wins, in whichever order the two stand."""
    text = with_option("name: x, help: old, desc: new")
    found = only(text)
    assert found.message == "'help' is ignored, because 'desc' is given too"
    assert run_command(text).options[0].desc == "new"


def test_old_text_that_is_ignored_is_still_checked() -> None:
    """A mistake is one wherever it stands, and editors say so too."""
    assert only_error(with_option("name: x, help: [a], desc: b")).code == "G010"


def test_old_block_beside_its_successor_is_an_error() -> None:
    """Half of somebody's commands must not vanish with a warning."""
    text = with_command("commands: {a: }\nsubcommands: {b: }")
    assert codes(text) == ["G031"]


@pytest.mark.parametrize(
    ("flow", "value"),
    [
        ("name: x, type: string", "str"),
        ("name: x, type: text", "str"),
        ("name: x, type: integer", "int"),
        ("name: x, type: number", "float"),
        ("name: x, type: boolean", "bool"),
        ("name: x, type: file", "path"),
        ("name: x, type: directory", "path"),
        ("name: x, type: option", "str"),
        ("name: x, type: argument", "str"),
    ],
)
def test_old_type_is_read_as_its_successor(flow: str, value: str) -> None:
    """Types of other programs are understood, and the present name is told."""
    assert codes(with_option(flow)) == ["G053"]
    assert option(flow).type == value


@pytest.mark.parametrize(
    ("flow", "short", "long"),
    [
        ("name: model, short: -m", "m", "model"),
        ("name: model, long: --model-name", "", "model-name"),
        ("name: model, long: --model", "", "model"),
    ],
)
def test_dashes_are_dropped_with_a_warning(flow: str, short: str, long: str) -> None:
    """Whether the dashes belong to a name is a matter of taste; we say ours."""
    assert codes(with_option(flow)) == ["G053"]
    assert (option(flow).short, option(flow).long) == (short, long)


@pytest.mark.parametrize(
    "body",
    [
        "dependencies: {required: [git]}",
        "dependencies: {core: [click]}",
        "installation: {pypi_name: x, github_repo: a/b}",
        "shell_integration: {enabled: true, alias: d}",
        "validation: {check_disk_space: true}",
        "messages: {install_success: hello}",
        "features: {interactive_mode: {enabled: true}, async: {enabled: true}}",
        "performance: {startup_budget_ms: 50, preload: [a]}",
        "plugins: {enabled: true, allow: [a/b], registry: x}",
        "completions: [bash, zsh]",
        "completions: true",
    ],
)
def test_block_without_effect_is_warned_of_once(body: str) -> None:
    """Silence would promise what does not happen; a warning per key would be noise."""
    found = only(with_root(body))
    assert (found.code, found.severity, found.line) == ("G052", "warning", 1)


@pytest.mark.parametrize(
    "body",
    [
        "dependencies: {required: [], optional: []}",
        "shell_integration: {enabled: false, alias: d}",
        "validation: {check_api_keys: false}",
        "features: {interactive_mode: {enabled: false}}",
        "plugins: {enabled: false, allow: [a/b]}",
        "messages: {}",
        "completions: false",
        "performance:",
    ],
)
def test_block_that_is_switched_off_needs_no_warning(body: str) -> None:
    """Nothing is missing when nothing was asked for."""
    assert codes(with_root(body)) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("env_prefix: DEMO", "G052"),
        ("config_file: true", "G052"),
        ("features: {interactive_mode: {enabled: true}}", "G052"),
        ("features: {async: {enabled: true}}", "G051"),
        ("colors: false", "G051"),
        ("config: {rich_help_panel: true, x: 1}", "G051"),
    ],
)
def test_key_of_cli_without_effect_is_warned_of(body: str, code: str) -> None:
    """Cosmetic keys are told from those that a later version may heed."""
    assert codes(with_cli(body)) == [code]


def test_switched_off_config_file_needs_no_warning() -> None:
    """The default, written out, is no promise."""
    assert codes(with_cli("config_file: false")) == []


def test_idle_keys_of_a_block_share_a_warning() -> None:
    """Real files hold four such keys in a row."""
    found = only(with_cli("config: {a: 1, max_width: 90, b: 2, c: 3}"))
    assert found.message == "'a', 'b' and 'c' in 'config' have no effect here"


def test_lifecycle_is_warned_of_once_for_all_commands() -> None:
    """A hundred commands with one idle key are one thing to know."""
    text = HEAD + "cli: {commands: {a: {lifecycle: managed}, b: {lifecycle: managed}}}"
    assert codes(text) == ["G052"]


@pytest.mark.parametrize(
    "body",
    [
        "messages: {welcome: hello}",
        "validation: {strict_mode: true}",
        "shell_integration: {completions: [bash]}",
        "features: {interactive_mode: {repl: true, variables: true}}",
        "dependencies: {npm: [chalk], apt: [git]}",
        "installation: {npm_name: x, crate_name: y, extras: {rust_crates: [z]}}",
        "python: {min_version: '3.8'}",
        "rust_crates: {serde: '1'}",
    ],
)
def test_key_that_files_of_goobits_3_hold_in_vain_is_warned_of(body: str) -> None:
    """It said nothing there and says nothing here; the file goes on building."""
    found = check(with_root(body))
    assert found
    assert {one.severity for one in found} == {"warning"}


@pytest.mark.parametrize("key", ["hooks", "hook_name", "action"])
def test_command_cannot_name_its_hook(key: str) -> None:
    """Another function would be expected to run than the one that does."""
    found = only_error(with_command(f"{key}: x"))
    assert "on_<command>" in found.help


def test_dashes_of_an_option_are_taken_off_everywhere() -> None:
    """Files write them in all three places."""
    text = with_option("name: --dry-run, short: -n, long: --dry")
    assert codes(text) == ["G053", "G053", "G053"]
    (option,) = run_command(text).options
    assert (option.name, option.short, option.long) == ("dry-run", "n", "dry")


def test_mistake_in_a_block_without_effect_is_still_a_mistake() -> None:
    """It would otherwise wait for the version that reads it."""
    found = only_error(with_root("validation: {check_api_keys: no}"))
    assert found.code == "G010"


def test_nested_dependencies_are_understood() -> None:
    """The whole schema of goobits 3 is accepted, not only its common half."""
    body = """
    dependencies:
      required:
        - git
        - type: system_package
          name: libssl
          ubuntu: libssl-dev
          macos: openssl
          check_method: pkg_config
          check_args: [--exists, openssl]
          install_instructions: {ubuntu: apt install libssl-dev}
    installation: {extras: {python: [dev], apt: [git], npm: [], cargo: []}}
    shell_integration: {enabled: true, aliases: {d: demo}}
    """
    assert codes(with_root(body)) == ["G052", "G052", "G052"]


def test_every_mistake_is_reported_in_order() -> None:
    """One run, one list, top to bottom: nobody mends one mistake at a time."""
    text = (
        "package_name: 1x\nversoin: 1\ncli:\n  display_version: yes\n"
        "  commands:\n    run:\n      opts: []\n    run:\n"
    )
    found = check(text)
    assert [(one.line, one.code) for one in found] == [
        (1, "G015"),
        (2, "G012"),
        (4, "G010"),
        (7, "G012"),
        (8, "G003"),
    ]
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert caught.value.diagnostics == found


def test_shared_block_is_reported_once() -> None:
    """An anchor that is used twice holds its mistake once."""
    text = HEAD + "cli: {commands: {a: &a {optoins: []}, b: *a}}\n"
    assert len(check(text)) == 2
    same_name = HEAD + "cli: {commands: {a: {options: &o [{x: 1}]}, b: {options: *o}}}"
    assert codes(same_name) == ["G011", "G012"]


def test_tables_name_each_other() -> None:
    """A reference to a table that is not there would fail on some user's file."""
    for table in TABLES.values():
        for key in [*table.keys.values(), *([table.other] if table.other else [])]:
            for inner in (key, *key.items, *(i for k in key.items for i in k.items)):
                assert inner.table in ("", *TABLES)
                assert inner.to in ("", *table.keys)
