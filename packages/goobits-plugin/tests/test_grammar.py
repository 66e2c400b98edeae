"""The runtime with which plugin commands are parsed is that of generated programs."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from goobits_engine import Program, parse, table_json
from goobits_plugin import Record, execute, run_command

WRITER = runpy.run_path(str(Path(__file__).parents[1] / "write_grammar.py"))


def test_grammar_is_the_one_that_the_engine_writes() -> None:
    """Else plugin commands would answer otherwise than the program that they appear in."""
    assert WRITER["TARGET"].read_text(encoding="utf-8") == WRITER["grammar"]()


def program(commands: str) -> Program:
    text = (
        f"package_name: goobits-program\nlanguage: python\ncli:\n  commands: {commands}"
    )
    return parse(text).program


def record(commands: str, **changes: object) -> Record:
    names = ("read", "write", "run", "network", "services", "system", "env")
    limits = ("memory", "wall", "cpu", "processes", "output", "disk")
    found: dict[str, object] = {
        "schema": 1,
        "name": "acme/x",
        "version": "1.0",
        "sha256": "",
        "language": "python",
        "protocol": "rpc",
        "folder": "/nowhere",
        "linked": False,
        "program": "/bin/true",
        "runtime": "",
        "words": [],
        "mounts": [],
        "variables": [],
        "permissions": {name: [] for name in names},
        "limits": dict.fromkeys(limits, 1),
        "files": [],
        "tables": json.loads(table_json(program(commands))),
    }
    return Record.parse(json.dumps(found | changes))


def test_pages_say_the_name_of_the_program_they_appear_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A plugin does not know where it will be installed, and its user does not know its parts."""
    plugin = record("{go: {desc: Go, args: [{name: where}], aliases: [g]}}")
    assert run_command(plugin, "demo", "1.0", ["go", "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("demo go\n\nGo\n\nUsage: demo go [OPTIONS] <WHERE>\n")
    assert "goobits-program" not in page
    assert run_command(plugin, "demo", "2.5", ["--version"]) == 0
    assert capsys.readouterr().out == "demo 2.5\n"


def test_help_json_says_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Editors and scripts look a command up by its path."""
    plugin = record("{go: {desc: Go}}")
    tables = json.loads(table_json(program("{go: {desc: Go}}")))
    assert json.loads(tables["help_json"])["path"] == "goobits-program"
    assert plugin.tables.help_json.count("goobits-program") >= 2


def test_record_of_another_version_is_refused() -> None:
    """What it means is not guessed at."""
    for text in ("{}", "[]", "x", '{"schema": 2}'):
        with pytest.raises(Exception, match="its record") as caught:
            Record.parse(text)
        assert caught.type.__name__ == "StoreError"


def test_word_that_no_plugin_adds(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The table was changed between the program's look and the host's."""
    environ = {"XDG_DATA_HOME": str(tmp_path)}
    assert execute("demo", "1.0", "go", ["go"], environ=environ) == 127
    said = capsys.readouterr().err
    assert said.startswith(
        "demo: error: no plugin adds the command 'go' to demo\nhelp: "
    )
