"""The command: its words, its exit codes and what it says."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox._arguments import UsageError, parse
from goobits_sandbox._policy import Limits

Command = Callable[..., subprocess.CompletedProcess[bytes]]
MODULE = (sys.executable, "-m", "goobits_sandbox")


def test_every_option_reaches_the_policy() -> None:
    """An option that nothing reads would promise what nobody keeps."""
    words = (
        "--read . --read=a --write out --net api.example:443 --run git --env LANG "
        "--memory 256M --wall 30 --cpu 2.5 --processes 9 --output 10K --disk 1GiB --files 50 "
        "--project /p --bwrap /b --report r -- python --read tool.py"
    )
    request = parse(words.split())
    assert request.policy.read == (".", "a")
    assert request.policy.write == ("out",)
    assert request.policy.net == ("api.example:443",)
    assert (request.policy.run, request.policy.env) == (("git",), ("LANG",))
    assert request.policy.project == "/p"
    assert request.policy.limits == Limits(
        memory=256 << 20,
        wall=30.0,
        cpu=2.5,
        processes=9,
        output=10 << 10,
        disk=1 << 30,
        files=50,
    )
    assert (request.bwrap, request.report) == ("/b", "r")
    assert request.command == ("python", "--read", "tool.py")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "no command"),
        ("--", "no command"),
        ("python tool.py", "the command comes after"),
        ("--reed . -- x", "did you mean --read"),
        ("--read", "--read needs a value"),
        ("--read -- x", "--read needs a value"),
        ("--memory much -- x", "not a size"),
        ("--memory 0 -- x", "not a size"),
        ("--memory -1 -- x", "not a size"),
        ("--memory 1T -- x", "not a size"),
        ("--wall 0 -- x", "not a number"),
        ("--wall nan -- x", "not a number"),
        ("--wall inf -- x", "not a number"),
        ("--processes 1.5 -- x", "not a number"),
    ],
)
def test_wrong_words_are_named(words: str, message: str) -> None:
    """Nothing is run on a guess."""
    with pytest.raises(UsageError, match=message):
        parse(words.split())


def test_wrong_usage_ends_with_two(command: Command) -> None:
    """Scripts tell a mistake in a command line from a failure."""
    done = command("--reed", ".", "--", "true")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == (
        b"error: unknown option '--reed'; did you mean --read?\n"
        b"Try `goobits-sandbox --help`.\n"
    )


def test_help_names_every_option(command: Command) -> None:
    """It is the only place where somebody looks."""
    done = command("--help")
    for name in (
        "read",
        "write",
        "net",
        "run",
        "env",
        "memory",
        "wall",
        "bwrap",
        "report",
    ):
        assert f"--{name}".encode() in done.stdout
    assert command().stdout == done.stdout
    assert command("--version").stdout.startswith(b"goobits-sandbox ")


@pytest.mark.parametrize(
    ("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)]
)
def test_exit_code_is_the_guests(command: Command, script: str, code: int) -> None:
    """The command can stand before any other in a script."""
    assert command("--", "sh", "-c", script).returncode == code


def test_exit_codes_of_the_host(command: Command) -> None:
    """Out of time, no such program, a policy that gives too much."""
    assert command("--wall", "0.3", "--", "sleep", "9").returncode == 124
    assert command("--", "no-such-program").returncode == 127
    refused = command("--read", "/", "--", "true")
    assert refused.returncode == 126
    assert b"was not run" in refused.stderr


def test_pipes_are_the_guests(command: Command, project: Path) -> None:
    """Data goes through as it is, whatever it is."""
    data = bytes(range(256)) * 1000
    done = command("--", "cat", input=data)
    assert done.stdout == data


def test_what_was_refused_is_said(command: Command, project: Path) -> None:
    """Somebody who misses a file wants to know why."""
    done = command(
        *("--read", ".", "--write", "out", "--"),
        *("sh", "-c", "mkdir out; echo a > out/a; echo b > b; ln -s / out/l"),
    )
    assert (project / "out/a").read_text() == "a\n"
    assert f"sh: not taken: {project}/b: ".encode() in done.stderr
    assert f"sh: not taken: {project}/out/l: ".encode() in done.stderr


def test_report_holds_how_it_ended(command: Command, project: Path) -> None:
    """What ran it may not be what reads of it."""
    command(
        "--report", "r.json", "--write", "x", "--", "sh", "-c", "echo 1 > x; exit 3"
    )
    report = json.loads((project / "r.json").read_text())
    assert (report["reason"], report["exit_code"]) == ("exited", 3)
    assert report["changes"]["written"] == [f"{project}/x"]
    assert report["usage"]["wall"] > 0


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)]
)
def test_signal_ends_the_guest(project: Path, number: int, code: int) -> None:
    """Ctrl-C ends what was started, and nothing of it runs on."""
    mark = f"86404.{os.getpid()}.{code}"
    host = subprocess.Popen(
        [*MODULE, "--", "sh", "-c", f"echo up; exec sleep {mark}"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert host.stdout is not None
    host.stdout.readline()
    host.send_signal(number)
    host.communicate(timeout=10)
    assert host.returncode == code
    found = subprocess.run(["pgrep", "-f", f"sleep {mark}"], capture_output=True)
    assert found.stdout == b""


def test_closed_output_ends_the_command(project: Path) -> None:
    """`goobits-sandbox ... | head -1` must not hang."""
    start = time.monotonic()
    done = subprocess.run(
        ["sh", "-c", '"$@" | head -c 2', "-", *MODULE, "--", "yes"],
        capture_output=True,
        timeout=30,
    )
    assert done.stdout == b"y\n"
    assert done.stderr == b""
    assert time.monotonic() - start < 10


def test_report_that_cannot_be_written_is_refused_first(
    command: Command, project: Path
) -> None:
    """Who asked for a report wants it, not only what it would have told of."""
    done = command("--report", "no/r.json", "--write", "x", "--", "touch", "x")
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert list(project.iterdir()) == []


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_closed_descriptors_hold_nobody_up(project: Path, closed: str) -> None:
    """Their numbers would be taken by what the host opens next."""
    script = f'"$@" {closed}'
    words = (
        *MODULE,
        "--write",
        "x",
        "--",
        "sh",
        "-c",
        "cat; echo a; echo b >&2; touch x",
    )
    done = subprocess.run(
        ["sh", "-c", script, "-", *words],
        cwd=project,
        stdin=subprocess.DEVNULL,
        timeout=30,
    )
    assert done.returncode == 0
    assert (project / "x").exists()


def test_terminal_gets_text_and_colours_alone(project: Path) -> None:
    """A sequence could set a title, read the clipboard or answer in the user's name."""
    leader, follower = pty.openpty()
    subprocess.run(
        [*MODULE, "--", "printf", r"\033]0;title\007a\033[31mred\033[0m\033[6nb\n"],
        cwd=project,
        stdout=follower,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    os.close(follower)
    shown = os.read(leader, 4096)
    os.close(leader)
    assert shown == b"a\x1b[31mred\x1b[0mb\r\n"


def test_guest_has_no_terminal(project: Path) -> None:
    """With one it could type for the user."""
    leader, follower = pty.openpty()
    script = "tty; test -t 0 || test -t 1 || test -t 2; echo $?; : < /dev/tty"
    done = subprocess.run(
        [*MODULE, "--", "sh", "-c", script], stdin=follower, capture_output=True
    )
    os.close(leader)
    os.close(follower)
    assert done.stdout == b"not a tty\n1\n"


def test_doctor_finds_every_layer(command: Command) -> None:
    """A system that runs these tests can hold a sandbox."""
    done = command("doctor", "--json")
    findings = json.loads(done.stdout)
    assert done.returncode == 0
    assert all(finding["holds"] for finding in findings)
    assert {finding["name"] for finding in findings} >= {"bwrap", "Landlock"}
    assert command("doctor").stdout.count(b"\n") >= len(findings)


def test_doctor_says_how_to_mend(command: Command, tmp_path: Path) -> None:
    """What is missing is worth a sentence that can be typed."""
    done = command("doctor", "--bwrap", str(tmp_path / "none"))
    assert done.returncode == 1
    assert b"MISSING   bwrap" in done.stdout
    assert b"fix: " in done.stdout


def test_doctor_refuses_what_it_does_not_know(command: Command) -> None:
    """A misspelt option must not be taken for a finding."""
    assert command("doctor", "--jsn").returncode == 2
    assert command("sandbox-setup", "--prnt").returncode == 2
