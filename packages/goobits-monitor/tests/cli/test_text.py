"""What people read says what was measured, and how sure it is."""

from __future__ import annotations

from goobits_monitor._cli import _text
from goobits_monitor._comparison import Comparison
from goobits_monitor._measuring._usage import Series
from goobits_monitor._programs._imports import Import, ImportTree
from goobits_monitor._startup import Goal, PhaseCost
from goobits_monitor._statistics._intervals import Interval

PHASES = (
    PhaseCost("imports", 0.0, 0.012, 0),
    PhaseCost("templates", 0.002, 0.0049, 1),
    PhaseCost("memory", 0.013, 0.001, 0),
)


def exactly(value: float) -> Interval:
    return Interval(value, value, value)


def test_report_of_a_start(make_report):
    """The whole of what `run` shows, as a reader sees it."""
    budgets = (
        Goal("imports", exactly(0.012), 0.010),
        Goal("memory", exactly(0.001), 0.002),
    )
    report = make_report(phases=PHASES, budgets=budgets, others=0.21)
    assert _text.startup_report(report) == (
        """\
tool --help

        command  bounds              bare     target
wall    40.4 ms  40.2 ms to 40.6 ms  20.2 ms  at most 100 ms   met
CPU     20.2 ms  20.1 ms to 20.3 ms  10.1 ms  2.00 x bare      (2.00 to 2.00)
memory  24.0 MB  24.0 MB to 24.0 MB  12.0 MB  at most 50.0 MB  met

Phases that the program reports
   12.0 ms  before the first phase
   12.0 ms  imports  (budget 10.0 ms: missed)
   4.90 ms    templates
   1.00 ms  memory  (budget 2.00 ms: met)

Imports beyond those of the bare interpreter: 9.10 ms in 4 modules, by the clock
   5.00 ms  json  (itself 2.00 ms)
   3.00 ms    json.decoder
   4.00 ms  re

Verdict: over its targets: imports takes 12.0 ms to 12.0 ms, the target is 10.0 ms.
20 runs, in turn with python -c pass; each bound holds with 99 %; other programs used \
21 % of the machine."""
    )


def test_report_within_its_targets(make_report):
    """Good news is short."""
    shown = _text.startup_report(make_report(imports=None))
    assert "\nVerdict: within its targets.\n" in shown
    assert "Phases" not in shown
    assert "Imports" not in shown
    assert "other programs" not in shown


def test_report_that_cannot_be_told(make_report):
    """Few runs are said to be the reason, with what they showed."""
    shown = _text.startup_report(make_report(count=3))
    assert (
        "Verdict: cannot be told from these runs: start-up takes 40.0 ms, "
        "too few runs for bounds, the target is 100 ms; "
        "memory takes 24.0 MB, too few runs for bounds, the target is 50.0 MB."
    ) in shown


def test_missed_target_is_named(make_report):
    """A reader wants to know by how much."""
    shown = _text.startup_report(make_report(target=0.03))
    assert (
        "Verdict: over its targets: "
        "start-up takes 40.2 ms to 40.6 ms, the target is 30.0 ms."
    ) in shown


def test_memory_at_the_floor_is_at_most_that(make_report):
    """Linux hides what is below; the figure would be one of ours."""
    shown = _text.startup_report(make_report(memory_floor=24_000_000))
    assert "memory  up to 24.0 MB" in shown
    assert "up to 12.0 MB" in shown


def test_phase_called_memory_does_not_replace_the_target(make_report):
    """A budget may have any name that a phase has."""
    budgets = (Goal("memory", exactly(0.5), 0.1), Goal("start-up", exactly(9), 1))
    shown = _text.startup_report(make_report(phases=PHASES, budgets=budgets))
    assert "at most 50.0 MB" in shown
    assert "at most 100 ms" in shown
    assert "memory takes 500 ms to 500 ms, the target is 100 ms" in shown


def test_comparison(make_comparison):
    """The whole of what `compare` shows for two commands."""
    assert _text.comparisons([make_comparison(1.05)]) == (
        """\
base  10.1 ms CPU  20.2 ms wall  12.0 MB  old
head  10.6 ms CPU  21.2 ms wall  12.6 MB  new --flag

CPU     slower  +5.0 %  (+5.0 % to +5.0 %)
wall    slower  +5.0 %  (+5.0 % to +5.0 %)
memory  more    +5.0 %  (+5.0 % to +5.0 %)

20 pairs, each side the median of 3 runs; each bound holds with 99 %; up to +2.0 % is no \
change."""
    )


def test_comparison_of_several_heads(make_comparison):
    """Each verdict stands below the command that it is about."""
    found = [
        make_comparison(3.0, head="slow it", others=0.5),
        make_comparison(0.5, head="'quick' it"),
    ]
    shown = _text.comparisons(found)
    assert "\nslow it\nCPU     slower  x 3.00" in shown
    assert "\nCPU     faster  -50.0 %" in shown
    assert "Other programs used 50 % of the machine." in shown


def test_comparison_of_few_pairs(make_comparison):
    """Without bounds there is no verdict, and the reason is said."""
    shown = _text.comparisons([make_comparison(2.0, count=3, repeats=1)])
    assert "CPU     undecided  x 2.00  (too few runs for bounds)" in shown
    assert "3 pairs, each side one run;" in shown


def test_what_is_too_small_for_the_clock_is_said(make_comparison):
    """Windows counts CPU time in steps; the other figures are as good as ever."""
    shown = _text.comparisons([make_comparison(0.0)])
    assert "CPU     too small to measure" in shown


def test_imports_are_cut_where_they_become_cheap():
    """A start imports hundreds of modules, of which a few matter."""
    tree = ImportTree(
        tuple(
            Import(f"m{place}", place / 1000, place / 1000) for place in range(1, 30)
        ),
        1,
    )
    lines = _text.imports(tree, 0.005, "Title", 3).splitlines()
    assert lines[0] == "Title: 435 ms in 29 modules, by the clock"
    assert lines[1] == "   29.0 ms  m29"
    assert len(lines) == 5
    assert lines[4] == "            and 22 more: goobits-monitor imports"
    assert len(_text.imports(tree, 0.005, "Title").splitlines()) == 26


def test_packages_are_listed_by_what_they_cost_themselves():
    """Which dependency to get rid of is asked more often than which module."""
    inner = Import("a.inner", 0.002, 0.002)
    tree = ImportTree(
        (Import("a", 0.001, 0.003, (inner,)), Import("b", 0.004, 0.004)), 1
    )
    assert _text.packages(tree, 0.001).splitlines() == [
        "7.00 ms in 3 modules, by the clock",
        "   4.00 ms  b",
        "   3.00 ms  a",
    ]


def test_memory_that_is_hidden_is_not_called_the_same():
    """Both peaks may be those of the process that starts the commands."""
    series = Series(("true",), (0.001,) * 7, (0.001,) * 7, (9_000_000.0,) * 7)
    hidden = Comparison(series, series, 1, 9_000_000, 0.0)
    seen = Comparison(series, series, 1, 5_000_000, 0.0)
    assert "memory  too small to see" in _text.comparisons([hidden])
    assert "memory  same" in _text.comparisons([seen])
