"""A start is measured from outside, beside the bare interpreter, with its phases."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from pathlib import Path

import pytest
from goobits_monitor import StartupBenchmark
from goobits_monitor._errors import CommandFailedError, ResultError
from goobits_monitor._phases import VARIABLE

posix_only = pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
LINE = '{"phases": [{"name": "imports", "start": 0, "seconds": 0.25}]}'


@pytest.fixture
def program(tmp_path: Path):
    def write(code: str) -> list[str]:
        path = tmp_path / "tool.py"
        path.write_text(textwrap.dedent(code), encoding="utf-8")
        return [sys.executable, str(path)]

    return write


def measure(command: list[str], **keywords: object):
    options = {name: keywords.pop(name) for name in ("pairs",) if name in keywords}
    return StartupBenchmark(**keywords).measure(command, **{"pairs": 2, **options})


def shell(code: str) -> list[str]:
    return ["sh", "-c", f'[ -z "${VARIABLE}" ] || {{ {code}\n}}']


def test_python_program_is_held_against_its_interpreter(program):
    """What the interpreter costs itself is not the program's fault."""
    command = program(
        """
        import json
        while sum(__import__("os").times()[:2]) < 0.1:
            pass
        """
    )
    told: list[float] = []
    benchmark = StartupBenchmark(target=60.0)
    report = benchmark.measure(command, pairs=7, tick=told.append)
    assert report.runtime == "python"
    assert report.own.command == tuple(command)
    assert report.bare.command[1:] == ("-c", "pass")
    assert report.ratio.median > 1.2
    assert report.cpu.median >= 0.1
    assert report.wall.median >= report.cpu.median * 0.9
    assert report.memory.median >= 1_000_000
    assert len(report.own.wall) == len(report.bare.wall) == 7
    assert "json" in {module.name for module in report.imports.walk()}
    assert report.phases == ()
    assert report.before_phases is None
    assert report.outcome == "met"
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_missed_target_is_missed(program):
    """The figure that a user waits for decides."""
    report = measure(program("pass"), pairs=7, target=1e-6)
    assert report.outcome == "missed"
    assert [goal.outcome for goal in report.goals] == ["missed", "met"]


def test_memory_target_is_held(program):
    """A tool that needs a gigabyte is not fast on a small machine."""
    report = measure(program("block = b'x' * 60_000_000"), pairs=7, target=60)
    assert [goal.outcome for goal in report.goals] == ["met", "missed"]


def test_time_decides_how_often_unless_told():
    """Seven runs are the least that have bounds."""
    report = StartupBenchmark().measure(["true"], seconds=0.0)
    assert len(report.own.wall) == 7


def test_phases_of_a_python_program_are_shown(program):
    """The benchmark inside of the program and the one outside are one."""
    command = program(
        """
        import time
        from goobits_monitor import StartupBenchmark
        benchmark = StartupBenchmark()
        with benchmark.phase("outer"):
            with benchmark.phase("inner"):
                time.sleep(0.02)
        benchmark.finish()
        """
    )
    report = measure(command, budgets={"outer": 60.0, "inner": 0.001})
    assert [(one.name, one.depth) for one in report.phases] == [
        ("outer", 0),
        ("inner", 1),
    ]
    outer, inner = report.phases
    assert outer.seconds >= inner.seconds >= 0.02
    assert 0 < report.before_phases < 60
    assert [(goal.name, goal.outcome) for goal in report.goals[2:]] == [
        ("outer", "met"),
        ("inner", "missed"),
    ]


def test_phases_are_reported_at_exit(program):
    """A program that forgets to finish, or exits early, has phases all the same."""
    command = program(
        """
        import sys
        from goobits_monitor import StartupBenchmark
        with StartupBenchmark().phase("early"):
            sys.exit()
        """
    )
    assert [one.name for one in measure(command).phases] == ["early"]


@posix_only
def test_shell_program_reports_a_line():
    """No library is needed."""
    report = measure(shell(f"echo '{LINE}' >> \"${VARIABLE}\""))
    assert [(one.name, one.seconds) for one in report.phases] == [("imports", 0.25)]
    assert report.runtime == "shell"
    assert report.imports is None
    assert report.before_phases is None


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node")
def test_node_program_reports_a_line():
    """A clock of Node is that of the system, too."""
    code = f"""
    const clock = Number(process.hrtime.bigint()) / 1e9;
    const file = process.env.{VARIABLE};
    if (file) require("fs").appendFileSync(file, JSON.stringify({{
        clock, phases: [{{name: "load", start: 0, seconds: 0.5, depth: 0}}]
    }}) + "\\n");
    """
    report = measure(["node", "-e", textwrap.dedent(code)])
    assert [(one.name, one.seconds) for one in report.phases] == [("load", 0.5)]
    assert report.runtime == "node"
    if sys.platform == "linux":
        assert 0 < report.before_phases < 60


@posix_only
def test_phases_that_change_from_run_to_run_are_those_of_most(tmp_path):
    """A cache that expires in one of five runs is not what a user sees."""
    other = LINE.replace("imports", "rebuild")
    code = f"""
    echo x >> '{tmp_path / "count"}'
    if [ "$(wc -l < '{tmp_path / "count"}')" -eq 2 ]; then echo '{other}'
    else echo '{LINE}'; fi >> "${VARIABLE}"
    """
    assert [one.name for one in measure(shell(code)).phases] == ["imports"]


@posix_only
@pytest.mark.parametrize(
    "code",
    [
        f'echo nonsense > "${VARIABLE}"',
        f': > "${VARIABLE}"',
        f'mkdir "${VARIABLE}"',
        f'mkfifo "${VARIABLE}"',
        f'ln -s nowhere "${VARIABLE}"',
        f"printf '\\377' > \"${VARIABLE}\"",
    ],
)
def test_hostile_report_is_refused(code):
    """Whatever a program leaves there ends with a message."""
    with pytest.raises(ResultError, match="phases that cannot be read"):
        measure(shell(code))


def test_budget_of_no_phase_is_refused():
    """A budget with a typing error would be met for ever."""
    with pytest.raises(ResultError, match="improts"):
        measure(["true"], budgets={"improts": 1.0})


@posix_only
def test_program_that_fails_only_when_asked_for_phases_is_refused():
    """Its phases would be missing without a word."""
    with pytest.raises(CommandFailedError):
        measure(shell("exit 3"))
