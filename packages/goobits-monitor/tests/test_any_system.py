"""What must work on Linux, macOS and Windows alike, with no program but Python."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_monitor import (
    CommandFailedError,
    CommandNotFoundError,
    CommandTimeoutError,
    PerformanceMonitor,
    StartupBenchmark,
    compare,
    import_tree,
)

PYTHON = sys.executable
BARE = (PYTHON, "-c", "pass")


def monitor(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the command itself."""
    return subprocess.run(
        (PYTHON, "-m", "goobits_monitor", *words),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_start_is_measured_beside_the_bare_interpreter() -> None:
    """It is what the package is for."""
    report = StartupBenchmark(target=60).measure(
        (PYTHON, "-c", "import argparse"), pairs=7
    )
    assert report.runtime == "python"
    assert report.wall.median > 0
    assert report.memory.median > 1_000_000
    assert {goal.name: goal.outcome for goal in report.goals}["start-up"] == "met"
    assert report.imports is not None
    assert "argparse" in {module.name for module in report.imports.walk()}


def test_command_that_does_more_is_slower() -> None:
    """A comparison that cannot see twice the work sees nothing."""
    work = "sum(n * n for n in range(3_000_000))"
    (found,) = compare(BARE, (PYTHON, "-c", work), pairs=7, repeats=1)
    assert found.verdict("wall").outcome == "slower"


def test_failures_of_commands_are_told_apart() -> None:
    """Each has another exit code of the command line."""
    benchmark = StartupBenchmark()
    with pytest.raises(CommandNotFoundError):
        benchmark.measure(["no-such-program-anywhere"])
    with pytest.raises(CommandFailedError) as failed:
        benchmark.measure([PYTHON, "-c", "import sys; sys.exit('a reason')"])
    assert (failed.value.code, "a reason" in failed.value.tail) == (1, True)
    with pytest.raises(CommandTimeoutError):
        benchmark.measure([PYTHON, "-c", "import time; time.sleep(60)"], timeout=0.5)


def test_phases_of_a_program_arrive(tmp_path: Path) -> None:
    """They travel through a file that the environment names."""
    program = tmp_path / "program.py"
    program.write_text(
        "from goobits_monitor import StartupBenchmark\n"
        "with StartupBenchmark() as startup:\n"
        "    with startup.phase('imports'):\n"
        "        import json\n"
    )
    report = StartupBenchmark().measure([PYTHON, program], pairs=1)
    assert [phase.name for phase in report.phases] == ["imports"]


def test_imports_are_a_tree() -> None:
    """`json` imports its decoder itself."""
    tree = import_tree([PYTHON, "-c", "import json"], runs=1)
    (found,) = (one for one in tree.roots if one.name == "json")
    assert "json.decoder" in {child.name for child in found.children}


def test_history_keeps_what_it_is_given(tmp_path: Path) -> None:
    """A second connection sees what the first one recorded."""
    path = tmp_path / "history.sqlite3"
    with PerformanceMonitor(path) as writer:
        writer.record("start", 0.1, label="v1")
    with PerformanceMonitor(path) as reader:
        (record,) = reader.history("start")
    assert (record.value, record.label) == (0.1, "v1")


def test_command_line_answers_in_json() -> None:
    """Scripts read this."""
    done = monitor(
        "compare", "--json", "-n", "1", f'"{PYTHON}" -c pass', f'"{PYTHON}" -c pass'
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["comparisons"]) == 1


def test_command_that_is_missing_is_exit_127() -> None:
    """As a shell says it."""
    done = monitor("run", "--", "no-such-program-anywhere")
    assert (done.returncode, done.stdout) == (127, "")
    assert "no-such-program-anywhere" in done.stderr
