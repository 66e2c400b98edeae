"""Whatever a file holds, the answer is a configuration or a list of mistakes."""

from pathlib import Path

import pytest
from goobits_engine._config import (
    CODES,
    Config,
    Diagnostic,
    check,
    format_github,
    format_json,
    format_text,
    parse,
    read,
)
from goobits_engine._config._names import printable
from goobits_engine._config._schema import TABLES
from goobits_engine._errors import ConfigError, ConfigFileError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FOLDER = Path(__file__).parents[1] / "fixtures" / "yamls"
REAL = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))]
KEYS = sorted({key for table in TABLES.values() for key in table.keys})
WORDS = [
    *KEYS,
    "str",
    "int",
    "flag",
    "*",
    "+",
    "-1",
    "a",
    "run",
    "true",
    "yes",
    "",
    "0",
]

scalars = st.sampled_from(WORDS) | st.integers() | st.booleans() | st.none() | st.text()
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
    ),
    max_leaves=25,
)


def flow(value: object) -> str:
    """Return a value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return {None: "null", True: "true", False: "false"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]


def answer(text: str) -> tuple[Diagnostic, ...]:
    """Return what is said about `text`, and check that it is sound."""
    try:
        config = parse(text)
    except ConfigError as error:
        found = error.diagnostics
        assert any(one.severity == "error" for one in found)
    else:
        assert isinstance(config, Config)
        found = config.warnings
        assert all(one.severity == "warning" for one in found)
    assert found == check(text)
    return found


def check_places(text: str, found: tuple[Diagnostic, ...]) -> None:
    """Hold places against the text, and the formats against the places."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [(d.line, d.column) for d in found] == sorted(
        (d.line, d.column) for d in found
    )
    for one in found:
        assert one.code in CODES
        assert 1 <= one.line <= len(lines)
        assert one.source == lines[one.line - 1].removeprefix("\ufeff")
        assert 1 <= one.column <= len(one.source) + 1
        assert one.column < one.end_column
        assert "\n" not in one.message + one.help
    assert all(printable(line) == line for line in format_text(found).split("\n"))
    assert "\x1b" not in format_text(found) + format_json(found)
    assert len(format_github(found).splitlines()) == len(found)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes the reader raise anything of its own."""
    check_places(text, answer(text))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-?#&*!|>'\"%@`{}[],\n \t<\\~", max_size=60))
def test_any_punctuation_has_an_answer(text: str) -> None:
    """YAML's indicators in any order lead to no crash."""
    check_places(text, answer(text))


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(WORDS), values, max_size=6), values, values)
def test_any_document_has_an_answer(
    root: dict[str, object], cli: object, commands: object
) -> None:
    """Known keys with any values, at any depth, lead to no crash."""
    body = {**cli, "commands": commands} if isinstance(cli, dict) else cli
    text = flow({"package_name": "demo", **root, "cli": body})
    check_places(text, answer(text))


@settings(max_examples=200, deadline=None)
@given(st.lists(values, max_size=4), st.lists(values, max_size=4))
def test_any_options_and_arguments_have_an_answer(
    options: list[object], arguments: list[object]
) -> None:
    """The meaning of options is checked on whatever shape was left of them."""
    named = [{"name": "a", **o} if isinstance(o, dict) else o for o in options]
    command = flow({"options": named, "args": arguments})
    text = f"package_name: demo\ncli: {{commands: {{run: {command}}}}}\n"
    check_places(text, answer(text))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_edit_of_a_real_file_has_an_answer(data: st.DataObject) -> None:
    """Mistakes are made in real files, one slip at a time."""
    text = data.draw(st.sampled_from(REAL))
    place = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    insert = data.draw(
        st.sampled_from([*"\t:-[]{}'\"&*!|>#%@`,\n \0", "- ", ": ", "ab"])
    )
    text = text[:place] + insert + text[place + length :]
    check_places(text, answer(text))


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.binary(max_size=60))
def test_any_bytes_have_an_answer(tmp_path: Path, data: bytes) -> None:
    """A file that is no text at all is refused, not crashed on."""
    path = tmp_path / "goobits.yaml"
    path.write_bytes(data)
    with pytest.raises((ConfigError, ConfigFileError)):
        read(path)
