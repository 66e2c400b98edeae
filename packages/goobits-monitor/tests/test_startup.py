"""What programs report about their phases is read with care."""

from __future__ import annotations

import json
import math
import os
import tracemalloc

import pytest
from goobits_monitor._errors import ResultError
from goobits_monitor._startup import (
    DEEPEST,
    Goal,
    PhaseCost,
    budget_goals,
    overall,
    read_report,
)
from goobits_monitor._statistics._intervals import Interval
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


def goal(low: float, high: float, target: float = 1.0) -> Goal:
    return Goal("goal", Interval((low + high) / 2, low, high), target)


@pytest.mark.parametrize(
    ("low", "high", "outcome"),
    [
        (0.1, 0.9, "met"),
        (0.1, 1.0, "met"),
        (1.0, 1.1, "undecided"),
        (0.9, 1.1, "undecided"),
        (1.1, 1.2, "missed"),
        (-math.inf, math.inf, "undecided"),
    ],
)
def test_goal_is_decided_only_by_both_bounds(low, high, outcome):
    """Noise across the target says neither that it is met nor that it is missed."""
    assert goal(low, high).outcome == outcome


def test_one_missed_goal_misses_all():
    """The verdict is that of the worst goal."""
    met, missed, undecided = goal(0, 0.5), goal(2, 3), goal(0, 3)
    assert overall([]) == "met"
    assert overall([met, met]) == "met"
    assert overall([met, undecided]) == "undecided"
    assert overall([undecided, missed, met]) == "missed"


def test_budget_is_held_against_all_starts():
    """A phase counts with all its times, and has bounds as everything that is measured has."""
    starts = [
        [PhaseCost("a", 0, seconds, 0), PhaseCost("a", 1, 0.5, 0)]
        for seconds in (1.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0)
    ]
    (found,) = budget_goals([*starts, []], {"a": 2.0})
    assert found == Goal("a", Interval(2.5, 1.5, 3.5), 2.0)
    (few,) = budget_goals(starts[:3], {"a": 2.0})
    assert few.outcome == "undecided"
    with pytest.raises(ResultError, match="'b'"):
        list(budget_goals(starts, {"a": 1.0, "b": 1.0}))


# What is read


def line(**changes: object) -> str:
    phase = {"name": "imports", "start": 0.5, "seconds": 0.25, "depth": 0}
    return json.dumps({"clock": 12.5, "phases": [{**phase, **changes}]}) + "\n"


def test_report_is_read_as_written(tmp_path):
    """Any language can write the line."""
    path = tmp_path / "phases"
    path.write_text(line(name="templates \N{SNOWMAN}", depth=3))
    found = read_report(path, 12.25, 1.0)
    assert found.phases == (PhaseCost("templates \N{SNOWMAN}", 0.5, 0.25, 3),)
    assert found.before == 0.25


@pytest.mark.parametrize(
    "text",
    [
        '{"phases": []}',
        '{"phases": [{"name": "a", "start": 0, "seconds": 1}]}',
        '{"phases": [{"name": "a", "start": 0, "seconds": 1}], "clock": null, "x": 1}',
        '{"phases": [{"name": "a", "start": 0, "seconds": 1}]}\r\nnonsense\n',
    ],
    ids=["empty", "least", "more", "two lines"],
)
def test_report_may_leave_out_what_is_not_needed(tmp_path, text):
    """A line of shell can write it; a second line is that of a child."""
    path = tmp_path / "phases"
    path.write_text(text, newline="")
    found = read_report(path, 0.0, 1.0)
    assert [phase.depth for phase in found.phases] in ([], [0])
    assert found.before is None


@pytest.mark.parametrize("clock", [1.0, 12.0, 14.0, 1.7e9])
def test_clock_outside_of_the_run_is_not_believed(tmp_path, clock):
    """A program may take the time of day for the monotonic clock."""
    path = tmp_path / "phases"
    path.write_text(json.dumps({"clock": clock, "phases": []}))
    assert read_report(path, 12.5, 1.0).before is None


HOSTILE = {
    "empty": "",
    "blank": "\n",
    "garbage": "phases: 1",
    "cut off": line()[:-5],
    "list": "[]",
    "number": "1",
    "null": "null",
    "no phases": "{}",
    "phases is a number": '{"phases": 1}',
    "phases is a mapping": '{"phases": {"name": "a"}}',
    "phase is a list": '{"phases": [[]]}',
    "no name": '{"phases": [{"start": 0, "seconds": 1}]}',
    "name is a number": line(name=1),
    "name is a list": line(name=["a"]),
    "name ends a line": line(name="a\nb"),
    "name writes on the terminal": line(name="\x1b[2J"),
    "name is no Unicode": line(name="\ud800"),
    "seconds is text": line(seconds="1"),
    "seconds is null": line(seconds=None),
    "seconds is NaN": line(seconds=math.nan),
    "seconds is infinite": line(seconds=math.inf),
    "seconds is huge": line(seconds=10**400),
    "seconds is negative": line(seconds=-1),
    "start is NaN": line(start=math.nan),
    "start is huge": line(start=-(10**400)),
    "depth is text": line(depth="1"),
    "depth is a fraction": line(depth=0.5),
    "depth is infinite": line(depth=math.inf),
    "depth is negative": line(depth=-1),
    "depth is deep": line(depth=DEEPEST + 1),
    "clock is text": '{"clock": "now", "phases": []}',
    "clock is NaN": '{"clock": NaN, "phases": []}',
    "clock is huge": f'{{"clock": {10**400}, "phases": []}}',
    "nested": "[" * 100_000,
    "many digits": "9" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_report_is_refused(tmp_path, text):
    """A program that is measured must not be able to break what measures it."""
    path = tmp_path / "phases"
    path.write_text(text)
    with pytest.raises(ResultError, match="phases that cannot be read") as caught:
        read_report(path, 0.0, 1.0)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 2000


def test_bytes_that_are_no_text_are_refused(tmp_path):
    """Not everything that a program writes is Unicode."""
    path = tmp_path / "phases"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(ResultError):
        read_report(path, 0.0, 1.0)


def test_huge_report_is_not_read_to_its_end(tmp_path):
    """A file of gigabytes costs no gigabytes."""
    path = tmp_path / "phases"
    with open(path, "wb") as file:
        file.truncate(60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(ResultError):
            read_report(path, 0.0, 1.0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000


def test_folder_is_no_report(tmp_path):
    """A program may make one where a file was wanted."""
    with pytest.raises(ResultError, match="phases"):
        read_report(tmp_path, 0.0, 1.0)


def test_missing_report_is_refused(tmp_path):
    """A link that leads nowhere is no report."""
    with pytest.raises(ResultError):
        read_report(tmp_path / "missing", 0.0, 1.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_pipe_is_not_waited_for(tmp_path):
    """Opening one waits for a writer, who may never come."""
    os.mkfifo(tmp_path / "phases")
    with pytest.raises(ResultError):
        read_report(tmp_path / "phases", 0.0, 1.0)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(
    clock=json_values,
    phases=json_values
    | st.lists(
        st.fixed_dictionaries(
            {"name": json_values, "start": json_values, "seconds": json_values},
            optional={"depth": json_values},
        ),
        max_size=2,
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_is_read_or_refused(tmp_path, clock, phases):
    """Whatever a program writes, there are phases or there is a message."""
    path = tmp_path / "phases"
    path.write_text(json.dumps({"clock": clock, "phases": phases}))
    try:
        found = read_report(path, 0.0, 1.0)
    except ResultError:
        return
    assert all(math.isfinite(one.seconds) for one in found.phases)


def test_start_of_the_command_itself_counts(tmp_path):
    """A helper process that inherits the variable and reports first is not the program."""
    path = tmp_path / "phases"
    lines = [
        {"pid": 11, "phases": [{"name": "helper", "start": 0, "seconds": 1}]},
        {"pid": 12, "phases": [{"name": "program", "start": 0, "seconds": 1}]},
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    names = [read_report(path, 0.0, 1.0, pid).phases[0].name for pid in (11, 12, 13)]
    assert names == ["helper", "program", "helper"]
