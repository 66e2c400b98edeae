"""Commands run by the launcher are on their own, end in time, and leave nothing behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from goobits_monitor._errors import (
    CommandError,
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
)
from goobits_monitor._measuring import _launcher as launcher_module
from goobits_monitor._measuring._runners import open_runner

if sys.platform == "win32":
    pytest.skip("processes of POSIX", allow_module_level=True)

from goobits_monitor._measuring._posix import _encoded

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

PATIENCE = 20.0
"""Seconds after which something that should happen soon counts as not happening."""


def gone(pid: int) -> bool:
    """Wait until a process has ended, or for PATIENCE."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def read_when_written(path: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text
        time.sleep(0.02)
    raise AssertionError(f"{path} was not written")


def script(path: Path, text: str, mode: int = 0o755) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


# How commands end


def test_failing_command_is_refused_with_what_it_said(runner, python):
    """A command that fails at once would look like a fast one."""
    command = python("import sys; print('no such flag', file=sys.stderr); sys.exit(3)")
    with pytest.raises(CommandFailedError) as caught:
        runner.run(command)
    assert caught.value.code == 3
    assert caught.value.tail == "no such flag\n"
    assert caught.value.words == tuple(command)
    assert "--ignore-failure" in caught.value.hint


def test_stderr_of_an_earlier_run_is_not_told_again(runner, python):
    """Someone would look for a mistake in the wrong command."""
    with pytest.raises(CommandFailedError):
        runner.run(python("raise SystemExit('first ' * 1000)"))
    with pytest.raises(CommandFailedError) as caught:
        runner.run(python("raise SystemExit('second')"))
    assert caught.value.tail == "second\n"


def test_killed_command_is_refused_by_the_name_of_its_signal(runner, python):
    """Nobody knows the numbers of signals."""
    with pytest.raises(CommandFailedError, match="signal SIGSEGV") as caught:
        runner.run(python(f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})"))
    assert caught.value.code == -signal.SIGSEGV


@pytest.mark.parametrize(
    ("name", "mode", "text", "why"),
    [
        ("missing", None, "", "No such file"),
        ("folder", "folder", "", "Is a directory"),
        ("plain", 0o644, "#!/bin/sh\n", "Permission denied"),
        ("headless", 0o755, "echo hello\n", "Exec format error"),
        ("stray", 0o755, "#!/nonexistent/interpreter\n", "No such file"),
    ],
)
def test_what_cannot_be_executed_is_refused(runner, tmp_path, name, mode, text, why):
    """The message says what to mend, and the runner goes on working."""
    path = tmp_path / name
    if mode == "folder":
        path.mkdir()
    elif mode is not None:
        script(path, text, mode)
    with pytest.raises(CommandNotFoundError, match=why) as caught:
        runner.run([path])
    assert isinstance(caught.value, FileNotFoundError)
    assert caught.value.words == (str(path),)
    assert runner.run(["true"]).code == 0


@pytest.mark.parametrize("words", [[], [""], ["no such program"], ["a\0b"]])
def test_name_of_no_program_is_refused(runner, words):
    """Nothing to run is an error of whoever asks, not of the launcher."""
    with pytest.raises(CommandNotFoundError, match="cannot be run"):
        runner.run(words)


@pytest.mark.parametrize("word", ["a\0b", "\ud800"])
def test_word_that_no_program_can_be_given_is_refused(runner, word):
    """It must not end the launcher, which has more commands to run."""
    with pytest.raises(CommandNotFoundError):
        runner.run(["true", word])
    assert runner.run(["true"]).code == 0


def test_variable_that_no_program_can_be_given_is_refused(run):
    """It must not end the launcher with a traceback."""
    with pytest.raises(CommandNotFoundError, match="Invalid argument"):
        run(["true"], environment={"PATH": os.defpath, "NAME": "a\0b"})


def test_end_of_the_launcher_is_an_error_and_ends_the_command(run, python, tmp_path):
    """Should someone kill it, nobody waits for ever, and nothing is left."""
    said = tmp_path / "pid"
    code = """
import os, sys, time
print(os.getpid(), file=open(sys.argv[1], "w"), flush=True)
os.kill(os.getppid(), 9)
time.sleep(60)
"""
    with pytest.raises(CommandError, match="process that starts commands ended"):
        run(python(code, said))
    assert gone(int(read_when_written(said)))


# Commands that do not end


HANGS = """
import os, signal, sys, time
print(os.getpid(), file=open(sys.argv[1], "w"), flush=True)
{before}
time.sleep(60)
"""


@pytest.mark.parametrize(
    "before",
    [
        "pass",
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "os.setpgid(0, os.getpgid(os.getppid()))",
        "os.kill(os.getpid(), signal.SIGSTOP)",
    ],
    ids=["sleeps", "ignores SIGTERM", "leaves its group", "is stopped"],
)
def test_hanging_command_is_killed(python, tmp_path, before):
    """A command that waits for something must not stop a CI job for hours."""
    said = tmp_path / "pid"
    with open_runner(timeout=0.4) as opened:
        command = python(HANGS.format(before=before), said)
        with pytest.raises(CommandTimeoutError, match=r"within 0\.4 s") as caught:
            opened.run(command)
        assert gone(int(read_when_written(said)))
        assert opened.run(["true"]).code == 0
    assert caught.value.seconds == 0.4
    assert isinstance(caught.value, TimeoutError)


def test_children_of_a_hanging_command_are_killed(python, tmp_path):
    """What it started would go on disturbing the measurements that follow."""
    said = tmp_path / "pid"
    code = """
import os, sys, time
child = os.fork()
if child:
    print(child, file=open(sys.argv[1], "w"), flush=True)
time.sleep(60)
"""
    with open_runner(timeout=0.4) as opened, pytest.raises(CommandTimeoutError):
        opened.run(python(code, said))
    assert gone(int(read_when_written(said)))


def test_what_a_command_leaves_running_is_not_waited_for(run, python, tmp_path):
    """A tool that starts a server in the background has ended when it has."""
    said = tmp_path / "pid"
    code = """
import os, sys, time
child = os.fork()
if child:
    print(child, file=open(sys.argv[1], "w"), flush=True)
else:
    time.sleep(60)
"""
    usage = run(python(code, said))
    child = int(read_when_written(said))
    assert psutil.pid_exists(child)
    os.kill(child, signal.SIGKILL)
    assert usage.wall < 60


def test_longest_timeout_is_no_limit(run):
    """Someone who wants none says infinity, which no system call takes."""
    assert run(["true"], timeout=float("inf")).code == 0


def test_command_ends_with_the_process_that_measures(python, tmp_path):
    """A killed CI job must not leave its commands on the machine."""
    said = tmp_path / "pid"
    measures = f"""
from goobits_monitor._measuring._runners import open_runner
with open_runner() as runner:
    runner.run({python(HANGS.format(before=""), said)!r})
"""
    with subprocess.Popen([sys.executable, "-c", measures]) as measuring:
        command = int(read_when_written(said))
        launcher = psutil.Process(command).ppid()
        measuring.kill()
    assert gone(command)
    assert gone(launcher)


# What commands find


def test_output_of_any_length_is_taken(run, python):
    """A full pipe would block the command until the timeout."""
    code = """
import os
for descriptor in (1, 2):
    rest = 10_000_000
    while rest:
        rest -= os.write(descriptor, b"x" * min(rest, 65536))
"""
    assert run(python(code)).code == 0


def test_input_is_at_its_end(runner, python):
    """A command that reads would otherwise wait for the user's keyboard."""
    code = "import sys; sys.exit(sys.stdin.buffer.read() != b'')"
    assert runner.run(python(code)).code == 0


SIGNALS = (
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTSTP,
    signal.SIGPIPE,
    signal.SIGALRM,
    signal.SIGTERM,
)


@linux_only
def test_signals_have_their_default_effect(runner, tmp_path):
    """Python ignores SIGPIPE and the launcher SIGINT; its commands must not inherit that."""
    said = tmp_path / "status"
    runner.run(["sh", "-c", f"exec cat /proc/self/status > '{said}'"])
    fields = dict(
        line.split(":\t", 1) for line in said.read_text().splitlines() if ":\t" in line
    )
    ignored, blocked = (int(fields[name], 16) for name in ("SigIgn", "SigBlk"))
    wrong = [one.name for one in SIGNALS if (ignored | blocked) >> (one - 1) & 1]
    assert wrong == []


@linux_only
def test_no_descriptor_leaks_into_the_command(python, tmp_path):
    """An open file of ours could keep a pipe open, or be written to."""
    said = tmp_path / "descriptors"
    code = (
        "import os, sys; found = sorted(map(int, os.listdir('/proc/self/fd'))); "
        "print(found, file=open(sys.argv[1], 'w'))"
    )
    with open(tmp_path / "ours", "w") as ours:
        os.set_inheritable(ours.fileno(), True)
        with open_runner() as opened:
            opened.run(python(code, said))
    # The fourth is that of the listing itself.
    assert json.loads(said.read_text()) == [0, 1, 2, 3]


def test_environment_arrives_whole_and_nothing_else(run, python, tmp_path):
    """A measurement under another environment is one of another start."""
    said = tmp_path / "environment"
    wanted = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "NAME": "välue = 'x'\n"}
    code = (
        "import os, sys; "
        "open(sys.argv[1], 'wb').write(repr(dict(os.environb)).encode())"
    )
    run(python(code, said), environment=wanted)
    encoded = {os.fsencode(one): os.fsencode(other) for one, other in wanted.items()}
    assert said.read_text() == repr(encoded)


def test_command_runs_in_the_folder(run, python, tmp_path):
    """Tools find their configuration from where they run."""
    said = tmp_path / "folder"
    folder = tmp_path / "a folder"
    folder.mkdir()
    code = "import os, sys; open(sys.argv[1], 'w').write(os.getcwd())"
    run(python(code, said), folder=folder)
    assert said.read_text() == os.path.realpath(folder)


def test_words_arrive_as_they_are(runner, python, tmp_path):
    """No shell reads them, and no encoding changes them."""
    said = tmp_path / "words"
    words = [
        "",
        " ",
        "a b",
        "'\"$HOME*",
        "é",
        "\udcff",
        "-c",
    ]
    code = """
import os, sys
open(sys.argv[1], "wb").write(b"\\0".join(map(os.fsencode, sys.argv[2:])))
"""
    runner.run(python(code, said, *words))
    assert said.read_bytes().split(b"\0") == list(map(os.fsencode, words))


def test_bytes_that_are_no_text_arrive_in_the_environment(run, python, tmp_path):
    """Names of files in old encodings are in many environments."""
    said = tmp_path / "value"
    code = "import os, sys; open(sys.argv[1], 'wb').write(os.environb[b'NAME'])"
    environment = {"PATH": os.defpath, "NAME": os.fsdecode(b"\xff\xe9")}
    run(python(code, said), environment=environment)
    assert said.read_bytes() == b"\xff\xe9"


def test_text_is_encoded_by_this_process():
    """The launcher may run under another encoding, as it ignores PYTHONUTF8."""
    words = ("tool", "\N{SNOWMAN}", os.fsdecode(b"\xff"))
    assert _encoded("/bin/tool", words) == (
        b"/bin/tool",
        (b"tool", os.fsencode("\N{SNOWMAN}"), b"\xff"),
    )


def test_many_words_arrive(runner, python, tmp_path):
    """A request longer than a pipe holds is written and read in parts."""
    said = tmp_path / "count"
    code = """
import sys
print(len(sys.argv) - 2, sum(map(len, sys.argv[2:])), file=open(sys.argv[1], "w"))
"""
    runner.run(python(code, said, *["x" * 100] * 5000))
    assert said.read_text() == "5000 500000\n"


def test_too_many_words_are_refused(runner):
    """The system says how many there may be."""
    with pytest.raises(CommandError, match="Argument list too long") as refused:
        runner.run(["true", *["x" * 100_000] * 100])
    assert not isinstance(refused.value, CommandNotFoundError)


# Where commands are found


SAYS = '#!/bin/sh\necho "{0}" > "$1"\n'


def test_path_of_the_environment_is_searched_in_its_order(run, tmp_path):
    """The PATH that counts is that of the command, not that of this process."""
    said = tmp_path / "said"
    for name in ("first", "second"):
        script(tmp_path / name / "some-program", SAYS.format(name))
    path = os.pathsep.join([str(tmp_path / "first"), str(tmp_path / "second")])
    run(["some-program", said], environment={"PATH": path})
    assert said.read_text() == "first\n"


def test_relative_folders_of_the_path_are_those_of_the_folder(run, tmp_path):
    """`PATH=bin:...` means the folder where the command runs."""
    said = tmp_path / "said"
    script(tmp_path / "place" / "bin" / "some-program", SAYS.format("relative"))
    environment = {"PATH": "bin"}
    run(["some-program", said], environment=environment, folder=tmp_path / "place")
    assert said.read_text() == "relative\n"


def test_relative_program_is_that_of_the_folder(run, tmp_path):
    """As a shell in that folder would find it."""
    said = tmp_path / "said"
    script(tmp_path / "place" / "some-program", SAYS.format("here"))
    run(["./some-program", said], folder=tmp_path / "place")
    assert said.read_text() == "here\n"


def test_program_of_this_folder_is_not_searched_in_the_path(run, tmp_path, monkeypatch):
    """`./tool` is the one here, though another one is in the PATH."""
    said = tmp_path / "said"
    script(tmp_path / "place" / "some-program", SAYS.format("here"))
    script(tmp_path / "bin" / "some-program", SAYS.format("elsewhere"))
    monkeypatch.chdir(tmp_path / "place")
    run(["./some-program", said], environment={"PATH": str(tmp_path / "bin")})
    assert said.read_text() == "here\n"


def test_parent_of_a_linked_folder_is_that_of_its_target(run, tmp_path):
    """The system resolves `..` after the link, and so must we."""
    said = tmp_path / "said"
    script(tmp_path / "target" / "some-program", SAYS.format("of the target"))
    (tmp_path / "target" / "inner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target" / "inner")
    run(["link/../some-program", said], folder=tmp_path)
    assert said.read_text() == "of the target\n"


def test_program_is_not_searched_here_unless_the_path_says_so(run, tmp_path):
    """A file that lies around must not be run by its mere name."""
    script(tmp_path / "some-program", SAYS.format("here"))
    with pytest.raises(CommandNotFoundError):
        run(["some-program"], folder=tmp_path)


# The launcher itself


def test_launcher_imports_only_what_is_built_in():
    """Each module that it loads raises the least peak that can be seen."""
    code = (
        "import sys; before = set(sys.modules); "
        f"source = open({launcher_module.__file__!r}).read(); "
        "exec(compile(source, 'launcher', 'exec'), {'__name__': 'launcher'}); "
        "added = set(sys.modules) - before; "
        "sys.exit(repr(added - set(sys.builtin_module_names)) if "
        "added - set(sys.builtin_module_names) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_launcher_outlives_an_interrupt():
    """Ctrl-C reaches it, too, while whoever asks may go on."""
    code = "import os; os.kill(os.getppid(), 2)"
    with open_runner(timeout=10) as opened:
        opened.run([sys.executable, "-c", code])
        assert opened.run(["true"]).code == 0


def test_launcher_ends_with_the_runner():
    """Each measurement would otherwise leave a process."""
    before = {child.pid for child in psutil.Process().children()}
    with open_runner() as opened:
        opened.run(["true"])
        (launcher,) = {child.pid for child in psutil.Process().children()} - before
    assert gone(launcher)


def test_launcher_ends_after_an_error(python):
    """Also when the measurement was given up."""
    before = {child.pid for child in psutil.Process().children()}
    with pytest.raises(CommandFailedError), open_runner() as opened:
        opened.run(python("raise SystemExit(1)"))
    assert {child.pid for child in psutil.Process().children()} == before
