"""What a generated program costs to start, against the bare runtime.

The program is that of a real goobits.yaml with 17 commands, installed as its users install it.
"""

from __future__ import annotations

import resource
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import goobits_engine
import pytest
from harness import Measure

TSC = Path(__file__).parents[3] / "tests-integration/node/node_modules/.bin/tsc"
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


def write_hook(hooks: Path, language: str, failing: str, done: str) -> None:
    """Write the stubs of a project, and let one of them do nothing where it fails."""
    hooks.unlink()
    goobits_engine.build(hooks.parents[2] / "goobits.yaml", only=[language])
    text = hooks.read_text(encoding="utf-8")
    assert failing in text
    hooks.write_text(text.replace(failing, done), encoding="utf-8")


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


def test_typescript_program(tmp_path: Path, measure: Measure) -> None:
    """Dispatch to a hook that tsc has compiled, and --help."""
    node = shutil.which("node")
    if node is None or not TSC.exists():
        pytest.skip("node or the packages of tests-integration/node are not installed")
    project = build(tmp_path / "project", "typescript", "app_hooks.ts", "")
    failing = 'throw new Error("on_status is not written yet");'
    write_hook(project / "src/ttt/app_hooks.ts", "typescript", failing, "return 0;")
    (project / "node_modules").symlink_to(TSC.parents[1])
    subprocess.run([TSC], cwd=project, check=True)
    program = project / "src/ttt/cli.cjs"
    candidates = {
        "dispatch": (node, program, "status", "--json"),
        "--help": (node, program, "--help"),
    }
    measure("TypeScript, against `node -e 0`", (node, "-e", "0"), candidates)


def test_rust_program(
    tmp_path: Path, measure: Measure, tell: Callable[[str], None], planning: bool
) -> None:
    """Dispatch to a hook, and --help, against an empty `main` built the same way."""
    if shutil.which("cargo") is None:
        pytest.skip("cargo is not installed")
    project = build(tmp_path / "project", "rust", "app_hooks.rs", "")
    failing = 'Err("on_status is not written yet".into())'
    write_hook(project / "src/ttt/app_hooks.rs", "rust", failing, "Ok(())")
    empty = tmp_path / "empty"
    shutil.copytree(project, empty)
    (empty / "src/ttt/cli.rs").write_text("fn main() {}\n")
    builds = 1 if planning else 3
    rounds = [(release(project), release(empty)) for _ in range(builds)]
    seconds, floor = map(statistics.median, zip(*rounds, strict=True))
    program, base = (folder / "target/release/ttt" for folder in (project, empty))
    candidates = {
        "dispatch": (program, "status", "--json"),
        "--help": (program, "--help"),
        "the empty main again": (base,),
    }
    measure("Rust, against an empty main", (base,), candidates, pairs=401)
    sizes = [path.stat().st_size / 1000 for path in (program, base)]
    tell("  size: {:.0f} kB, the empty main {:.0f} kB".format(*sizes))
    tell(f"  clean release build: {seconds:.1f} s of CPU, the empty main {floor:.1f} s")


def release(project: Path) -> float:
    """Build a project for release from nothing; return the CPU seconds that it took."""
    shutil.rmtree(project / "target", ignore_errors=True)
    command = ("cargo", "build", "--release", "--offline", "--quiet")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=project, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
