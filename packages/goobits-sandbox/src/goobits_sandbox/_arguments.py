"""The command line of `goobits-sandbox`: options, two dashes, and the guest's own words."""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._policy import Limits, Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

USAGE = """\
Run one untrusted process under an explicit policy, or refuse.

Usage: goobits-sandbox [OPTIONS] -- COMMAND [ARGUMENTS]
       goobits-sandbox doctor [--json] [--bwrap PATH]
       goobits-sandbox sandbox-setup [--print]

Without options the guest sees the system's programs and an empty /tmp, and nothing else.

What it may do, each as often as needed:
  --read PATH        see a file or folder
  --write PATTERN    change what matches; comes back when the guest has ended
  --net HOST:PORT    reach a host over TLS or HTTP
  --run COMMAND      use a program that lives outside of /usr
  --env NAME         get a variable of yours

What it may use:
  --memory SIZE      256M: bytes, or K, M, G (768M)
  --wall SECONDS     of time (60)
  --cpu SECONDS      of all processors together (30)
  --processes COUNT  at once, threads included (64)
  --output SIZE      of stdout and stderr (8M)
  --disk SIZE        of what it writes (64M)
  --files COUNT      open in one process (1024)

  --project PATH     where it starts, and what paths are relative to (here)
  --bwrap PATH       the bwrap to use (the system's)
  --report PATH      write how it ended, as JSON
  --help, --version

Exit codes: the guest's own; 2 wrong usage; 124 out of time; 126 refused; 127 no such command;
128 and the signal that killed it; 130 cancelled; 137 another limit.
"""
_LISTS = ("read", "write", "net", "run", "env")
_SIZES = ("memory", "output", "disk")
_COUNTS = ("processes", "files")
_SECONDS = ("wall", "cpu")
_TEXTS = ("project", "bwrap", "report")
_UNITS = {"": 1, "B": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


class UsageError(Exception):
    """The words on the command line make no sense; the message says which."""


class Request(Frozen):
    """What the command line asks for: a policy, and the words of the guest."""

    policy: Policy
    command: tuple[str, ...]
    bwrap: str = ""
    report: str = ""


def parse(words: list[str]) -> Request:
    """Return what the words ask for.

    Raises:
        UsageError: an option is unknown, has no value or a wrong one, or no command is given.
    """
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    limits: dict[str, float] = {}
    texts: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            break
        name, value = _option(word, rest)
        if name in lists:
            lists[name].append(value)
        elif name in _TEXTS:
            texts[name] = value
        else:
            limits[name] = _limit(name, value)
    command = tuple(rest)
    if not command:
        raise UsageError("no command: write it after `--`")
    policy = Policy(
        read=tuple(lists["read"]),
        write=tuple(lists["write"]),
        net=tuple(lists["net"]),
        run=tuple(lists["run"]),
        env=tuple(lists["env"]),
        project=texts.pop("project", ""),
        limits=Limits(**limits),  # type: ignore[arg-type] # each of its own kind
    )
    return Request(policy, command, **texts)


def _option(word: str, rest: Iterator[str]) -> tuple[str, str]:
    name, has_value, value = word.removeprefix("--").partition("=")
    known = (*_LISTS, *_SIZES, *_COUNTS, *_SECONDS, *_TEXTS)
    if not word.startswith("--"):
        raise UsageError(f"{word!r}: the command comes after `--`")
    if name not in known:
        raise UsageError(f"unknown option {word!r}{_like(name, known)}")
    if not has_value:
        found = next(rest, None)
        if found is None or found == "--":
            raise UsageError(f"--{name} needs a value")
        value = found
    return name, value


def _like(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean --{near[0]}?" if near else ""


def _limit(name: str, value: str) -> float:
    try:
        found = _size(value) if name in _SIZES else _number(name, value)
    except (ValueError, KeyError):
        kind = "a size such as 256M" if name in _SIZES else "a number above 0"
        raise UsageError(f"--{name} {value!r} is not {kind}") from None
    return found


def _size(value: str) -> int:
    digits = value.rstrip("BKMGiIbkmg")
    unit = value[len(digits) :].upper().removesuffix("IB").removesuffix("B")
    size = int(digits) * _UNITS[unit]
    if not 0 < size < 1 << 62 or not digits.isascii():
        raise ValueError
    return size


def _number(name: str, value: str) -> float:
    found = float(value) if name in _SECONDS else int(value)
    if not 0 < found < 1 << 31 or not value.isascii():
        raise ValueError
    return found
