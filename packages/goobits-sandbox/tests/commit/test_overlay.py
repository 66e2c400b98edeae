"""A real overlay: what was done on it is what the host has after the commit."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
PLAY = Path(__file__).with_name("play.py")

paths = st.sampled_from("a b d d/a d/b d/e d/e/a f f/a g".split())
operations = st.lists(
    st.tuples(
        st.sampled_from("write mkdir remove move link symlink".split()), paths, paths
    ),
    max_size=12,
)


@pytest.fixture(scope="module", autouse=True)
def namespaces() -> None:
    """Skip where no namespace can be made, but never in CI."""
    if shutil.which("unshare") is None or subprocess.run([*ALONE, "true"]).returncode:
        if "CI" in os.environ:
            pytest.fail("no user namespace can be made")
        pytest.skip("no user namespace can be made")


def state(root: Path) -> dict[str, object]:
    """Return what a folder holds, by path."""
    found: dict[str, object] = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_symlink():
            found[name] = ("link", os.readlink(path))
        else:
            found[name] = path.read_text() if path.is_file() else "folder"
    return found


@settings(max_examples=60 if "CI" in os.environ else 25, deadline=None)
@given(operations=operations)
def test_commit_is_the_same_as_doing_it(operations: list[tuple[str, str, str]]) -> None:
    """Whatever is done in whatever order: deleted, made again as something else, moved."""
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        for root in (work / "host", work / "plain"):
            (root / "d/e").mkdir(parents=True)
            for name in ("a", "d/a", "d/e/a", "g"):
                (root / name).write_text(f"old {name}")
        done = subprocess.run(
            [*ALONE, sys.executable, PLAY, made],
            input=json.dumps(operations),
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(done.stdout) == ["()", "()"]
        assert state(work / "host") == state(work / "plain")
