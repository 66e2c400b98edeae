"""The `goobits` command: itself generated, and what a newcomer does with it."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from pathlib import Path

import pytest
from toolchain import ROOT, goobits, run, tool

OURS = sorted(ROOT.glob("packages/*/goobits.yaml"))
NAMES = [config.parent.name for config in OURS]


@pytest.mark.parametrize("config", OURS, ids=NAMES)
def test_our_program_is_in_step_with_its_configuration(config: Path) -> None:
    """What builds others' programs builds ours, and nobody edits the result."""
    done = goobits("build", config, "--check", folder=ROOT)
    assert done.returncode == 0, (done.stdout + done.stderr).decode()


@pytest.mark.parametrize("config", OURS, ids=NAMES)
def test_version_of_the_program_is_that_of_the_distribution(config: Path) -> None:
    """It stands in two files, and people report bugs by it."""
    metadata = tomllib.loads(config.with_name("pyproject.toml").read_text())
    name, version = config.parent.name, metadata["project"]["version"]
    module = name.replace("-", "_")
    done = run(sys.executable, "-m", module, "--version", folder=ROOT)
    assert done.stdout.decode() == f"{name} {version}\n"


@pytest.mark.parametrize("kind", ["basic", "advanced", "api-client", "text-processor"])
def test_every_starter_builds_and_answers(kind: str, tmp_path: Path) -> None:
    """`init`, `build` and `--help` are the first three commands of a newcomer."""
    assert goobits("init", "wizard", "-t", kind, folder=tmp_path).returncode == 0
    built = goobits("build", "--json", folder=tmp_path)
    assert (built.returncode, built.stderr) == (0, b"")
    for file in json.loads(built.stdout):
        assert set(file) >= {"path", "role", "language", "state"}
        if file["role"] != "entry":
            continue
        tools = {"python": sys.executable, "nodejs": "node"}
        name = tools[file["language"]]
        program = name if name == sys.executable else tool(name)
        page = run(program, file["path"], "--help", folder=tmp_path)
        assert page.returncode == 0
        assert b"Usage: wizard [OPTIONS]" in page.stdout
        assert b"y tool" not in page.stdout


def test_init_keeps_a_configuration_that_is_there(tmp_path: Path) -> None:
    """It may be the only copy."""
    config = tmp_path / "goobits.yaml"
    config.write_text("mine")
    done = goobits("init", "wizard", folder=tmp_path)
    assert done.returncode == 1
    assert b"--force" in done.stderr
    assert config.read_text() == "mine"
    assert goobits("init", "wizard", "--force", folder=tmp_path).returncode == 0
    assert "wizard" in config.read_text()


def test_init_is_named_after_its_folder(tmp_path: Path) -> None:
    """`mkdir my-cli && cd my-cli && goobits init` is what people type."""
    folder = tmp_path / "my-cli"
    folder.mkdir()
    assert goobits("init", folder=folder).returncode == 0
    assert "command_name: my-cli" in (folder / "goobits.yaml").read_text()


def test_name_that_cannot_be_a_command_is_refused(tmp_path: Path) -> None:
    """A folder may be called anything, a program may not."""
    done = goobits("init", "9 lives", folder=tmp_path)
    assert done.returncode == 2
    assert b"goobits init NAME" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_check_exits_with_one_on_drift(tmp_path: Path) -> None:
    """CI of a project stops on it."""
    goobits("init", "wizard", folder=tmp_path)
    assert goobits("build", "--check", folder=tmp_path).returncode == 1
    goobits("build", folder=tmp_path)
    assert goobits("build", "--check", folder=tmp_path).returncode == 0


def test_built_project_installs_and_its_command_runs(tmp_path: Path) -> None:
    """`pip install .` gives the command, without a line written by hand."""
    uv = tool("uv")
    goobits("init", "wizard", folder=tmp_path)
    goobits("build", folder=tmp_path)
    for words in (
        ["venv", "-q", "-p", sys.executable, "env"],
        ["pip", "install", "-q", "-p", "env", "."],
    ):
        done = run(uv, *words, folder=tmp_path, **os.environ)
        assert done.returncode == 0, done.stderr.decode()
    program = tmp_path / "env" / "bin" / "wizard"
    done = run(program, "--version", folder=tmp_path)
    assert done.stdout == b"wizard 0.1.0\n"
    done = run(program, "hello", folder=tmp_path)
    assert done.stderr == b"wizard: error: on_hello is not written yet\n"


def test_validate_says_every_mistake_at_once_in_the_format_asked_for(
    tmp_path: Path,
) -> None:
    """People read text, scripts JSON, and pull requests the marks of GitHub."""
    (tmp_path / "goobits.yaml").write_text(
        "command_name: x\ncli: {comands: {}}\nb: 1\n"
    )
    text = goobits("validate", folder=tmp_path)
    assert text.stderr.count(b"error[G012]") == 2
    assert b" --> goobits.yaml:2:7" in text.stderr
    listed = goobits("validate", "--json", folder=tmp_path)
    assert [entry["line"] for entry in json.loads(listed.stdout)][-1] == 3
    marks = goobits("validate", "-f", "github", folder=tmp_path)
    assert marks.stdout.startswith(b"::error file=goobits.yaml,line=2,col=7")
    assert {text.returncode, listed.returncode, marks.returncode} == {2}
