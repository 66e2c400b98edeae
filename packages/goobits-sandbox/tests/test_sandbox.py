"""One guest from its start to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_sandbox import (
    CommandNotFoundError,
    Limits,
    Outcome,
    Policy,
    PolicyError,
    Sandbox,
)

Guest = Callable[..., Outcome]


def test_exit_code_is_the_guests_own(guest: Guest) -> None:
    """A caller decides by it, as it would without a sandbox."""
    outcome = guest("exit 7")
    assert (outcome.reason, outcome.exit_code, outcome.message) == ("exited", 7, "")


def test_signal_that_killed_the_guest_is_told_from_an_exit_code(guest: Guest) -> None:
    """`exit 137` and a kill look alike to who sees only a number."""
    killed, left = guest("kill -SEGV $$"), guest("exit 139")
    assert (killed.reason, killed.exit_code) == ("signalled", 139)
    assert killed.message == "killed by SIGSEGV"
    assert (left.reason, left.exit_code) == ("exited", 139)


def test_outputs_are_kept_apart_and_whole(guest: Guest) -> None:
    """Data goes to the one, words to the other."""
    outcome = guest("head -c 300000 /dev/zero; echo words >&2")
    assert (len(outcome.stdout), outcome.stderr) == (300000, b"words\n")
    assert outcome.usage.output == 300006


def test_output_comes_while_the_guest_runs(project: Path) -> None:
    """Who watches a long task wants to see it now."""
    came: list[tuple[float, bytes]] = []
    start = time.monotonic()
    Sandbox(Policy(project=str(project))).run(
        ["sh", "-c", "echo one; sleep 0.7; echo two"],
        on_stdout=lambda data: came.append((time.monotonic() - start, data)),
    )
    assert [data for _, data in came] == [b"one\n", b"two\n"]
    assert came[1][0] - came[0][0] > 0.5


def test_input_is_handed_on(project: Path) -> None:
    """A filter is worth something only with what it filters."""
    outcome = Sandbox(Policy()).run(["cat"], input=b"x" * 500_000)
    assert outcome.stdout == b"x" * 500_000


def test_input_of_a_descriptor_is_handed_on(tmp_path: Path) -> None:
    """The guest gets what a file or pipe of ours yields, never the file itself."""
    source = tmp_path / "source"
    source.write_bytes(b"line\n" * 100_000)
    with source.open("rb") as file:
        outcome = Sandbox(Policy()).run(["wc", "-l"], input=file.fileno())
    assert outcome.stdout.strip() == b"100000"


def test_guest_that_reads_nothing_ends(project: Path) -> None:
    """A pipe that nobody empties must not hold anybody up."""
    outcome = Sandbox(Policy()).run(["true"], input=b"x" * 10_000_000)
    assert outcome.exit_code == 0


def test_arguments_and_variables_arrive_as_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Quotes, newlines and bytes that are no UTF-8 are for the guest to judge."""
    odd = "a b\n'\"$x\udcff"
    monkeypatch.setenv("MINE", odd)
    monkeypatch.setenv("OTHER", "not for you")
    policy = Policy(env=("MINE", "ABSENT"), variables=(("SET", "1"),))
    outcome = Sandbox(policy).run(
        ["sh", "-c", 'printf %s "$1$MINE$SET$OTHER"', "-", odd]
    )
    assert outcome.stdout == os.fsencode(odd + odd + "1")


def test_what_was_not_granted_is_not_there(guest: Guest, project: Path) -> None:
    """Nothing is the default."""
    (project / "file").write_text("data")
    assert guest(f"cat {project}/file").exit_code != 0
    assert guest("cat file", read=(".",)).stdout == b"data"
    assert guest(f"ls {Path.home()}").exit_code != 0


def test_written_files_come_back(guest: Guest, project: Path) -> None:
    """A guest that may write leaves its result, and nothing beside it."""
    outcome = guest(
        "mkdir out; echo new > out/file; echo no > other", read=(".",), write=("out",)
    )
    assert (project / "out/file").read_text() == "new\n"
    assert not (project / "other").exists()
    assert outcome.changes.written == (f"{project}/out", f"{project}/out/file")
    assert [refused.path for refused in outcome.changes.refused] == [f"{project}/other"]


def test_folder_that_is_not_read_can_be_written(guest: Guest, project: Path) -> None:
    """To hand something in one needs to see nothing."""
    (project / "secret").write_text("secret")
    guest("ls -A; echo new > made", write=("made",))
    assert (project / "made").read_text() == "new\n"
    outcome = guest("ls -A", write=("other",))
    assert outcome.stdout == b""


def test_killed_guest_leaves_nothing(guest: Guest, project: Path) -> None:
    """Half a result is none."""
    outcome = guest(
        "echo half > file; sleep 9", write=("file",), limits=Limits(wall=0.5)
    )
    assert (outcome.reason, outcome.exit_code) == ("timed_out", 124)
    assert list(project.iterdir()) == []


@pytest.mark.parametrize(
    ("script", "limits", "reason"),
    [
        ("while :; do :; done", Limits(cpu=1), "cpu"),
        ("yes", Limits(output=100_000), "output"),
        (
            "x=$(head -c 90000000 /dev/zero | tr '\\0' x); sleep 9",
            Limits(memory=50 << 20),
            "",
        ),
        ("cat /dev/zero > /tmp/x; exit 3", Limits(disk=1 << 20), "exited"),
        (
            "i=0; while :; do mkdir /tmp/$i; i=$((i+1)); done",
            Limits(entries=500),
            "disk",
        ),
    ],
)
def test_limit_ends_the_guest(
    guest: Guest, script: str, limits: Limits, reason: str
) -> None:
    """One guest must not take what all of the machine needs."""
    outcome = guest(script, limits=limits)
    assert outcome.exit_code != 0
    assert reason in ("", outcome.reason)
    assert outcome.usage.wall < 20
    assert len(outcome.stdout) <= limits.output


def test_number_of_processes_is_limited(guest: Guest) -> None:
    """A fork bomb must not fill the table of processes."""
    outcome = guest(
        "i=0; while [ $i -lt 200 ]; do sleep 5 & i=$((i+1)); done; wait",
        limits=Limits(processes=20, wall=10),
    )
    assert outcome.exit_code != 0
    assert outcome.usage.wall < 4


def test_orphans_end_with_the_guest(project: Path) -> None:
    """What a guest leaves behind would run on under nobody's limits."""
    mark = f"86400.{os.getpid()}"
    Sandbox(Policy()).run(["sh", "-c", f"setsid sleep {mark} & exit 0"])
    found = subprocess.run(["pgrep", "-f", f"sleep {mark}"], capture_output=True)
    assert found.stdout == b""


def test_usage_is_that_of_the_guest(guest: Guest) -> None:
    """Figures are worth something only when they follow what is done."""
    outcome = guest("i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; sleep 0.3")
    assert 0.1 < outcome.usage.cpu < outcome.usage.wall
    assert outcome.usage.memory > 500_000


def test_guest_is_cancelled(project: Path) -> None:
    """Who has waited enough ends it, and the guest may say goodbye."""
    reader, writer = os.pipe()
    threading.Timer(0.5, os.write, (writer, b"x")).start()
    outcome = Sandbox(Policy()).run(
        ["sh", "-c", "trap 'echo bye; exit 0' TERM; sleep 9 & wait"],
        cancel=reader,
        grace=3,
    )
    os.close(reader)
    os.close(writer)
    assert (outcome.reason, outcome.exit_code) == ("cancelled", 130)
    assert outcome.stdout == b"bye\n"
    assert outcome.usage.wall < 3


def test_guest_that_ignores_cancellation_is_killed() -> None:
    """Patience ends."""
    reader, writer = os.pipe()
    os.write(writer, b"x")
    outcome = Sandbox(Policy()).run(
        ["sh", "-c", "trap '' TERM; sleep 9; sleep 9"], cancel=reader, grace=1
    )
    os.close(reader)
    os.close(writer)
    assert outcome.reason == "cancelled"
    assert outcome.usage.wall < 5


def test_sink_that_raises_ends_the_guest() -> None:
    """The error is the caller's, and the guest does not outlive it."""
    mark = f"86401.{os.getpid()}"

    def refuse(data: bytes) -> None:
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        Sandbox(Policy()).run(["sh", "-c", f"echo x; sleep {mark}"], on_stdout=refuse)
    found = subprocess.run(["pgrep", "-f", f"sleep {mark}"], capture_output=True)
    assert found.stdout == b""


def test_kept_descriptor_arrives_under_its_number() -> None:
    """A host and its guest speak over one that both know."""
    reader, writer = os.pipe()
    outcome = Sandbox(Policy()).run(
        ["sh", "-c", "echo hello >&7; ls /proc/self/fd | wc -l"], keep={7: writer}
    )
    os.close(writer)
    assert os.read(reader, 100) == b"hello\n"
    os.close(reader)
    assert outcome.stdout.strip() == b"5"


def test_no_descriptor_of_ours_is_left_or_handed_in(tmp_path: Path) -> None:
    """A file that we hold open is not the guest's, and a run leaves none open."""
    secret = (tmp_path / "secret").open("w")
    os.set_inheritable(secret.fileno(), True)
    before = os.listdir("/proc/self/fd")
    outcome = Sandbox(Policy()).run(["sh", "-c", "readlink /proc/self/fd/*"])
    assert len(os.listdir("/proc/self/fd")) == len(before)
    assert b"secret" not in outcome.stdout
    secret.close()


def test_runs_in_threads_stand_alone() -> None:
    """What one guest says never reaches another's caller."""
    said: dict[int, bytes] = {}

    def run(number: int) -> None:
        policy = Policy()
        said[number] = (
            Sandbox(policy).run(["sh", "-c", f"sleep 0.05; echo {number}"]).stdout
        )

    threads = [threading.Thread(target=run, args=(number,)) for number in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == {number: f"{number}\n".encode() for number in range(24)}


def test_killed_host_leaves_no_guest_and_no_file(tmp_path: Path) -> None:
    """Nobody is left to clean up, so nothing may need it."""
    folder, mark = tmp_path / "folder", f"86402.{os.getpid()}"
    folder.mkdir()
    program = (
        "from goobits_sandbox import *;"
        f"Sandbox(Policy(project={str(folder)!r}, read=('.',), write=('.',)))"
        f".run(['sh', '-c', 'echo x > x; echo up; sleep {mark}'],"
        " on_stdout=lambda data: print(flush=True))"
    )
    host = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert host.stdout is not None
    host.stdout.readline()
    before = Path("/proc/mounts").read_text()
    host.send_signal(signal.SIGKILL)
    host.wait()
    host.stdout.close()
    for _ in range(50):
        found = subprocess.run(["pgrep", "-f", mark], capture_output=True).stdout
        if not found:
            break
        time.sleep(0.05)
    assert found == b""
    assert list(folder.iterdir()) == []
    assert Path("/proc/mounts").read_text() == before


def test_missing_program_is_told() -> None:
    """A word that is misspelt is no reason to look into the sandbox."""
    with pytest.raises(CommandNotFoundError):
        Sandbox(Policy()).run(["no-such-program"])


def test_file_that_is_no_program_is_told(project: Path) -> None:
    """It is found and may be executed, but the kernel knows no way to."""
    tool = project / "tool"
    tool.write_bytes(b"\x00\x01\x02\x03")
    tool.chmod(0o755)
    with pytest.raises(CommandNotFoundError, match="could not be started"):
        Sandbox(Policy(project=str(project), read=(".",))).run([str(tool)])


@pytest.mark.parametrize(
    ("granted", "words"),
    [
        ({"read": ("/",)}, "is everything"),
        ({"read": ("/proc/1",)}, "kernel"),
        ({"read": ("/run",)}, "running services"),
        ({"read": ("/tmp",)}, "shared by all programs"),
        ({"read": ("absent",)}, "there is no"),
        ({"write": ("/etc/x",)}, "belongs to the system"),
        ({"write": ("/usr",)}, "belongs to the system"),
        ({"write": (".git/hooks",)}, None),
        ({"write": (".bashrc",)}, "never written"),
        ({"write": ("*.txt",)}, "cannot see the folder"),
        ({"net": ("127.0.0.1:443",)}, None),
        ({"env": ("A=B",)}, "no name of a variable"),
        ({"env": ("",)}, "no name of a variable"),
    ],
)
def test_policy_that_gives_too_much_is_refused(
    guest: Guest, granted: dict[str, tuple[str, ...]], words: str | None
) -> None:
    """A policy is read by somebody in a hurry: what it cannot mean, it cannot say."""
    with pytest.raises(PolicyError, match=words) as caught:
        guest("exit 0", **granted)
    assert caught.value.hint
    assert caught.value.field in granted


@pytest.mark.parametrize("field", ["read", "write"])
def test_home_and_what_holds_it_are_refused(field: str) -> None:
    """Everything that a user owns lies there."""
    home = Path.home()
    for path in {home, *home.parents} - {Path("/")}:
        with pytest.raises(PolicyError, match="home"):
            Sandbox(Policy(**{field: (str(path),)})).run(["true"])  # type: ignore[arg-type]
