"""The launchers of Windows are files like others, and can be read anywhere."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from goobits_monitor._programs._launchers import Step, read_windows_launcher
from goobits_monitor._programs._runtimes import _follow, _Place, _runtime

STUB = b"MZ\x90\0 #!not-this.exe This program cannot be run in DOS mode." + bytes(99)


def archive(comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as content:
        content.writestr("__main__.py", "#!in-the-archive.exe\nimport tool\n")
        content.comment = comment
    return file.getvalue()


def uv_trailer(python: str) -> bytes:
    path = python.encode()
    return path + len(path).to_bytes(4, "little") + b"UVSC"


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The python.exe of an environment, in another folder than the launcher."""
    path = tmp_path / "my environment" / "python.exe"
    path.parent.mkdir()
    path.write_bytes(STUB)
    return path


def on_windows(*words: str, **variables: str) -> _Place:
    return _Place(words, {**os.environ, **variables}, os.curdir, windows=True)


@pytest.mark.parametrize(
    "tail",
    [
        '#!"{python}"\r\n',
        "#!{python}\r\n",
        '#!"{python}" -I\n',
        "#!my environment/python.exe\r\n",
    ],
)
@pytest.mark.parametrize("comment", [b"", b"a comment"])
def test_launcher_of_pip_names_its_python(
    tail: str, comment: bytes, python: Path, tmp_path: Path
) -> None:
    """The line stands between the program and the archive, which may be any bytes."""
    launcher = tmp_path / "tool.exe"
    line = tail.format(python=python).encode()
    launcher.write_bytes(STUB + line + archive(comment))
    assert read_windows_launcher(launcher) == python


def test_launcher_of_uv_names_its_python(python: Path, tmp_path: Path) -> None:
    """It ends in the path, the path's length and four letters."""
    launcher = tmp_path / "tool.exe"
    launcher.write_bytes(STUB + archive() + uv_trailer(str(python)))
    assert read_windows_launcher(launcher) == python


@pytest.mark.parametrize(
    "content",
    [
        STUB + "UV_SCRIPT_DATA".encode("utf-16-le") + archive() + bytes(9),
        STUB + b"#!C:\\gone\\python.exe\r\n" + archive(),
        STUB + archive() + uv_trailer("C:\\gone\\python.exe"),
        STUB + archive(),
    ],
    ids=["resource", "moved, of pip", "moved, of uv", "without a line"],
)
def test_launcher_may_mean_the_python_beside_it(content: bytes, tmp_path: Path) -> None:
    """The Scripts folder of every environment has one."""
    launcher = tmp_path / "tool.exe"
    launcher.write_bytes(content)
    assert read_windows_launcher(launcher) is None
    launcher.with_name("python.exe").write_bytes(STUB)
    assert read_windows_launcher(launcher) == tmp_path / "python.exe"


@pytest.mark.parametrize(
    "content",
    [b"", STUB, STUB + b"UVSC", b"MZ" + bytes(1 << 21) + archive()],
    ids=["empty", "program", "no archive", "too large"],
)
def test_other_programs_are_no_launchers(content: bytes, tmp_path: Path) -> None:
    """A python.exe in the same folder does not make a program a Python script."""
    program = tmp_path / "tool.exe"
    program.write_bytes(content)
    program.with_name("python.exe").write_bytes(STUB)
    assert read_windows_launcher(program) is None
    assert read_windows_launcher(tmp_path / "alias.exe") is None


def test_launcher_is_run_by_its_python(python: Path, tmp_path: Path) -> None:
    """Python runs the archive at the end of the launcher, which stays the first word."""
    launcher = tmp_path / "tool.exe"
    launcher.write_bytes(STUB + f'#!"{python}"\n'.encode() + archive())
    place = on_windows("tool", "-x")
    step = _follow((str(launcher), "-x"), place)
    assert step == Step((str(python), str(launcher), "-x"))
    python.write_bytes(launcher.read_bytes())
    assert _follow(step.words, place) is None
    runtime = _runtime(step, place)
    assert runtime.bare == (str(python), "-c", "pass")
    assert runtime.script == step.words


@pytest.mark.skipif(os.name == "nt", reason="the py of Windows is no script")
@pytest.mark.parametrize("selector", [(), ("-3.12",), ("-V:3.12",)])
def test_py_is_asked_for_the_python_it_chooses(
    selector: tuple[str, ...], tmp_path: Path
) -> None:
    """Options can only be put in behind the Python itself."""
    py = tmp_path / "py"
    count = len(selector)
    py.write_text(f'#!/bin/sh\nshift {count} && exec "{sys.executable}" "$@"\n')
    py.chmod(0o755)
    step = _follow((str(py), *selector, "-m", "tool"), on_windows("py"))
    assert step == Step((sys.executable, "-m", "tool"))


@pytest.mark.parametrize(("program", "name"), [("x.cmd", "shell"), ("x.exe", "native")])
def test_cmd_is_the_floor_of_what_is_no_interpreter(program: str, name: str) -> None:
    """Windows has no program that does less."""
    place = on_windows(program, COMSPEC="C:\\cmd.exe")
    runtime = _runtime(Step((program,)), place)
    assert runtime.name == name
    assert runtime.bare == ("C:\\cmd.exe", "/d", "/c", "exit", "0")
