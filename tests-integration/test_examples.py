"""The examples do what their sessions show, the same in every language."""

import os
import subprocess
import sys
from pathlib import Path

import playback
import plugin_stage
import pytest
import toolchain

PROJECTS = playback.projects()
NAMES = [project.name for project in PROJECTS]
STRICT = (
    *("--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"),
    *("--noUnusedLocals", "--noUnusedParameters"),
)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, playback.Build]:
    """Return the examples by name, each built in a copy of it."""
    folder = tmp_path_factory.mktemp("examples")
    return {
        project.name: playback.build(project, folder / project.name)
        for project in PROJECTS
    }


@pytest.mark.parametrize("language", playback.LANGUAGES)
@pytest.mark.parametrize("project", PROJECTS, ids=NAMES)
def test_session_answers_as_written(
    project: Path, language: str, builds: dict[str, playback.Build], tmp_path: Path
) -> None:
    """A session is what the documentation promises, to the byte, in each language."""
    need(language)
    if (project / "plugins.txt").exists():
        missing = plugin_stage.missing()
        if missing and not os.environ.get("CI"):
            pytest.skip(f"{missing} is not installed")
    build = builds[project.name]
    build.compile(language)
    steps = playback.session(project)
    with playback.stage(project, build.program(language), tmp_path / "home") as player:
        answers = [(step.command, player.run(step.command).text()) for step in steps]
    assert answers == [(step.command, step.expected) for step in steps]


def test_projects_are_built_for_every_language(
    builds: dict[str, playback.Build],
) -> None:
    """A language that drops out of the build would leave its sessions unplayed."""
    for build in builds.values():
        assert set(build.entries) == set(playback.LANGUAGES)


def test_typescript_is_strict_and_tidy(builds: dict[str, playback.Build]) -> None:
    """People copy these hooks into projects of their own, with stricter settings."""
    need("typescript")
    prettier = toolchain.tool("prettier")
    for build in builds.values():
        folder = build.folder / "typescript"
        playback.call(build.install() / ".bin/tsc", "--noEmit", *STRICT, folder=folder)
        playback.call(prettier, "--check", *folder.glob("*.ts"), folder=folder)


def test_rust_has_no_lint_and_is_formatted(builds: dict[str, playback.Build]) -> None:
    """Clippy and rustfmt are the first that a Rust project runs, over our files too."""
    need("rust")
    toolchain.tool("cargo-clippy")
    rustfmt = toolchain.tool("rustfmt")
    for build in builds.values():
        build.cargo("clippy", "--", "-D", "warnings")
        main = build.entries["rust"]
        playback.call(rustfmt, "--check", "--edition", "2021", main, folder=main.parent)


def test_what_two_rust_examples_share_is_one_text() -> None:
    """A mistake that is mended in one of them must not live on in the other."""
    copies = sorted(playback.CLIS.glob("*/rust/src/app_hooks/json.rs"))
    assert len(copies) == 2
    assert len({path.read_text(encoding="utf-8") for path in copies}) == 1


def test_demo_ends_well() -> None:
    """`hatch run demo` is the first command that a newcomer runs."""
    result = subprocess.run(
        [sys.executable, playback.CLIS.parent / "demo.py"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "All answers were as expected" in result.stdout


def need(language: str) -> None:
    """Skip the test where a language is not installed; in CI it fails by itself."""
    missing = playback.missing(language)
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{missing} is not installed")
