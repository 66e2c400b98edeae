"""Build the examples in every language that is installed, and let them answer.

The tree stays as it is: everything happens in a temporary folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import playback
import plugin_stage

STEPS = 8  # of each session; the tests play them whole
BOLD, DIM, RED, GREEN, PLAIN = "1", "2", "31", "32", "0"


def main() -> int:
    """Play every example; 1 when one failed or two languages differ."""
    began = time.monotonic()
    languages = [name for name in playback.LANGUAGES if not playback.missing(name)]
    for name in playback.LANGUAGES:
        if name not in languages:
            print(f"{name} is skipped: {absence(playback.missing(name))}.")
    projects = playback.projects()
    if absent := plugin_stage.missing():
        projects = [one for one in projects if not (one / "plugins.txt").exists()]
        print(f"The plugins are skipped: {absence(absent)}.")
    try:
        with tempfile.TemporaryDirectory(prefix="goobits-demo-") as folder:
            mistakes = sum(
                play(project, languages, Path(folder, project.name))
                for project in projects
            )
    except (playback.PlaybackError, plugin_stage.StageError) as error:
        print(paint(f"\n{error}", RED))
        return 1
    seconds = f"{time.monotonic() - began:.1f} s"
    if mistakes:
        print(paint(f"\n{mistakes} answers were not as expected ({seconds}).", RED))
        return 1
    print(paint(f"\nAll answers were as expected ({seconds}).", GREEN))
    return 0


def play(project: Path, languages: list[str], folder: Path) -> int:
    """Build one example, show its session and return the number of wrong answers."""
    print(paint(f"\n{project.name}: goobits build {project.name}/goobits.yaml", GREEN))
    build = playback.build(project, folder / "build")
    for language in filter(playback.compiler, languages):
        compile_one(build, language)
    mistakes = 0
    with ExitStack() as stack:
        players = {
            language: stack.enter_context(
                playback.stage(project, build.program(language), folder / language)
            )
            for language in languages
        }
        steps = playback.session(project)[:STEPS]
        for step in steps:
            answers = {
                name: player.run(step.command) for name, player in players.items()
            }
            mistakes += show(step, answers)
    print(paint(f"\n{verdict(languages, len(steps), mistakes)}", DIM))
    return mistakes


def compile_one(build: playback.Build, language: str) -> None:
    """Compile a program, and say so and how long it took."""
    began = time.monotonic()
    print(f"{language}: {playback.compiler(language)}", end="", flush=True)
    build.compile(language)
    print(paint(f"  {time.monotonic() - began:.1f} s", DIM), flush=True)


def show(step: playback.Step, answers: dict[str, playback.Outcome]) -> int:
    """Print a command and its answer; return how many languages got it wrong."""
    print(f"\n{paint('$ ' + step.command, BOLD)}\n{step.expected}", end="", flush=True)
    wrong = {
        language: answer.text()
        for language, answer in answers.items()
        if answer.text() != step.expected
    }
    for language, text in wrong.items():
        print(paint(f"but {language} answered:", RED))
        print(text, end="", flush=True)
    return len(wrong)


def verdict(languages: list[str], steps: int, mistakes: int) -> str:
    """Return one line on how the languages did."""
    names = " and ".join(filter(None, [", ".join(languages[:-1]), languages[-1]]))
    if mistakes:
        return f"{names}: {mistakes} wrong answers."
    if len(languages) == 1:
        return f"{names} gave the {steps} expected answers."
    return f"{names} gave the same {steps} answers, and the expected ones."


def absence(program: str) -> str:
    """Return what is said of a program that is not there."""
    if program == str(playback.TSC):
        return "'npm ci' in tests-integration/node installs its compiler"
    return f"there is no {program!r} on PATH"


def paint(text: str, colour: str) -> str:
    """Return the text in a colour when a person is watching."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return text
    return f"\x1b[{colour}m{text}\x1b[{PLAIN}m"


if __name__ == "__main__":
    sys.exit(main())
