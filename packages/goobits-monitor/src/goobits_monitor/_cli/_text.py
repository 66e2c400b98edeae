"""Results as text for people."""

from __future__ import annotations

import math
import shlex
from collections.abc import Callable, Iterator, Sequence

from goobits_monitor._cli._units import (
    bounds,
    change,
    counted,
    duration,
    percent,
    size,
    times,
)
from goobits_monitor._comparison import METRICS, Comparison
from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series
from goobits_monitor._programs._imports import Import, ImportTree
from goobits_monitor._report import StartupReport
from goobits_monitor._startup import Goal, PhaseCost
from goobits_monitor._statistics._gate import Verdict
from goobits_monitor._statistics._intervals import Interval, median_interval

_MEMORY_OUTCOMES = {"slower": "more", "faster": "less"}
NAMES = {"cpu": "CPU", "wall": "wall", "memory": "memory"}
SHOWN_IMPORTS = 0.002
"""What an import takes at least, in seconds, to be shown below a report."""
MOST_IMPORTS = 15
BUSY = 0.1
"""From which share on other programs are mentioned."""
TOO_FEW = "too few runs for bounds"


def startup_report(report: StartupReport) -> str:
    """Return what `goobits-monitor run` shows."""
    parts = [_table(report)]
    if report.phases:
        parts.append(_phases(report))
    if report.imports is not None:
        title = "Imports beyond those of the bare interpreter"
        parts.append(imports(report.imports, SHOWN_IMPORTS, title, MOST_IMPORTS))
    parts.append(_startup_verdict(report))
    return "\n\n".join(parts)


def _table(report: StartupReport) -> str:
    bare = {
        "CPU": duration(median_interval(report.bare.cpu).median),
        "wall": duration(median_interval(report.bare.wall).median),
        "memory": _memory(median_interval(report.bare.memory), report.memory_floor),
    }
    start_up, memory = report.goals[:2]
    rows = [
        ("", "command", "bounds", "bare", "target", ""),
        (
            "wall",
            duration(report.wall.median),
            bounds(report.wall, "s"),
            bare["wall"],
            *_target(start_up, duration),
        ),
        (
            "CPU",
            duration(report.cpu.median),
            bounds(report.cpu, "s"),
            bare["CPU"],
            f"{times(report.ratio.median)} x bare",
            f"({bounds(report.ratio, '')})",
        ),
        (
            "memory",
            _memory(report.memory, report.memory_floor),
            bounds(report.memory, "B"),
            bare["memory"],
            *_target(memory, size),
        ),
    ]
    return "\n".join([_words(report.own.command), "", *_aligned(rows)])


def _target(goal: Goal, show: Callable[[float], str]) -> tuple[str, str]:
    return f"at most {show(goal.target)}", goal.outcome


def _memory(found: Interval, floor: int) -> str:
    """Return a peak; what the system hides below a floor is given as that."""
    shown = size(found.median)
    return f"up to {shown}" if _is_hidden(found.median, floor) else shown


def _is_hidden(peak: float, floor: int) -> bool:
    return peak <= floor * 1.01


def _phases(report: StartupReport) -> str:
    lines = ["Phases that the program reports"]
    goals = {goal.name: goal for goal in report.goals[2:]}
    if report.before_phases is not None:
        lines.append(f"{duration(report.before_phases):>10}  before the first phase")
    lines += [_phase(phase, goals.get(phase.name)) for phase in report.phases]
    return "\n".join(lines)


def _phase(phase: PhaseCost, goal: Goal | None) -> str:
    line = f"{duration(phase.seconds):>10}  {'  ' * phase.depth}{phase.name}"
    if goal is None:
        return line
    return f"{line}  (budget {duration(goal.target)}: {goal.outcome})"


def _startup_verdict(report: StartupReport) -> str:
    words = {"met": "within its targets", "missed": "over its targets"}
    line = f"Verdict: {words.get(report.outcome, 'cannot be told from these runs')}"
    # The second goal is that of memory; a phase may have its name.
    details = "; ".join(
        _goal(goal, "B" if place == 1 else "s")
        for place, goal in enumerate(report.goals)
        if goal.outcome == report.outcome != "met"
    )
    note = f"{counted(len(report.own.cpu), 'run')}, in turn with "
    note += _words(report.bare.command)
    if math.isfinite(report.wall.high):
        note += "; each bound holds with 99 %"
    if report.others >= BUSY:
        note += f"; other programs used {percent(report.others)} of the machine"
    return f"{line}{': ' if details else ''}{details}.\n{note}."


def _goal(goal: Goal, kind: str) -> str:
    show = size if kind == "B" else duration
    found = bounds(goal.found, kind)
    if found == TOO_FEW:
        found = f"{show(goal.found.median)}, {TOO_FEW}"
    return f"{goal.name} takes {found}, the target is {show(goal.target)}"


def imports(tree: ImportTree, least: float, title: str, most: int | None = None) -> str:
    """Return the tree of what takes at least `least` seconds, the most expensive first."""
    costs = sorted((one.total for one in tree.walk()), reverse=True)
    shown = [cost for cost in costs if cost >= least]
    if most is not None and len(shown) > most:
        # A module costs no more than the one that imports it: a tree stays a tree.
        least = shown[most - 1]
    lines = list(_branches(tree.roots, least, 0))
    head = f"{title}: {duration(tree.total)} in {tree.count} modules, by the clock"
    hidden = len(shown) - len(lines)
    if hidden > 0:
        lines.append(f"{'':10}  and {hidden} more: goobits-monitor imports")
    return "\n".join([head, *lines])


def _branches(roots: Sequence[Import], least: float, depth: int) -> Iterator[str]:
    for one in sorted(roots, key=lambda one: -one.total):
        if one.total < least:
            break
        own = f"  (itself {duration(one.own)})" if one.children else ""
        yield f"{duration(one.total):>10}  {'  ' * depth}{one.name}{own}"
        yield from _branches(one.children, least, depth + 1)


def packages(tree: ImportTree, least: float) -> str:
    """Return what each package costs itself, the most expensive first."""
    head = f"{duration(tree.total)} in {tree.count} modules, by the clock"
    rows = [
        f"{duration(seconds):>10}  {name}"
        for name, seconds in tree.by_package().items()
        if seconds >= least
    ]
    return "\n".join([head, *rows])


def comparisons(found: Sequence[Comparison]) -> str:
    """Return what `goobits-monitor compare` shows."""
    first = found[0]
    rows = [_costs("base", first.base, first.memory_floor)]
    rows += [_costs("head", one.head, one.memory_floor) for one in found]
    blocks = ["\n".join(_aligned(rows))]
    for one in found:
        title = [_words(one.head.command)] if len(found) > 1 else []
        blocks.append("\n".join([*title, *_aligned(list(_verdicts(one)))]))
    undecided = any(
        one.outcome(metric) == "undecided" for one in found for metric in METRICS
    )
    blocks.append(_how(first, undecided=undecided))
    return "\n\n".join(blocks)


def _costs(name: str, series: Series, floor: int) -> tuple[str, ...]:
    return (
        name,
        f"{duration(median_interval(series.cpu).median)} CPU",
        f"{duration(median_interval(series.wall).median)} wall",
        _memory(median_interval(series.memory), floor),
        _words(series.command),
    )


def _verdicts(found: Comparison) -> Iterator[tuple[str, ...]]:
    for metric in METRICS:
        try:
            outcome, ratio, around = _verdict(found.verdict(metric))
        except ResultError:
            yield (NAMES[metric], "too small to measure", "", "")
            continue
        if metric == "memory":
            outcome = _MEMORY_OUTCOMES.get(outcome, outcome)
            if _is_hidden(
                max(found.base.memory + found.head.memory), found.memory_floor
            ):
                outcome, ratio, around = "too small to see", "", ""
        yield (NAMES[metric], outcome, ratio, around)


def _verdict(found: Verdict) -> tuple[str, str, str]:
    interval = Interval(found.ratio, found.low, found.high)
    return (found.outcome, change(found.ratio), f"({_changes(interval)})")


def _changes(interval: Interval) -> str:
    if bounds(interval, "") == TOO_FEW:
        return TOO_FEW
    return f"{change(interval.low)} to {change(interval.high)}"


def _how(found: Comparison, *, undecided: bool) -> str:
    pairs = len(found.base.cpu)
    runs = "one run" if found.repeats == 1 else f"the median of {found.repeats} runs"
    confidence, limit = percent(found.confidence), change(1 + found.limit)
    how = f"{counted(pairs, 'pair')}, each side {runs}"
    if math.isfinite(median_interval(found.base.wall, found.confidence).high):
        how += f"; each bound holds with {confidence}"
    lines = [f"{how}; up to {limit} is no change."]
    if undecided:
        lines.append(f"More pairs may decide what is undecided: -n {4 * pairs}.")
    if found.others >= BUSY:
        lines.append(f"Other programs used {percent(found.others)} of the machine.")
    return "\n".join(lines)


def verdict(found: Verdict) -> str:
    """Return a verdict in a line: `slower, +5.3 % (+3.6 % to +7.2 %)`."""
    outcome, ratio, around = _verdict(found)
    return f"{outcome}, {ratio} {around}"


def _words(command: Sequence[str]) -> str:
    """Return a command as it is typed, in one line."""
    return " ".join(shlex.join(command).split())


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
