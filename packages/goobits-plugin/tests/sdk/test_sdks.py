"""The SDKs of the other languages pass their own tests, types and lints."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import goobits_plugin
import pytest
from goobits_plugin import sdk

ROOT = Path(__file__).parents[2]
NODE, RUST = ROOT / "sdk" / "node", ROOT / "sdk" / "rust"
TSC = ROOT.parents[1] / "tests-integration" / "node" / "node_modules" / ".bin" / "tsc"
Tool = Callable[[str], str]


def _passes(words: list[str], folder: Path, **variables: str) -> None:
    done = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_node_sdk_passes_its_tests(tool: Tool) -> None:
    """What only its own language can show, its own runner does."""
    _passes([tool("node"), "--test"], NODE)


def test_types_of_the_node_sdk_admit_what_authors_write(tool: Tool) -> None:
    """A type that refuses what works, or lets a slip through, is worse than none."""
    _passes([tool(str(TSC) if TSC.exists() else "tsc"), "-p", "types"], NODE)


@pytest.fixture
def cargo(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    program, target = tool("cargo"), tmp_path_factory.mktemp("target")

    def run(*words: str) -> None:
        _passes([program, *words], RUST, CARGO_TARGET_DIR=str(target))

    return run


def test_rust_sdk_passes_its_tests_and_clippy(cargo: Callable[..., None]) -> None:
    """A warning of ours would be one in the build of every plugin's author."""
    cargo("test", "--locked", "--quiet")
    cargo("clippy", "--locked", "--quiet", "--all-targets", "--", "-D", "warnings")
    cargo("fmt", "--check")


def test_all_sdks_have_one_version() -> None:
    """The version that an SDK says of itself is the one that it is published as."""
    package = json.loads((NODE / "package.json").read_text())
    assert (
        f'const SDK = "nodejs/{package["version"]}";' in (NODE / "index.js").read_text()
    )
    manifest = (RUST / "Cargo.toml").read_text()
    assert f'\nversion = "{package["version"]}"\n' in manifest
    assert (
        'concat!("rust/", env!("CARGO_PKG_VERSION"))'
        in (RUST / "src/wire.rs").read_text()
    )
    assert f"python/{package['version']}" == sdk._SDK
    metadata = (ROOT / "pyproject.toml").read_text()
    assert f'\nversion = "{package["version"]}"\n' in metadata
    assert goobits_plugin.__file__ is not None
