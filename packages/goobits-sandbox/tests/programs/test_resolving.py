"""Which file a command names, and what is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import CommandNotFoundError
from goobits_sandbox._programs import Program, resolve
from goobits_sandbox._programs._resolving import _as_path

Find = Callable[..., Program]
Write = Callable[..., Path]


def test_program_of_the_system_needs_nothing(find: Find) -> None:
    """Every guest sees /usr: another bind would only cost time."""
    assert find("/usr/bin/true") == Program("/usr/bin/true", (), "/usr/bin")


def test_first_on_the_path_is_found(find: Find, home: Path, executable: Write) -> None:
    """The guest runs what the user would have run."""
    executable(home / "second" / "tool")
    first = executable(home / "first" / "tool")
    found = find("tool", home / "first", home / "second")
    assert found == Program(str(first), (str(first),), str(first.parent))


def test_relative_entries_of_the_path_are_left_out(
    tmp_path: Path, executable: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guest that ran before may have written a program of that name there."""
    executable(tmp_path / "bin" / "tool")
    monkeypatch.chdir(tmp_path)
    for entry in (".", "", "bin", "./bin", "../x"):
        with pytest.raises(CommandNotFoundError):
            resolve("tool", path=f"{entry}:", cwd=str(tmp_path / "bin"), environ={})


@pytest.mark.parametrize("command", ["", "\0", "tool\0", "too\nl", "./a\0b"])
def test_word_that_names_no_program_is_refused(command: str, find: Find) -> None:
    """NUL and newlines would end words and lines that are made of the command."""
    with pytest.raises(CommandNotFoundError, match="no name of a program"):
        find(command)


def test_what_is_no_program_is_not_found(find: Find, home: Path) -> None:
    """Folders, devices, FIFOs, sockets and loops must neither be run nor waited for."""
    (home / "folder").mkdir()
    (home / "text").write_text("#!/bin/sh\n")
    os.mkfifo(home / "fifo", 0o755)
    (home / "loop").symlink_to("loop")
    (home / "dangling").symlink_to("nothing")
    names = ["folder", "text", "fifo", "loop", "dangling", "missing", "text/below"]
    for place in [home / name for name in names] + [Path("/dev/null"), Path("/")]:
        with pytest.raises(CommandNotFoundError, match="no program") as refused:
            find(place)
        assert refused.value.hint


def test_refusal_names_the_command_that_was_asked_for(find: Find) -> None:
    """The caller reports what the user typed."""
    with pytest.raises(CommandNotFoundError, match="'tool' on the PATH") as refused:
        find("tool")
    assert refused.value.command == "tool"


def test_program_of_the_project_needs_only_its_interpreter(
    find: Find, tmp_path: Path, executable: Write
) -> None:
    """What the policy does not read stays unseen, its own programs too."""
    tool = executable(tmp_path / "project" / "tool", "#!/usr/bin/env python3\n")
    assert find("./tool") == Program(str(tool), (), "/usr/bin")
    executable(tmp_path / "project" / "binary", "no script")
    assert find("./binary").trees == ()


def test_link_in_the_project_brings_nothing_in(
    find: Find, tmp_path: Path, home: Path, executable: Write
) -> None:
    """A project may hold a link to anything that the user can execute."""
    secret = executable(home / "deploy.sh", "#!/bin/sh\nTOKEN=1\n")
    (tmp_path / "project" / "tool").symlink_to(secret)
    assert find("./tool").trees == ()


def test_script_of_a_project_brings_no_script_in(
    find: Find, tmp_path: Path, home: Path, executable: Write
) -> None:
    """The first line of a file in a project would else show any script of the user."""
    secret = executable(home / "deploy.sh", "#!/bin/sh\nTOKEN=1\n")
    executable(tmp_path / "project" / "tool", f"#!{secret}\n")
    with pytest.raises(CommandNotFoundError, match="the user did not"):
        find("./tool")


def test_project_under_another_name_is_the_project(
    find: Find, tmp_path: Path, executable: Write
) -> None:
    """Folders are linked, and a path through the link shows no more than the other one."""
    executable(tmp_path / "project" / "tool")
    (tmp_path / "linked").symlink_to("project")
    assert find(tmp_path / "linked" / "tool").trees == ()
    assert find(tmp_path / "linked" / "tool", cwd=str(tmp_path / "linked")).trees == ()


def test_home_is_no_project(find: Find, home: Path, executable: Write) -> None:
    """Who works in a home would else find that none of the programs there start."""
    tool = executable(home / "bin" / "tool")
    assert find("bin/tool", cwd=str(home)).trees == (str(tool),)


def test_lone_program_keeps_the_name_of_its_link(
    find: Find, home: Path, executable: Write, inside: Callable[..., str]
) -> None:
    """Programs of many names know by it what to do, and other programs look for it."""
    real = executable(home / "opt" / "multi", '#!/bin/sh\necho "${0##*/}"\n')
    link = home / "bin" / "one"
    link.parent.mkdir()
    link.symlink_to(real)
    found = find("one", link.parent)
    assert found == Program(str(link), (str(link), str(real)), str(link.parent))
    assert inside(found) == "one"


def test_link_to_a_script_of_the_project_is_the_projects(
    find: Find, tmp_path: Path, home: Path, executable: Write
) -> None:
    """Who links it into ~/bin trusts it no more than before."""
    secret = executable(home / "deploy.sh", "#!/bin/sh\nTOKEN=1\n")
    tool = executable(tmp_path / "project" / "tool", f"#!{secret}\n")
    (home / "mine").symlink_to(tool)
    with pytest.raises(CommandNotFoundError, match="the user did not"):
        find(home / "mine")


def test_link_to_the_system_keeps_its_name(
    find: Find, home: Path, inside: Callable[..., str]
) -> None:
    """Compilers are wrapped by links to one program of /usr."""
    (home / "mine").symlink_to("/usr/bin/cat")
    assert find(home / "mine").trees == (f"{home}/mine",)
    assert inside(find(home / "mine"), "/proc/self/comm") == "mine"


def test_name_that_the_kernel_gives_is_not_bound(
    find: Find, home: Path, executable: Write
) -> None:
    """Nothing can be mounted over /proc, and what it shows goes by another name too."""
    tool = executable(home / "tool")
    assert find(f"/proc/self/root{tool}") == find(tool)


@pytest.mark.parametrize("is_on_path", [True, False])
def test_project_names_no_program_of_the_user_by_its_path(
    is_on_path: bool, find: Find, tmp_path: Path, home: Path, executable: Write
) -> None:
    """What the user put on the PATH is meant to be found; all else is for nobody's eyes."""
    secret = executable(home / "work" / "bin" / "secret", "\x7fELF")
    (home / "work" / "lib").mkdir()
    named = "/usr/bin/env secret" if is_on_path else secret
    executable(tmp_path / "project" / "tool", f"#!{named}\n")
    if is_on_path:
        assert find("./tool", secret.parent).trees == (str(secret),)
    else:
        with pytest.raises(CommandNotFoundError, match="the user did not"):
            find("./tool")


def test_script_of_a_package_has_its_modules(
    find: Find, home: Path, tmp_path: Path, executable: Write
) -> None:
    """`npm install --prefix ~/tools` puts it beside what it imports."""
    modules = home / "tools" / "node_modules"
    executable(modules / "lint" / "cli.js", "#!/usr/bin/env sh\n")
    (modules / ".bin").mkdir()
    (modules / ".bin" / "lint").symlink_to("../lint/cli.js")
    assert find("lint", modules / ".bin").trees == (str(modules),)
    (tmp_path / "project" / "lint").symlink_to(modules / ".bin" / "lint")
    assert find("./lint").trees == ()


def test_scripts_that_run_each_other_end(find: Find, tmp_path: Path) -> None:
    """A loop of first lines must not loop here."""
    for name, other in (("a", "b"), ("b", "a"), ("c", "c")):
        script = tmp_path / "project" / name
        script.write_text(f"#!{tmp_path}/project/{other}\n")
        script.chmod(0o755)
    for name in "abc":
        with pytest.raises(CommandNotFoundError, match="script of a script"):
            find(f"./{name}")


def test_endless_first_line_is_not_read(
    find: Find, executable: Write, home: Path
) -> None:
    """Ten megabytes of interpreter are no reason to allocate ten megabytes."""
    tool = executable(home / "tool", "#!/" + "a" * 10_000_000)
    with pytest.raises(CommandNotFoundError, match="longer than the kernel reads"):
        find(tool)


def test_missing_interpreter_is_named(
    find: Find, executable: Write, home: Path
) -> None:
    """The kernel would only say that the script is not there."""
    tool = executable(home / "tool", "#!/opt/nothing/bin/python\n")
    with pytest.raises(CommandNotFoundError, match="/opt/nothing/bin/python"):
        find(tool)


def test_path_of_a_script_holds_its_interpreter(
    find: Find, home: Path, executable: Write, python_prefix: Callable[[Path], Path]
) -> None:
    """`env` looks there, and the guest calls the script by its name."""
    prefix = python_prefix(home / "versions" / "3.11")
    tool = executable(home / "bin" / "tool", "#!/usr/bin/env python3.11\n")
    found = find("tool", home / "bin", prefix / "bin")
    assert found.folder == f"{prefix}/bin:{tool.parent}"
    assert found.trees == (str(tool), str(prefix))


def test_folders_of_the_system_are_left_out() -> None:
    """They are on every guest's PATH, after an interpreter that they would else hide."""
    assert _as_path(["/opt/x/bin", "/usr/bin"]) == "/opt/x/bin"
    assert _as_path(["/usr/bin", "/opt/x/bin:/opt/y"]) == "/opt/x/bin:/opt/y"
    assert _as_path(["/usr/sbin", "/usr/bin"]) == "/usr/sbin"
    assert _as_path([]) == "/usr/bin"


def test_interpreter_behind_a_link_is_refused_with_its_name(
    find: Find, home: Path, executable: Write, python_prefix: Callable[[Path], Path]
) -> None:
    """The kernel would look for the link, and nothing that it could be is bound there."""
    prefix = python_prefix(home / "versions" / "3.11")
    (home / "py").symlink_to(prefix / "bin" / "python3.11")
    tool = executable(home / "tool", f"#!{home}/py\n")
    with pytest.raises(CommandNotFoundError, match="stands for") as refused:
        find(tool)
    assert f"#!{prefix}/bin/python3.11" in refused.value.hint
