"""What is bound of a runtime, and what never is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import CommandNotFoundError
from goobits_sandbox._programs import Program

Find = Callable[..., Program]
Make = Callable[[Path], Path]
Write = Callable[..., Path]


def _environment(folder: Path, home: object, python: Path | None = None) -> Path:
    """Make what `python -m venv` makes, and return its Python."""
    (folder / "bin").mkdir(parents=True)
    (folder / "lib" / "python3.11" / "site-packages").mkdir(parents=True)
    (folder / "lib64").symlink_to("lib")
    (folder / "pyvenv.cfg").write_text(f"home = {home}\nversion = 3.11\n")
    (folder / "bin" / "python").symlink_to(python or "/usr/bin/python3")
    return folder / "bin" / "python"


def test_prefix_is_bound_and_nothing_above_it(
    find: Find, home: Path, python_prefix: Make
) -> None:
    """The versions beside it, and the user's files, are none of the guest's business."""
    prefix = python_prefix(home / "versions" / "3.11")
    python_prefix(home / "versions" / "3.12")
    assert find(prefix / "bin" / "python3") == Program(
        str(prefix / "bin" / "python3"), (str(prefix),), str(prefix / "bin")
    )


def test_prefix_that_holds_more_is_bound_by_its_parts(
    find: Find, home: Path, python_prefix: Make
) -> None:
    """Tokens lie beside runtimes: conda's .condarc, somebody's .env."""
    prefix = python_prefix(home / "miniconda3")
    (prefix / ".condarc").write_text("channel_alias: https://user:secret@example")
    (prefix / "envs").mkdir()
    (prefix / "etc").mkdir()
    (prefix / "share").symlink_to(home)
    found = find(prefix / "bin" / "python3.11")
    assert found.trees == (f"{prefix}/bin", f"{prefix}/lib")


@pytest.mark.parametrize("place", ["", ".local"])
def test_home_as_a_prefix_is_bound_by_what_python_needs(
    place: str, find: Find, home: Path, python_prefix: Make
) -> None:
    """`~` and `~/.local` hold keys, histories and everything else."""
    prefix = python_prefix(home / place)
    (prefix / "share").mkdir()
    library = prefix / "lib" / "libpython3.11.so.1.0"
    library.touch()
    (prefix / "lib" / "other").mkdir()
    found = find(prefix / "bin" / "python3.11")
    real = f"{prefix}/bin/python3.11"
    assert found.trees == (real, str(library), f"{prefix}/lib/python3.11")


def test_node_in_a_home_is_bound_by_its_modules(
    find: Find, home: Path, executable: Write
) -> None:
    """`~/.local/bin/node` is where some installers put it."""
    node = executable(home / ".local" / "bin" / "node", "\x7fELF")
    modules = home / ".local" / "lib" / "node_modules"
    modules.mkdir(parents=True)
    (home / ".local" / "share").mkdir()
    assert find(node).trees == (str(node), str(modules))


def test_libraries_beside_a_program_come_with_it(
    find: Find, home: Path, executable: Write
) -> None:
    """Programs find theirs in ../lib, and do not start without."""
    tool = executable(home / "sw" / "tool-1.0" / "bin" / "tool", "\x7fELF")
    (tool.parent.parent / "lib").mkdir()
    assert find(tool).trees == (str(home / "sw" / "tool-1.0"),)


@pytest.mark.parametrize(
    ("mark", "besides"),
    [
        ("lib/modules", "bin conf include jmods legal man release"),
        ("lib/rustlib/x", "bin etc libexec share"),
        ("src/runtime/proc.go", "VERSION api bin doc go.env lib misc pkg"),
        ("conda-meta/history", "bin etc envs lib pkgs ssl"),
    ],
)
def test_runtimes_are_known_by_what_they_hold(
    mark: str, besides: str, find: Find, home: Path, executable: Write
) -> None:
    """Compilers and virtual machines start with their own files, and without others."""
    prefix = home / "sdk" / "1.0"
    tool = executable(prefix / "bin" / "tool", "\x7fELF")
    (prefix / mark).parent.mkdir(parents=True)
    (prefix / mark).touch()
    for name in besides.split():
        (prefix / name).mkdir(exist_ok=True)
    whole = find(tool).trees
    (prefix / ".env").touch()
    parts = {tree.rpartition("/")[2] for tree in find(tool).trees}
    unknown = {"doc", "envs", "pkgs"} | ({"etc"} if "conda" in mark else set())
    held = {*besides.split(), mark.partition("/")[0]}
    assert parts == held - unknown
    assert whole == ((str(prefix),) if held.isdisjoint(unknown) else find(tool).trees)


def test_program_of_a_working_copy_stands_alone(
    find: Find, home: Path, executable: Write
) -> None:
    """`bin` and `lib` of somebody's sources are no installed program's."""
    tool = executable(home / "work" / "bin" / "tool", "\x7fELF")
    (home / "work" / "lib").mkdir()
    (home / "work" / ".git").mkdir()
    assert find(tool).trees == (str(tool),)


def test_runtime_of_the_project_is_seen_by_the_policy(
    find: Find, tmp_path: Path, executable: Write, python_prefix: Make
) -> None:
    """Only environments of a project are bound; all else of it is the policy's to say."""
    executable(tmp_path / "project" / "node" / "bin" / "node", "\x7fELF")
    (tmp_path / "project" / "node" / "lib").mkdir()
    python_prefix(tmp_path / "project" / "python")
    assert find("node/bin/node").trees == ()
    assert find("python/bin/python3").trees == ()


def test_parts_behind_a_link_are_bound_at_both_ends(
    find: Find, home: Path, python_prefix: Make
) -> None:
    """The link's name is what scripts begin with, the real one where links inside lead."""
    prefix = python_prefix(home / "conda-1")
    (prefix / "envs").mkdir()
    (home / "conda").symlink_to(prefix.name)
    assert find(home / "conda" / "bin" / "python3").trees == (
        f"{home}/conda-1/bin",
        f"{home}/conda-1/lib",
        f"{home}/conda/bin",
        f"{home}/conda/lib",
    )


def test_environment_and_its_base_are_bound(
    find: Find, tmp_path: Path, home: Path, python_prefix: Make
) -> None:
    """The environment has the packages, the base the library; both at their own paths."""
    base = python_prefix(home / "versions" / "3.11")
    folder = tmp_path / "project" / ".venv"
    python = _environment(folder, base / "bin", base / "bin" / "python3")
    found = find(".venv/bin/python")
    assert found.path == str(python)
    assert set(found.trees) == {str(folder), str(base)}


def test_links_are_bound_at_both_ends(
    find: Find, tmp_path: Path, home: Path, python_prefix: Make
) -> None:
    """Installers link the base to its newest patch release, and users link environments."""
    base = python_prefix(home / "python" / "cpython-3.11.7")
    link = home / "python" / "cpython-3.11"
    link.symlink_to(base.name)
    python = _environment(home / "envs" / "x", link / "bin", link / "bin" / "python3")
    (tmp_path / "project" / ".venv").symlink_to(home / "envs" / "x")
    found = find(".venv/bin/python")
    assert set(found.trees) == {
        str(tmp_path / "project" / ".venv"),
        str(python.parent.parent),
        str(link),
        str(base),
    }


@pytest.mark.parametrize(
    "said",
    [
        "/",
        "~/.ssh",
        "{home}/.ssh",
        "{home}",
        "relative",
        "",
        "/proc/self/root",
    ],
)
def test_environment_without_a_python_is_refused(
    said: str, find: Find, tmp_path: Path, home: Path
) -> None:
    """A hostile project names what it would like to read."""
    (home / ".ssh").mkdir()
    _environment(tmp_path / "project" / ".venv", said.format(home=home))
    with pytest.raises(CommandNotFoundError, match="is no Python") as refused:
        find(".venv/bin/python")
    assert "again" in refused.value.hint


def test_library_without_its_program_is_no_base(
    find: Find, tmp_path: Path, home: Path, python_prefix: Make
) -> None:
    """Sources of Python hold an os.py too, and what somebody works on."""
    base = python_prefix(home / "work")
    (base / "bin" / "python3.11").unlink()
    _environment(tmp_path / "project" / ".venv", base / "bin")
    with pytest.raises(CommandNotFoundError, match="is no Python"):
        find(".venv/bin/python")


def test_settings_are_read_as_python_reads_them(
    find: Find, tmp_path: Path, home: Path, python_prefix: Make
) -> None:
    """Keys have no case; a copied Python leads nowhere, and a linked base has two names."""
    base = python_prefix(home / "conda-1")
    (base / "envs").mkdir()
    (home / "conda").symlink_to(base.name)
    folder = tmp_path / "project" / ".venv"
    _environment(folder, home / "conda" / "bin")
    (folder / "pyvenv.cfg").write_text(f"version = 3\nHome={home}/conda/bin\n")
    (folder / "bin" / "python").unlink()
    shutil.copy2(base / "bin" / "python3.11", folder / "bin" / "python")
    parts = {f"{home}/{name}" for name in ("conda/bin", "conda/lib")}
    parts |= {f"{home}/{name}" for name in ("conda-1/bin", "conda-1/lib")}
    assert set(find(".venv/bin/python").trees) == {str(folder), *parts}


def test_settings_that_are_a_fifo_are_not_waited_for(
    find: Find, tmp_path: Path
) -> None:
    """A project could else hang every run."""
    python = _environment(tmp_path / "project" / ".venv", "/usr/bin")
    settings = python.parent.parent / "pyvenv.cfg"
    settings.unlink()
    os.mkfifo(settings)
    assert find(".venv/bin/python").trees == ()


def test_project_that_says_it_is_an_environment_is_not_shown(
    find: Find, tmp_path: Path, executable: Write
) -> None:
    """A pyvenv.cfg at its root would else show what the policy does not read."""
    project = tmp_path / "project"
    _environment(project / "made", "/usr/bin")
    for name in ("bin", "lib", "pyvenv.cfg"):
        (project / "made" / name).rename(project / name)
    (project / ".env").write_text("SECRET=1")
    executable(project / "bin" / "tool")
    found = find("bin/tool")
    assert str(project) not in found.trees
    assert found.trees == (
        f"{project}/bin/tool",
        f"{project}/lib/python3.11",
        f"{project}/pyvenv.cfg",
    )


def test_environment_with_secrets_is_bound_by_its_parts(
    find: Find, tmp_path: Path
) -> None:
    """Somebody keeps a .env in the environment, or a hostile project made one around it."""
    folder = tmp_path / "project" / "config"
    _environment(folder, "/usr/bin")
    (folder / ".env").write_text("SECRET=1")
    found = find("config/bin/python")
    assert found.trees == (
        f"{folder}/bin",
        f"{folder}/lib",
        f"{folder}/lib64",
        f"{folder}/pyvenv.cfg",
    )


def test_part_that_leaves_is_not_bound(find: Find, tmp_path: Path, home: Path) -> None:
    """Binding follows links: `share -> ~/.ssh` would show that folder."""
    folder = tmp_path / "project" / "config"
    _environment(folder, "/usr/bin")
    (folder / "unknown").touch()
    (folder / "share").symlink_to(home)
    shutil.rmtree(folder / "lib")
    (folder / "lib").symlink_to(home)
    assert find("config/bin/python").trees == (f"{folder}/bin", f"{folder}/pyvenv.cfg")


def test_base_in_the_project_is_seen_by_the_policy(
    find: Find, tmp_path: Path, python_prefix: Make
) -> None:
    """Only environments of a project are bound; all else of it is the policy's to say."""
    base = python_prefix(tmp_path / "project" / "base")
    folder = tmp_path / "project" / ".venv"
    _environment(folder, base / "bin")
    assert find(".venv/bin/python").trees == (str(folder),)


def test_project_as_the_base_is_not_shown(
    find: Find, tmp_path: Path, python_prefix: Make
) -> None:
    """A project that looks like a Python is still a project, seen from inside of it too."""
    project = python_prefix(tmp_path / "project")
    inner = project / "inner"
    _environment(inner / ".venv", project / "bin")
    trees = find(".venv/bin/python", cwd=str(inner)).trees
    assert str(project) not in trees
    assert all(
        tree.startswith((f"{inner}/.venv", f"{project}/lib/python")) for tree in trees
    )
