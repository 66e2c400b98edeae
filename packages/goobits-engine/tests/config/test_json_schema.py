"""The JSON Schema and the checker come from one table and give one verdict."""

import json
from pathlib import Path

import pytest
from goobits_engine._config import check, json_schema
from goobits_engine._config._diagnostics import Report
from goobits_engine._config._nodes import MappingNode, Node, ScalarNode, SequenceNode
from goobits_engine._config._reader import read_tree
from goobits_engine._config._schema import TABLES
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from .documents import (
    HEAD,
    MINIMAL,
    with_argument,
    with_cli,
    with_command,
    with_option,
    with_root,
)

YAMLS = sorted((Path(__file__).parents[1] / "fixtures" / "yamls").glob("*.yaml"))
VALIDATOR = Draft202012Validator(json_schema())

GOOD = [
    MINIMAL,
    "command_name: x\ncli: {commands: {a: }}\n",
    with_root("version: 1.10\nauthor: true\ndescription: 4"),
    with_root("keywords: [a, 1, true]"),
    with_root("languages: [rust, python]"),
    with_root("cli_path: ./src/{package_name}/x.py"),
    with_root("hooks_path: a.py"),
    with_root("python: {minimum_version: 3.11}"),
    with_root("features: {async: [anything], interactive_mode: {enabled: true}}"),
    with_root("completions: [bash]"),
    with_root("completions: false"),
    with_root("performance: {startup_budget_ms: 1.5, preload: true}"),
    with_root("shell_integration: {aliases: {a: b}}"),
    with_root("shell_integration: {aliases: [a]}"),
    with_root("dependencies: {required: [a, {name: b, debian: c}], core: 1}"),
    with_cli("config: {max_width: 70, anything: [1]}"),
    with_cli("config: {max_width: 200}"),
    with_cli("colors: {a: b}"),
    with_cli("tagline:\nname: ~"),
    with_cli("header_sections: [{title: a, items: [{item: b, style: setup}]}]"),
    with_cli("root_options: [{name: a}]"),
    with_command("desc: 42\nhelp: |\n  a\n  b"),
    with_command("subcommands: {a: , b: {commands: {c: {}}}}"),
    with_command("examples: [a, {item: b, desc: c}]"),
    with_command("deprecated: false\nhidden: true"),
    with_command("deprecated: use x"),
    with_argument("name: x, nargs: 3"),
    with_argument("name: x, nargs: '?'"),
    with_argument("name: x, nargs: -1"),
    with_argument("name: x, nargs: '*', default: []"),
    with_argument("name: x, nargs: '-1'"),
    with_argument("name: x, nargs: '100'"),
    with_argument("name: x, type: choice, choices: [a]"),
    with_argument("name: x, type: directory, path_exists: true"),
    with_option("name: x, short: -m, long: --model"),
    with_option("name: true, type: option"),
    with_option("name: x, default: [a, b], multiple: true"),
    with_option("name: x, type: int, choices: [1, 2], default: 1"),
    with_option("name: x, type: flag, required: false, choices: null"),
    with_option("name: x, count: true, type: flag"),
    with_option("name: x, requires: [y], env: A_1", "name: y"),
]

BAD = [
    "a: 1\n",
    "cli: {commands: {a: }}\n",
    "package_name: x\n",
    "package_name: x\ncli: {}\n",
    "package_name: x\ncli:\n",
    "package_name: [x]\ncli: {commands: {a: }}\n",
    HEAD + "cli: {commands: {}}\n",
    HEAD + "cli: {commands: [a]}\n",
    HEAD + "cli: {commands: {a: text}}\n",
    HEAD + "cli: {commands: {'a b': }}\n",
    with_root("nope: 1"),
    with_root("author: [a]"),
    with_root("author: {a: b}"),
    with_root("license: |\n  a\n  b"),
    with_root("keywords: a"),
    with_root("keywords: [null]"),
    with_root("command_name: 1x"),
    with_root("language: ruby"),
    with_root("languages: []"),
    with_root("languages: python"),
    with_root("languages: [ruby]"),
    with_root("cli_path: /x"),
    with_root("cli_path: a/../x"),
    with_root("cli_path: ~/x"),
    with_root("cli_path: a/"),
    with_root("cli_path: 'a\\b'"),
    with_root("cli_path: C:/x"),
    with_root("cli_path: '!x'"),
    with_root("cli_path: '[x]'"),
    with_root('cli_path: "a\\tb"'),
    with_root("cli_path: ''"),
    with_root("python: 3.11"),
    with_root("python: {minimum_version: '3'}"),
    with_root("features: {interactive_mode: {enabled: sure}}"),
    with_root("completions: [tcsh]"),
    with_root("dependencies: {required: [{debian: c}]}"),
    with_root("dependencies: {required: [[a]]}"),
    with_root("validation: {minimum_disk_space_mb: -1}"),
    with_root("plugins: {allow: x}"),
    with_cli("display_version: yes"),
    with_cli("display_version: 'true'"),
    with_cli("config: {max_width: wide}"),
    with_cli("config: {max_width: 80.5}"),
    with_cli("header_sections: [{items: []}]"),
    with_cli("header_sections: [{title: a, items: [{item: b, style: c}]}]"),
    with_cli("command_groups: [{commands: [run]}]"),
    with_cli("options: {name: x}"),
    with_command("arguments: []"),
    with_command("opts: []"),
    with_command("deprecated: true"),
    with_command("aliases: [1x]"),
    with_argument("desc: x"),
    with_argument("name: 1x"),
    with_argument("name: x, type: flag"),
    with_argument("name: x, nargs: 0"),
    with_argument("name: x, nargs: '*', default: [a]"),
    with_argument("name: x, nargs: '0'"),
    with_argument("name: x, nargs: 101"),
    with_argument("name: x, nargs: many"),
    with_argument("name: x, path_exists: true"),
    with_argument("name: x, type: choice"),
    with_option("name: "),
    with_option("name: x, short: xy"),
    with_option("name: x, short: 1"),
    with_option("name: x, long: 'a b'"),
    with_option("name: x, env: 1X"),
    with_option("name: x, type: integr"),
    with_option("name: x, default: {a: b}"),
    with_option("name: x, choices: []"),
    with_option("name: x, choices: [[a]]"),
    with_option("name: x, choices: [a, a]"),
    with_option("name: x, type: choice"),
    with_option("name: x, type: flag, choices: [a]"),
    with_option("name: x, type: bool, multiple: true"),
    with_option("name: x, type: boolean, required: true"),
    with_option("name: x, type: int, path_exists: true"),
    with_option("name: x, count: true, default: 1"),
    with_option("name: x, count: true, negatable: true"),
]


def to_data(node: Node | None) -> object:
    """Return what an editor makes of a document by YAML's core schema."""
    if isinstance(node, SequenceNode):
        return [to_data(item) for item in node.items]
    if isinstance(node, MappingNode):
        return {key.text: to_data(value) for key, value in node.pairs}
    assert isinstance(node, ScalarNode)
    if node.kind == "null":
        return None
    if node.kind == "bool":
        return node.truth
    if node.kind == "int":
        return node.integer
    return to_float(node.text) if node.kind == "float" else node.text


def to_float(text: str) -> float:
    """Return what YAML's core schema makes of a float."""
    return float(text.replace(".", "") if text[-1] in "fFnN" else text)


def accepted_by_schema(text: str) -> bool:
    """Tell whether the JSON Schema accepts a document."""
    return VALIDATOR.is_valid(to_data(read_tree(text, Report("x", text))))


def accepted_by_checker(text: str) -> bool:
    """Tell whether the checker finds no error in a document."""
    return all(found.severity == "warning" for found in check(text))


def test_schema_is_a_valid_schema() -> None:
    """An editor would ignore a broken schema without a word."""
    Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


@pytest.mark.parametrize("text", GOOD)
def test_good_document_is_accepted_by_both(text: str) -> None:
    """An editor must not underline what builds."""
    assert accepted_by_checker(text)
    assert accepted_by_schema(text)


@pytest.mark.parametrize("text", BAD)
def test_bad_document_is_refused_by_both(text: str) -> None:
    """What a schema can say, an editor shows while the file is written."""
    assert not accepted_by_checker(text)
    assert not accepted_by_schema(text)


@pytest.mark.parametrize("path", YAMLS, ids=lambda path: path.stem)
def test_real_file_is_accepted_by_the_schema(path: Path) -> None:
    """Real files are the measure of both."""
    assert accepted_by_schema(path.read_text(encoding="utf-8"))


def test_schema_holds_exactly_the_keys_of_the_tables() -> None:
    """A key in one place only would be accepted or offered wrongly."""
    schema = json.loads(json.dumps(json_schema()))
    definitions = {"root": schema, **schema["$defs"]}
    assert set(definitions) == set(TABLES)
    for name, table in TABLES.items():
        known = {key for key, rule in table.keys.items() if rule.status != "refused"}
        assert set(definitions[name]["properties"]) == known


SNIPPETS = """
true false null ~ a b 1 2 '1' '' str int flag choice path '*' + -1 yes 1.5 0x10 010 1e3 .inf
-x --ab a-b é python '3.11' 3.10 src/a.py /a ../a 0 100 101 [] [a] [a,b] [1,1.0] [a,a] [a,null]
[python] {} {a:1} {name:a}
""".split()
OPTION_KEYS = sorted({*TABLES["option"].keys, "nope"} - {"name"})
ARGUMENT_KEYS = sorted({*TABLES["argument"].keys, "nope"} - {"name"})
ROOT_KEYS = sorted({*TABLES["root"].keys, "nope"} - {"cli", "package_name"})
CLI_KEYS = sorted({*TABLES["cli"].keys, "nope"} - {"commands"})


def pairs(keys: list[str]) -> st.SearchStrategy[str]:
    """Return a strategy for the pairs of a flow mapping with some of `keys`."""
    mapping = st.dictionaries(
        st.sampled_from(keys), st.sampled_from(SNIPPETS), max_size=4
    )
    return mapping.map(
        lambda found: "".join(
            f", {key}: {value.replace(':', ': ')}" for key, value in found.items()
        )
    )


@settings(max_examples=300, deadline=None)
@given(pairs(OPTION_KEYS), pairs(ARGUMENT_KEYS), pairs(CLI_KEYS), pairs(ROOT_KEYS))
def test_schema_accepts_whatever_the_checker_accepts(
    option: str, argument: str, cli: str, root: str
) -> None:
    """The schema knows less than the checker; it must never be stricter."""
    for text in (
        with_option(f"name: x{option}"),
        with_argument(f"name: x{argument}"),
        f"{{package_name: x, cli: {{commands: {{run: }}{cli}}}}}",
        f"{{package_name: x, cli: {{commands: {{run: }}}}{root}}}",
    ):
        if accepted_by_checker(text):
            assert accepted_by_schema(text), text
