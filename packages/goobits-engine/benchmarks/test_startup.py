"""What a generated program costs to start, against the bare runtime.

The program is that of a real goobits.yaml with 17 commands, installed as its users install it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import goobits_engine
import pytest
from ratios import Measure

CONFIG = Path(__file__).parents[1] / "tests/fixtures/yamls/goobits__ttt.yaml"


def build(folder: Path, language: str, hooks: str, text: str) -> Path:
    """Build the program with hooks that do nothing; return its folder."""
    config = CONFIG.read_text(encoding="utf-8")
    config = config.replace("src/ttt/app_hooks.py", f"src/ttt/{hooks}")
    folder.mkdir()
    (folder / "goobits.yaml").write_text(config, encoding="utf-8")
    goobits_engine.build(folder / "goobits.yaml", only=[language])
    (folder / "src" / "ttt" / hooks).write_text(text)
    return folder


def call(*words: str | Path) -> None:
    """Run a command that prepares a measurement."""
    subprocess.run([str(word) for word in words], check=True, capture_output=True)


def installed(project: Path, folder: Path, *, by_pip: bool) -> Path:
    """Install a project into a fresh environment; return the environment's `bin`."""
    python = folder / "bin" / "python"
    if by_pip:
        call(sys.executable, "-m", "venv", folder)
        call(python, "-m", "pip", "install", project)
    else:
        call("uv", "venv", "--python", sys.executable, folder)
        call("uv", "pip", "install", "--compile-bytecode", "--python", python, project)
    return folder / "bin"


@pytest.mark.parametrize("launcher", ["uv", "pip"])
def test_python_program(launcher: str, tmp_path: Path, measure: Measure) -> None:
    """Dispatch to a hook, and --help, with the launcher that the installer writes."""
    hook = "def on_status(**_):\n    return 0\n"
    project = build(tmp_path / "project", "python", "app_hooks.py", hook)
    programs = installed(project, tmp_path / "env", by_pip=launcher == "pip")
    candidates = {
        "dispatch": (programs / "ttt", "status", "--json"),
        "--help": (programs / "ttt", "--help"),
        "an empty script": (programs / "python", tmp_path / "empty.py"),
    }
    (tmp_path / "empty.py").write_text("pass\n")
    base = (programs / "python", "-c", "pass")
    measure(f"Python by {launcher}, against `python -c pass`", base, candidates)


def test_node_program(tmp_path: Path, measure: Measure) -> None:
    """Dispatch to a hook in each module format, and --help."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    common = "exports.on_status = () => 0;\n"
    module = "export const on_status = () => 0;\n"
    cjs = build(tmp_path / "cjs", "nodejs", "app_hooks.cjs", common) / "src/ttt/cli.cjs"
    mjs = build(tmp_path / "mjs", "nodejs", "app_hooks.mjs", module) / "src/ttt/cli.cjs"
    (tmp_path / "empty.cjs").write_text("0;\n")
    candidates = {
        "dispatch, .cjs hooks": (node, cjs, "status", "--json"),
        "dispatch, .mjs hooks": (node, mjs, "status", "--json"),
        "--help": (node, cjs, "--help"),
        "an empty script": (node, tmp_path / "empty.cjs"),
    }
    measure("Node.js, against `node -e 0`", (node, "-e", "0"), candidates)


def test_goobits_itself(tmp_path: Path, measure: Measure) -> None:
    """The command that people type all day, from the wheels, compiled as pip does."""
    packages = Path(__file__).parents[2]
    python = tmp_path / "env" / "bin" / "python"
    call("uv", "venv", "--python", sys.executable, tmp_path / "env")
    words = ("--python", python, packages / "goobits-engine", packages / "goobits")
    call("uv", "pip", "install", "--compile-bytecode", *words)
    goobits = python.with_name("goobits")
    built = build(tmp_path / "built", "python", "app_hooks.py", "")
    candidates = {
        "goobits --help": (goobits, "--help"),
        "goobits validate (293 lines)": (goobits, "validate", CONFIG),
        "goobits build --check": (
            *(goobits, "build", built / "goobits.yaml", "-l", "python", "--check"),
        ),
        "goobits build, nothing to do": (
            *(goobits, "build", built / "goobits.yaml", "-l", "python"),
        ),
    }
    measure("goobits, against `python -c pass`", (python, "-c", "pass"), candidates)
