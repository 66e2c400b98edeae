"""`hatch run compare`: the program that holds a change against what it began from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import revisions
from errors import UsageError
from toolchain import ROOT, run, tool

CONFIG = f"""\
[dependency-groups]
test = ["pytest>=8.4", "pytest-benchmark>=5.1"]

[tool.pytest.ini_options]
addopts = ["--import-mode=importlib", "--benchmark-disable"]
pythonpath = ["{ROOT}/packages/goobits-monitor/benchmarks"]
"""
PACKAGE = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "tiny"
version = "1"
"""
CONFTEST = """\
def pytest_addoption(pluginmanager):
    pluginmanager.import_plugin("harness")
"""
BENCHMARKS = """\
import sys
import tiny

def test_command(measure, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(f"for _ in range({tiny.WORK}): pass")
    empty = (sys.executable, "-I", "-S", "-c", "pass")
    measure("a script", empty, {"run": (sys.executable, "-I", "-S", script)})

def test_function(benchmark):
    benchmark(sum, range(tiny.WORK))
"""
CALM, BUSY = "WORK = 100_000\n", "WORK = 1_000_000\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with one commit: a package, and a benchmark of each kind."""
    root = tmp_path / "repository"
    package = root / "packages" / "tiny"
    for folder in (package / "src" / "tiny", package / "benchmarks"):
        folder.mkdir(parents=True)
    (root / ".gitignore").write_text("__pycache__/\n")
    (root / "pyproject.toml").write_text(CONFIG)
    (package / "pyproject.toml").write_text(PACKAGE)
    (package / "src/tiny/__init__.py").write_text(CALM)
    (package / "benchmarks/conftest.py").write_text(CONFTEST)
    (package / "benchmarks/test_tiny.py").write_text(BENCHMARKS)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def git(root: Path, *words: str) -> str:
    done = run("git", *words, folder=root, HOME=str(root))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().strip()


def commit(root: Path) -> str:
    """Commit all files; return the hash."""
    git(root, "add", "--all")
    name = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    git(root, *name, "commit", "--quiet", "--allow-empty", "--message=one")
    return git(root, "rev-parse", "HEAD")


def environment(root: Path) -> dict[str, str]:
    """Return the environment of the program; its temporary folders are in `scratch`."""
    scratch = root.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return {
        **os.environ,
        "TMPDIR": str(scratch),
        "GITHUB_STEP_SUMMARY": str(root.parent / "step.md"),
    }


def compare(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    tool("uv")
    command = (sys.executable, ROOT / ".ci" / "compare", *words)
    return run(*command, folder=root, **environment(root))


def assert_nothing_is_left(root: Path) -> None:
    """Check that the repository knows one worktree, and that no folder stays behind."""
    assert git(root, "worktree", "list").splitlines() == [
        f"{root}  {git(root, 'rev-parse', '--short', 'HEAD')} [main]"
    ]
    assert list((root.parent / "scratch").iterdir()) == []


def outcomes(done: subprocess.CompletedProcess[bytes]) -> dict[str, str]:
    """Return the last column of the table by the first."""
    lines = done.stdout.decode().splitlines()
    rows = [line.strip("| ").split("|") for line in lines if line.startswith("|")]
    return {row[0].strip(): row[-1].strip(" *") for row in rows[2:]}


def test_what_became_slower_is_named_and_fails_the_job(repository: Path) -> None:
    """Commands and functions both; what base does not have yet is no regression."""
    package = repository / "packages" / "tiny"
    (package / "src/tiny/__init__.py").write_text(f"{BUSY}NEW = True\n")
    later = "\ndef test_later(benchmark):\n    benchmark(bool, tiny.NEW)\n"
    (package / "benchmarks/test_tiny.py").write_text(BENCHMARKS + later)
    status = git(repository, "status", "--porcelain")
    results = repository.parent / "results"
    done = compare(repository, "--pairs", "7", "--output", str(results))
    assert outcomes(done) == {
        "tiny test_command run": "slower",
        "tiny test_function": "slower",
        "tiny test_later": "new",
    }
    assert done.returncode == 1
    assert done.stdout.decode() in (repository.parent / "step.md").read_text()
    assert (results / "commands.json").exists()
    assert len(list((results / "functions").glob("*.json"))) == 14
    assert git(repository, "status", "--porcelain") == status
    assert_nothing_is_left(repository)


def test_the_same_code_is_not_slower(repository: Path) -> None:
    """A gate that cries wolf is switched off."""
    commit(repository)
    done = compare(repository, "--pairs", "7", "-k", "command")
    assert done.returncode == 0, done.stderr.decode()
    assert outcomes(done).keys() == {"tiny test_command run"}
    assert b"(HEAD^)" in done.stderr


def test_a_benchmark_that_head_breaks_fails_the_job(repository: Path) -> None:
    """Otherwise a slow function is hidden best by breaking its benchmark."""
    (repository / "packages/tiny/src/tiny/__init__.py").write_text("WORK = 1 / 2\n")
    done = compare(repository, "--pairs", "7", "-k", "function")
    assert outcomes(done) == {"tiny test_function": "failed"}
    assert b"TypeError" in done.stderr
    assert done.returncode == 1


def test_an_interrupted_run_leaves_nothing_behind(repository: Path) -> None:
    """Neither a worktree nor a benchmark that still runs, whoever sent the signal."""
    tool("uv")
    started = repository.parent / "started"
    sleep = f"""
import pathlib, time

def test_sleep(benchmark):
    pathlib.Path({str(started)!r}).touch()
    time.sleep(600)
"""
    (repository / "packages/tiny/benchmarks/test_sleep.py").write_text(sleep)
    process = subprocess.Popen(
        (sys.executable, ROOT / ".ci" / "compare", "-k", "sleep"),
        cwd=repository,
        env=environment(repository),
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 60
    while not started.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.endswith(b"compare: interrupted\n")
    assert_nothing_is_left(repository)


def test_an_expression_that_chooses_nothing_is_wrong_use(repository: Path) -> None:
    """A job that measured nothing would be green for ever."""
    done = compare(repository, "HEAD", "-k", "nosuch")
    assert done.returncode == 2
    assert done.stderr.endswith(b"there is no benchmark that 'nosuch' chooses\n")
    assert_nothing_is_left(repository)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nosuch",), "compare: 'nosuch' is no commit of this repository\n"),
        (("--", "--all"), "compare: '--all' is no commit of this repository\n"),
    ],
)
def test_wrong_reference_is_one_line(
    repository: Path, words: tuple[str, ...], said: str
) -> None:
    """It is the mistake that everyone makes first."""
    done = compare(repository, *words)
    assert (done.returncode, done.stderr.decode()) == (2, said)


def test_too_few_pairs_are_refused(repository: Path) -> None:
    """They would be measured for nothing: no verdict could come of them."""
    done = compare(repository, "--pairs", "6")
    assert done.returncode == 2
    assert b"fewer than 7" in done.stderr


def test_branch_is_held_against_where_it_left_main(repository: Path) -> None:
    """What main did since is not the doing of the branch."""
    fork = commit(repository)
    git(repository, "switch", "--quiet", "--create", "branch")
    commit(repository)
    git(repository, "switch", "--quiet", "main")
    commit(repository)
    git(repository, "switch", "--quiet", "branch")
    assert revisions.base_of(repository, None).commit == fork


def test_main_is_held_against_its_last_commit(repository: Path) -> None:
    """With changes that are not committed they are what is compared, else the commit is."""
    first = git(repository, "rev-parse", "HEAD")
    second = commit(repository)
    assert revisions.base_of(repository, None).commit == first
    (repository / "new.py").touch()
    assert revisions.base_of(repository, None).commit == second


def test_first_commit_has_nothing_to_be_held_against(repository: Path) -> None:
    """What to do is then said, where Git would say `unknown revision`."""
    with pytest.raises(UsageError, match="nothing is changed since the first commit"):
        revisions.base_of(repository, None)
    git(repository, "branch", "--move", "trunk")
    with pytest.raises(UsageError, match="there is no origin/main or main"):
        revisions.base_of(repository, None)
