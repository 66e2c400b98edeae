"""Copying back what a hostile guest left, onto a host that changes meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import Changes
from goobits_sandbox._commit import commit

Take = Callable[..., Changes]


@pytest.fixture
def upper(tmp_path: Path) -> Path:
    folder = tmp_path / "upper"
    folder.mkdir()
    return folder


@pytest.fixture
def host(tmp_path: Path) -> Path:
    folder = tmp_path / "host"
    folder.mkdir()
    return folder


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    folder = tmp_path / "victim"
    folder.mkdir()
    (folder / "file").write_text("untouched")
    return folder


@pytest.fixture
def take(upper: Path, host: Path) -> Take:
    """Return a function that commits, by default all that is not protected."""

    def run(**options: object) -> Changes:
        chosen = {"allows": lambda _: True, "since": time.time_ns() + 10**12}
        opened = os.open(upper, os.O_RDONLY)
        try:
            return commit(opened, str(host), **(chosen | options))  # type: ignore[arg-type]
        finally:
            os.close(opened)

    return run


def naive(upper: Path, host: Path) -> None:
    """Copy as a commit without any care would: what each attack is first tried on."""
    subprocess.run(
        ["cp", "-a", f"{upper}/.", f"{host}/"], check=True, capture_output=True
    )


def control(upper: Path, host: Path) -> Path:
    """Return a copy of the host's folder after the naive commit."""
    copy = host.parent / "control"
    shutil.copytree(host, copy, symlinks=True)
    naive(upper, copy)
    return copy


def whiteout(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR, os.makedev(0, 0))


def listed(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_file_is_made_and_replaced(upper: Path, host: Path, take: Take) -> None:
    """The plain case: contents come over, the host's permissions stay."""
    (host / "old").write_text("old")
    (host / "old").chmod(0o640)
    (upper / "old").write_text("new")
    (upper / "a").mkdir()
    (upper / "a/b").write_text("b")
    changes = take()
    assert (host / "old").read_text() == "new"
    assert stat.S_IMODE((host / "old").stat().st_mode) == 0o640
    assert (host / "a/b").read_text() == "b"
    assert set(changes.written) == {str(host / path) for path in ("old", "a", "a/b")}
    assert not changes.refused


@pytest.mark.parametrize("mode", [0o4777, 0o2777, 0o6755, 0o1777, 0o000])
def test_mode_is_stripped(upper: Path, host: Path, take: Take, mode: int) -> None:
    """A set-user-id file or one that all may write is a way back in."""
    (upper / "file").touch()
    (upper / "file").chmod(mode)
    assert stat.S_IMODE((control(upper, host) / "file").stat().st_mode) == mode
    take()
    expected = (0o777 if mode & 0o100 else 0o666) & ~0o022
    assert stat.S_IMODE((host / "file").stat().st_mode) == expected


def test_extended_attributes_stay_behind(upper: Path, host: Path, take: Take) -> None:
    """Attributes are what some programs trust."""
    (upper / "file").touch()
    os.setxattr(upper / "file", "user.evil", b"1")
    assert os.listxattr(control(upper, host) / "file")
    take()
    assert os.listxattr(host / "file") == []


@pytest.mark.parametrize(
    "kind", ["fifo", "socket", "moved", "copied", "fifo-over-file"]
)
def test_what_is_no_file_is_refused(
    upper: Path, host: Path, take: Take, kind: str
) -> None:
    """A FIFO hangs whoever reads it, a moved folder shows what the guest never had."""
    path = upper / "x"
    if kind == "socket":
        with socket.socket(socket.AF_UNIX) as bound:
            folder = os.open(upper, os.O_RDONLY)
            bound.bind(f"/proc/self/fd/{folder}/x")
            os.close(folder)
    elif kind == "moved":
        path.mkdir()
        os.setxattr(path, "user.overlay.redirect", b"/etc")
    elif kind == "copied":
        path.touch()
        os.setxattr(path, "user.overlay.metacopy", b"")
    else:
        os.mkfifo(path)
    if kind == "fifo-over-file":
        (host / "x").write_text("old")
    before = listed(host)
    changes = take()
    assert [refused.path for refused in changes.refused] == [str(host / "x")]
    assert listed(host) == before


@pytest.mark.parametrize(
    "text",
    [
        "/etc/passwd",
        "../victim/file",
        "a/../../victim/file",
        ".git/config",
        ".",
        "..",
        "out/x",
    ],
)
def test_link_that_leaves_is_refused(
    upper: Path, host: Path, victim: Path, take: Take, text: str
) -> None:
    """Whoever writes to the link later writes to where it leads."""
    (host / "out").symlink_to(victim)
    (upper / "link").symlink_to(text)
    assert (control(upper, host) / "link").is_symlink()
    changes = take()
    if text == ".":
        assert (host / "link").is_symlink()
        return
    assert not (host / "link").is_symlink()
    assert len(changes.refused) == 1


def test_links_that_stay_are_made(upper: Path, host: Path, take: Take) -> None:
    """Libraries and virtual environments need theirs."""
    (upper / "bin").mkdir()
    (upper / "lib").mkdir()
    (upper / "lib/x").touch()
    (upper / "bin/x").symlink_to("../lib/x")
    (upper / "lib64").symlink_to("lib")
    take()
    assert os.readlink(host / "bin/x") == "../lib/x"
    assert (host / "lib64/x").exists()


def test_links_that_leave_together_are_refused(
    upper: Path, host: Path, take: Take
) -> None:
    """Each alone stays below the root; the first would leave it by way of the second."""
    (upper / "s").mkdir()
    (upper / "x").mkdir()
    (upper / "s/a").symlink_to("b/../../victim")
    (upper / "s/b").symlink_to("../x")
    take()
    assert not (host / "s/a").is_symlink()


def test_link_of_the_host_is_not_followed(
    upper: Path, host: Path, victim: Path, take: Take
) -> None:
    """The host's folder may hold links to anywhere: a guest must not write through them."""
    (host / "out").symlink_to(victim)
    (upper / "out").mkdir()
    (upper / "out/file").write_text("evil")
    subprocess.run(["cp", upper / "out/file", host / "out/file"], check=True)
    assert (victim / "file").read_text() == "evil"
    (victim / "file").write_text("untouched")
    changes = take(allows=lambda path: path == "out/file")
    assert (victim / "file").read_text() == "untouched"
    assert (host / "out").is_symlink()
    assert changes.refused


@pytest.mark.parametrize(
    "path",
    [
        ".envrc",
        "a/.vscode/tasks.json",
        ".git/hooks/pre-commit",
        ".git/config",
        "b/HEAD",
    ],
)
def test_protected_path_is_refused(
    upper: Path, host: Path, take: Take, path: str
) -> None:
    """Whatever the policy says: other programs run these."""
    (host / ".git").mkdir()
    (upper / path).parent.mkdir(parents=True, exist_ok=True)
    (upper / path).write_text("evil")
    assert (control(upper, host) / path).exists()
    changes = take()
    assert not (host / path).exists()
    assert str(host / path) in {refused.path for refused in changes.refused}


def test_git_folder_is_never_made(upper: Path, host: Path, take: Take) -> None:
    """A folder that holds .git/HEAD is a repository whose config git obeys."""
    (upper / "a/.git").mkdir(parents=True)
    (upper / "a/.git/HEAD").write_text("ref: x")
    take()
    assert not (host / "a/.git").exists()


def test_config_of_a_bare_repository_is_refused(
    upper: Path, host: Path, take: Take
) -> None:
    """Git reads it once somebody stands in that folder."""
    (host / "bare").mkdir()
    (host / "bare/HEAD").touch()
    (upper / "bare").mkdir()
    (upper / "bare/config").write_text("[core] fsmonitor = evil")
    take()
    assert not (host / "bare/config").exists()


def test_only_what_is_allowed_is_taken(upper: Path, host: Path, take: Take) -> None:
    """The rest is told, and not done."""
    (host / "keep").write_text("keep")
    whiteout(upper / "keep")
    (upper / "other").write_text("x")
    (upper / "out").mkdir()
    (upper / "out/a").write_text("x")
    changes = take(allows=lambda path: path.startswith("out/"))
    assert listed(host) == {"keep", "out", "out/a"}
    assert {refused.path for refused in changes.refused} == {
        str(host / "keep"),
        str(host / "other"),
    }


def test_deleted_folder_goes_but_for_what_is_protected(
    upper: Path, host: Path, take: Take
) -> None:
    """Deleting is writing: each file is judged for itself."""
    for path in ("d/a", "d/e/b", "d/.env", "o/1", "o/2"):
        (host / path).parent.mkdir(parents=True, exist_ok=True)
        (host / path).touch()
    whiteout(upper / "d")
    (upper / "o").mkdir()
    (upper / "o/2").write_text("2")
    os.setxattr(upper / "o", "user.overlay.opaque", b"y")
    take()
    assert listed(host) == {"d", "d/.env", "o", "o/2"}


def test_marked_file_is_a_deletion(upper: Path, host: Path, take: Take) -> None:
    """The other form in which an overlay says that a file is gone."""
    (host / "a").write_text("a")
    (upper / "a").touch()
    os.setxattr(upper / "a", "user.overlay.whiteout", b"y")
    assert take().deleted == (str(host / "a"),)


def test_file_takes_the_place_of_a_folder_and_back(
    upper: Path, host: Path, take: Take
) -> None:
    """All of a folder goes for a file, or nothing of it."""
    for name in ("a", "b"):
        (host / name).mkdir()
        (host / name / "x").touch()
        (upper / name).write_text("file")
    (host / "b/.env").touch()
    (host / "c").touch()
    (upper / "c").mkdir()
    (upper / "c/y").touch()
    take()
    assert listed(host) == {"a", "b", "b/x", "b/.env", "c", "c/y"}
    assert (host / "a").is_file()


def test_change_by_somebody_else_is_a_conflict(
    upper: Path, host: Path, take: Take, tmp_path: Path
) -> None:
    """What the user saved while the guest ran is never lost."""
    (host / "mine").write_text("old")
    (tmp_path / "marker").touch()
    since = (tmp_path / "marker").stat().st_ctime_ns
    time.sleep(0.02)
    (host / "mine").write_text("saved meanwhile")
    (host / "gone").write_text("made meanwhile")
    (upper / "mine").write_text("guest")
    whiteout(upper / "gone")
    changes = take(since=since)
    assert (host / "mine").read_text() == "saved meanwhile"
    assert (host / "gone").exists()
    assert set(changes.conflicts) == {str(host / "mine"), str(host / "gone")}


def test_hard_links_of_the_host_are_no_conflict(
    upper: Path, host: Path, take: Take
) -> None:
    """Replacing one name changes the ctime of the other: that was the commit itself."""
    (host / "a").write_text("old")
    os.link(host / "a", host / "b")
    time.sleep(0.02)
    since = time.time_ns()
    for name in ("a", "b"):
        (upper / name).write_text("new")
    assert not take(since=since).conflicts


def test_hostile_names_are_refused_and_shown_escaped(
    upper: Path, host: Path, take: Take
) -> None:
    """A name must not move the cursor, nor make two lines of one."""
    for name in (b"a\nb", b"\x1b]0;x\x07", b"\xff", "\u202egpj".encode()):
        (Path(os.fsdecode(os.fsencode(upper) + b"/" + name))).touch()
    changes = take()
    assert listed(host) == set()
    assert len(changes.refused) == 4
    assert all(refused.path.isprintable() for refused in changes.refused)


def test_deep_tree_is_refused(upper: Path, host: Path, take: Take) -> None:
    """Thousands of levels must cost neither the stack nor the descriptors."""
    folder = os.open(upper, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=folder)
        below = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    changes = take()
    assert [refused.why for refused in changes.refused] == ["lies too deep"]
    subprocess.run(["rm", "-rf", upper], check=True)


def test_too_many_entries_are_refused_as_a_whole(
    upper: Path, host: Path, take: Take
) -> None:
    """A part of a flood is of no use to anybody."""
    for index in range(50):
        (upper / str(index)).touch()
    assert len(take(entries=40).refused) == 1
    assert listed(host) == set()
    assert len(take(allows=lambda _: False, reports=10).refused) == 11


def test_holes_are_kept(upper: Path, host: Path, take: Take) -> None:
    """A file of a terabyte that holds nothing must cost nothing."""
    with (upper / "big").open("wb") as file:
        file.truncate(1 << 40)
        file.seek(1 << 30)
        file.write(b"data")
    take()
    status = (host / "big").stat()
    assert (status.st_size, status.st_blocks < 100) == (1 << 40, True)
    with (host / "big").open("rb") as file:
        file.seek(1 << 30)
        assert file.read(4) == b"data"


def test_root_that_became_a_link_is_refused(
    upper: Path, host: Path, victim: Path, take: Take
) -> None:
    """The root is opened through no link either."""
    (upper / "file").write_text("evil")
    host.rmdir()
    host.symlink_to(victim)
    assert take().refused
    assert (victim / "file").read_text() == "untouched"


@pytest.mark.parametrize("rounds", [1000])
def test_folder_swapped_for_a_link_leads_nowhere(
    upper: Path, host: Path, victim: Path, take: Take, rounds: int
) -> None:
    """Between a look and a write the host's folder may become a link to anywhere."""
    (host / "out").mkdir()
    (upper / "out").mkdir()
    (upper / "out/file").write_text("evil")
    stopped = threading.Event()

    def swap() -> None:
        while not stopped.is_set():
            try:
                (host / "out").rename(host / "aside")
                (host / "out").symlink_to(victim)
                (host / "out").unlink()
                (host / "aside").rename(host / "out")
            except OSError:  # the commit has made a folder where there was none
                shutil.rmtree(host / "aside")

    def race(step: Callable[[], object], most: int) -> bool:
        for _ in range(most):
            step()
            if (victim / "file").read_text() != "untouched":
                return True
        return False

    def write_by_path() -> None:
        try:
            (host / "out/file").write_text("evil")
        except OSError:
            return

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        assert race(write_by_path, 100_000), "the control has to succeed"
        (victim / "file").write_text("untouched")
        # The path and not what is there is judged, so that each round does write.
        assert not race(lambda: take(allows=lambda p: p == "out/file"), rounds)
    finally:
        stopped.set()
        thread.join()
    assert listed(victim) == {"file"}


_COMMIT = """
import os, sys
from goobits_sandbox._commit import commit
print(flush=True)
commit(os.open(sys.argv[1], 0), sys.argv[2], allows=lambda _: True, since=1 << 62)
"""
_NAIVE = """
import shutil, sys
print(flush=True)
shutil.copytree(sys.argv[1], sys.argv[2], dirs_exist_ok=True)
"""


def is_torn_by_a_kill(script: str, upper: Path, host: Path) -> bool:
    """Kill a script that copies from one folder to another, and say whether a file is neither."""
    old, new = b"o" * 1_000_000, b"n" * 2_000_000
    for name in map(str, range(10)):
        (upper / name).write_bytes(new)
        (host / name).write_bytes(old)
    command = [sys.executable, "-c", script, upper, host]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.uniform(0.0, 0.01))
        child.send_signal(signal.SIGKILL)
    files = [path for path in host.iterdir() if not path.name.startswith(".goobits-")]
    return any(path.read_bytes() not in (old, new) for path in files)


def test_killed_commit_leaves_each_file_old_or_new(
    upper: Path, host: Path, take: Take
) -> None:
    """Half a file is worse than none, and what is left is swept by the next commit."""
    assert any(is_torn_by_a_kill(_NAIVE, upper, host) for _ in range(100))
    for _ in range(50 if "CI" in os.environ else 15):
        assert not is_torn_by_a_kill(_COMMIT, upper, host)
    (host / ".goobits-0123").touch()
    take()
    assert listed(host) == {str(index) for index in range(10)}
