"""How a Python program ends when its hook does what only Python can."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_engine import parse, render

MUTE = """
class Mute(Exception):
    def __str__(self):
        raise ValueError("no text")
def on_go(**_):
    raise Mute
"""
YAML = "command_name: demo\ncli: {commands: {go: {desc: Go}}}\n"


@pytest.fixture
def entry(tmp_path: Path) -> Path:
    """Return the entry of a program whose hooks a test writes."""
    for artifact in render(parse(YAML).program, "python"):
        path = tmp_path / artifact.path
        path.parent.mkdir(exist_ok=True)
        path.write_text(artifact.content, encoding="utf-8")
    return tmp_path / "demo" / "cli.py"


def result(entry: Path, hook: str, stderr: int = subprocess.PIPE) -> tuple[object, ...]:
    """Run the hook and return the exit code, stdout and stderr."""
    entry.with_name("app_hooks.py").write_text(hook)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, entry, "go"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=stderr,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("hook", "said"),
    [
        (MUTE, "Mute"),
        ("def on_go(**_):\n    raise GeneratorExit('left')\n", "left"),
        ("def on_go(**_):\n    raise BaseException('bare')\n", "bare"),
    ],
    ids=["no-text", "generator-exit", "base-exception"],
)
def test_anything_raised_is_one_line(entry: Path, hook: str, said: str) -> None:
    """A user of a program must not meet a traceback that nobody asked for."""
    assert result(entry, hook) == (1, "", f"demo: error: {said}\n")


def test_hook_that_closes_stdout_is_done(entry: Path) -> None:
    """What it printed has been written; there is nothing to complain about."""
    hook = "import sys\ndef on_go(**_):\n    print('said')\n    sys.stdout.close()\n"
    assert result(entry, hook) == (0, "said\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_stderr_changes_no_exit_code(entry: Path) -> None:
    """Python would make 120 of it at exit."""
    with Path("/dev/full").open("w") as full:
        code, _, _ = result(
            entry, "def on_go(**_):\n    raise ValueError('x')\n", full.fileno()
        )
    assert code == 1


def test_error_of_another_file_is_its_own(entry: Path) -> None:
    """With stdout on a device, an OSError of a hook is not one of stdout."""
    hook = "def on_go(**_):\n    raise OSError(28, 'No space left on device')\n"
    assert result(entry, hook)[2] == "demo: error: [Errno 28] No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a pair of sockets")
def test_reader_of_a_socket_that_left_ends_it_silently(entry: Path) -> None:
    """Node.js gives its children sockets where a shell gives them pipes."""
    hook = "def on_go(**_):\n    for _ in range(100000):\n        print('a line')\n"
    entry.with_name("app_hooks.py").write_text(hook)
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        done = subprocess.run(
            [sys.executable, entry, "go"],
            stdout=ours,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")
