"""Bad input to `goobits`: one clear message, the right exit code, and nothing changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from toolchain import goobits, run, tool

GOOD = "command_name: tool\ncli:\n  commands:\n    run:\n      desc: Run it\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(ord('a') + n)}: &{chr(ord('a') + n)} [{', '.join(['*' + chr(ord('a') + n - 1)] * 9)}]\n"
    for n in range(1, 12)
)

CASES = {
    "not-utf-8": (b"command_name: \xff\n", "UTF-8"),
    "empty": (b"", "empty"),
    "only-comments": (b"# nothing\n", "empty"),
    "a-list": (b"- a\n- b\n", "mapping"),
    "a-text": (b"hello\n", "mapping"),
    "ten-megabytes": (b"# " + b"x" * 10_000_000, "1 MiB"),
    "tabs": (b"cli:\n\tcommands: {}\n", "tab"),
    "duplicate-key": (GOOD.encode() + b"command_name: other\n", "command_name"),
    "anchor-bomb": (BOMB.encode() + GOOD.encode(), "alias"),
    "unknown-key": (GOOD.encode() + b"comand: x\n", "unknown key 'comand'"),
    "wrong-type": (b"command_name: tool\ncli: 7\n", "'cli'"),
    "clash": (GOOD.encode() + b"    Run:\n      aliases: [run]\n", "run"),
    "unclosed": (b'command_name: "tool\n', "goobits.yaml:"),
    "deep": (b"a: " + b"[" * 100_000, "deep"),
    "no-command": (b"command_name: tool\ncli: {commands: {}}\n", "command"),
    "nul": (b'command_name: tool\ncli: {commands: {a: {desc: "\\0"}}}\n', "U+0000"),
}


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", CASES)
def test_bad_configuration_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    """Whoever wrote it must know where to look, and keep what a build had made."""
    content, said = CASES[name]
    config = tmp_path / "goobits.yaml"
    config.write_bytes(content)
    for words in (["build"], ["build", "--check"], ["validate"]):
        done = goobits(*words, folder=tmp_path)
        message = done.stderr.decode()
        assert done.returncode == 2, message
        assert said in message
        assert "goobits.yaml" in message
        assert "Traceback" not in message
        assert len(message) < 2000
    assert tree(tmp_path) == {"goobits.yaml": content}


def test_configuration_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The first mistake of a newcomer, who may not know `goobits init`."""
    done = goobits("build", folder=tmp_path)
    assert done.returncode == 2
    assert b"goobits.yaml" in done.stderr
    assert b"goobits init" in done.stderr


def test_configuration_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """`goobits build .` is easily typed."""
    done = goobits("build", ".", folder=tmp_path)
    assert done.returncode == 2
    assert b"help: " in done.stderr


def test_output_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    """As an ordinary user: root may write anywhere."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "goobits.yaml").write_text(GOOD)
    (folder / "file").write_text("here")
    for target in ("file", "/proc/goobits", "/dev/null/x"):
        done = goobits("build", "-o", target, folder=folder)
        assert done.returncode == 1, target
        assert b"cannot write" in done.stderr
        assert b"help: " in done.stderr
        assert tree(folder) == {"goobits.yaml": GOOD.encode(), "file": b"here"}


def test_full_disk_keeps_the_old_program(tmp_path: Path) -> None:
    """A real file system of 64 KiB, as far as this process may mount one."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    config = tmp_path / "goobits.yaml"
    config.write_text(GOOD)
    mount = [tool("mount"), "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        assert goobits("build", "-o", disk, folder=tmp_path).returncode == 0
        before = tree(disk)
        (disk / "ballast").write_bytes(b"x" * 4096)
        config.write_text(GOOD.replace("Run it", "Run it now"))
        done = goobits("build", "-o", disk, folder=tmp_path)
        assert done.returncode == 1
        assert b"No space left on device" in done.stderr
        (disk / "ballast").unlink()
        assert tree(disk) == before
    finally:
        subprocess.run([tool("umount"), str(disk)], check=True)


def test_messages_that_cannot_be_written_change_no_exit_code(tmp_path: Path) -> None:
    """A script reads the code, wherever the messages went."""
    (tmp_path / "goobits.yaml").write_bytes(CASES["unknown-key"][0])
    for redirection in ("2>/dev/full", "2>&-"):
        command = f'"{sys.executable}" -m goobits validate {redirection}'
        done = run("sh", "-c", command, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, b""), redirection


def test_every_message_ends_its_line(tmp_path: Path) -> None:
    """What is printed next must not stand in the middle of it."""
    good = tmp_path / "good.yaml"
    good.write_text(GOOD + "performance: {startup_budget_ms: 5}\n")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(CASES["unknown-key"][0])
    for words in (
        ["build", good],
        ["validate", good],
        ["validate", bad],
        ["validate", bad, "-f", "github"],
    ):
        done = goobits(*words, folder=tmp_path)
        text = done.stdout if "github" in words else done.stderr
        assert text.endswith(b"\n"), words
        assert b"\n\n" not in text


@pytest.mark.parametrize(
    "name", ["tool # no", "null", "a: b", "tool\nversion: 9", "-x"]
)
def test_starter_is_named_by_one_word(name: str, tmp_path: Path) -> None:
    """The name goes into YAML, where it could mean anything."""
    done = goobits("init", "--", name, folder=tmp_path)
    assert done.returncode == 2
    assert b"cannot be the name of a program" in done.stderr
    assert tree(tmp_path) == {}


def test_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    """A shell can stand in a folder that another one removed."""
    command = f'rmdir "$PWD"; exec "{sys.executable}" -P -m goobits init'
    folder = tmp_path / "gone"
    folder.mkdir()
    done = run("sh", "-c", command, folder=folder)
    assert done.returncode == 1
    assert done.stderr == b"goobits: error: this folder does not exist any more\n"


@pytest.mark.parametrize(
    ("hooks", "said"),
    [
        ("", "tool: error: no function on_run in app_hooks.py\n"),
        ("def on_run(:\n", "app_hooks.py, line 1)\n"),
        ("def on_run(**k):\n    raise ValueError('broken')\n", "tool: error: broken\n"),
        ("import no_such_module\n", "No module named 'no_such_module'\n"),
    ],
    ids=["missing", "syntax", "raising", "import"],
)
def test_broken_hooks_give_one_clear_line(
    hooks: str, said: str, tmp_path: Path
) -> None:
    """The author of a program meets these first, its users should meet none."""
    (tmp_path / "goobits.yaml").write_text(GOOD)
    assert goobits("build", folder=tmp_path).returncode == 0
    (tmp_path / "tool" / "app_hooks.py").write_text(hooks)
    done = run(sys.executable, "tool/cli.py", "run", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().endswith(said)
    assert done.stderr.count(b"\n") == 1
