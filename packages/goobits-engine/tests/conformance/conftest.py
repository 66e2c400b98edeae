"""Fixtures of the conformance tests, and the lines that count the answers."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from .processes import Surroundings
from .programs import Workshop
from .tally import Tally
from .vector_files import load, topics

TALLY = pytest.StashKey[Tally]()
FAULT_TALLY = pytest.StashKey[Tally]()
LATIN_1 = "en_US.ISO-8859-1"


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count."""
    config.stash[TALLY] = Tally("conformance")
    config.stash[FAULT_TALLY] = Tally("planted faults caught")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print how many vectors each language answered, and how many faults they caught."""
    for key in (TALLY, FAULT_TALLY):
        if summary := config.stash[key].summary():
            terminalreporter.write_line(summary)


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Tally:
    """Return the counts of the vectors."""
    return pytestconfig.stash[TALLY]


@pytest.fixture(scope="session")
def fault_tally(pytestconfig: pytest.Config) -> Tally:
    """Return the counts of the planted faults."""
    return pytestconfig.stash[FAULT_TALLY]


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return the place where programs are built, each once."""
    vectors = [vector for path in topics() for vector in load(path)]
    return Workshop(tmp_path_factory.mktemp("programs"), vectors)


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    """Return a folder with files of every kind, and a minimal environment."""
    folder = tmp_path_factory.mktemp("cwd")
    (folder / "file.txt").write_text("a file\n", "utf-8")
    (folder / "naïve 📁").mkdir()
    if os.name == "posix":
        (folder / "link").symlink_to("file.txt")
        (folder / "dangling").symlink_to("nothing")
        (folder / "loop").symlink_to("loop")
    env = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    return Surroundings(folder, env, _locales(tmp_path_factory.mktemp("locales")))


def _locales(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the environment of each unusual locale that this system can make."""
    localedef = shutil.which("localedef")
    if localedef is None:
        return {}
    target = folder / LATIN_1
    subprocess.run(
        [localedef, "-i", "en_US", "-f", "ISO-8859-1", str(target)],
        capture_output=True,
        check=False,
    )
    if not target.is_dir():
        return {}
    return {"latin-1": {"LC_ALL": LATIN_1, "LOCPATH": str(folder)}}
