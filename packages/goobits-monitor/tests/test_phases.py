"""Phases are recorded where they happen, whatever happens in them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from goobits_monitor import StartupBenchmark
from goobits_monitor._errors import ResultError
from goobits_monitor._phases import VARIABLE
from goobits_monitor._startup import PhaseCost, Startup


@pytest.fixture(autouse=True)
def no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep these tests quiet when they are measured themselves."""
    monkeypatch.delenv(VARIABLE, raising=False)


def shape(start: Startup) -> list[tuple[str, int]]:
    return [(phase.name, phase.depth) for phase in start.phases]


def phase_of(start: Startup, name: str) -> PhaseCost:
    (found,) = [phase for phase in start.phases if phase.name == name]
    return found


def program(code: str, path: Path | str | None, **options: object) -> str:
    """Run Python with the variable that asks for phases; return what it wrote to stderr."""
    environment = {**os.environ, VARIABLE: str(path)} if path is not None else None
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        **options,
    )
    return done.stderr


def reports(path: Path) -> list[list[str]]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [[phase["name"] for phase in json.loads(line)["phases"]] for line in lines]


# What is recorded


def test_phase_takes_the_time_of_its_block():
    """The figure is what a reader acts on."""
    benchmark = StartupBenchmark()
    before = time.perf_counter()
    with benchmark.phase("sleeps"):
        time.sleep(0.02)
    after = time.perf_counter()
    start = benchmark.finish()
    phase = phase_of(start, "sleeps")
    assert 0.02 <= phase.seconds <= after - before
    assert 0 <= phase.start <= start.seconds - phase.seconds
    assert phase.ended


def test_nested_phases_have_their_depth():
    """A report indents what is inside of something else."""
    benchmark = StartupBenchmark()
    with benchmark.phase("outer"):
        with benchmark.phase("first"), benchmark.phase("inner"):
            pass
        with benchmark.phase("second"):
            pass
    with benchmark.phase("after"):
        pass
    assert shape(benchmark.finish()) == [
        ("outer", 0),
        ("first", 1),
        ("inner", 2),
        ("second", 1),
        ("after", 0),
    ]


def test_same_name_twice_is_two_phases():
    """Something that is done again costs again."""
    benchmark = StartupBenchmark()
    for _ in range(3):
        with benchmark.phase("again"):
            pass
    assert shape(benchmark.finish()) == [("again", 0)] * 3


def test_phase_can_be_entered_again():
    """A phase that was made once can be kept and used wherever it goes on."""
    benchmark = StartupBenchmark()
    phase = benchmark.phase("again")
    for _ in range(3):
        with phase:
            time.sleep(0.001)
    start = benchmark.finish()
    assert shape(start) == [("again", 0)] * 3
    assert all(0.001 <= one.seconds < start.seconds for one in start.phases)


def test_phase_can_be_entered_inside_itself():
    """A function that calls itself does so inside its own phase."""
    benchmark = StartupBenchmark()
    phase = benchmark.phase("recursive")
    with phase:
        with phase:
            time.sleep(0.001)
        with phase:
            pass
    start = benchmark.finish()
    assert shape(start) == [("recursive", 0), ("recursive", 1), ("recursive", 1)]
    outer, first, second = start.phases
    assert outer.seconds >= first.seconds + second.seconds
    assert first.seconds >= 0.001
    assert all(one.ended for one in start.phases)


def test_phases_of_threads_do_not_nest_in_each_other():
    """What runs beside something is not inside of it."""
    benchmark = StartupBenchmark()
    both = threading.Barrier(2)

    def work(name: str) -> None:
        with benchmark.phase(name):
            both.wait(30)
            with benchmark.phase(f"{name} inner"):
                both.wait(30)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    with benchmark.phase("main"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    start = benchmark.finish()
    assert sorted(shape(start)) == [
        ("a", 0),
        ("a inner", 1),
        ("b", 0),
        ("b inner", 1),
        ("main", 0),
    ]


def test_no_phase_of_many_threads_is_lost():
    """Programs load in threads to start faster."""
    benchmark = StartupBenchmark()

    def work() -> None:
        for _ in range(200):
            with benchmark.phase("work"):
                pass

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    start = benchmark.finish()
    assert shape(start) == [("work", 0)] * 1600
    assert all(one.ended and one.seconds >= 0 for one in start.phases)


def test_tasks_that_overlap_are_beside_each_other():
    """Tasks take turns in one thread, and one that ends later was not inside."""
    benchmark = StartupBenchmark()

    async def task(name: str, started: asyncio.Event, wait: asyncio.Event) -> None:
        with benchmark.phase(name):
            started.set()
            await wait.wait()

    async def main() -> None:
        a_began, b_began, a_over = (asyncio.Event() for _ in range(3))
        a = asyncio.create_task(task("a", a_began, b_began))
        await a_began.wait()
        b = asyncio.create_task(task("b", b_began, a_over))
        await a
        a_over.set()
        await b

    with benchmark.phase("all"):
        asyncio.run(main())
    assert shape(benchmark.finish()) == [("all", 0), ("a", 1), ("b", 1)]


def test_error_ends_its_phase_and_goes_on():
    """A start that fails fails as it would have without us."""
    benchmark = StartupBenchmark()
    with pytest.raises(KeyError), benchmark.phase("fails"):
        raise KeyError
    with benchmark.phase("goes on"):
        pass
    start = benchmark.finish()
    assert shape(start) == [("fails", 0), ("goes on", 0)]
    assert phase_of(start, "fails").ended


def test_phase_that_was_never_entered_is_none():
    """Only what happened is told."""
    benchmark = StartupBenchmark()
    benchmark.phase("only made")
    assert benchmark.finish().phases == ()


def test_open_phase_lasts_until_the_end():
    """A command that a phase runs may end the program from inside."""
    benchmark = StartupBenchmark()
    with benchmark.phase("outer"):
        with benchmark.phase("inner"):
            pass
        start = benchmark.finish()
    assert shape(start) == [("outer", 0), ("inner", 1)]
    outer = phase_of(start, "outer")
    assert not outer.ended
    assert outer.start + outer.seconds == pytest.approx(start.seconds)


def test_second_finish_returns_the_first():
    """A start ends once, however often the end is said."""
    benchmark = StartupBenchmark()
    with benchmark as same:
        assert same is benchmark
        with benchmark.phase("one"):
            pass
    first = benchmark.finish()
    with benchmark.phase("late"):
        pass
    assert benchmark.finish() is first
    assert shape(first) == [("one", 0)]


def test_many_phases_are_ended_in_linear_time():
    """A loop over thousands of plugins may have a phase for each."""
    benchmark = StartupBenchmark()
    for _ in range(20_000):
        with benchmark.phase("plugin"):
            pass
    before = time.process_time()
    assert len(benchmark.finish().phases) == 20_000
    # It takes 0.1 s; comparing each with each would take a minute.
    assert time.process_time() - before < 5


# Targets


@pytest.mark.parametrize(
    ("target", "budget", "outcome"),
    [(60.0, 60.0, "met"), (60.0, 0.0, "missed"), (0.0, 60.0, "missed")],
)
def test_start_is_held_against_target_and_budgets(target, budget, outcome):
    """Inside a program each figure is exact, so nothing is undecided."""
    benchmark = StartupBenchmark(target=target, budgets={"work": budget})
    with benchmark.phase("work"):
        time.sleep(0.001)
    start = benchmark.finish()
    assert start.outcome == outcome
    assert [goal.name for goal in start.goals] == ["start-up", "work"]
    assert [goal.target for goal in start.goals] == [target, budget]


def test_budget_holds_for_the_sum_of_a_name():
    """Something that is done three times may not cost three budgets."""
    benchmark = StartupBenchmark(budgets={"again": 0.003})
    for _ in range(3):
        with benchmark.phase("again"):
            time.sleep(0.0015)
    assert benchmark.finish().outcome == "missed"


def test_budget_of_no_phase_is_refused():
    """A budget with a typing error would be met for ever."""
    benchmark = StartupBenchmark(budgets={"improts": 1.0})
    with benchmark.phase("imports"):
        pass
    with pytest.raises(ResultError, match="improts"):
        benchmark.finish()


def test_error_of_the_program_is_not_hidden_by_a_budget():
    """A start that failed early has not reached all of its phases."""
    benchmark = StartupBenchmark(budgets={"later": 1.0})
    with pytest.raises(ZeroDivisionError) as caught, benchmark:
        _ = 1 / 0
    assert caught.value.__context__ is None


# What is reported


def test_finish_reports_the_phases(tmp_path, monkeypatch):
    """`goobits-monitor run` reads this line."""
    path = tmp_path / "phases"
    monkeypatch.setenv(VARIABLE, str(path))
    before = time.perf_counter()
    benchmark = StartupBenchmark()
    with benchmark.phase("outer"), benchmark.phase("inner \N{SNOWMAN}"):
        pass
    start = benchmark.finish()
    benchmark.finish()
    (text,) = path.read_text(encoding="ascii").splitlines()
    line = json.loads(text)
    assert before <= line["clock"] <= time.perf_counter()
    assert line["phases"] == [
        {
            "name": one.name,
            "start": one.start,
            "seconds": one.seconds,
            "depth": one.depth,
        }
        for one in start.phases
    ]


def test_nothing_is_reported_unasked(tmp_path, monkeypatch):
    """A program that nobody measures writes no files."""
    monkeypatch.chdir(tmp_path)
    for value in (None, ""):
        if value is not None:
            monkeypatch.setenv(VARIABLE, value)
        StartupBenchmark().finish()
    assert list(tmp_path.iterdir()) == []


ENDS = """
import os, sys
from goobits_monitor import StartupBenchmark
benchmark = StartupBenchmark(budgets={"later": 1.0})
with benchmark.phase("early"):
    pass
"""


def test_exit_reports_what_there_is(tmp_path):
    """`tool --version` ends before most phases, and says nothing about that."""
    path = tmp_path / "phases"
    said = program(f"{ENDS}\nsys.exit()", path)
    assert said == ""
    assert reports(path) == [["early"]]


def test_start_is_reported_once_even_when_a_budget_is_wrong(tmp_path):
    """The first line is what counts, and the mistake must be said, too."""
    path = tmp_path / "phases"
    said = program(f"{ENDS}\nbenchmark.finish()", path)
    assert "no phase is called 'later'" in said
    assert "atexit" not in said
    assert reports(path) == [["early"]]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_forked_child_reports_nothing(tmp_path):
    """The file would hold the start of the program once for each child."""
    path = tmp_path / "phases"
    code = f"{ENDS}\nif os.fork():\n    os.wait()\nsys.exit()"
    assert program(code, path) == ""
    assert reports(path) == [["early"]]


def test_recording_imports_nothing_but_the_benchmark():
    """A tool that measures a start must not make it slow."""
    code = """
    import sys
    before = set(sys.modules)
    from goobits_monitor import StartupBenchmark
    benchmark = StartupBenchmark()
    with benchmark.phase("one"):
        pass
    print(*sorted(set(sys.modules) - before))
    """
    loaded = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout.split()
    ours = {"__future__", "goobits_monitor", "goobits_monitor._phases"}
    assert set(loaded) == ours
