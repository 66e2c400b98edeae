"""Real goobits.yaml files: each builds, and every command of it answers, in every language."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import goobits_engine
import pytest
from goobits_engine import Program
from goobits_engine._program import Argument, Command, Option
from goobits_engine._tables import hook_name, walk
from quartet import LANGUAGES
from toolchain import FIXTURES, cargo, goobits, run, tool, tsc

BUILD = ("build", *(word for name in LANGUAGES for word in ("-l", name)))
MARKUP = re.compile(r"\[/?[a-z0-9#()]*\]")


@pytest.fixture(scope="module", params=FIXTURES, ids=lambda path: path.stem)
def config(request: pytest.FixtureRequest) -> Path:
    """Return a configuration that somebody uses."""
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="module")
def built(config: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its programs, built and compiled."""
    folder = tmp_path_factory.mktemp("built")
    done = goobits(*BUILD, config, "-o", folder, "--json", folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    (folder / "listing.json").write_bytes(done.stdout)
    succeed(tsc(folder / "typescript"))
    succeed(cargo("build", folder=folder / "rust", target=folder / "target"))
    return folder


def succeed(done: subprocess.CompletedProcess[bytes]) -> None:
    """Fail with what a tool said."""
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


def entry(config: Path, built: Path, language: str) -> list[str | Path]:
    """Return the command that runs a program, as `build --json` tells it."""
    if language == "rust":
        name = goobits_engine.read(config).program.root.name
        return [built / "target" / "debug" / name]
    listing = json.loads((built / "listing.json").read_bytes())
    (path,) = [
        file["path"]
        for file in listing
        if (file["role"], file["language"]) == ("entry", language)
    ]
    return [sys.executable if language == "python" else tool("node"), path]


def answers(
    config: Path, built: Path, *words: str
) -> list[subprocess.CompletedProcess[bytes]]:
    """Return what the programs of all languages make of a command line."""
    return [
        run(*entry(config, built, language), *words, folder=built)
        for language in LANGUAGES
    ]


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
        done = answers(config, built, *words, "--help")
        assert [answer.returncode for answer in done] == [0] * len(LANGUAGES), words
        assert len({answer.stdout for answer in done}) == 1, words
        assert b"Usage: " in done[0].stdout


def test_every_command_reaches_its_hook_in_every_language(
    config: Path, built: Path
) -> None:
    """What a fresh build calls are stubs: they fail, by the name of the hook."""
    program = goobits_engine.read(config).program
    for path in (path for path in walk(program.root)[1:] if path[-1].runnable):
        words = [step.name for step in path[1:]]
        words += [word for step in path for word in required(step)]
        done = answers(config, built, *words)
        said = f"{program.root.name}: error: {hook_name(path)} is not written yet\n"
        found = {(answer.returncode, answer.stderr.decode()) for answer in done}
        assert found == {(1, said)}, words


def test_every_command_answers_alike_without_its_words(
    config: Path, built: Path
) -> None:
    """What is missing is said with the same words, or a group shows its page."""
    for words in paths(goobits_engine.read(config).program):
        done = answers(config, built, *words)
        assert len({(answer.returncode, answer.stderr) for answer in done}) == 1, words


def required(command: Command) -> list[str]:
    """Return words for all that a command cannot do without; `.` is a path that exists."""
    values = {"str": "x", "path": ".", "int": "1", "float": "1.5", "bool": "yes"}

    def value(target: Argument | Option) -> str:
        return target.choices[0].text if target.choices else values[target.type]

    options = [option for option in command.options if option.required]
    words = [f"--{option.long}={value(option)}" for option in options]
    for argument in command.arguments:
        count = (argument.maximum or 1) if argument.required else 0
        words += [value(argument)] * count
    return words


def test_root_page_shows_sections_groups_commands_and_version(
    config: Path, built: Path
) -> None:
    """What the author wrote for the first screen stands on it."""
    program = goobits_engine.read(config).program
    page = answers(config, built, "--help")[0].stdout.decode()
    wanted = [section.title for section in program.sections]
    wanted += [row.item for section in program.sections for row in section.rows]
    wanted += [group.name for group in program.groups]
    wanted += [command.name for command in program.root.children]
    wanted += [program.version, MARKUP.sub("", program.footer)]
    assert [text for text in wanted if text not in page] == []


def test_version_is_that_of_the_file(config: Path, built: Path) -> None:
    """Scripts ask for it."""
    program = goobits_engine.read(config).program
    for done in answers(config, built, "--version"):
        assert done.stdout.decode() == f"{program.root.name} {program.version}\n"


def test_generated_files_are_what_their_formatters_make(built: Path) -> None:
    """Whoever formats a whole repository must not change, and so own, a generated file."""
    ruff = run(tool("ruff"), "format", "--isolated", "--diff", "python", folder=built)
    assert ruff.returncode == 0, ruff.stdout.decode()
    words = ("--check", "nodejs", "typescript/**/*.{ts,cjs,json}", "!**/dist/**")
    prettier = run(tool("prettier"), *words, folder=built)
    assert prettier.returncode == 0, prettier.stderr.decode()
    sources = sorted((built / "rust").rglob("*.rs"))
    assert len(sources) == 4
    words = ("--edition=2021", "--check", *map(str, sources))
    rustfmt = run(tool("rustfmt"), *words, folder=built)
    assert rustfmt.returncode == 0, rustfmt.stdout.decode()


def test_generated_python_type_checks(config: Path, built: Path) -> None:
    """A project under mypy can hold a generated program without exceptions."""
    words = (
        "--strict",
        "--cache-dir",
        built / "mypy",
        entry(config, built, "python")[1],
    )
    done = run(tool("mypy"), *words, folder=built)
    assert done.returncode == 0, done.stdout.decode()


def test_generated_rust_is_clean_to_clippy(built: Path) -> None:
    """A project that denies warnings can hold a generated program without exceptions."""
    succeed(cargo("clippy", folder=built / "rust", target=built / "target"))


def test_second_build_is_in_step(config: Path, built: Path) -> None:
    """`build --check` in somebody's CI must not fail on what `build` just wrote."""
    assert goobits(*BUILD, config, "-o", built, "--check", folder=built).returncode == 0
