"""A process that is killed while it writes leaves each entry old or new."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import killed_writers
import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")


def test_writers_that_are_killed_leave_old_or_new(tmp_path: Path) -> None:
    """Fifty moments of a busy writer; a thousand are in `.ci/long`."""
    assert killed_writers.kill_at_random(tmp_path, 50) > 40


def test_writer_that_is_killed_at_any_line_leaves_old_or_new(tmp_path: Path) -> None:
    """Each step on the way is the last one once; the next process goes on from there."""
    program = killed_writers.__file__
    done = subprocess.run(
        [sys.executable, program, str(tmp_path)], capture_output=True, text=True
    )
    assert done.stderr == ""
    assert int(done.stdout) > 100
