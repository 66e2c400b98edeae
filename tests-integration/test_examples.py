"""The examples do what their sessions show, the same in every language."""

import os
import subprocess
import sys
from pathlib import Path

import playback
import pytest

PROJECTS = playback.projects()
NAMES = [project.name for project in PROJECTS]


@pytest.fixture(scope="module", params=PROJECTS, ids=NAMES)
def project(request: pytest.FixtureRequest) -> Path:
    """Return the folder of one example."""
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="module")
def entries(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the programs of an example, built in a copy of it."""
    return playback.build(project, tmp_path_factory.mktemp(project.name) / "build")


@pytest.mark.parametrize("language", playback.LANGUAGES)
def test_session_answers_as_written(
    project: Path, language: str, entries: dict[str, Path], tmp_path: Path
) -> None:
    """A session is what the documentation promises, to the byte, in each language."""
    if playback.toolchain(language) is None and not os.environ.get("CI"):
        pytest.skip(f"{playback.LANGUAGES[language]} is not installed")
    steps = playback.session(project)
    with playback.stage(
        project, language, entries[language], tmp_path / "home"
    ) as player:
        answers = [(step.command, player.run(step.command).text()) for step in steps]
    assert answers == [(step.command, step.expected) for step in steps]


def test_projects_are_built_for_every_language(entries: dict[str, Path]) -> None:
    """A language that drops out of the build would leave its sessions unplayed."""
    assert entries.keys() == playback.LANGUAGES.keys()


def test_demo_ends_well() -> None:
    """`hatch run demo` is the first command that a newcomer runs."""
    result = subprocess.run(
        [sys.executable, playback.CLIS.parent / "demo.py"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "All answers were as expected" in result.stdout
