"""What a scan costs: of a small plugin beside the bare interpreter, of a large tree for a megabyte.

CPU time of whole processes. The plugin has three files; the tree is the standard library of the
Python that runs this, without its tests and what is installed beside it.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import ENVIRONMENT, Measure
from pytest_benchmark.fixture import BenchmarkFixture

PLUGIN = {
    "goobits-plugin.toml": 'name = "acme/greet"\nversion = "1.0.0"\nlanguage = "python"\n',
    "greet.py": (
        "import json\nimport os\nimport sys\nfrom pathlib import Path\n\n\n"
        "def load(path):\n    with open(path) as file:\n        return json.load(file)\n\n\n"
        "def main():\n"
        '    settings = load(Path(os.environ.get("HOME", ".")) / "greet.json")\n'
        "    for name in sys.argv[1:]:\n"
        '        print(settings.get("greeting", "Hello"), name)\n\n\nmain()\n'
    ),
    "words.py": "GREETINGS = {'en': 'Hello', 'de': 'Hallo', 'fr': 'Bonjour'}\n",
}
ROUNDS = 5
PARSE = """
import os, sys, tree_sitter, tree_sitter_python
parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language()))
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            parser.parse(file.read())
"""
# A process made by another one begins with its peak of memory in what the system tells of it, so
# the scan itself writes down its own.
SCAN = """
import sys
from goobits_scanner._command import main
code = main(["--jobs", "1", "--fail-on", "never", sys.argv[1]])
with open("/proc/self/status") as status, open(sys.argv[2], "w") as file:
    file.write(next(line for line in status if line.startswith("VmHWM")).split()[1])
sys.exit(code)
"""


@pytest.fixture
def program(tmp_path: Path, tree: Path) -> Path:
    """Return the `goobits-scan` of an environment that holds the wheel alone."""
    folder = tree / "packages/goobits-scanner"
    if not folder.exists():
        pytest.skip("this tree has no scanner yet")
    python = tmp_path / "env/bin/python"
    _call("uv", "venv", "--python", sys.executable, tmp_path / "env")
    _call("uv", "pip", "install", "--compile-bytecode", "--python", python, folder)
    return python.with_name("goobits-scan")


@pytest.fixture
def plugin(tmp_path: Path) -> Path:
    """Return the folder of a plugin of three files."""
    folder = tmp_path / "plugin"
    folder.mkdir()
    for name, text in PLUGIN.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a folder with the modules of the standard library."""
    folder = tmp_path / "library"
    skipped = shutil.ignore_patterns(
        "test",
        "tests",
        "idlelib",
        "site-packages",
        "dist-packages",
        "__pycache__",
        "*.so",
        "*.a",
    )
    shutil.copytree(sysconfig.get_path("stdlib"), folder, ignore=skipped)
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".py":
            path.unlink()
    return folder


def test_plugin(program: Path, plugin: Path, measure: Measure) -> None:
    """A marketplace scans at every install: it must feel like nothing."""
    measure(
        "a scan of three files",
        (program.with_name("python"), "-c", "pass"),
        {"goobits-scan": (program, plugin)},
    )


def test_library(
    program: Path,
    library: Path,
    benchmark: BenchmarkFixture,
    tell: Callable[[str], None],
    planning: bool,
) -> None:
    """All rules and secrets over a large tree, in one process, beside parsing it alone."""
    if planning:
        pytest.skip("a rate, not a command")
    size = sum(path.stat().st_size for path in library.rglob("*.py")) / 1e6
    python = program.with_name("python")
    words = {
        "parse": (python, "-c", PARSE, library),
        "scan": (python, "-c", SCAN, library, library.with_name("peak")),
    }
    seconds: dict[str, list[float]] = {name: [] for name in words}

    def all_in_turn() -> None:
        for name, command in words.items():
            seconds[name].append(_cost(*command))

    benchmark.pedantic(all_in_turn, rounds=ROUNDS)
    taken = {name: statistics.median(each) for name, each in seconds.items()}
    peak = int(library.with_name("peak").read_text()) * 1024
    tell(
        f"a scan of {size:.1f} MB: {size / taken['scan']:.2f} MB per CPU second, "
        f"{taken['scan'] / taken['parse']:.2f} of parsing it alone, {peak / 1e6:.0f} MB at most"
    )


def _cost(*command: str | Path) -> float:
    """Return the CPU seconds of a process."""
    words = [str(word) for word in command]
    null = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    started = os.posix_spawn(words[0], words, ENVIRONMENT, file_actions=[null])
    _, status, used = os.wait4(started, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 3), words
    return used.ru_utime + used.ru_stime


def _call(*words: str | Path) -> None:
    subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **ENVIRONMENT},
        check=True,
        capture_output=True,
    )
