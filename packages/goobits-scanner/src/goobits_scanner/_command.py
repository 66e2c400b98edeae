"""The command `goobits-scan`."""

from __future__ import annotations

import os
import sys

from goobits_scanner import _arguments
from goobits_scanner._arguments import Request, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Protocol

    from goobits_scanner._catalog import RuleDescription
    from goobits_scanner._finding import Level, Report

    class Scanner(Protocol):
        """What scans a package: the real scanner, or a test's."""

        def scan(
            self, path: str, declared: Collection[str] | None = None
        ) -> Report: ...


_USAGE = 2
_INCOMPLETE = 3
_INTERRUPTED = 130
_WIDTH = 100
# People see what they may have to act on; programs see everything.
_LEAST = {"text": "low", "html": "low", "json": "info", "sarif": "info"}


def make_scanner(request: Request) -> Scanner:
    """Return the scanner that the command line asks for."""
    from goobits_scanner._scanner import PluginSecurityScanner, Suppression

    return PluginSecurityScanner(
        suppress=[Suppression(rule, glob) for rule, glob in request.suppress],
        database=request.database or _fetched_database(),
        jobs=request.jobs,
    )


def _fetched_database() -> str | None:
    """Return the folder of this user's database, None where none was fetched."""
    from goobits_scanner._places import database_directory

    folder = database_directory()
    return folder if os.path.isdir(folder) else None


def load_rules() -> Sequence[RuleDescription]:
    """Return every rule."""
    from goobits_scanner._catalog import catalog

    return catalog()


def update_database(path: str | None) -> str:
    """Fetch the database of known vulnerabilities; return lines that say what was fetched."""
    from goobits_scanner._osv import update
    from goobits_scanner._places import database_directory

    folder = path or database_directory()
    lines = [
        f"{each.ecosystem}: {each.records:,} records, {each.skipped:,} not usable"
        for each in update(folder)
    ]
    if path:
        lines.append(f"Scan with --database {folder}")
    return "\n".join(lines)


def main(
    words: Sequence[str] | None = None,
    *,
    scanner: Callable[[Request], Scanner] = make_scanner,
    rules: Callable[[], Sequence[RuleDescription]] = load_rules,
    update: Callable[[str | None], str] = update_database,
) -> int:
    """Run a command line, that of this process by default, and return its exit code."""
    try:
        return _run(
            list(sys.argv[1:] if words is None else words), scanner, rules, update
        )
    except UsageError as error:
        _say(f"error: {error}\nTry `goobits-scan --help`.")
        return _USAGE
    except KeyboardInterrupt:
        _say("interrupted")
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001 - a failure must not look like a verdict
        return _failed(error)


def _run(
    words: list[str],
    scanner: Callable[[Request], Scanner],
    rules: Callable[[], Sequence[RuleDescription]],
    update: Callable[[str | None], str],
) -> int:
    first = words[0] if words else ""
    options = words[: words.index("--")] if "--" in words else words
    if "--help" in options or "-h" in options:
        _print(_arguments.USAGE)
        return 0
    if first == "--version":
        _print(f"goobits-scan {_version()}\n")
        return 0
    if first == "rules":
        return _rules(_arguments.parse_rules(words[1:]), rules)
    if first == "db":
        _print(update(_arguments.parse_database(words[1:]).database or None) + "\n")
        return 0
    request = _arguments.parse(words)
    if request.explain:
        return _explain(request.explain, rules())
    _check_rules(request, rules)
    return _scan(request, scanner(request))


def _scan(request: Request, scanner: Scanner) -> int:
    from goobits_scanner import _baseline
    from goobits_scanner._finding import Severity
    from goobits_scanner._output._formats import writer

    _check_writable("output", request.output)
    _check_writable("write-baseline", request.write_baseline)
    known = _baseline.load(request.baseline) if request.baseline else {}
    old = scanner.scan(request.diff, request.declared) if request.diff else None
    reports = [scanner.scan(path, request.declared) for path in request.paths]
    if request.write_baseline:
        return _write_baseline(request.write_baseline, reports[0])
    write = writer(
        request.format, width=_width(), colour=_has_colours(request), version=_version
    )
    least = Severity[(request.least or _LEAST[request.format]).upper()]
    if old is not None:
        from goobits_scanner._diff import difference

        found = difference(old, reports[0])
        _deliver(request.output, write.difference(found, least))
        return _exit_code(request.fail_on, found.level, reports)
    if request.baseline:
        reports = [_baseline.without_known(each, known) for each in reports]
    _deliver(request.output, write.reports(reports, least))
    return _exit_code(request.fail_on, max(each.level for each in reports), reports)


def _exit_code(fail_on: str, level: Level, reports: Sequence[Report]) -> int:
    """Return 1 before 3: a risk that is known is worse than one that is not."""
    order = ("safe", *_arguments.LEVELS)
    if level >= order.index(fail_on):
        return 1
    return _INCOMPLETE if any(report.unscanned for report in reports) else 0


def _write_baseline(path: str, report: Report) -> int:
    from goobits_scanner import _baseline

    _deliver(path, _baseline.dumps(_baseline.baseline_of(report.findings)))
    count = len(report.findings)
    _say(f"{path}: {count} finding{'' if count == 1 else 's'} known from now on")
    return _INCOMPLETE if report.unscanned else 0


def _rules(request: Request, rules: Callable[[], Sequence[RuleDescription]]) -> int:
    from goobits_scanner._output import _rules as texts

    found = texts.matching(rules(), request.paths)
    if not found:
        raise UsageError(f"no rule has the words {' '.join(request.paths)!r}")
    if request.format == "json":
        _print(texts.as_json(found))
    else:
        _print(
            texts.as_text(found, _width()) if request.paths else texts.as_table(found)
        )
    return 0


def _explain(name: str, rules: Sequence[RuleDescription]) -> int:
    from goobits_scanner._output import _rules as texts

    found = [rule for rule in rules if rule.id == name]
    if not found:
        raise UsageError(_unknown_rule("explain", name, rules))
    _print(texts.as_text(found, _width()))
    return 0


def _check_rules(
    request: Request, rules: Callable[[], Sequence[RuleDescription]]
) -> None:
    for name, _ in request.suppress:
        if all(rule.id != name for rule in rules()):
            raise UsageError(_unknown_rule("suppress", name, rules()))


def _unknown_rule(option: str, name: str, rules: Sequence[RuleDescription]) -> str:
    near = _arguments.like(name, tuple(rule.id for rule in rules))
    listed = near or "; `goobits-scan rules` lists them"
    return f"--{option} {name!r} is no rule{listed}"


def _check_writable(option: str, path: str) -> None:
    """Refuse a file that can't be written before time is spent on a scan."""
    is_stream = os.path.exists(path) and not os.path.isfile(path)
    target = path if is_stream else os.path.dirname(os.path.realpath(path))
    if path and (os.path.isdir(path) or not os.access(target, os.W_OK)):
        raise UsageError(
            f"--{option} {path!r} can't be written: name a file in a folder of yours"
        )


def _deliver(path: str, text: str) -> None:
    if not path:
        _print(text)
        return
    from goobits_scanner._output._writing import write_whole

    try:
        write_whole(path, text)
    except OSError as error:
        raise UsageError(f"{path!r} can't be written: {error.strerror}") from None


def _print(text: str) -> None:
    """Write to stdout; a reader that has seen enough is no failure."""
    stdout = getattr(sys, "stdout", None)
    if stdout is None:
        raise UsageError("stdout is closed: name a file with --output")
    if hasattr(stdout, "reconfigure"):
        stdout.reconfigure(errors="backslashreplace")
    try:
        stdout.write(text)
        stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if not isinstance(error, BrokenPipeError):
            raise UsageError(f"stdout can't be written: {error.strerror}") from None


def _say(text: str) -> None:
    """Write to stderr; what scanned code has named is shown without control characters."""
    from goobits_scanner._output._printable import printable

    shown = "\n".join(map(printable, text.split("\n"))) + "\n"
    try:
        sys.stderr.write(shown)
        sys.stderr.flush()
    except (AttributeError, OSError):
        return  # nobody is there to be told


def _failed(error: Exception) -> int:
    from goobits_scanner._errors import GoobitsScannerError

    if isinstance(error, GoobitsScannerError):
        hint = f"\nhint: {error.hint}" if error.hint else ""
        _say(f"error: {error}{hint}")
        return _USAGE
    from traceback import format_exception

    _say("".join(format_exception(error)).rstrip("\n"))
    _say("error: the scan failed; nothing is known about what was scanned")
    return _INCOMPLETE


def _width() -> int:
    """Return the columns of the terminal, or those that most people can read."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and 0 < len(columns) < 5:
        return int(columns)
    try:
        return os.get_terminal_size(1).columns or _WIDTH
    except OSError:
        return _WIDTH


def _has_colours(request: Request) -> bool:
    if request.output or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _version() -> str:
    from importlib.metadata import version

    return version("goobits-scanner")
