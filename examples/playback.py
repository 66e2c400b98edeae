"""Play the examples' sessions: build a project, run its commands, hold the answers.

A `session.txt` reads as a terminal does: `$ ` and a command, then what the program
wrote to stdout, then what it wrote to stderr, each line after `! `, then `[exit N]`
when N is not 0.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLIS = Path(__file__).parent / "clis"
LANGUAGES = {"python": sys.executable, "nodejs": "node"}
BUILD_SECONDS = 60
COMMAND_SECONDS = 30
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class PlaybackError(Exception):
    """An example could not be built or its service not started."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command line of a session and the text that should follow it."""

    command: str
    expected: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program wrote and how it ended."""

    stdout: bytes
    stderr: bytes
    code: int

    def text(self) -> str:
        """Return the outcome as a session shows it, with `<time>` for every instant."""
        lines = self.stderr.decode().splitlines(keepends=True)
        errors = "".join(f"! {line}" if line.strip() else f"!{line}" for line in lines)
        end = f"[exit {self.code}]\n" if self.code else ""
        return _TIME.sub("<time>", self.stdout.decode() + errors + end)


@dataclass(frozen=True, slots=True)
class Player:
    """One program and the folder in which its session takes place."""

    program: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]

    def run(self, command: str) -> Outcome:
        """Run `[VARIABLE=VALUE]... NAME [WORD]...`; NAME stands for the program."""
        words = shlex.split(command)
        environment = dict(self.environment)
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            environment[name] = value
        result = subprocess.run(
            [*self.program, *words[1:]],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        return Outcome(result.stdout, result.stderr, result.returncode)


def projects() -> list[Path]:
    """Return the folders of the examples."""
    return sorted(config.parent for config in CLIS.glob("*/goobits.yaml"))


def session(project: Path) -> list[Step]:
    """Read the session of a project."""
    return steps((project / "session.txt").read_text(encoding="utf-8"))


def steps(text: str) -> list[Step]:
    """Split a session at its prompts."""
    _, *parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return [Step(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def toolchain(language: str) -> str | None:
    """Return the program that runs a language, or None when it is not installed."""
    return shutil.which(LANGUAGES[language])


def build(project: Path, folder: Path) -> dict[str, Path]:
    """Build a copy of the project in `folder` and return each language's program.

    Raises:
        PlaybackError: `goobits build` failed.
    """
    shutil.copytree(project, folder)
    config = folder / "goobits.yaml"
    result = subprocess.run(
        [sys.executable, "-m", "goobits", "build", config, "-o", folder, "--json"],
        capture_output=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if result.returncode:
        raise PlaybackError(result.stderr.decode(errors="replace"))
    return {
        artifact["language"]: Path(artifact["path"])
        for artifact in json.loads(result.stdout)
        if artifact["role"] == "entry"
    }


@contextmanager
def stage(project: Path, language: str, entry: Path, folder: Path) -> Iterator[Player]:
    """Set the scene for one session: the project's sample files, its service, a home.

    Raises:
        PlaybackError: the service did not start.
    """
    sample = project / "sample"
    if sample.exists():
        shutil.copytree(sample, folder)
    else:
        folder.mkdir(parents=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    program = (toolchain(language) or LANGUAGES[language], str(entry))
    service = project / "service.py"
    if not service.exists():
        yield Player(program, folder, environment)
        return
    with subprocess.Popen(
        [sys.executable, service, "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                raise PlaybackError(f"{service} did not start")
            yield Player(program, folder, environment | {"API_URL": address})
        finally:
            process.terminate()
