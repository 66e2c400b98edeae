"""The launcher: the bytes that are shipped are those of its source, on both machines."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import goobits_sandbox
import pytest

INSIDE = Path(goobits_sandbox.__file__).parent / "_inside"
MACHINES = ("x86_64", "aarch64")
_COMPILER = "12.2.0"


def _compiler(machine: str) -> str:
    return f"{machine}-linux-gnu-gcc"


@pytest.mark.parametrize("machine", MACHINES)
def test_shipped_bytes_are_those_of_the_source(machine: str, tmp_path: Path) -> None:
    """Nobody has to trust a binary that they can build."""
    for name in MACHINES:
        if shutil.which(_compiler(name)) is None:
            if "CI" in os.environ:
                pytest.fail(f"{_compiler(name)} is not installed")
            pytest.skip(f"{_compiler(name)} is not installed")
    said = subprocess.run(
        [_compiler(machine), "-dumpfullversion"],
        capture_output=True,
        text=True,
        check=True,
    )
    if said.stdout.strip() != _COMPILER:
        pytest.skip(
            f"gcc {said.stdout.strip()}, and the bytes are those of {_COMPILER}"
        )
    subprocess.run(["sh", INSIDE / "build.sh", tmp_path], check=True)
    name = f"launch-{machine}"
    assert (tmp_path / name).read_bytes() == (INSIDE / name).read_bytes()
    assert os.access(INSIDE / name, os.X_OK)


@pytest.mark.parametrize("words", [(), ("x",), ("0",), ("99",), ("1", "2")])
def test_without_words_it_does_nothing(words: tuple[str, ...]) -> None:
    """A guest may start it, and gains nothing by it."""
    machine = os.uname().machine
    done = subprocess.run(
        [INSIDE / f"launch-{machine}", *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode in (2, 125)


def test_on_the_other_machine_it_starts() -> None:
    """Its system calls have other numbers there; an emulator knows them."""
    other = next(name for name in MACHINES if name != os.uname().machine)
    emulator = shutil.which(f"qemu-{other}")
    if emulator is None:
        if "CI" in os.environ:
            pytest.fail(f"qemu-{other} is not installed")
        pytest.skip(f"qemu-{other} is not installed")
    with Path("/dev/null").open() as empty:
        done = subprocess.run(
            [emulator, INSIDE / f"launch-{other}", str(empty.fileno())],
            pass_fds=(empty.fileno(),),
        )
    assert done.returncode == 125
