"""The command line of `goobits-scan`: what its words ask for."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

USAGE = """\
Say what code can do, what is wrong with it, and how sure that is. Nothing of it is run.

Usage: goobits-scan [OPTIONS] PATH...        folders, archives, single files
       goobits-scan rules [--format text|json] [WORD...]
       goobits-scan db update [--database FOLDER]

What is printed:
  --format FORMAT        text, json, sarif or html (text)
  --output FILE          write it there instead of to stdout
  --min-severity LEVEL   leave out what is less: info, low, medium, high
                         (low in text and html, info in json and sarif)
  --explain RULE         what a rule looks for, why, and examples

When it fails:
  --fail-on LEVEL        exit with 1 from this level on: low, medium, high, never (medium)
  --declared NAMES       what the code says it does; the rest that it can do is a finding:
                         network, read, write, run, env, dynamic, obfuscated, native
  --suppress RULE[:GLOB] leave out a rule, everywhere or in files like GLOB (repeatable)

What is known already:
  --write-baseline FILE  write what is found now, and print no report
  --baseline FILE        leave out what is written there
  --diff OLD             say what PATH gained since OLD, another folder or archive

How it works:
  --jobs COUNT           processes to use (one or two, by size)
  --database FOLDER      look dependencies up in what `db update` fetched
  --help, --version      a path named `rules` or `db` is `./rules` or `./db`

Exit codes: 0 below the level; 1 at or above it; 2 wrong usage; 3 below it, but something could
not be scanned; 130 interrupted.
"""
LEVELS = ("low", "medium", "high", "never")
SEVERITIES = ("info", "low", "medium", "high")
FORMATS = ("text", "json", "sarif", "html")
CAPABILITIES = (
    "network",
    "read",
    "write",
    "run",
    "env",
    "dynamic",
    "obfuscated",
    "native",
)
_MOST_JOBS = 256


class UsageError(Exception):
    """The words on the command line make no sense; the message says which."""


class Request:
    """What the command line asks for.

    `declared` and `jobs` are None where nothing was said; `least` is "" where the format decides.
    """

    paths: tuple[str, ...] = ()
    format: str = "text"
    output: str = ""
    least: str = ""
    explain: str = ""
    fail_on: str = "medium"
    declared: frozenset[str] | None = None
    suppress: tuple[tuple[str, str], ...] = ()
    baseline: str = ""
    write_baseline: str = ""
    diff: str = ""
    jobs: int | None = None
    database: str = ""


def parse(words: list[str]) -> Request:
    """Return what the words ask for.

    Raises:
        UsageError: an option is unknown, has no value or a wrong one, or options exclude one
            another, or there is no path.
    """
    request = _read(words, tuple(_OPTIONS))
    if not request.paths and not request.explain:
        raise UsageError("nothing to scan: write a PATH")
    if "" in request.paths:
        raise UsageError("a PATH is empty: write `.` for the current folder")
    _check_known(request)
    return request


def parse_rules(words: list[str]) -> Request:
    """Return what the words after `rules` ask for; `paths` are the words to look for."""
    request = _read(words, ("format",))
    if request.format not in ("text", "json"):
        raise UsageError(f"rules are listed as text or json, not {request.format}")
    return request


def parse_database(words: list[str]) -> Request:
    """Return what the words after `db` ask for."""
    request = _read(words, ("database",))
    if request.paths != ("update",):
        raise UsageError("write `goobits-scan db update`")
    return request


def _check_known(request: Request) -> None:
    names = ("baseline", "write_baseline", "diff")
    given = [name for name in names if getattr(request, name)]
    if not given:
        return
    shown = [f"--{name.replace('_', '-')}" for name in given]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(shown)} exclude one another")
    if len(request.paths) != 1:
        raise UsageError(f"{shown[0]} takes one PATH, not {len(request.paths)}")
    if request.write_baseline and request.output:
        raise UsageError("--write-baseline prints no report: leave out --output")


def _read(words: list[str], allowed: tuple[str, ...]) -> Request:
    request, rest = Request(), iter(words)
    paths: list[str] = []
    for word in rest:
        if word == "--":
            paths.extend(rest)
        elif not word.startswith("-"):
            paths.append(word)
        else:
            name, value = _option(word, rest, allowed)
            field, convert = _OPTIONS[name]
            found = convert(name, value)
            if isinstance(found, tuple):
                found = getattr(request, field) + found
            setattr(request, field, found)
    request.paths = tuple(paths)
    return request


def _option(
    word: str, rest: Iterator[str], allowed: tuple[str, ...]
) -> tuple[str, str]:
    name, has_value, value = word.removeprefix("--").partition("=")
    if name not in allowed or not word.startswith("--"):
        raise UsageError(f"unknown option {word!r}{like(name, allowed, '--')}")
    if not has_value:
        found = next(rest, "--")
        if found.startswith("--"):
            raise UsageError(f"--{name} needs a value")
        value = found
    return name, value


def like(name: str, known: tuple[str, ...], prefix: str = "") -> str:
    """Return a question that names what may have been meant, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name.lstrip("-"), known, 1)
    return f"; did you mean {prefix}{near[0]}?" if near else ""


def _text(name: str, value: str) -> str:
    if not value:
        raise UsageError(f"--{name} is empty")
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[str, str], str]:
    def convert(name: str, value: str) -> str:
        if value not in choices:
            hint = like(value, choices)
            raise UsageError(f"--{name} {value!r} is not one of {_list(choices)}{hint}")
        return value

    return convert


def _count(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 9):
        raise UsageError(f"--{name} {value!r} is not a whole number")
    if not 1 <= int(value) <= _MOST_JOBS:
        raise UsageError(f"--{name} {value} is not between 1 and {_MOST_JOBS}")
    return int(value)


def _declared(name: str, value: str) -> frozenset[str]:
    found = value.replace(",", " ").split()
    for word in found:
        if word not in CAPABILITIES:
            hint = like(word, CAPABILITIES)
            raise UsageError(
                f"--{name} {word!r} is not one of {_list(CAPABILITIES)}{hint}"
            )
    return frozenset(found)


def _suppression(name: str, value: str) -> tuple[tuple[str, str], ...]:
    rule, has_glob, glob = value.partition(":")
    if not rule or (has_glob and not glob):
        raise UsageError(f"--{name} {value!r} is not RULE or RULE:GLOB")
    return ((rule, glob or "*"),)


def _list(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


_OPTIONS: dict[str, tuple[str, Callable[[str, str], object]]] = {
    "format": ("format", _one_of(FORMATS)),
    "output": ("output", _text),
    "min-severity": ("least", _one_of(SEVERITIES)),
    "explain": ("explain", _text),
    "fail-on": ("fail_on", _one_of(LEVELS)),
    "declared": ("declared", _declared),
    "suppress": ("suppress", _suppression),
    "baseline": ("baseline", _text),
    "write-baseline": ("write_baseline", _text),
    "diff": ("diff", _text),
    "jobs": ("jobs", _count),
    "database": ("database", _text),
}
