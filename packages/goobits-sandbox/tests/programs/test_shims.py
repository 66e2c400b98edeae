"""Stand-ins of version managers, and what is behind them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import CommandNotFoundError
from goobits_sandbox._programs import Program

Find = Callable[..., Program]
Make = Callable[[Path], Path]
Write = Callable[..., Path]

PYENV = """#!/usr/bin/env bash
set -e
export PYENV_ROOT="{root}"
exec "{root}/libexec/pyenv" exec "${{0##*/}}" "$@"
"""


@pytest.fixture
def pyenv(home: Path, executable: Write, python_prefix: Make) -> Path:
    """What pyenv makes: three versions, a virtual environment and shims."""
    root = home / ".pyenv"
    for version in ("3.11.2", "3.11.10", "3.12.1", "3.11.12rc1"):
        python_prefix(root / "versions" / version)
    executable(root / "versions" / "3.12.1" / "bin" / "only312")
    inner = root / "versions" / "3.11.2" / "envs" / "mine"
    executable(inner / "bin" / "python3.11")
    (inner / "pyvenv.cfg").write_text(f"home = {root}/versions/3.11.2/bin\n")
    (root / "versions" / "mine").symlink_to(inner)
    for name in ("python3.11", "only312", "true"):
        executable(root / "shims" / name, PYENV.format(root=root))
    executable(root / "libexec" / "pyenv")
    (root / "version").write_text("3.11.2\n")
    return root


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("3.11.10\n", "3.11.10"),
        ("3.11\n", "3.11.10"),
        ("python-3.11\n", "3.11.10"),
        ("# ours\n\n3.12.1 # why\n3.11.2\n", "3.12.1"),
        ("../../../../tmp\n3.11.10\n", "3.11.10"),
        ("3.11.10\r\n", "3.11.10"),
    ],
)
def test_nearest_version_file_chooses(
    said: str, version: str, find: Find, pyenv: Path, tmp_path: Path
) -> None:
    """The guest's Python is the one that the user gets in that folder."""
    (tmp_path / "project" / "below").mkdir()
    (tmp_path / "project" / ".python-version").write_text(said)
    cwd = str(tmp_path / "project" / "below")
    found = find("python3.11", pyenv / "shims", cwd=cwd)
    prefix = pyenv / "versions" / version
    assert found.path == f"{prefix}/bin/python3.11"
    assert found.trees == (str(prefix),)
    assert found.folder == f"{prefix}/bin"


def test_variable_of_pyenv_comes_first_and_its_own_setting_last(
    find: Find, pyenv: Path, tmp_path: Path
) -> None:
    """Pyenv's order is its users' habit."""
    versions, shims = pyenv / "versions", pyenv / "shims"
    assert find("python3.11", shims).trees == (
        f"{versions}/3.11.2/bin",
        f"{versions}/3.11.2/lib",
    )
    (tmp_path / "project" / ".python-version").write_text("3.11.10")
    assert find("python3.11", shims, PYENV_VERSION="3.12.1").path.startswith(
        f"{versions}/3.12.1/"
    )
    assert find("only312", shims, PYENV_VERSION="3.11.2:3.12.1").path.startswith(
        f"{versions}/3.12.1/"
    )


def test_environment_of_pyenv_is_bound_with_its_base(find: Find, pyenv: Path) -> None:
    """pyenv-virtualenv names environments as it names versions."""
    found = find("python3.11", pyenv / "shims", PYENV_VERSION="mine")
    versions = pyenv / "versions"
    assert f"{versions}/mine" in found.trees
    assert f"{versions}/3.11.2/envs/mine" in found.trees
    assert f"{versions}/3.11.2/lib" in found.trees
    assert f"{versions}/3.11.2" not in found.trees


def test_system_version_is_looked_for_past_the_shims(find: Find, pyenv: Path) -> None:
    """Programs that pyenv knows in one version come from /usr in another."""
    found = find("true", pyenv / "shims", PYENV_VERSION="system")
    assert found == Program("/usr/bin/true", (), "/usr/bin")
    assert find("true", pyenv / "shims", PYENV_VERSION="3.11.2").path == "/usr/bin/true"


def test_version_that_is_not_installed_is_named(find: Find, pyenv: Path) -> None:
    """The user sees what to install."""
    with pytest.raises(CommandNotFoundError, match=r"'only312' in '3\.9'") as refused:
        find("only312", pyenv / "shims", PYENV_VERSION="3.9")
    assert refused.value.command == "only312"
    assert "pyenv local" in refused.value.hint


def test_pyenv_itself_is_no_shim(find: Find, pyenv: Path, executable: Write) -> None:
    """Its own program lies beside the shims and has their name in it."""
    own = executable(pyenv / "bin" / "pyenv")
    assert find("pyenv", own.parent).trees == (str(own),)


def test_first_line_that_names_a_shim_is_refused(
    find: Find, pyenv: Path, home: Path, executable: Write
) -> None:
    """Inside there is no shim, and the kernel would only say that there is none."""
    tool = executable(home / "tool", f"#!{pyenv}/shims/python3.11\n")
    with pytest.raises(CommandNotFoundError, match="stands for"):
        find(tool)


@pytest.mark.parametrize(
    ("manager", "text"),
    [
        ("asdf", '#!/usr/bin/env bash\nexec /opt/asdf/bin/asdf exec "node" "$@"\n'),
        ("nodenv", '#!/usr/bin/env bash\nexec "/opt/libexec/nodenv" exec node "$@"\n'),
        ("mise", '#!/bin/sh\nexec mise exec -- node "$@"\n'),
    ],
)
def test_script_that_only_its_manager_resolves_is_refused(
    manager: str, text: str, find: Find, home: Path, executable: Write
) -> None:
    """Running it would run a shell with the user's rights, guessing would run another version."""
    shim = executable(home / f".{manager}" / "shims" / "node", text)
    with pytest.raises(CommandNotFoundError, match=f"shim of {manager}") as refused:
        find("node", shim.parent)
    assert f"{manager} which node" in refused.value.hint


def test_script_that_uses_a_manager_is_no_shim(
    find: Find, home: Path, executable: Write
) -> None:
    """Only what lies in a folder of shims stands for another program."""
    tool = executable(home / "bin" / "tool", "#!/bin/sh\npyenv exec python x.py\n")
    assert find("tool", tool.parent).trees == (str(tool),)


@pytest.mark.parametrize("manager", ["mise", "snap", "volta-shim"])
def test_link_that_only_its_manager_resolves_is_refused(
    manager: str, find: Find, home: Path, executable: Write
) -> None:
    """The manager's program would start, and find none of its settings."""
    real = executable(home / "bin" / manager, "\x7fELF")
    shim = home / ".manager" / "bin" / "node"
    shim.parent.mkdir(parents=True)
    shim.symlink_to(real)
    with pytest.raises(CommandNotFoundError, match=f"shim of {manager}") as refused:
        find("node", shim.parent)
    assert "node` prints" in refused.value.hint
    assert find(manager, real.parent).path == str(real)


@pytest.fixture(params=["symlink", "hard link"])
def rustup(request: pytest.FixtureRequest, home: Path, executable: Write) -> Path:
    """What rustup makes: two toolchains, a default, and proxies beside credentials."""
    machine = os.uname().machine
    for channel in ("stable", "nightly", "nightly-2024-01-01"):
        name = f"{channel}-{machine}-unknown-linux-gnu"
        toolchain = home / ".rustup" / "toolchains" / name
        executable(toolchain / "bin" / "cargo", "\x7fELF")
        (toolchain / "lib" / "rustlib").mkdir(parents=True)
        (toolchain / "etc").mkdir()
    (home / ".rustup" / "settings.toml").write_text(
        f'version = "12"\ndefault_toolchain = "stable-{machine}-unknown-linux-gnu"\n\n[overrides]\n'
    )
    proxies = home / ".cargo" / "bin"
    executable(proxies / "rustup", "\x7fELF")
    for name in ("cargo", "cargo-fmt"):
        if request.param == "symlink":
            (proxies / name).symlink_to("rustup")
        else:
            (proxies / name).hardlink_to(proxies / "rustup")
    (home / ".cargo" / "credentials.toml").write_text("token")
    return proxies


def _toolchain(found: Program) -> str:
    """Return the one tree of a program of rustup, by the channel that it is named for."""
    (tree,) = found.trees
    assert found.path == f"{tree}/bin/cargo"
    assert found.folder == f"{tree}/bin"
    return os.path.basename(tree).partition(f"-{os.uname().machine}-")[0]


def test_toolchain_is_executed_without_its_proxy(find: Find, rustup: Path) -> None:
    """The proxy would want the user's ~/.cargo, which has credentials in it."""
    assert _toolchain(find("cargo", rustup)) == "stable"


@pytest.mark.parametrize(
    ("name", "said", "channel"),
    [
        ("rust-toolchain.toml", '[toolchain]\nchannel = "nightly"\n', "nightly"),
        ("rust-toolchain", '[toolchain]\nchannel = "nightly" # why\n', "nightly"),
        ("rust-toolchain", "nightly-2024-01-01\n", "nightly-2024-01-01"),
        ("rust-toolchain.toml", "not = [toml", "stable"),
        ("rust-toolchain.toml", '[toolchain]\nprofile = "minimal"\n', "stable"),
    ],
)
def test_nearest_toolchain_file_chooses(
    name: str, said: str, channel: str, find: Find, rustup: Path, tmp_path: Path
) -> None:
    """A project pins the compiler that it is built with."""
    (tmp_path / "project" / "below").mkdir()
    (tmp_path / "project" / name).write_text(said)
    cwd = str(tmp_path / "project" / "below")
    assert _toolchain(find("cargo", rustup, cwd=cwd)) == channel


def test_variable_and_overrides_of_rustup_are_followed(
    find: Find, rustup: Path, home: Path, tmp_path: Path
) -> None:
    """The order is rustup's: the variable, then the nearest of override and file."""
    project = tmp_path / "project"
    (project / "rust-toolchain").write_text("stable\n")
    with (home / ".rustup" / "settings.toml").open("a") as settings:
        settings.write(f'"{project}" = "nightly"\n')
    assert _toolchain(find("cargo", rustup)) == "nightly"
    chosen = find("cargo", rustup, RUSTUP_TOOLCHAIN="nightly-2024-01-01")
    assert _toolchain(chosen) == "nightly-2024-01-01"


@pytest.mark.parametrize("said", ["../../../..", "/", "beta", "\x1b]0;x"])
def test_toolchain_that_is_not_installed_is_refused(
    said: str, find: Find, rustup: Path, tmp_path: Path
) -> None:
    """A hostile project names a folder, an honest one what is to be installed first."""
    (tmp_path / "project" / "rust-toolchain").write_text(said)
    with pytest.raises(CommandNotFoundError, match="rustup has no 'cargo'") as refused:
        find("cargo", rustup)
    assert str(refused.value).isprintable()


def test_toolchain_named_by_its_path_is_refused(
    find: Find, rustup: Path, tmp_path: Path
) -> None:
    """A hostile project would name any folder with a bin in it."""
    said = '[toolchain]\npath = "/srv/else"\n'
    (tmp_path / "project" / "rust-toolchain.toml").write_text(said)
    with pytest.raises(CommandNotFoundError, match="by its path"):
        find("cargo", rustup)


def test_other_programs_beside_rustup_stand_alone(
    find: Find, rustup: Path, executable: Write
) -> None:
    """`cargo install` puts them there; nothing else of that folder is bound."""
    tool = executable(rustup / "rg", "\x7fELF")
    assert find("rg", rustup).trees == (str(tool),)
    assert find("rustup", rustup).trees == (str(rustup / "rustup"),)
