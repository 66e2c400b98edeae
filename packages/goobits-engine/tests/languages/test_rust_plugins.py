"""How a Rust program runs plugins: what only this runtime or system can get wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from goobits_engine import parse

from .test_rust_program import run, write
from .toolchain import tool

YAML = "command_name: demo\nlanguage: rust\ncli: {commands: {go: {desc: Go}}}\n"
HOST = """\
#!/bin/sh
echo "$$"
grep -E '^Sig(Blk|Ign):' /proc/self/status
"""
UNKNOWN = b"demo: error: unknown command 'word'\nTry 'demo --help'.\n"
pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="plugins run on POSIX only")
]


@pytest.fixture(scope="module")
def binary(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a program to which every plugin may add commands."""
    folder = tmp_path_factory.mktemp("crate")
    write(replace(parse(YAML).program, plugins=()), folder)
    command = [tool("rustc"), "--edition=2021", "-Dwarnings", "-o", "demo"]
    done = run([*command, "src/main.rs"], folder)
    assert (done.returncode, done.stderr) == (0, "")
    return str(folder / "demo")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return where the table of the plugins has to lie."""
    return place_of_table(tmp_path)


def place_of_table(data: Path) -> Path:
    """Make the user's folder of the plugins and return where their table has to lie."""
    path = data / "goobits/plugins/current/commands.tsv"
    path.parent.mkdir(mode=0o755, parents=True)
    return path


def started(binary: str, data: Path) -> subprocess.Popen[bytes]:
    """Call the word of a plugin."""
    env = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(data)}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [binary, "word"], env=env, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe
    )


def ended(process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    """Return the exit code, stdout and stderr of a program that does not wait for us."""
    with process:
        try:
            stdout, stderr = process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, stdout, stderr


def add_host(table: Path, host: Path) -> None:
    """Let the word be run by a host."""
    host.write_text(HOST, encoding="utf-8")
    host.chmod(0o755)
    table.write_text(f"*\tword\tacme/hello\t  word\t{host}\n", encoding="utf-8")
    table.chmod(0o644)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_host_takes_the_place_of_the_program(
    binary: str, table: Path, tmp_path: Path
) -> None:
    """A signal for the program reaches the host, to which SIGPIPE means what it always does.

    The runtime of Rust ignores that one, and who is run by it would inherit this.
    """
    add_host(table, tmp_path / "host")
    process = started(binary, tmp_path)
    code, stdout, stderr = ended(process)
    pid, *masks = stdout.decode().splitlines()
    assert (code, int(pid), stderr) == (0, process.pid, b"")
    # Who started the tests may have ignored some signals, as nohup does.
    alone = subprocess.run([tmp_path / "host"], capture_output=True, check=True)
    assert masks == alone.stdout.decode().splitlines()[1:]


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero"), lambda _: None],
    ids=["pipe", "folder", "device", "nothing"],
)
def test_table_that_is_no_file_adds_nothing(
    make: Callable[[Path], object], binary: str, table: Path, tmp_path: Path
) -> None:
    """Who opens a pipe waits for ever, and who reads a device reads for ever."""
    make(table)
    assert ended(started(binary, tmp_path)) == (2, b"", UNKNOWN)


def test_folder_need_not_be_text(binary: str, tmp_path: Path) -> None:
    """Paths of POSIX are bytes."""
    data = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    add_host(place_of_table(data), tmp_path / "host")
    code, stdout, stderr = ended(started(binary, data))
    assert (code, stdout[:1].isdigit(), stderr) == (0, True, b"")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda host: host.unlink(),
        lambda host: host.chmod(0o644),
        lambda host: host.write_text("#!/no/such/shell\n", encoding="utf-8"),
    ],
    ids=["gone", "not executable", "its shell is gone"],
)
def test_host_that_cannot_run_is_named(
    spoil: Callable[[Path], object], binary: str, table: Path, tmp_path: Path
) -> None:
    """Whoever removed goobits should read which file is missed, and nothing of the system's."""
    host = tmp_path / "host"
    add_host(table, host)
    spoil(host)
    said = f"cannot run the plugin command 'word': there is no {host} any more"
    expected = f"demo: error: {said}\n".encode()
    assert ended(started(binary, tmp_path)) == (127, b"", expected)
