"""The words of the command line, as values or as errors that name the option."""

from __future__ import annotations

import sys

from goobits_monitor._errors import ResultError
from goobits_monitor._phases import StartupBenchmark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 1e6
"""The longest timeout, in seconds."""
MOST_MEMORY = 1e12
"""The largest target of memory, in megabytes."""


_OF_A_SHELL = {"|", "||", "&", "&&", ";", "<", ">", ">>"}


def positive(name: str, value: float) -> float:
    if 0 < value < float("inf"):
        return value
    raise ResultError(f"{name} is {value:g}", hint="give a number above 0")


def timeout(seconds: float) -> float:
    """Return how long a command may run, which has to be what every system can wait."""
    if 0 < seconds <= LONGEST:
        return seconds
    message = f"--timeout is {seconds:g}"
    raise ResultError(message, hint=f"give seconds above 0, at most {LONGEST:.0f}")


def count(name: str, value: int) -> int:
    if value >= 1:
        return value
    raise ResultError(f"{name} is {value}", hint="give at least 1")


def milliseconds(name: str, value: float) -> float:
    """Return a number of milliseconds, 0 or more, in seconds."""
    if 0 <= value < float("inf"):
        return value / 1000
    raise ResultError(f"{name} is {value:g}", hint="give milliseconds, 0 or more")


def share(name: str, percent: float) -> float:
    """Return a percentage, 0 or more, as a share."""
    if 0 <= percent < float("inf"):
        return percent / 100
    raise ResultError(f"{name} is {percent:g}", hint="give a percentage, 0 or more")


def words(text: str) -> list[str]:
    """Return the words of a command that is given in one text, as a shell splits it."""
    import shlex

    windows = sys.platform == "win32"
    try:
        found = shlex.split(text, posix=not windows)
    except ValueError as error:
        hint = "close its quotes, or put a shell in front: sh -c '...'"
        raise ResultError(f"{text!r} is no command: {error}", hint=hint) from error
    if not found:
        raise ResultError("a command is empty", hint="give a program and its words")
    signs = [word for word in found if word in _OF_A_SHELL]
    if signs:
        message = f"{text!r} has a {signs[0]}, which only a shell understands"
        raise ResultError(message, hint="put a shell in front: sh -c '...'")
    return [word.strip('"') for word in found] if windows else found


def optional_words(text: str | None) -> list[str]:
    """Return the words of a command, none where there is no command."""
    return [] if text is None else words(text)


def enough_pairs(pairs: int) -> None:
    """Refuse a check that could never fail."""
    if pairs < 7:
        message = f"--check with {pairs} pairs can find nothing"
        raise ResultError(message, hint="measure at least 7 pairs; 20 are usual")


def benchmark(target: float, memory: float, budgets: Sequence[str]) -> StartupBenchmark:
    """Return the benchmark of targets in milliseconds and megabytes."""
    return StartupBenchmark(
        target=positive("--target", target) / 1000,
        memory=round(min(positive("--memory", memory), MOST_MEMORY) * 1_000_000),
        budgets=dict(map(_budget, budgets)),
    )


def _budget(text: str) -> tuple[str, float]:
    name, _, value = text.rpartition("=")
    try:
        seconds = float(value) / 1000
    except ValueError:
        seconds = 0.0
    if name and 0 < seconds < float("inf"):
        return name, seconds
    message = f"--budget is {text!r}"
    raise ResultError(message, hint="give a phase and milliseconds: imports=50")
