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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import plugin_stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).parents[1]
CLIS = ROOT / "examples/clis"
INTERNET = ROOT / "examples/plugins/internet.py"
NODE_MODULES = ROOT / "tests-integration/node/node_modules"
TSC = NODE_MODULES / ".bin/tsc"
LANGUAGES = ("python", "nodejs", "typescript", "rust")
BUILD_SECONDS = 300
COMMAND_SECONDS = 30
_TOOLS: Mapping[str, tuple[str, ...]] = {
    "python": (sys.executable,),
    "nodejs": ("node",),
    "typescript": ("node", str(TSC)),
    "rust": ("cargo",),
}
"""What each language takes, by name or by path; the first runs or builds its programs."""
_COMPILERS: Mapping[str, str] = {"typescript": "tsc", "rust": "cargo build"}
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
        """Return the outcome as a session shows it, with `<time>` for the time of now."""
        lines = self.stderr.decode().splitlines(keepends=True)
        errors = "".join(f"! {line}" if line.strip() else f"!{line}" for line in lines)
        end = f"[exit {self.code}]\n" if self.code else ""
        return _TIME.sub(_instant, self.stdout.decode() + errors + end)


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


@dataclass(frozen=True, slots=True)
class Build:
    """A copy of a project after `goobits build`; `entries` are its files to run."""

    name: str
    folder: Path
    entries: Mapping[str, Path]

    def compile(self, language: str) -> None:
        """Compile the program of a language that has a compiler.

        Raises:
            PlaybackError: the compiler found a mistake.
        """
        if language == "typescript":
            call(self.install() / ".bin/tsc", folder=self.folder / language)
        elif language == "rust":
            self.cargo("build")

    def install(self) -> Path:
        """Link the packages of the tests: `npm install` would fetch the same ones."""
        link = self.folder / "typescript/node_modules"
        if not link.exists():
            link.symlink_to(NODE_MODULES)
        return link

    def cargo(self, command: str, *words: str) -> None:
        """Run a command of cargo, with its output inside of the folder."""
        call(
            *("cargo", command, "--quiet", "--offline", *words),
            folder=self.folder / "rust",
            CARGO_TARGET_DIR=str(self.folder / "target"),
            CARGO_INCREMENTAL="0",
        )

    def program(self, language: str) -> tuple[str, ...]:
        """Return the command that runs the program."""
        if language == "rust":
            return (str(self.folder / "target/debug" / self.name),)
        return (toolchain(language) or language, str(self.entries[language]))


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
    """Return the program that runs or builds a language, or None when one is missing."""
    return None if missing(language) else shutil.which(_TOOLS[language][0])


def missing(language: str) -> str:
    """Return the first program that a language takes and that is not installed."""
    return next((tool for tool in _TOOLS[language] if not shutil.which(tool)), "")


def compiler(language: str) -> str:
    """Return what compiles a language, or nothing."""
    return _COMPILERS.get(language, "")


def build(project: Path, folder: Path) -> Build:
    """Build a copy of the project in `folder`, for every language.

    Raises:
        PlaybackError: `goobits build` failed.
    """
    own = shutil.ignore_patterns("node_modules", "dist", "target")
    shutil.copytree(project, folder, ignore=own)
    words = ("goobits.yaml", "-o", folder, "--json")
    written = call(sys.executable, "-m", "goobits", "build", *words, folder=folder)
    entries = {
        artifact["language"]: Path(artifact["path"])
        for artifact in json.loads(written)
        if artifact["role"] == "entry"
    }
    return Build(project.name, folder, entries)


def call(*command: str | Path, folder: Path, **environment: str) -> bytes:
    """Run a tool in a folder and return what it wrote to stdout.

    Raises:
        PlaybackError: the tool failed; the message is all that it wrote.
    """
    result = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    if result.returncode:
        raise PlaybackError((result.stdout + result.stderr).decode(errors="replace"))
    return result.stdout


@contextmanager
def stage(project: Path, program: tuple[str, ...], folder: Path) -> Iterator[Player]:
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
    service, plugins = project / "service.py", project / "plugins.txt"
    if plugins.exists():
        with plugin_stage.stage(plugins, folder) as home, served(INTERNET) as proxy:
            yield Player(program, folder, environment | home | {"HTTPS_PROXY": proxy})
    elif service.exists():
        with served(service) as address:
            yield Player(program, folder, environment | {"API_URL": address})
    else:
        yield Player(program, folder, environment)


@contextmanager
def served(service: Path) -> Iterator[str]:
    """Start a server, which prints its address, and end it.

    Raises:
        PlaybackError: it did not start.
    """
    with subprocess.Popen(
        [sys.executable, service, "0"], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                raise PlaybackError(f"{service} did not start")
            yield address
        finally:
            process.terminate()


def _instant(found: re.Match[str]) -> str:
    age = datetime.now(UTC) - datetime.fromisoformat(found[0])
    return "<time>" if timedelta(0) <= age < timedelta(minutes=5) else found[0]
