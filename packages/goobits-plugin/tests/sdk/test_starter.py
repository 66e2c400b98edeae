"""`goobits plugin init` leaves a plugin that works, or nothing at all."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_plugin import GoobitsPluginError, read_manifest
from goobits_plugin._starter import LANGUAGES, write_starter

ROOT = Path(__file__).parents[2]
TSC = ROOT.parents[1] / "tests-integration" / "node" / "node_modules" / ".bin" / "tsc"


def _greet(words: list[str], environment: dict[str, str]) -> str:
    """Run the command `hello` of a plugin; return what it prints."""
    ours, theirs = socket.socketpair()
    arguments = {"name": "Ada", "loud": True, "verbose": False}
    params = {"command": "hello", "arguments": arguments, "cwd": "/", "tty": {}}
    with ours, theirs:
        for number, method, said in (
            (1, "initialize", {"protocol": 1, "cookie": "c", "plugin": "acme/hello"}),
            (2, "command/run", params),
        ):
            line = {"jsonrpc": "2.0", "id": number, "method": method, "params": said}
            ours.sendall(json.dumps(line).encode() + b"\n")
        done = subprocess.run(
            words,
            env={**os.environ, **environment, "GOOBITS_RPC_FD": str(theirs.fileno())},
            pass_fds=[theirs.fileno()],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
        )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_filled_in(language: str, tmp_path: Path) -> None:
    """A word that stays a placeholder is a name that nobody chose."""
    files = write_starter("acme/hello-you", language, tmp_path / "new" / "plugin")
    assert files == tuple(sorted(files))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not {"@NAME@", "@PUBLISHER@", "@PLUGIN@"} & set(text.split('"'))
        assert "@NAME" not in text
        assert "PLUGIN@" not in text
        assert "PUBLISHER@" not in text
    assert "acme/hello-you" in (tmp_path / "new/plugin/goobits-plugin.toml").read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_manifest_is_read(language: str, tmp_path: Path) -> None:
    """The first thing that an author sees must not be an error of ours."""
    write_starter("acme/hello", language, tmp_path)
    manifest = read_manifest((tmp_path / "goobits-plugin.toml").read_text())
    assert (manifest.name, manifest.language) == ("acme/hello", language)


def test_python_starter_greets(tmp_path: Path) -> None:
    """An author's first run succeeds."""
    write_starter("acme/hello", "python", tmp_path)
    entry = [sys.executable, "-S", "-B", str(tmp_path / "plugin.py")]
    assert _greet(entry, {"PYTHONPATH": str(ROOT / "src")}) == "HELLO, ADA!\n"


def _link_sdk(folder: Path) -> None:
    scope = folder / "node_modules" / "@goobits"
    scope.mkdir(parents=True)
    (scope / "plugin").symlink_to(ROOT / "sdk" / "node")


def test_node_starter_greets(tmp_path: Path, tool: Callable[[str], str]) -> None:
    """An author's first run succeeds."""
    write_starter("acme/hello", "nodejs", tmp_path)
    _link_sdk(tmp_path)
    assert _greet([tool("node"), str(tmp_path / "plugin.mjs")], {}) == "HELLO, ADA!\n"


def test_typescript_starter_is_compiled_and_greets(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """An author's first build and run succeed."""
    write_starter("acme/hello", "typescript", tmp_path)
    _link_sdk(tmp_path)
    # Types of Node's own come with `npm install`; the starter uses but its console.
    (tmp_path / "console.d.ts").write_text(
        "declare const console: { log(_: string): void };\n"
    )
    settings = json.loads((tmp_path / "tsconfig.json").read_text())
    settings["include"].append("console.d.ts")
    (tmp_path / "tsconfig.json").write_text(json.dumps(settings))
    sdk = tmp_path / "node_modules/@goobits/plugin/index.d.ts"
    assert sdk.is_file()
    done = subprocess.run(
        [
            tool(str(TSC) if TSC.exists() else "tsc"),
            "--skipLibCheck",
            "-p",
            str(tmp_path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    entry = [tool("node"), str(tmp_path / "dist" / "main.js")]
    assert _greet(entry, {}) == "HELLO, ADA!\n"


def test_rust_starter_is_built_and_greets(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """An author's first build and run succeed."""
    cargo = tool("cargo")
    write_starter("acme/hello", "rust", tmp_path)
    crate = json.dumps(str(ROOT / "sdk" / "rust"))
    with (tmp_path / "Cargo.toml").open("a") as file:
        file.write(f"\n[patch.crates-io]\ngoobits-plugin = {{ path = {crate} }}\n")
    shutil.copyfile(ROOT / "sdk" / "rust" / "Cargo.lock", tmp_path / "Cargo.lock")
    assert os.access(tmp_path / "build.sh", os.X_OK)
    environment = {
        **os.environ,
        "CARGO_NET_OFFLINE": "true",
        "PATH": os.environ["PATH"],
    }
    assert cargo
    subprocess.run(["sh", str(tmp_path / "build.sh")], check=True, env=environment)
    (program,) = (tmp_path / "bin").glob("*/plugin")
    assert _greet([str(program)], {}) == "HELLO, ADA!\n"
    manifest = (tmp_path / "goobits-plugin.toml").read_text()
    assert read_manifest(manifest, folder=tmp_path).entry == "bin/{target}/plugin"


def test_file_that_is_there_stays_and_nothing_is_added(tmp_path: Path) -> None:
    """An author may name the wrong folder."""
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(GoobitsPluginError, match=r"README\.md exists"):
        write_starter("acme/hello", "typescript", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text() == "mine"


def test_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    """A link that leads nowhere is somebody's, too."""
    (tmp_path / "plugin.py").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(GoobitsPluginError, match="exists"):
        write_starter("acme/hello", "python", tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def test_failure_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    """Half a plugin is worse than none."""
    (tmp_path / "src").write_text("a file where a folder is to be")
    with pytest.raises(GoobitsPluginError, match="src"):
        write_starter("acme/hello", "rust", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["src"]


@pytest.mark.parametrize(
    "name",
    ["hello", "acme/", "Acme/hello", "../hello", "acme/he--llo", "a/b/c", "acme/x\n"],
)
def test_name_that_no_manifest_has_is_refused(name: str, tmp_path: Path) -> None:
    """The name goes into files, and must be one that can be published."""
    with pytest.raises(GoobitsPluginError, match="no name of a plugin"):
        write_starter(name, "python", tmp_path)
    assert not list(tmp_path.iterdir())


def test_language_without_a_starter_is_refused(tmp_path: Path) -> None:
    """What there is is said."""
    with pytest.raises(GoobitsPluginError) as caught:
        write_starter("acme/hello", "../python", tmp_path)
    assert caught.value.hint == "it is one of python, nodejs, typescript, rust"
