"""What a plugin's command costs beside the sandbox that holds it, against the bare interpreter.

The plain plugin is /bin/true, so that only the host and the sandbox are measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness import ENVIRONMENT, Measure

MANIFEST = """\
schema = 1
name = "acme/{name}"
version = "1.0.0"
summary = "Ends"
license = "MIT"
language = "{language}"
entry = "{entry}"
{protocol}
[commands.{name}]
desc = "End"
"""
HELLO = "from goobits_plugin.sdk import run\n\ndef on_rpc(**_): pass\n\nrun()\n"
SANDBOX = (
    "from goobits_sandbox import Policy, Sandbox\nSandbox(Policy()).run(['/bin/true'])"
)
NAMES = ("engine", "lazy", "cache", "monitor", "plugin", "sandbox")


@pytest.fixture
def home(tmp_path: Path, tree: Path) -> Path:
    """Return a home with an environment of the wheels, and two plugins that are linked."""
    if not (tree / "packages/goobits-plugin").exists():
        pytest.skip("this tree has no plugins yet")
    environment = tmp_path / "env"
    _call("uv", "venv", "--python", sys.executable, environment)
    folders = [tree / "packages" / f"goobits-{name}" for name in NAMES]
    words = (
        "--python",
        environment / "bin/python",
        *folders,
        tree / "packages/goobits",
    )
    _call("uv", "pip", "install", "--compile-bytecode", *words)
    target = f"{os.uname().machine}-unknown-linux-gnu"
    plain, rpc = tmp_path / "plain", tmp_path / "rpc"
    (plain / "bin" / target).mkdir(parents=True)
    shutil.copy("/bin/true", plain / "bin" / target / "true")
    _write(plain, "plain", "rust", "bin/{target}/true", 'protocol = "plain"')
    rpc.mkdir()
    _write(rpc, "rpc", "python", "rpc.py", "")
    (rpc / "rpc.py").write_text(HELLO)
    for folder in (plain, rpc):
        _call(
            environment / "bin/goobits", "plugin", "link", folder, "-y", home=tmp_path
        )
    return tmp_path


def test_host(home: Path, measure: Measure) -> None:
    """The host is what stands between the sandbox alone and a plugin's command."""
    variable = f"XDG_DATA_HOME={home}"
    python, goobits = home / "env/bin/python", home / "env/bin/goobits"
    command = ("env", variable, goobits, "plugin", "exec", "--cli", "demo")
    measure(
        "a plugin's command",
        ("env", variable, python, "-c", "pass"),
        {
            "the sandbox alone, from Python": ("env", variable, python, "-c", SANDBOX),
            "goobits plugin exec, plain": (*command, "plain", "--", "plain"),
            "goobits plugin exec, Python with the SDK": (*command, "rpc", "--", "rpc"),
        },
    )


def _write(folder: Path, name: str, language: str, entry: str, protocol: str) -> None:
    text = MANIFEST.format(name=name, language=language, entry=entry, protocol=protocol)
    (folder / "goobits-plugin.toml").write_text(text)


def _call(*words: str | Path, home: Path | None = None) -> None:
    """Run a command that prepares a measurement."""
    variables = {"XDG_DATA_HOME": str(home)} if home else {}
    subprocess.run(
        [str(word) for word in words],
        env={**os.environ, **ENVIRONMENT, **variables},
        check=True,
        capture_output=True,
    )
