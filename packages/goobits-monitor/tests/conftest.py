"""What the tests of several modules need."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@pytest.fixture
def ordinary(tmp_path: Path) -> Iterator[Path]:
    """Be an ordinary user, to whom permissions apply; return a folder of that user's."""
    if not hasattr(os, "geteuid") or os.geteuid():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="goobits-monitor-test-"))
    os.chown(folder, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)
