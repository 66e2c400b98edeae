"""The program as users, scripts and CI jobs run it."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

if sys.platform == "win32":
    pytest.skip("programs of POSIX", allow_module_level=True)

PROGRAM = [sys.executable, "-m", "goobits_monitor"]
PYTHON = [sys.executable, "-I", "-S", "-c"]
BURNS = "import os\nwhile sum(os.times()[:2]) < 0.05: pass"
SLOW = shlex.join([*PYTHON, BURNS])
QUICK = shlex.join([*PYTHON, "pass"])
PATIENCE = 60.0

Monitor = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def monitor(tmp_path: Path) -> Monitor:
    """Run goobits-monitor in a folder of its own, without a terminal or progress."""

    def run(
        *words: str | Path,
        environment: dict[str, str] | None = None,
        quiet: bool = True,
        **options: object,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PROGRAM, *(["--quiet"] if quiet else []), *map(str, words)],
            cwd=tmp_path,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path), **(environment or {})},
            text=True,
            timeout=PATIENCE,
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                **options,
            },
        )

    return run


# Results


def test_run_shows_the_start_and_the_verdict(monitor):
    """What a user sees of a start."""
    done = monitor("run", "-n", "7", "--target", "60000", "--", *PYTHON, "import json")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == shlex.join([*PYTHON, "import json"])
    assert [line.split()[0] for line in lines[3:6]] == ["wall", "CPU", "memory"]
    assert "Imports beyond those of the bare interpreter" in done.stdout
    assert "\nVerdict: within its targets.\n7 runs, in turn with " in done.stdout


def test_run_as_json(monitor):
    """Scripts read standard output, which holds nothing else."""
    done = monitor("--json", "run", "-n", "7", "--", *PYTHON, "import json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["version"] == 1
    assert found["runtime"] == "python"
    assert found["runs"] == 7
    assert 0 < found["cpu"]["low"] <= found["cpu"]["median"] <= found["cpu"]["high"]
    assert found["memory"]["median"] > 1_000_000
    assert found["goals"][0]["target"] == 0.1
    assert found["goals"][1]["target"] == 50_000_000
    names = [module["name"] for module in found["imports"]["modules"]]
    assert "json" in names


def test_run_holds_phases_against_budgets(monitor):
    """The line that any program can write, with a budget for what it says."""
    line = '{"phases": [{"name": "load", "start": 0, "seconds": 0.25}]}'
    code = f"if [ \"$GOOBITS_MONITOR_PHASES\" ]; then echo '{line}'; fi"
    code += ' > "${GOOBITS_MONITOR_PHASES:-/dev/null}"'
    words = ("run", "-n", "7", "--target", "60000", "--check")
    kept = monitor(*words, "--budget", "load=300", "--", "sh", "-c", code)
    assert (kept.returncode, kept.stderr) == (0, "")
    assert "250 ms  load  (budget 300 ms: met)" in kept.stdout
    broken = monitor(*words, "--budget", "load=200", "--", "sh", "-c", code)
    assert broken.returncode == 1
    assert "load takes 250 ms to 250 ms, the target is 200 ms" in broken.stdout


def test_run_fails_only_when_it_should_check(monitor):
    """Looking is not judging."""
    words = ("-n", "7", "--target", "0.001", "--", "true")
    shown = monitor("run", *words)
    assert shown.returncode == 0
    assert "over its targets" in shown.stdout
    assert monitor("run", "--check", *words).returncode == 1


def test_check_fails_on_what_cannot_be_told(monitor):
    """A gate that lets noise pass lets everything pass."""
    assert monitor("run", "--check", "-n", "2", "--", "true").returncode == 1


def test_compare_shows_who_is_slower(monitor):
    """What a user sees of two versions."""
    done = monitor("compare", "-n", "7", "--repeats", "1", QUICK, SLOW)
    assert (done.returncode, done.stderr) == (0, "")
    assert ["CPU", "slower"] in [line.split()[:2] for line in done.stdout.splitlines()]


def test_compare_as_json(monitor):
    """The gate and other programs read it."""
    done = monitor("--json", "compare", "-n", "7", "--repeats", "1", QUICK, SLOW, QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    slow, same = json.loads(done.stdout)["comparisons"]
    assert slow["verdicts"]["cpu"]["outcome"] == "slower"
    assert slow["verdicts"]["cpu"]["pairs"] == 7
    assert slow["base"] == same["base"]
    assert slow["head"]["command"] == shlex.split(SLOW)
    assert len(same["head"]["memory"]) == 7


def test_compare_fails_on_a_regression_when_it_should_check(monitor, tmp_path):
    """A CI job sees the code, a person the line, a program the JSON on its stdin."""
    alarm = shlex.join(
        [*PYTHON, "import sys; open('alarm', 'w').write(sys.stdin.read())"]
    )
    words = ("compare", "-n", "7", "--repeats", "1", "--check")
    done = monitor(*words, "--on-regression", alarm, QUICK, SLOW)
    assert done.returncode == 1
    assert done.stderr.startswith("goobits-monitor: regression: ")
    assert json.loads((tmp_path / "alarm").read_text())
    (tmp_path / "alarm").unlink()
    done = monitor(*words, "--on-regression", alarm, SLOW, QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "alarm").exists()


def test_compare_reads_quotes_as_a_shell_does(monitor, tmp_path):
    """A word may hold spaces."""
    code = "import sys; open('words', 'w').write(repr(sys.argv[1:]))"
    command = f"""{shlex.join([*PYTHON, code])} 'a b' "c 'd'" \\$HOME"""
    done = monitor("compare", "-n", "1", "--repeats", "1", command, "true")
    assert done.returncode == 0
    assert (tmp_path / "words").read_text() == repr(["a b", "c 'd'", "$HOME"])


def test_imports_show_the_tree(monitor):
    """What a user sees of a slow import."""
    code = "import json"
    done = monitor("imports", "--runs", "1", "--least", "0", "--", *PYTHON, code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Imports beyond those of the bare interpreter: ")
    assert "  json" in done.stdout
    flat = monitor(
        "imports", "--runs", "1", "--least", "0", "--flat", "--", *PYTHON, code
    )
    assert (flat.returncode, flat.stderr) == (0, "")
    assert "json.decoder" in done.stdout
    assert "json.decoder" not in flat.stdout
    whole = monitor("--json", "imports", "--runs", "1", "--all", "--", *PYTHON, code)
    found = json.loads(whole.stdout)
    assert set(found) == {"version", "code", "runs", "seconds", "modules"}
    names = [module["name"] for module in found["modules"]]
    assert "encodings" in names
    assert "json" in names


def test_history_keeps_what_is_recorded(monitor, tmp_path):
    """Values come back with where they changed, also where the locale knows no blocks."""
    store = tmp_path / "history.db"
    for value in (*["1"] * 8, *["2"] * 8):
        assert monitor("record", "--history", store, "start", value).returncode == 0
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = monitor("history", "--history", store, environment=ascii_only)
    assert (done.returncode, done.stderr) == (0, "")
    assert "start" in done.stdout
    assert "\N{LOWER ONE EIGHTH BLOCK}" in done.stdout
    found = monitor("--json", "history", "--history", store, "start")
    assert json.loads(found.stdout)
    gate = monitor("gate", "--history", store)
    assert gate.returncode == 1
    assert "regression: start" in gate.stderr
    as_json = monitor("--json", "gate", "--history", store)
    (judgement,) = json.loads(as_json.stdout)["judgements"]
    assert (judgement["name"], judgement["worse"]) == ("start", True)


def test_run_records_under_its_name(monitor, tmp_path):
    """One command measures and remembers."""
    store = tmp_path / "history.db"
    words = ("run", "-n", "2", "--record", "tool", "--label", "abc", "--history", store)
    assert monitor(*words, "--", "true").returncode == 0
    done = monitor("history", "--history", store)
    assert "tool: wall" in done.stdout
    assert "tool: memory" in done.stdout


def test_record_takes_a_value_or_files_and_not_both(monitor, tmp_path):
    """Something that was given and is not recorded would be missed too late."""
    path = tmp_path / "results.json"
    assert monitor("run", "-n", "2", "-o", path, "--", "true").returncode == 0
    store = ("--history", str(tmp_path / "history.db"))
    done = monitor("--json", "record", *store, "--file", path)
    assert json.loads(done.stdout) == {"recorded": 2}
    wrong = [("start",), ("start", "1", "--file", path), ("start", "--file", path), ()]
    for words in wrong:
        done = monitor("record", *store, *words)
        assert (done.returncode, done.stdout) == (2, ""), words
        assert "give a metric and its value, or files" in done.stderr


def test_gate_judges_the_files_that_the_others_wrote(monitor, tmp_path):
    """Measuring and judging can be two steps of a CI job."""
    done = monitor("--json", "compare", "-n", "7", "--repeats", "1", QUICK, SLOW)
    (tmp_path / "comparison.json").write_text(done.stdout)
    judged = monitor("gate", "comparison.json")
    assert judged.returncode == 1
    assert "slower" in judged.stdout
    assert "goobits-monitor: regression: " in judged.stderr
    lenient = monitor("gate", "--limit", "100000", "comparison.json")
    assert (lenient.returncode, lenient.stderr) == (0, "")


def test_output_is_read_by_pytest_benchmark(monitor, tmp_path):
    """A command that is compared with itself has two results."""
    words = ("compare", "-n", "2", "--repeats", "1", "-o", "results.json")
    assert monitor(*words, "true", "true").returncode == 0
    done = subprocess.run(
        [sys.executable, "-m", "pytest_benchmark", "compare", "results.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    for name in ("true (cpu)", "true #2 (cpu)", "true (wall)", "true #2 (wall)"):
        assert name in done.stdout


# Mistakes


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e400", "x", ""])
@pytest.mark.parametrize(
    "option", ["run --target", "run --memory", "run --timeout", "compare --timeout"]
)
def test_number_that_means_nothing_is_refused(monitor, option, value):
    """A target of nothing is missed, and one of infinity met, for ever."""
    command, name = option.split()
    done = monitor(command, f"{name}={value}", "true", "true")
    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--pairs=0"),
        ("run", "--pairs=-1"),
        ("run", "--timeout=1e30"),
        ("run", "--budget=load"),
        ("run", "--budget=load=0"),
        ("run", "--budget=load=nan"),
        ("run", "--budget=load=inf"),
        ("run", "--budget==5"),
        ("compare", "--pairs=0", "true"),
        ("compare", "--repeats=0", "true"),
        ("compare", "--limit=-1", "true"),
        ("compare", "--limit=nan", "true"),
        ("compare", "--limit=inf", "true"),
        ("compare", "'"),
        ("compare", ""),
        ("imports", "--runs=0"),
        ("imports", "--least=-1"),
        ("imports", "--timeout=0"),
        ("history", "--last=0"),
        ("gate", "--limit=-1"),
        ("gate", "--recent=0"),
        ("gate", "missing.json"),
        ("gate", "--base", "missing.json"),
    ],
)
def test_mistake_is_refused_before_anything_is_measured(monitor, words):
    """The message is at once and says what to give instead."""
    done = monitor(*words, *(() if words[0] in {"history", "gate"} else ("true",)))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("goobits-monitor: error: ")
    assert "Traceback" not in done.stderr


def test_largest_target_of_memory_is_none(monitor):
    """Someone who does not care for memory writes many digits."""
    done = monitor("run", "--memory", "1e305", "-n", "2", "--", "true")
    assert done.returncode == 0


@pytest.mark.parametrize("command", ["run", "compare", "imports"])
def test_missing_program_is_127(monitor, command):
    """As a shell says it."""
    words = ("true",) if command == "compare" else ()
    done = monitor(command, *words, "no-such-program")
    assert (done.returncode, done.stdout) == (127, "")
    assert "no-such-program" in done.stderr
    assert "\nhelp: " in done.stderr


def test_command_that_does_not_end_is_124(monitor):
    """As timeout(1) says it."""
    done = monitor("run", "--timeout", "0.4", "--", "sleep", "60")
    assert (done.returncode, done.stdout) == (124, "")
    assert "sleep did not end within 0.4 s" in done.stderr


def test_failing_command_is_1_with_the_end_of_what_it_said(monitor):
    """The reason is in the last lines of its stderr."""
    code = "import sys\nfor n in range(100): print('line', n, file=sys.stderr)\nsys.exit(3)"
    done = monitor("run", "--", *PYTHON, code)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert "ended with exit code 3" in lines[0]
    assert lines[2:22] == [f"  line {number}" for number in range(80, 100)]
    assert "--ignore-failure" in lines[22]
    assert monitor("run", "-n", "2", "-i", "--", *PYTHON, code).returncode == 0


def test_output_that_cannot_be_written_is_2(monitor, tmp_path):
    """The name of the file is in the message."""
    done = monitor("run", "-n", "2", "-o", "missing/results.json", "--", "true")
    assert done.returncode == 2
    assert "missing/results.json cannot be written" in done.stderr


# Streams


def closed(*descriptors: int) -> list[str]:
    redirections = " ".join(f"{descriptor}>&-" for descriptor in descriptors)
    return ["sh", "-c", f'exec "$@" {redirections}', "sh", *PROGRAM]


def test_reader_that_has_gone_is_no_error(tmp_path):
    """`goobits-monitor ... | head` ends as other programs do, without a traceback."""
    code = f"{shlex.join([*PROGRAM, 'run', '-n', '2', '--', 'true'])} | true"
    done = subprocess.run(
        ["sh", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("descriptors", [(1,), (2,), (1, 2), (0, 1, 2)])
def test_closed_streams_change_no_result(tmp_path, descriptors):
    """Some supervisors start programs without them."""
    done = subprocess.run(
        [*closed(*descriptors), "run", "-n", "2", "--", "true"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ("Verdict" in done.stdout) == (1 not in descriptors)


def test_error_without_a_stderr_is_not_taken_for_a_result(tmp_path):
    """Standard output would hold something that is no JSON."""
    done = subprocess.run(
        [*closed(2), "--json", "run", "--", "no-such-program"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout) == (127, "")


def test_long_measurement_tells_a_log_how_it_goes(monitor):
    """After a second there is a line, unless --quiet is given."""
    words = ("run", "-n", "2", "--", "sleep", "0.2")
    loud = monitor(*words, quiet=False)
    assert loud.stderr.startswith("measuring")
    assert loud.stderr.endswith("\n")
    assert "\x1b" not in loud.stderr
    assert monitor(*words).stderr == ""


TERMINAL = """
import os, pty, sys
code = os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:]))
sys.exit(code if code >= 0 else 128 - code)
"""


def on_terminal(*words: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start goobits-monitor on a terminal whose keyboard is stdin and whose screen stdout."""
    return subprocess.Popen(
        [sys.executable, "-c", TERMINAL, *PROGRAM, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", **environment},
    )


def test_terminal_is_clean_in_the_end():
    """The line of the progress is erased before the result is written."""
    with on_terminal("run", "-n", "2", "--", "sleep", "0.3") as process:
        screen, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, b"")
    progress, erased, result = screen.rpartition(b"\r\x1b[2K")
    assert b"measuring" in progress
    assert b"\n" not in progress
    assert erased
    assert result.startswith(b"sleep 0.3\r\n")
    assert b"\x1b" not in result


def test_dumb_terminal_sees_no_escape_sequences():
    """Editors and CI systems show them as they are."""
    with on_terminal("run", "-n", "2", "--", "sleep", "0.3", TERM="dumb") as process:
        screen, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert b"\x1b" not in screen
    assert b"measuring" in screen


def read_when_written(path: Path) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if path.exists() and (text := path.read_text()).endswith("\n"):
            return text
        time.sleep(0.02)
    raise AssertionError(f"{path} was not written")


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


def test_interrupt_ends_everything_at_once(tmp_path):
    """Ctrl-C leaves a clean line, the code of an interrupt, and no process."""
    said = tmp_path / "pid"
    command = ["sh", "-c", f"echo $$ > '{said}'; exec sleep 60"]
    with on_terminal("run", "--", *command) as process:
        pid = int(read_when_written(said))
        launcher = psutil.Process(pid).ppid()
        # Long enough for the progress to be on the screen.
        time.sleep(1.3)
        process.stdin.write(b"\x03")
        process.stdin.flush()
        screen = process.stdout.read()
        process.wait(PATIENCE)
    assert process.returncode == 130
    assert b"measuring" in screen
    assert b"Traceback" not in screen
    rest = screen.rpartition(b"\r\x1b[2K")[2]
    assert rest.replace(b"^C", b"").strip() == b""
    assert gone(pid)
    assert gone(launcher)


def test_termination_ends_the_command(tmp_path):
    """A cancelled CI job is ended by SIGTERM, to the program alone."""
    said = tmp_path / "pid"
    command = ["sh", "-c", f"echo $$ > '{said}'; exec sleep 60"]
    with subprocess.Popen(
        [*PROGRAM, "-q", "run", "--", *command], stdout=subprocess.DEVNULL
    ) as process:
        pid = int(read_when_written(said))
        process.send_signal(signal.SIGTERM)
    assert gone(pid)


def test_imports_of_a_failing_command_are_said_to_be_so(monitor):
    """They end where it failed, and may be all of them or none."""
    done = monitor("imports", "--json", "--", *PYTHON, "import json, no_such_module")
    assert done.returncode == 0
    assert "warning: the command failed (1)" in done.stderr
    assert json.loads(done.stdout)["code"] == 1
    fine = monitor("imports", "--json", "--", *PYTHON, "import json")
    assert (fine.stderr, json.loads(fine.stdout)["code"]) == ("", 0)
