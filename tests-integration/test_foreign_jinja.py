"""Jinja2's own tests hold for our environment, and for code from the store and from modules."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import goobits_cache
import pytest
import sdists

VERSION = "3.1.6"
SHA256 = "0137fb05990d35f1275a587e9aee6d56da821fc83491a0fb838183be43f66d6d"
# None of them cannot apply to us.
FEWEST = 909


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Jinja's source distribution, whose tests are run."""
    folder = tmp_path_factory.mktemp("jinja")
    return sdists.unpacked("jinja2", VERSION, SHA256, folder)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an interpreter with what Jinja's tests import."""
    folder = tmp_path_factory.mktemp("env")
    uv = shutil.which("uv")
    if uv is None:
        return _missing("uv is not on the PATH")
    made = folder / "bin" / "python"
    wanted = (f"jinja2=={VERSION}", "trio", "pytest")
    for command in (
        (uv, "venv", "--python", sys.executable, folder),
        (uv, "pip", "install", "--python", made, *wanted),
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            return _missing(done.stderr)
    return made


def _missing(reason: str) -> Path:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("mode", ["stored", "shipped"])
def test_own_tests_of_jinja_pass(
    suite: Path,
    python: Path,
    tmp_path: Path,
    mode: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Ours is a `jinja2.Environment` in every respect that Jinja's authors test."""
    shutil.copytree(Path(goobits_cache.__file__).parent, tmp_path / "goobits_cache")
    plugin = Path(__file__).with_name("foreign_jinja.py")
    shutil.copy(plugin, tmp_path)
    environment = {
        **os.environ,
        "PYTHONPATH": str(tmp_path),
        "JINJA_MODE": mode,
        "JINJA_CACHE": str(tmp_path / "codes"),
    }
    environment.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        (python, "-m", "pytest", "-q", "-p", "foreign_jinja", "tests"),
        cwd=suite,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [passed] = re.findall(r"^(\d+) passed in", done.stdout, re.MULTILINE)
    [through] = re.findall(rf"^{mode} (\d+)$", done.stdout, re.MULTILINE)
    assert int(passed) >= FEWEST
    assert int(through) > 900
    with capsys.disabled():
        sys.stdout.write(
            f"\nJinja2 {VERSION}, {mode}: ran {passed}, passed {passed}, "
            f"cannot apply 0; {through} templates\n"
        )
