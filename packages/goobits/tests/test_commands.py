"""What the commands print and how they end, inside of one process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def goobits(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return a function that runs a command line and returns its exit code."""

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["goobits", *words])
        return main()

    return run


def test_help_names_every_command(
    goobits: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is the first page that anybody sees."""
    assert goobits("--help") == 0
    page = capsys.readouterr().out
    assert [word in page for word in ("build", "init", "validate")] == [True] * 3


def test_build_lists_its_files_as_json(
    goobits: Callable[..., int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script finds the program to run by its role."""
    assert goobits("init", "wizard") == 0
    capsys.readouterr()
    assert goobits("build", "--json") == 0
    files = json.loads(capsys.readouterr().out)
    roles = {file["role"]: file for file in files}
    assert set(roles) == {"entry", "hooks", "manifest", "runtime", "lock"}
    assert roles["entry"] == {
        "path": "wizard/cli.py",
        "role": "entry",
        "language": "python",
        "state": "written",
    }
    assert (folder / roles["entry"]["path"]).exists()


def test_build_names_hooks_that_are_missing(
    goobits: Callable[..., int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The hooks file is not touched, so somebody has to be told."""
    goobits("init", "wizard")
    goobits("build")
    with (folder / "goobits.yaml").open("a") as config:
        config.write("    bye:\n      desc: Say goodbye\n")
    capsys.readouterr()
    assert goobits("build") == 0
    said = capsys.readouterr().err
    assert "wizard/app_hooks.py has no on_bye" in said
    assert "--add-missing-hooks" in said
    assert goobits("build", "--add-missing-hooks") == 0
    assert "def on_bye(" in (folder / "wizard" / "app_hooks.py").read_text()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("build",), 2),
        (("build", "--check"), 2),
        (("validate",), 2),
        (("build", "--chekc"), 2),
        (("init", "-t", "huge"), 2),
        ((), 2),
    ],
)
def test_exit_codes_of_mistakes(
    goobits: Callable[..., int],
    words: tuple[str, ...],
    code: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Scripts tell a wrong call from a failed one by them."""
    assert goobits(*words) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err != ""


def test_warnings_do_not_fail_a_build(
    goobits: Callable[..., int], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An old file builds, and its author hears what to change."""
    (folder / "goobits.yaml").write_text(
        "command_name: old\ncli:\n  commands:\n    run: {description: Run it}\n"
    )
    assert goobits("build") == 0
    assert "warning[G050]" in capsys.readouterr().err
    assert goobits("validate") == 0
