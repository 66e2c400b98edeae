"""Control groups: made whole or not at all, and removed, also after a host that was killed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from goobits_sandbox import Limits, Policy, Sandbox
from goobits_sandbox._cgroup import ROOT, make


def second(tmp_path: Path, controllers: str) -> Path:
    """Make what looks like a hierarchy of version 2."""
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n")
    (tmp_path / "cgroup.subtree_control").write_text(controllers)
    return tmp_path


@pytest.mark.parametrize("controllers", ["", "cpu pids", "memory"])
def test_hierarchy_that_counts_not_both_is_none(
    tmp_path: Path, controllers: str
) -> None:
    """Half a limit would be taken for a whole one."""
    assert make(Limits(), str(second(tmp_path, controllers))) is None
    assert not list(tmp_path.glob("goobits-*"))


def test_folder_without_limits_is_removed(tmp_path: Path) -> None:
    """What looks like a hierarchy and sets no limit is none."""
    assert make(Limits(), str(second(tmp_path, "memory pids"))) is None
    assert not list(tmp_path.glob("goobits-*"))


def test_no_hierarchy_is_no_error(tmp_path: Path) -> None:
    """Most users have none that they may write to."""
    assert make(Limits(), str(tmp_path)) is None


def groups() -> set[str]:
    return {str(path) for path in Path(ROOT).glob("**/goobits-*") if path.is_dir()}


def test_run_leaves_no_group() -> None:
    """A thousand runs would leave a thousand folders."""
    before = groups()
    for words in (["true"], ["sh", "-c", "kill -9 $$"]):
        Sandbox(Policy()).run(words)
    assert groups() - before == set()


def test_groups_of_killed_hosts_are_removed() -> None:
    """Nobody else would ever do it."""
    made = make(Limits())
    if made is None:
        pytest.skip("this user may make no control group")
    folders = groups()
    stale = {
        path.replace(f"goobits-{os.getpid()}-", "goobits-4194305-") for path in folders
    }
    for path in stale - folders:
        os.mkdir(path)
    made.close()
    again = make(Limits())
    assert again is not None
    again.close()
    assert groups() & stale == set()
