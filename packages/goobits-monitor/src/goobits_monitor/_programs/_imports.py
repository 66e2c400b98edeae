"""What a Python command imports, as a tree by cost.

The figures are those of `python -X importtime`: wall time, in whole microseconds, of each
import that is not served from `sys.modules`, failed ones too. It does not see the target
of `importlib.import_module`, only what that imports in turn; and it takes threads that
import at the same time for one, so that they may stand as children of each other.
"""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from goobits_monitor._errors import CommandError, CommandTimeoutError, ResultError
from goobits_monitor._measuring._usage import words_of
from goobits_monitor._programs._runtimes import find_runtime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_VARIABLE = "PYTHONPROFILEIMPORTTIME"
_HEADER = "import time: self [us] | cumulative | imported package"
# Not anchored: what the program writes to stderr without a newline stands before it.
# Python 3.14 knows lines with "cached" for the times (-X importtime=2): they cost nothing.
_LINE = re.compile(r"import time: +(-?\d+) \| +-?\d+ \| ((?:  )*)(.+)$")

_Line = tuple[int, str, float]  # depth, name, own seconds


@dataclass(frozen=True, slots=True)
class Import:
    """One module: its `own` seconds, and the `total` with what it was first to import."""

    name: str
    own: float
    total: float
    children: tuple[Import, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class ImportTree:
    """What a command imports, in its order, with the medians of `runs` runs.

    `code` is how the last run ended: the exit code, or minus the signal.
    """

    roots: tuple[Import, ...]
    runs: int
    code: int = 0

    @property
    def total(self) -> float:
        """The seconds of all imports together."""
        return sum(root.total for root in self.roots)

    @property
    def count(self) -> int:
        """The number of imports; a module that is imported anew counts again."""
        return sum(1 for _ in self.walk())

    def walk(self) -> Iterator[Import]:
        """Yield every import, each before its children."""
        waiting = [*reversed(self.roots)]
        while waiting:
            module = waiting.pop()
            yield module
            waiting += reversed(module.children)

    def by_package(self) -> dict[str, float]:
        """Add up the own seconds of each top-level package, the most expensive first."""
        costs: defaultdict[str, float] = defaultdict(float)
        for module in self.walk():
            costs[module.name.partition(".")[0]] += module.own
        return dict(sorted(costs.items(), key=lambda cost: (-cost[1], cost[0])))

    def without(self, bare: ImportTree) -> ImportTree:
        """Leave out what a `bare` interpreter imports as well: the rest is the program's.

        Children that are not left out take the place of a parent that is.
        """
        known = {module.name for module in bare.walk()}
        return ImportTree(_assemble(_upwards(self.roots, known)), self.runs, self.code)


def parse_import_times(text: str) -> tuple[Import, ...]:
    """Read the trees in what `python -X importtime` writes to stderr, among other lines.

    When several processes wrote, those of the first, up to where the second begins; a
    process that was forked without a new program continues the first. `total` is the sum
    of the own times, and so exceeds the figure in `text` by its roundings.
    """
    before, header, after = text.partition(_HEADER)
    first = after.partition(_HEADER)[0] if header else before
    lines = []
    for match in map(_LINE.search, first.replace("\r\n", "\n").split("\n")):
        if match is not None:
            own = max(0, int(match[1])) / 1e6  # below 0 where threads took turns
            lines.append((len(match[2]) // 2, match[3], own))
    return _assemble(lines)


def import_tree(
    command: Sequence[str | Path],
    *,
    runs: int = 5,
    environment: Mapping[str, str] = os.environ,
    folder: Path | None = None,
    timeout: float = 60.0,
) -> ImportTree:
    """Run `command` and tell what it imports, however it exits.

    It runs `runs` times, each for at most `timeout` seconds, with no input and in a
    session of its own. A module that most runs do not import is left out. Where the
    interpreter is hidden in a wrapper, every Python process that the wrapper starts is
    timed and the first one counts, which may be the wrapper's own.

    Raises:
        CommandNotFoundError: There is no such program.
        CommandTimeoutError: A run took longer than `timeout`; its process group is dead.
        CommandError: It cannot be started, or is no Python program that imports.
        ResultError: There would be no run.
    """
    if runs < 1:
        raise ResultError(f"{runs} runs are none", hint="run it at least once")
    words = words_of(command)
    runtime = find_runtime(words, environment=environment, folder=folder)
    variables = {name: environment[name] for name in environment if name != _VARIABLE}
    if runtime.script is None:
        start, variables[_VARIABLE] = words, "1"
    else:
        start = (runtime.script[0], "-X", "importtime", *runtime.script[1:])
    merged = _Merged("")
    for _ in range(runs):
        text, code = _run(start, words, variables, folder, timeout)
        roots = parse_import_times(text)
        if not roots:
            raise _no_times(words, runtime.name)
        merged.add(roots)
    return ImportTree(_assemble(merged.medians(runs)), runs, code)


def _no_times(words: tuple[str, ...], runtime: str) -> CommandError:
    hint = "only a command that CPython runs tells its imports"
    if runtime == "python":
        hint += ", and only if it gets beyond the options of the interpreter"
    else:
        hint += f", and this one is a {runtime} program"
    return CommandError(f"{words[0]} told of no imports", words, hint=hint)


def _run(
    start: tuple[str, ...],
    words: tuple[str, ...],
    variables: dict[str, str],
    folder: Path | None,
    timeout: float,
) -> tuple[str, int]:
    """Run a program; return what it wrote to stderr, a file that is never full, and its code."""
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                start,
                env=variables,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except OSError as error:
            reason = f"{words[0]} cannot be started: {error}"
            raise CommandError(
                reason, words, hint="see its folder and its length"
            ) from error
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            reason = f"{words[0]} did not end within {timeout:g} s"
            hint = "give it more time, or arguments with which it ends by itself"
            raise CommandTimeoutError(reason, words, timeout, hint=hint) from None
        finally:
            if process.returncode is None:
                _kill(process)
        errors.seek(0)
        return errors.read().decode("utf-8", "replace"), process.returncode


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started, and wait for its end."""
    if sys.platform == "win32":
        import psutil

        with suppress(psutil.Error):
            for child in psutil.Process(process.pid).children(recursive=True):
                with suppress(psutil.Error):
                    child.kill()
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # it ended at this moment
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _assemble(lines: Iterable[_Line]) -> tuple[Import, ...]:
    """Build trees from the lines of their modules, children first.

    Modules whose parent does not follow are roots: the process ended in their midst.
    """
    pending: list[tuple[int, Import]] = []
    for depth, name, own in lines:
        start = len(pending)
        while start and pending[start - 1][0] > depth:
            start -= 1
        children = tuple(module for _, module in pending[start:])
        total = own + sum(child.total for child in children)
        pending[start:] = [(depth, Import(name, own, total, children))]
    return tuple(module for _, module in pending)


def _upwards(roots: tuple[Import, ...], known: Collection[str]) -> list[_Line]:
    """List the modules but the `known` ones as `_assemble` reads them."""
    lines = []
    waiting = [(0, root) for root in roots]
    while waiting:
        depth, module = waiting.pop()
        new = module.name not in known
        if new:
            lines.append((depth, module.name, module.own))
        waiting += [(depth + new, child) for child in module.children]
    return lines[::-1]


class _Merged:
    """A module of several runs: the n-th of its name that its parent imported."""

    __slots__ = ("children", "name", "owns")

    def __init__(self, name: str) -> None:
        self.name = name
        self.owns: list[float] = []
        self.children: dict[tuple[str, int], _Merged] = {}

    def add(self, children: tuple[Import, ...]) -> None:
        """Add the children, and all theirs, of one more run."""
        waiting = [(self, children)]
        while waiting:
            parent, modules = waiting.pop()
            seen: Counter[str] = Counter()
            for module in modules:
                key = module.name, seen[module.name]
                seen[module.name] += 1
                merged = parent.children.setdefault(key, _Merged(module.name))
                merged.owns.append(module.own)
                waiting.append((merged, module.children))

    def medians(self, runs: int) -> list[_Line]:
        """List what more than half of the runs imported, as `_assemble` reads it."""
        lines = []
        waiting = [(0, child) for child in self.children.values()]
        while waiting:
            depth, module = waiting.pop()
            if 2 * len(module.owns) > runs:
                lines.append((depth, module.name, statistics.median(module.owns)))
                waiting += [(depth + 1, child) for child in module.children.values()]
        return lines[::-1]
