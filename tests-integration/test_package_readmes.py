"""The first screens of the packages' READMEs are true."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import playback
import pytest
from toolchain import ROOT, goobits, run


def block(package: str, language: str) -> str:
    """Return the first block of a README in a language."""
    text = (ROOT / "packages" / package / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_lines_of_the_engine_print_what_is_shown(tmp_path: Path) -> None:
    """They are what somebody types after `pip install`."""
    done = run(sys.executable, "-c", block("goobits-engine", "python"), folder=tmp_path)
    assert done.stdout.decode() == block("goobits-engine", "console")


def test_lines_of_the_lazy_loader_print_what_is_shown(tmp_path: Path) -> None:
    """Something is loaded between the lines, at the moment at which it is said to be."""
    done = run(sys.executable, "-c", block("goobits-lazy", "python"), folder=tmp_path)
    assert done.stdout.decode() == block("goobits-lazy", "text")


def test_lines_of_the_monitor_print_what_is_shown(tmp_path: Path) -> None:
    """The phases of a start, and nothing of what they took, as that differs."""
    lines = block("goobits-monitor", "python")
    done = run(sys.executable, "-c", lines, folder=tmp_path)
    assert done.stdout.decode() == block("goobits-monitor", "text")


@pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are made on Linux alone")
def test_lines_of_the_sandbox_print_what_is_shown(tmp_path: Path) -> None:
    """What was allowed has been done, and what was not has not."""
    (tmp_path / "notes.txt").write_text("hello\n")
    lines = block("goobits-sandbox", "python")
    done = run(sys.executable, "-c", lines, folder=tmp_path)
    assert done.stdout.decode() == block("goobits-sandbox", "text")
    assert (tmp_path / "out" / "size").read_text() == "6\n"


def test_lines_of_the_plugins_print_what_is_shown(tmp_path: Path) -> None:
    """A manifest is read, and says what it wants."""
    lines = block("goobits-plugin", "python")
    done = run(sys.executable, "-c", lines, folder=tmp_path)
    assert done.stdout.decode() == block("goobits-plugin", "text")


def test_lines_of_the_scanner_print_what_is_shown(tmp_path: Path) -> None:
    """A file is scanned, and what it can do is said."""
    lines = block("goobits-scanner", "python")
    done = run(sys.executable, "-c", lines, folder=tmp_path)
    assert done.stdout.decode() == block("goobits-scanner", "text")


def test_measurement_of_the_monitor_looks_as_shown(tmp_path: Path) -> None:
    """Only the figures and what follows from them may differ."""
    command, *shown = block("goobits-monitor", "console").splitlines()
    name, *words = shlex.split(command.removeprefix("$ "))
    assert name == "goobits-monitor"
    done = run(sys.executable, "-m", "goobits_monitor", *words, folder=tmp_path)
    printed = done.stdout.decode().splitlines()
    assert printed[: shown.index("") + 1] == shown[: shown.index("") + 1]
    for line in shown:
        words_of_line = re.match(r"[A-Za-z-]*", line)
        assert words_of_line
        assert any(other.startswith(words_of_line[0]) for other in printed), line


def test_session_of_the_command_answers_as_shown(tmp_path: Path) -> None:
    """Each step builds on the one before."""
    for step in playback.steps(block("goobits", "console")):
        name, *words = shlex.split(step.command)
        if name == "goobits":
            done = goobits(*words, folder=tmp_path)
        else:
            done = run(sys.executable, *words, folder=tmp_path)
        assert (done.stdout + done.stderr).decode() == step.expected, step.command


@pytest.mark.parametrize(
    "package",
    ["goobits", "goobits-engine", "goobits-lazy", "goobits-monitor", "goobits-sandbox"],
)
def test_readme_names_no_file_that_is_not_there(package: str) -> None:
    """Links rot first in a README."""
    folder = ROOT / "packages" / package
    text = (folder / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^):]+)\)", text)
    assert [link for link in links if not (folder / link).exists()] == []
