"""Two processes render what one does, and whatever happens to one of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import goobits_engine as engine
import pytest
from goobits_engine import _halves as halves

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux halves")

LANGUAGES = ("python", "nodejs", "typescript", "rust")
COMMANDS = "".join(
    f"    c{number}:\n      desc: Number {number}\n" for number in range(halves.WORTH)
)
LARGE = f"package_name: demo\ncli:\n  name: demo\n  commands:\n{COMMANDS}"


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "goobits.yaml"
    path.write_text(LARGE)
    return path


def test_files_are_those_of_one_process(
    config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Manifests too, which are merged by functions that came from the child."""
    forks = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: forks.append(1) or fork())
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    for count in (1, 2):
        engine.build(config, tmp_path / "two", only=LANGUAGES)
        assert len(forks) == count
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    for _ in range(2):
        engine.build(config, tmp_path / "one", only=LANGUAGES)
    assert len(forks) == 2
    assert tree(tmp_path / "two") == tree(tmp_path / "one")


def test_small_programs_and_threads_stay_in_one_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fork costs more than a small program, and a lock of another thread stays locked."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0, 1})
    monkeypatch.setattr(halves, "other_threads", lambda: 0)
    assert halves.can_halve(2, halves.WORTH)
    assert not halves.can_halve(1, halves.WORTH)
    assert not halves.can_halve(2, halves.WORTH - 1)
    monkeypatch.undo()
    go_on = threading.Event()
    thread = threading.Thread(target=go_on.wait)
    thread.start()
    assert not halves.can_halve(2, halves.WORTH)
    go_on.set()
    thread.join()


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(0)


def fail() -> None:
    raise ValueError("only here")


@pytest.mark.parametrize("end", [kill, leave, fail])
def test_child_that_ends_early_is_no_loss(end: Callable[[], None]) -> None:
    """Killed for want of memory, or ended by somebody's exit: the parent does all of it."""
    parent = os.getpid()

    def render(language: str) -> tuple[engine.Artifact, ...]:
        if os.getpid() != parent:
            end()
        return (engine.Artifact(language, "entry", language, "text"),)

    made = halves.by_halves(render, LANGUAGES)
    assert [artifact.path for (artifact,) in made] == list(LANGUAGES)


def test_no_process_left_to_have_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may allow one process and no more; nothing stays open either."""

    def refuse() -> int:
        raise BlockingIOError("no more processes")

    def render(language: str) -> tuple[engine.Artifact, ...]:
        return (engine.Artifact(language, "entry", language, "text"),)

    monkeypatch.setattr(os, "fork", refuse)
    opened = os.listdir("/proc/self/fd")
    made = halves.by_halves(render, LANGUAGES)
    assert [artifact.path for (artifact,) in made] == list(LANGUAGES)
    assert os.listdir("/proc/self/fd") == opened


def test_error_of_the_parent_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is said once, and nothing stays behind."""
    parent = os.getpid()
    children = []
    fork = os.fork
    monkeypatch.setattr(os, "fork", lambda: children.append(fork()) or children[-1])

    def render(_language: str) -> tuple[engine.Artifact, ...]:
        if os.getpid() == parent:
            raise ValueError("wrong")
        return (engine.Artifact("x" * 1_000_000, "entry", "python", ""),)

    with pytest.raises(ValueError, match="wrong"):
        halves.by_halves(render, LANGUAGES)
    with pytest.raises(ChildProcessError):
        os.waitpid(children[0], os.WNOHANG)


def test_text_that_waits_to_be_printed_is_printed_once(config: Path) -> None:
    """A child that flushed what it inherited would say everything twice."""
    script = (
        "import goobits_engine as engine\nfrom pathlib import Path\n"
        "print('once')\n"
        f"engine.build(Path('goobits.yaml'), Path('out'), only={LANGUAGES!r})\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=config.parent, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"once\n", b"")
