"""The JSON Schema, its shipped file and the reader give one verdict."""

import datetime
import json
import tomllib
from importlib.resources import files

import pytest
from goobits_plugin import json_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from . import test_commands, test_fields
from .conftest import build_manifest, codes_of

VALIDATOR = Draft202012Validator(json_schema())

# What only the reader knows: meanings, sizes, other keys, characters.
READER_ALONE = {
    "G020", "G021", "G022", "G023", "G024", "G028", "G032", "G033", "P012", "P010",
}  # fmt: skip
UNSAID = {
    *(
        '"(MIT"',
        '")MIT("',
        "memory = 1.0",
        ">=1.x",
        "a/b>=1.x",
        "xn--a.com",
        "localhost",
        "xn--.com",
    ),
    *("xn--abc-", "No_Proxy", '"Path"', "ld_preload", '"5 GiB"', '"65 MiB"', '"2 GiB"'),
    *("cpu = inf", "wall = nan", "1e400", "'completion'", "a/b\\n"),
}


def to_json(value: object) -> object:
    """Return what an editor makes of a value of TOML."""
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return value


def accepted_by_schema(text: str) -> bool:
    """Tell whether the JSON Schema accepts a manifest."""
    return VALIDATOR.is_valid(to_json(tomllib.loads(text)))


def is_said(text: str, expected: str) -> bool:
    """Tell whether a schema can say what is wrong."""
    return expected[:4] not in READER_ALONE and not any(word in text for word in UNSAID)


def test_schema_is_a_valid_schema() -> None:
    """An editor would ignore a broken schema without a word."""
    Draft202012Validator.check_schema(json_schema())


def test_shipped_file_is_the_schema() -> None:
    """Editors read the file; a rule that is only in the code helps nobody there."""
    shipped = files("goobits_plugin") / "goobits-plugin.schema.json"
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    assert shipped.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("changes", test_fields.GOOD, ids=str)
def test_good_manifest_is_accepted_by_both(changes: dict[str, str]) -> None:
    """An editor must not underline what is read."""
    assert accepted_by_schema(build_manifest(**changes))


SAID = [
    text
    for changes, expected in test_fields.BAD
    if is_said(text := build_manifest(**changes), expected)
] + [
    text
    for commands, expected in test_commands.BAD
    if is_said(text := build_manifest(commands=commands), expected)
]


@pytest.mark.parametrize("text", SAID)
def test_bad_manifest_is_refused_by_both(text: str) -> None:
    """What a schema can say, an editor shows while the file is written."""
    assert codes_of(text)
    assert not accepted_by_schema(text)


VALUES = """
1 0 -1 1.5 true '' 'a' 'a/b' 'acme/hello' '1.0' '1.0.dev1' '1.00' 'MIT' 'MIT OR' 'python' 'rust'
'hello.py' 'a.mjs' 'bin/{target}/x' 'a/../b.py' '>=1' '>=1,<2' '>' '==1.*' [] ['a'] ['a','a']
['a/b'] ['a/b>=1'] ['.'] ['../a'] ['**/a'] ['a**'] ['git'] ['a.com:1'] ['1.2:1'] ['docker']
['processes'] ['A'] ['PATH'] '1MiB' '64KiB' 'https://a.b' 'https://a'
'rpc' 'plain' {} {a={}} 2020-01-01 inf 10000
""".split()
TOP = [*json_schema()["properties"], "nope"]  # type: ignore[misc]
OPTION = "short long desc type default choices multiple required env negatable count nope".split()
COMMAND = "desc help icon is_default args aliases hidden deprecated examples hooks nope".split()
OF_OPTIONS = [*VALUES, *"'int' 'flag' 'choice' 'str' [1,2] false 'x' 'a b'".split()]


def pairs(keys: list[str], values: list[str]) -> st.SearchStrategy[dict[str, str]]:
    """Return a strategy for some keys with values."""
    return st.dictionaries(st.sampled_from(keys), st.sampled_from(values), max_size=3)


def lines(found: dict[str, str]) -> str:
    """Return pairs as lines."""
    return "".join(f"{key} = {value}\n" for key, value in found.items())


@settings(max_examples=300, deadline=None)
@given(
    pairs([name for name in TOP if name not in ("permissions", "limits")], VALUES),
    pairs("read write run network services system env nope".split(), VALUES),
    pairs("memory wall cpu processes output disk nope".split(), VALUES),
    pairs(OPTION, OF_OPTIONS),
    pairs(COMMAND, OF_OPTIONS),
)
def test_schema_accepts_whatever_the_reader_accepts(
    top: dict[str, str],
    permissions: dict[str, str],
    limits: dict[str, str],
    option: dict[str, str],
    command: dict[str, str],
) -> None:
    """The schema knows less than the reader; it must never be stricter."""
    top.pop("commands", "")
    for text in (
        build_manifest(**top),
        build_manifest(permissions=lines(permissions)),
        build_manifest(limits=lines(limits)),
        build_manifest(commands=f"[[commands.a.options]]\nname = 'x'\n{lines(option)}"),
        build_manifest(commands=f"[commands.a]\n{lines(command)}"),
    ):
        if not codes_of(text):
            assert accepted_by_schema(text), text
