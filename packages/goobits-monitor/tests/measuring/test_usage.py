"""What a command cost is what the system says that it did."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from goobits_monitor._measuring._runners import open_runner
from goobits_monitor._measuring._usage import Usage, typical

posix_only = pytest.mark.skipif(os.name == "nt", reason="processes of POSIX")
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="as Linux counts")

BURN = """
import os, sys
def burn(seconds):
    while sum(os.times()[:2]) < seconds:
        sum(range(1000))
def say(path, *more):
    with open(path, "w") as file:
        print(*os.times()[:4], *more, file=file)
"""
HELD = 300_000_000
TOUCHED = 100_000_000


def seconds_in(path: Path) -> float:
    return sum(map(float, path.read_text().split()))


@pytest.fixture(scope="module")
def ballast() -> bytearray:
    """What this process holds, more than any command of these tests."""
    return bytearray(b"x" * HELD)


@posix_only
def test_cpu_is_what_the_command_counts_itself(runner, python, tmp_path):
    """The CPU time is the figure that the gate judges."""
    said = tmp_path / "times"
    usage = runner.run(python(f"{BURN}\nburn(0.3); say(sys.argv[1])", said))
    assert seconds_in(said) <= usage.cpu + 0.02
    assert usage.cpu < 2 * seconds_in(said)


@posix_only
def test_cpu_holds_the_time_in_the_system(runner, python, tmp_path):
    """Reading files costs time that is not the program's own."""
    said = tmp_path / "times"
    code = f"""{BURN}
with open("/dev/urandom", "rb", buffering=0) as file:
    while os.times().system < 0.2:
        file.read(1_000_000)
say(sys.argv[1])
"""
    usage = runner.run(python(code, said))
    assert usage.cpu >= 0.2
    assert seconds_in(said) <= usage.cpu + 0.02


@posix_only
def test_cpu_holds_that_of_children_waited_for(runner, python, tmp_path):
    """A tool that starts another one makes its user wait for both."""
    said = tmp_path / "times"
    code = f"""{BURN}
if not os.fork():
    burn(0.3)
    os._exit(0)
os.wait()
say(sys.argv[1])
"""
    usage = runner.run(python(code, said))
    assert usage.cpu >= 0.3
    assert seconds_in(said) <= usage.cpu + 0.02
    assert usage.cpu < 2 * seconds_in(said)


def test_wall_is_that_of_the_clock_and_not_of_the_cpu(runner, python):
    """What a user waits for includes the time in which nothing is computed."""
    before = time.perf_counter()
    usage = runner.run(python("import time; time.sleep(0.3)"))
    after = time.perf_counter()
    assert 0.3 <= usage.wall <= after - before
    assert usage.cpu < usage.wall
    assert before <= usage.started <= after - 0.3


@posix_only
def test_peak_holds_what_the_command_touched(runner, python):
    """Memory that was given back before the end is still what was needed."""
    code = f"block = b'x' * {TOUCHED}; del block"
    small = runner.run(python("pass"))
    large = runner.run(python(code))
    assert large.memory - small.memory + 2_000_000 >= TOUCHED
    assert large.memory < TOUCHED + 50_000_000


@linux_only
def test_peak_does_not_show_the_memory_of_this_process(ballast, runner, python):
    """Linux counts a parent's memory as its child's; a small launcher keeps it away."""
    assert len(ballast) == HELD
    small = runner.run(python("pass"))
    large = runner.run(python(f"block = b'x' * {TOUCHED}"))
    assert small.memory < TOUCHED
    assert large.memory < HELD


@linux_only
def test_a_direct_child_shows_the_memory_of_this_process(ballast, python):
    """The control of the test above: without the launcher the figure would be wrong."""
    command = python("pass")
    pid = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    assert status == 0
    assert usage.ru_maxrss * 1024 >= len(ballast)


@linux_only
def test_memory_floor_is_the_least_peak(ballast, runner):
    """What is below the floor must be known to be hidden."""
    least = runner.run(["true"]).memory
    assert 0 < runner.memory_floor < len(ballast) // 4
    assert least == pytest.approx(runner.memory_floor, rel=0.05)


def test_exit_code_is_kept_where_failure_is_ignored(run, python):
    """Commands that fail on purpose (`--help` of some) can be measured."""
    assert run(python("raise SystemExit(3)"), ignore_failure=True).code == 3


@posix_only
def test_signal_is_a_negative_code(run, python):
    """A crash is told from an exit code."""
    code = "import os; os.kill(os.getpid(), 9)"
    assert run(python(code), ignore_failure=True).code == -9


@linux_only
def test_pinned_command_has_one_cpu_and_others_have_all(python, tmp_path):
    """Half of the noise of CPU times comes from changing the CPU."""
    said = tmp_path / "cpus"
    command = python(
        "import os, sys; open(sys.argv[1], 'w').write("
        "' '.join(map(str, os.sched_getaffinity(0))))",
        said,
    )
    before = os.sched_getaffinity(0)
    found = {}
    for pin in (True, False):
        with open_runner(pin=pin) as opened:
            opened.run(command)
        found[pin] = set(map(int, said.read_text().split()))
    assert found[True] == {max(before)}
    assert found[False] == before
    assert os.sched_getaffinity(0) == before


def test_typical_takes_the_median_of_each_cost():
    """One disturbed run must not count for any of the costs."""
    runs = [
        Usage(1.0, 9.0, 30, 0, 100.0),
        Usage(2.0, 7.0, 10, 0, 101.0),
        Usage(9.0, 8.0, 20, 0, 102.0),
    ]
    assert typical(runs) == Usage(2.0, 8.0, 20, 0, 100.0)
