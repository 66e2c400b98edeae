"""The measurement, and the table that it becomes."""

from __future__ import annotations

import datetime
import math
import os
import platform
import shutil
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goobits_monitor import Verdict
from harness import Command, compared

from rivals._cases import DISPATCH
from rivals._installed import Group, Installed, call

MEMORY_RUNS = 5
HEAD = """\
| program | dispatch | `--help` | memory | dependencies | size | build |
| --- | --: | --: | --: | --: | --: | --: |"""
NOTE = """\
`dispatch` and `--help`: CPU time of the whole process, as a multiple of the bare runtime's:
the median of {pairs} interleaved pairs, {bounds}.
`memory`: the peak of a dispatch. `dependencies`: what is installed beside the program.
`size`: all that an installation adds, in Rust the stripped binary.
`build`: CPU time of a clean release build, with the profile that goobits writes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one runtime. Memory is in MiB, by the name of the program."""

    group: Group
    dispatch: Mapping[str, Verdict]
    page: Mapping[str, Verdict]
    memory: Mapping[str, float]
    base_memory: float | None


def measure(group: Group, pairs: int) -> Measured:
    """Measure all programs of a runtime in one run, in turn with what they are held against."""
    starts = {program.name: program.start for program in group.programs}
    dispatch = {name: (*start, *DISPATCH) for name, start in starts.items()}
    pages = {f"{name} --help": (*start, "--help") for name, start in starts.items()}
    found = compared(group.base, dispatch | pages, pairs)
    time = shutil.which("time")
    return Measured(
        group,
        {name: found[name] for name in starts},
        {name: found[f"{name} --help"] for name in starts},
        {name: _peak(time, words) for name, words in dispatch.items()} if time else {},
        _peak(time, group.base) if time else None,
    )


def _peak(time: str, command: Command) -> float:
    """Return the most memory that a command held, in MiB.

    A process counts what its parent held when it was made. So the parent is the small `time`,
    not this interpreter, nor the launcher of goobits-monitor: that holds 9 MB, and hides the
    peaks of programs in Rust.
    """
    words = (time, "--quiet", "-f", "%M", "-o", "/dev/stdout", *command)
    peaks = [_kibibytes(words) for _ in range(MEMORY_RUNS)]
    return statistics.median(peaks) / 1024


def _kibibytes(words: Command) -> int:
    return int(call(*words))


def markdown(measured: Sequence[Measured], missing: Sequence[str], pairs: int) -> str:
    """Return the table, and below it how and on what it was measured."""
    lines = [HEAD]
    for one in measured:
        lines.extend(_rows(one))
    notes = [NOTE.format(pairs=pairs, bounds=_bounds(measured)), _machine()]
    notes += [f"Left out: {text}." for text in missing]
    if any(one.base_memory is None for one in measured):
        notes.append("Memory is left out: GNU time is not installed.")
    return "\n".join([*lines, "", *notes, ""])


def _rows(one: Measured) -> Iterator[str]:
    base = f"**{one.group.runtime}**: `{one.group.base_text}`"
    yield _row(base, "1", "1", _mebibytes(one.base_memory), "", "", "")
    for program in one.group.programs:
        yield _program_row(one, program)


def _program_row(one: Measured, program: Installed) -> str:
    seconds = program.build_seconds
    return _row(
        program.name,
        _times(one.dispatch[program.name].ratio),
        _times(one.page[program.name].ratio),
        _mebibytes(one.memory.get(program.name)),
        str(program.dependencies),
        _bytes(program.size),
        "" if seconds is None else f"{seconds:.1f} s",
    )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def _mebibytes(amount: float | None) -> str:
    return "" if amount is None else f"{amount:.1f} MiB"


def _bytes(size: int) -> str:
    return f"{size / 1024:.0f} KiB" if size < 2**20 else f"{size / 2**20:.1f} MiB"


def _machine() -> str:
    today = datetime.datetime.now(tz=datetime.UTC).date()
    kind = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {kind}, {today}: `hatch run rivals`."


def _bounds(measured: Sequence[Measured]) -> str:
    """Say how far the farthest bound is from its median, as a part of it."""
    found = [verdict for one in measured for verdict in _all(one)]
    widest = max(max(one.high / one.ratio, one.ratio / one.low) - 1 for one in found)
    if math.isinf(widest):
        return "too few for bounds"
    return f"with no 99 % bound farther than {widest:.0%} from it"


def _all(one: Measured) -> list[Verdict]:
    return [*one.dispatch.values(), *one.page.values()]
