"""Real runtimes start with /usr and their trees alone, and see nothing beside those."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox._programs import Program

Find = Callable[..., Program]
Inside = Callable[..., str]
Tool = Callable[[str], str]

BASE = Path(os.path.realpath(sys.base_prefix))
PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
STARTS = "import ssl, sqlite3, sys; print(sys.prefix)"
SEES = "import os, sys; print(*sorted(os.listdir(sys.argv[1])))"


def test_python_of_this_run_starts(find: Find, inside: Inside) -> None:
    """A Python outside of /usr finds its library, and its own shared objects."""
    found = find(BASE / "bin" / PYTHON)
    assert inside(found, "-c", STARTS) == str(BASE)


def test_python_behind_a_shim_starts(
    find: Find, inside: Inside, home: Path, executable: Callable[..., Path]
) -> None:
    """What pyenv would run runs, and the other versions and the home are not there."""
    root = home / ".pyenv"
    (root / "versions" / "other").mkdir(parents=True)
    (root / "versions" / "mine").symlink_to(BASE)
    text = f'#!/bin/sh\nexec "{root}/libexec/pyenv" exec "$0" "$@"\n'
    shim = executable(root / "shims" / PYTHON, text)
    found = find(PYTHON, shim.parent, PYENV_VERSION="mine")
    assert inside(found, "-c", STARTS)
    assert inside(found, "-c", SEES, str(root / "versions")) == "mine"
    assert inside(found, "-c", SEES, str(home)) == ".pyenv"


@pytest.fixture
def environment(home: Path) -> Path:
    """A virtual environment with a module and a console script in it."""
    folder = home / "envs" / "mine"
    subprocess.run(
        [BASE / "bin" / PYTHON, "-m", "venv", "--without-pip", folder], check=True
    )
    return _filled(folder)


def _filled(folder: Path) -> Path:
    packages = folder / "lib" / PYTHON / "site-packages"
    (packages / "ours.py").write_text("def main():\n    print('ours ran')\n")
    script = folder / "bin" / "ours"
    script.write_text(f"#!{folder}/bin/python\nimport ours\nours.main()\n")
    script.chmod(0o755)
    return folder


def test_environment_starts_with_its_packages(
    find: Find, inside: Inside, environment: Path, home: Path
) -> None:
    """The prefix is the environment's, and its packages are there."""
    found = find("python", environment / "bin")
    assert inside(found, "-c", f"{STARTS}; import ours") == str(environment)
    assert inside(found, "-c", SEES, str(home)) == "envs"
    assert inside(find("ours", environment / "bin")) == "ours ran"


def test_linked_console_script_starts(
    find: Find, inside: Inside, environment: Path, home: Path
) -> None:
    """Installers of tools link scripts of environments into ~/.local/bin."""
    link = home / ".local" / "bin" / "ours"
    link.parent.mkdir(parents=True)
    link.symlink_to(environment / "bin" / "ours")
    assert inside(find("ours", link.parent)) == "ours ran"


def test_linked_environment_of_a_project_starts(
    find: Find, inside: Inside, environment: Path, tmp_path: Path
) -> None:
    """It does where the project is shown too, whose link then lies over what was bound."""
    project = tmp_path / "project"
    (project / ".venv").symlink_to(environment)
    found = find(".venv/bin/python")
    assert inside(found, "-c", STARTS) == str(project / ".venv")
    assert inside(found, "-c", f"{STARTS}; import ours", show=project)


def test_environment_in_the_project_root_starts(
    find: Find, inside: Inside, tmp_path: Path
) -> None:
    """`python -m venv .` is what some do; the project is not shown for it."""
    project = tmp_path / "project"
    (project / ".env").write_text("SECRET=1")
    subprocess.run(
        [BASE / "bin" / PYTHON, "-m", "venv", "--without-pip", project], check=True
    )
    found = find("bin/python")
    assert inside(found, "-c", STARTS) == str(project)
    assert ".env" not in inside(found, "-c", SEES, str(project))


def test_environment_made_by_uv_starts(
    find: Find, inside: Inside, home: Path, tool: Tool
) -> None:
    """Its base is named by a link to the newest patch release, as uv does for its own Pythons."""
    link = home / ".local" / "share" / "uv" / "python" / "cpython-3"
    link.parent.mkdir(parents=True)
    link.symlink_to(BASE)
    folder = home / "project" / ".venv"
    words = [tool("uv"), "venv", "-q", "--offline", "--no-config", "--no-project"]
    python = str(link / "bin" / PYTHON)
    subprocess.run([*words, "--python", python, folder], check=True)
    found = find(_filled(folder) / "bin" / "python")
    assert inside(found, "-c", f"{STARTS}; import ours") == str(folder)
    assert inside(find(folder / "bin" / "ours")) == "ours ran"


def test_python_in_a_home_starts_from_its_parts(
    find: Find, inside: Inside, home: Path
) -> None:
    """`./configure --prefix=$HOME` is bound without the home."""
    binary = BASE / "bin" / PYTHON
    (home / "bin").mkdir()
    shutil.copy2(binary, home / "bin" / PYTHON)
    ignored = shutil.ignore_patterns(
        "site-packages", "dist-packages", "test", "config-*", "__pycache__"
    )
    (home / "lib").mkdir()
    shutil.copytree(BASE / "lib" / PYTHON, home / "lib" / PYTHON, ignore=ignored)
    for library in (BASE / "lib").glob("libpython*.so*"):
        shutil.copy2(library, home / "lib", follow_symlinks=False)
    found = find(home / "bin" / PYTHON)
    assert inside(found, "-c", SEES, str(home)) == "bin lib"


@pytest.fixture(scope="session")
def node_prefix(
    tool: Tool, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], Path]:
    """Return a function that makes the prefix of a Node of its own, npm included."""
    node, npm = os.path.realpath(tool("node")), Path(os.path.realpath(tool("npm")))
    package = npm.parent.parent
    if npm.name != "npm-cli.js":
        pytest.skip("npm is packaged in its own way here")
    first = tmp_path_factory.mktemp("node")
    (first / "bin").mkdir()
    shutil.copy2(node, first / "bin" / "node")
    shutil.copytree(package, first / "lib" / "node_modules" / "npm")
    for name in ("npm", "npx"):
        target = f"../lib/node_modules/npm/bin/{name}-cli.js"
        (first / "bin" / name).symlink_to(target)
    (first / "README.md").touch()

    def make(prefix: Path) -> Path:
        shutil.copytree(first, prefix, symlinks=True, copy_function=os.link)
        return prefix

    return make


@pytest.mark.parametrize(
    "layout",
    [
        ".nvm/versions/node/v20.1.0",
        ".local/share/fnm/node-versions/v20.1.0/installation",
        ".asdf/installs/nodejs/20.1.0",
        ".local/share/mise/installs/node/20.1.0",
        ".volta/tools/image/node/20.1.0",
        "miniconda3",
        ".local",
    ],
)
def test_node_of_a_version_manager_starts(
    layout: str,
    find: Find,
    inside: Inside,
    home: Path,
    node_prefix: Callable[[Path], Path],
) -> None:
    """Node, npm and npx start wherever a manager put them, and see nothing beside."""
    prefix = node_prefix(home / layout)
    (prefix.parent / "canary").write_text("seen")
    if layout in (".local", "miniconda3"):
        (prefix / "conda-meta").mkdir()
        (prefix / "envs").mkdir()
    sees = "console.log(require('fs').readdirSync(process.argv[1]).join(' '))"
    node = find("node", prefix / "bin")
    assert inside(node, "-p", "process.execPath") == f"{prefix}/bin/node"
    assert inside(node, "-e", sees, str(prefix.parent)) == prefix.name
    assert "envs" not in inside(node, "-e", sees, str(prefix))
    for name in ("npm", "npx"):
        assert inside(find(name, prefix / "bin"), "--version")[0].isdigit()


def test_node_behind_links_of_fnm_starts(
    find: Find, inside: Inside, home: Path, node_prefix: Callable[[Path], Path]
) -> None:
    """Fnm puts a folder of links for each shell on the PATH."""
    prefix = node_prefix(home / "fnm" / "node-versions" / "v20" / "installation")
    shell = home / "fnm_multishells" / "12_34"
    shell.parent.mkdir()
    shell.symlink_to(prefix)
    assert inside(find("node", shell / "bin"), "-p", "1+1") == "2"
    assert inside(find("npm", shell / "bin"), "--version")


def test_node_and_npm_of_the_system_start(
    find: Find, inside: Inside, tool: Tool
) -> None:
    """What /usr holds needs no tree."""
    if not tool("npm").startswith("/usr/"):
        pytest.skip("npm is not in /usr here")
    assert find("npm").trees == ()
    assert inside(find("npm"), "--version")


def test_script_of_a_project_runs_with_the_node_of_its_user(
    find: Find,
    inside: Inside,
    home: Path,
    tmp_path: Path,
    executable: Callable[..., Path],
    node_prefix: Callable[[Path], Path],
) -> None:
    """`node_modules/.bin` holds links to scripts, which the policy reads."""
    project, prefix = tmp_path / "project", node_prefix(home / "node")
    real = project / "node_modules" / "x" / "cli.js"
    executable(real, "#!/usr/bin/env node\nconsole.log(process.execPath)\n")
    (project / "node_modules" / ".bin").mkdir()
    (project / "node_modules" / ".bin" / "x").symlink_to("../x/cli.js")
    found = find("node_modules/.bin/x", prefix / "bin")
    assert found.trees == (str(prefix),)
    assert inside(found, show=project) == f"{prefix}/bin/node"


@pytest.fixture
def toolchain(tool: Tool) -> Path:
    """The folder of rustup's proxies on this machine."""
    cargo = Path(tool("cargo"))
    if not (cargo.parent / "rustup").exists():
        pytest.skip("cargo does not come from rustup here")
    return cargo.parent


def test_rust_compiles_without_the_folder_of_credentials(
    find: Find, inside: Inside, toolchain: Path, tool: Tool
) -> None:
    """Cargo and rustc start as the toolchain's own, and compile what /usr can link."""
    tool("cc")
    real = {name: os.environ[name] for name in ("RUSTUP_HOME",) if name in os.environ}
    real["HOME"] = os.environ["HOME"]
    cargo, rustc = (find(name, toolchain, **real) for name in ("cargo", "rustc"))
    assert inside(cargo, "--version").startswith("cargo ")
    assert not any(".cargo" in tree for tree in cargo.trees)
    sh = Program("/bin/sh", rustc.trees, rustc.folder)
    source = "echo 'fn main() { println!(\"compiled\"); }' > /tmp/a.rs"
    assert (
        inside(sh, "-c", f"{source}; rustc -o /tmp/a /tmp/a.rs && /tmp/a") == "compiled"
    )
    assert inside(sh, "-c", f"ls -A {toolchain.parent} 2>/dev/null; true") == ""
