"""What `goobits` costs, the command that people type all day, against the bare interpreter.

Installed from wheels and compiled as pip does it. The configuration is a real one of 293 lines and
17 commands.
"""

from __future__ import annotations

import os
import shlex
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import ENVIRONMENT, Measure
from pytest_benchmark.fixture import BenchmarkFixture

CONFIG = "packages/goobits-engine/tests/fixtures/yamls/goobits__ttt.yaml"
LANGUAGES = ("python", "nodejs", "typescript", "rust")


@pytest.fixture
def program(tmp_path: Path, tree: Path) -> Path:
    """Return the `goobits` of an environment that holds the wheels."""
    python = tmp_path / "env" / "bin" / "python"
    call("uv", "venv", "--python", sys.executable, tmp_path / "env")
    names = ("engine", "lazy", "cache", "monitor", "plugin", "sandbox")
    folders = (tree / "packages" / f"goobits-{name}" for name in names)
    there = (folder for folder in folders if folder.exists())
    words = ("--python", python, *there, tree / "packages" / "goobits")
    call("uv", "pip", "install", "--compile-bytecode", *words)
    return python.with_name("goobits")


@pytest.fixture
def project(tmp_path: Path, tree: Path) -> Path:
    """Return a folder with the configuration."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(tree / CONFIG, folder / "goobits.yaml")
    return folder


def call(*words: str | Path, folder: Path | None = None) -> None:
    """Run a command that prepares a measurement."""
    subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT},
        check=True,
        capture_output=True,
    )


def anew(program: Path, project: Path, *words: str, cache: str | None) -> list[str]:
    """Return a command that removes what was built and builds it; the shell is counted, too."""
    out = shlex.quote(str(project / "out"))
    command = shlex.join([str(program), "build", str(project / "goobits.yaml"), *words])
    variable = "" if cache is None else f"GOOBITS_CACHE={shlex.quote(cache)} "
    return ["sh", "-c", f"rm -rf {out}; {variable}exec {command} -o {out}"]


def test_nothing_to_do(program: Path, project: Path, measure: Measure) -> None:
    """What is typed most often has nothing to build."""
    config = project / "goobits.yaml"
    call(program, "build", config, "-l", "python")
    candidates = {
        "goobits --help": (program, "--help"),
        "goobits build, nothing to do": (program, "build", config, "-l", "python"),
        "goobits build --check": (program, "build", config, "-l", "python", "--check"),
        "goobits validate (293 lines)": (program, "validate", config),
    }
    base = (program.with_name("python"), "-c", "pass")
    measure("goobits, against `python -c pass`", base, candidates)


@pytest.mark.parametrize("language", LANGUAGES)
def test_build(language: str, program: Path, project: Path, measure: Measure) -> None:
    """Cold: no cache, as the first build in CI; warm: only the files are missing."""
    words = ("-l", language)
    warm = anew(program, project, *words, cache=None)
    call(*warm)
    candidates = {
        "cold build": anew(program, project, *words, cache=""),
        "warm build": warm,
    }
    base = (program.with_name("python"), "-c", "pass")
    measure(f"{language}, against `python -c pass`", base, candidates, pairs=21)


def test_all_languages(program: Path, project: Path, measure: Measure) -> None:
    """One after the other in one process."""
    words = [word for language in LANGUAGES for word in ("-l", language)]
    warm = anew(program, project, *words, cache=None)
    call(*warm)
    candidates = {
        "cold build": anew(program, project, *words, cache=""),
        "warm build": warm,
    }
    base = (program.with_name("python"), "-c", "pass")
    measure("four languages, against `python -c pass`", base, candidates, pairs=21)


PEAK = """
import os, resource, subprocess, sys
environment = os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}
subprocess.run(sys.argv[1:], env=environment, check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_memory(
    program: Path,
    project: Path,
    tell: Callable[[str], None],
    benchmark: BenchmarkFixture,
) -> None:
    """The whole of it stays under 50 MB."""
    benchmark.pedantic(call, (program, "--version"), rounds=1)
    words = [word for language in LANGUAGES for word in ("-l", language)]
    config = project / "goobits.yaml"
    settled = [str(program), "build", str(config), *words, "-o", str(project / "out")]
    for name, command in (
        ("cold", anew(program, project, *words, cache="")),
        ("warm", anew(program, project, *words, cache=None)),
        ("settled", settled),
    ):
        call(*command)
        done = subprocess.run(
            [sys.executable, "-c", PEAK, *command],
            env=ENVIRONMENT,
            capture_output=True,
            check=True,
        )
        megabytes = int(done.stdout) * 1024 / 1e6
        modules = done.stderr.count(b"import time:") - bare(program)
        tell(
            f"  a {name} build of four languages: {modules} modules imported,"
            f" {megabytes:.1f} MB at the peak"
        )


def bare(program: Path) -> int:
    """Return how many modules the interpreter imports for itself, with a line of a heading."""
    done = subprocess.run(
        [program.with_name("python"), "-X", "importtime", "-c", "pass"],
        capture_output=True,
        check=True,
    )
    return done.stderr.count(b"import time:")


def test_two_processes(
    program: Path,
    tmp_path: Path,
    tell: Callable[[str], None],
    benchmark: BenchmarkFixture,
    planning: bool,
) -> None:
    """A large program in four languages is rendered by two processes where there are cores."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        pytest.skip("this wants Linux and two cores")
    benchmark.pedantic(call, (program, "--version"), rounds=1)
    if planning:
        return
    words = [word for language in LANGUAGES for word in ("-l", language)]
    for commands in (80, 240):
        body = "".join(
            f"    c{number}:\n      desc: Number {number}\n      options:\n"
            + "".join(
                f"        - {{name: o{n}, desc: It, type: str}}\n" for n in "abcd"
            )
            for number in range(commands)
        )
        config = tmp_path / "large.yaml"
        config.write_text(
            f"package_name: large\ncli:\n  name: large\n  commands:\n{body}"
        )
        times: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(9):
            for cores, seconds in times.items():
                shutil.rmtree(tmp_path / "out", ignore_errors=True)
                few = sorted(os.sched_getaffinity(0))[:cores]
                began = time.perf_counter()
                subprocess.run(
                    [program, "build", config, "-o", tmp_path / "out", *words],
                    env=ENVIRONMENT | {"GOOBITS_CACHE": ""},
                    stdout=subprocess.DEVNULL,
                    preexec_fn=lambda few=few: os.sched_setaffinity(0, few),
                    check=True,
                )
                seconds.append(time.perf_counter() - began)
        one, two = map(statistics.median, times.values())
        tell(
            f"  {commands} commands, four languages: two cores take"
            f" {two / one:.2f} of the time of one"
        )
