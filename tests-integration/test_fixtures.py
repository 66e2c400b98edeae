"""Real goobits.yaml files: each builds, and every command of it answers, in every language."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import goobits_engine
import pytest
from goobits_engine import Program
from toolchain import FIXTURES, goobits, run, tool

MARKUP = re.compile(r"\[/?[a-z0-9#()]*\]")


@pytest.fixture(scope="module", params=FIXTURES, ids=lambda path: path.stem)
def config(request: pytest.FixtureRequest) -> Path:
    """Return a configuration that somebody uses."""
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="module")
def built(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its programs in both languages."""
    folder = tmp_path_factory.mktemp("built")
    for language in ("python", "nodejs"):
        words = ("build", config, "-o", folder / language, "-l", language, "--json")
        done = goobits(*words, folder=folder)
        assert done.returncode == 0, done.stderr.decode()
        (folder / f"{language}.json").write_bytes(done.stdout)
    return folder


def entry(built: Path, language: str) -> list[str]:
    """Return the command that runs a program, as `build --json` tells it."""
    listing = json.loads((built / f"{language}.json").read_bytes())
    (path,) = [file["path"] for file in listing if file["role"] == "entry"]
    return [sys.executable if language == "python" else tool("node"), path]


def paths(program: Program) -> list[list[str]]:
    """Return the words that reach each command."""
    found: list[list[str]] = [[]]
    waiting = [([], program.root)]
    while waiting:
        words, command = waiting.pop()
        for child in command.children:
            found.append([*words, child.name])
            waiting.append(([*words, child.name], child))
    return found


def test_every_command_answers_help_alike_in_every_language(
    config: Path, built: Path
) -> None:
    """A page that breaks on one real text breaks for its author."""
    for words in paths(goobits_engine.read(config).program):
        answers = [
            run(*entry(built, language), *words, "--help", folder=built)
            for language in ("python", "nodejs")
        ]
        assert [answer.returncode for answer in answers] == [0, 0], words
        assert answers[0].stdout == answers[1].stdout
        assert b"Usage: " in answers[0].stdout


def test_root_page_shows_sections_groups_commands_and_version(
    config: Path, built: Path
) -> None:
    """What the author wrote for the first screen stands on it."""
    program = goobits_engine.read(config).program
    page = run(*entry(built, "python"), "--help", folder=built).stdout.decode()
    wanted = [section.title for section in program.sections]
    wanted += [row.item for section in program.sections for row in section.rows]
    wanted += [group.name for group in program.groups]
    wanted += [command.name for command in program.root.children]
    wanted += [program.version, MARKUP.sub("", program.footer)]
    assert [text for text in wanted if text not in page] == []


def test_version_is_that_of_the_file(config: Path, built: Path) -> None:
    """Scripts ask for it."""
    program = goobits_engine.read(config).program
    for language in ("python", "nodejs"):
        done = run(*entry(built, language), "--version", folder=built)
        assert done.stdout.decode() == f"{program.root.name} {program.version}\n"


def test_generated_files_are_what_their_formatters_make(built: Path) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    ruff = run(tool("ruff"), "format", "--isolated", "--diff", "python", folder=built)
    assert ruff.returncode == 0, ruff.stdout.decode()
    prettier = run(tool("prettier"), "--check", "nodejs", folder=built)
    assert prettier.returncode == 0, prettier.stderr.decode()


def test_generated_python_type_checks(built: Path) -> None:
    """A project under mypy can hold a generated program without exceptions."""
    words = ("--strict", "--cache-dir", built / "mypy", entry(built, "python")[1])
    done = run(tool("mypy"), *words, folder=built)
    assert done.returncode == 0, done.stdout.decode()


def test_second_build_is_in_step(config: Path, built: Path) -> None:
    """`build --check` in somebody's CI must not fail on what `build` just wrote."""
    words = ("build", config, "-o", built / "python", "-l", "python", "--check")
    assert goobits(*words, folder=built).returncode == 0
