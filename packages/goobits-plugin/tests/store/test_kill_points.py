"""Every system call that changes the file system is a moment at which a change may be killed.

strace lists those of a change, which is then made again once for each of them, in a process that
strace kills when it enters the call. What is left must be the old state or the new one, whole.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from goobits_plugin import Store

_ANYBODY = ctypes.c_ulong(-1)
_SET_PTRACER = 0x59616D61
_CALLS = (
    "openat open creat mkdir mkdirat write pwrite64 writev rename renameat renameat2 symlink "
    "symlinkat unlink unlinkat rmdir link linkat chmod fchmod fchmodat chown fchown fchownat "
    "fsync fdatasync truncate ftruncate fallocate utimensat flock copy_file_range sendfile"
).split()
_OPENS = {"openat", "open"}
_CHANGES = re.compile(r"O_CREAT|O_WRONLY|O_RDWR|O_TRUNC")
_SET = ",".join(f"?{name}" for name in _CALLS)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)", re.MULTILINE)

Action = Callable[[], object]
Point = tuple[str, int]


@pytest.fixture(scope="module", autouse=True)
def strace() -> None:
    if shutil.which("strace") is None:
        if os.environ.get("CI"):
            pytest.fail("strace is not installed")
        pytest.skip("strace is not installed: the kill points cannot be enumerated")


def traced(action: Action, log: Path, *more: str) -> int:
    """Do something in a child under strace, and return how the child ended."""
    gate, opener = os.pipe()
    child = os.fork()
    if not child:
        os.close(opener)
        ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.read(gate, 1)
        code = 1
        try:
            action()
            code = 0
        finally:
            os._exit(code)
    os.close(gate)
    words = ["strace", "-p", str(child), "-o", str(log), "-e", f"trace={_SET}", *more]
    tracer = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        assert "attached" in said, said
        os.write(opener, b"x")
        _, status = os.waitpid(child, 0)
        child = 0
    finally:
        os.close(opener)
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        tracer.communicate()
    return status


def points_of(log: Path) -> Iterator[Point]:
    """Return the calls that change something, each as its name and which one of that name."""
    seen: Counter[str] = Counter()
    for name, arguments in _LINE.findall(log.read_text()):
        if name not in _CALLS:
            continue
        seen[name] += 1
        if name not in _OPENS or _CHANGES.search(arguments):
            yield name, seen[name]


def in_force(root: Path) -> dict[str, bytes]:
    """Return every file of the generation in force, and of the plugins that it names."""
    files = {}
    current = root / "current"
    if current.is_symlink():
        for path in sorted(current.resolve().rglob("*")):
            if path.is_file():
                files[str(path.relative_to(current.resolve()))] = path.read_bytes()
    for plugin in Store(str(root)).installed():
        for path in sorted(plugin.folder.rglob("*")):
            if path.is_file():
                files[str(path)] = path.read_bytes()
    return files


def check_tidy(root: Path) -> None:
    """See that nothing is left that no generation names."""
    store = Store(str(root))
    kept = store.generations()
    assert sorted(path.name for path in root.iterdir()) == [
        "current",
        "generations",
        "lock",
        "store",
    ]
    there = {path.name for path in (root / "generations").iterdir()}
    assert there == {str(one.number) for one in kept}
    named = {plugin.folder for one in kept for plugin in one.plugins}
    assert set((root / "store").glob("*/*/*")) == named
    assert all(not path.name.startswith(".") for path in (root / "store").iterdir())
    for path in [*(root / "store").iterdir(), *(root / "store").glob("*/*")]:
        assert any(path.iterdir())


def kill_everywhere(
    name: str, root: Path, tmp_path: Path, action: Action, after: Action
) -> None:
    """Kill an action at each of its points, and look at what is left, and at what comes next."""
    before, log = tmp_path / "before", tmp_path / "log"
    if root.exists():
        shutil.copytree(root, before, symlinks=True)
    old = in_force(root) if root.exists() else {}
    assert traced(action, log) == 0
    new = in_force(root)
    assert old != new
    points, tested = list(points_of(log)), 0
    outcomes: Counter[str] = Counter()
    for call, number in points:
        reset(root, before)
        kill = f"inject={call}:signal=SIGKILL:when={number}"
        status = traced(action, log, "-e", kill)
        assert os.WIFSIGNALED(status), (call, number)
        assert os.WTERMSIG(status) == signal.SIGKILL
        left = in_force(root)
        assert left in (old, new), (call, number)
        assert Store(str(root)).verify() == (), (call, number)
        outcomes["old" if left == old else "new"] += 1
        after()
        assert Store(str(root)).verify() == (), (call, number)
        check_tidy(root)
        tested += 1
    print(f"kill points of {name}: {len(points)} enumerated, {tested} tested")
    assert tested == len(points) > 10
    assert outcomes["old"]
    assert outcomes["new"]


def reset(root: Path, before: Path) -> None:
    if root.exists():
        for path in [root, *root.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(root)
    if before.exists():
        shutil.copytree(before, root, symlinks=True)


@pytest.fixture
def after(make: Any, install: Any) -> Action:
    """Return the change that comes after the one that was killed."""
    next_one = make("acme/next", commands=["next"])
    return lambda: install(next_one)


def test_activate(
    root: Path, tmp_path: Path, make: Any, install: Any, after: Action
) -> None:
    """A first install that is killed leaves nothing, or all of it."""
    plugin = make()
    root.parent.mkdir(parents=True, mode=0o700)
    kill_everywhere("activate", root, tmp_path, lambda: install(plugin), after)


def test_update(
    root: Path, tmp_path: Path, make: Any, install: Any, after: Action
) -> None:
    """An update sweeps the oldest state away, and has what needs the plugin written anew."""
    install(make("acme/base", "0.1", commands=["base"]))
    install(make(dependencies=["acme/base"]))
    for number in range(8):
        install(make("acme/base", f"1.{number}", commands=["base"]))
    plugin = make("acme/base", "2.0", commands=["base"])
    install(make("acme/other", commands=["other"]))
    install(make("acme/further", commands=["further"]))
    kill_everywhere("update", root, tmp_path, lambda: install(plugin), after)


def test_remove(
    root: Path, tmp_path: Path, make: Any, install: Any, remove: Any, after: Action
) -> None:
    """A removal that is killed has removed nothing, or all of it."""
    install(make())
    install(make("acme/other", commands=["other"]))
    kill_everywhere("remove", root, tmp_path, lambda: remove("acme/hello"), after)
