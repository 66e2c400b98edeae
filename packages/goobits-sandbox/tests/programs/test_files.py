"""Questions about paths, and small files that may be something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_sandbox._programs._files import head, hops, is_of_system, outermost


def test_fifo_is_not_waited_for(tmp_path: Path) -> None:
    """Whoever replaces a file by a FIFO would else hang the host."""
    os.mkfifo(tmp_path / "fifo")
    code = "import sys; from goobits_sandbox._programs._files import head; "
    code += "print(head(sys.argv[1], 9))"
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "fifo"],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    assert done.stdout == "b''\n"


def test_only_regular_files_are_read_and_no_more_than_asked(tmp_path: Path) -> None:
    """A device has no end."""
    (tmp_path / "file").write_bytes(b"0123456789")
    assert head(str(tmp_path / "file"), 4) == b"0123"
    for path in ("/dev/zero", "/dev", str(tmp_path / "missing")):
        assert head(path, 4) == b""


def test_hops_are_the_names_that_links_go_by(tmp_path: Path) -> None:
    """Each of them must be there inside, or the link dangles."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "file").touch()
    (tmp_path / "linked").symlink_to("real")
    (tmp_path / "second").symlink_to(tmp_path / "linked" / "file")
    (tmp_path / "first").symlink_to("second")
    names = ["first", "second", "linked/file", "real/file"]
    assert hops(f"{tmp_path}/first") == [f"{tmp_path}/{name}" for name in names]


def test_loop_of_links_has_an_end(tmp_path: Path) -> None:
    """A hostile project can make one."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert len(hops(f"{tmp_path}/a")) <= 41


def test_outermost_trees_hold_the_others() -> None:
    """Each mount costs, and one in another adds nothing."""
    trees = {"/a/b/c", "/a/b", "/ab", "/a", "/c"}
    assert outermost(trees) == ("/a", "/ab", "/c")


@pytest.mark.parametrize(
    ("path", "is_seen"),
    [("/usr", True), ("/bin/sh", True), ("/lib64/x", True), ("/usrx", False)],
)
def test_system_is_named_by_whole_components(path: str, is_seen: bool) -> None:
    """`/usrlocal` is no part of `/usr`."""
    assert is_of_system(path) is is_seen
