"""Tests of the command `goobits-scan`, with a scanner that says what it is told to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

import pytest
from goobits_scanner import _arguments
from goobits_scanner._arguments import Request, UsageError, parse
from goobits_scanner._command import main
from goobits_scanner._errors import TargetError
from goobits_scanner._finding import (
    CAPABILITIES,
    Axis,
    Capability,
    Confidence,
    Finding,
    Report,
    Severity,
    level_of,
)


class Rule(NamedTuple):
    """What the catalog says of a rule."""

    id: str
    category: str = "exec"
    axis: Axis = Axis.MALICE
    severity: Severity = Severity.HIGH
    confidence: Confidence = Confidence.HIGH
    cwe: int | None = 78
    what: str = "Runs what a request says"
    why: str = "It can be anything."
    fix: str = "Leave it."
    languages: tuple[str, ...] = ("Python",)
    bad: tuple[tuple[str, str], ...] = (("Python", "run(x)\n  twice"),)
    good: tuple[tuple[str, str], ...] = (("Python", "run('a')"),)


RULES = (
    Rule("exec-input"),
    Rule("weak-hash", "crypto", cwe=None, what="Hashes weakly"),
)


def found(severity: Severity = Severity.HIGH, evidence: str = "run(x)") -> Finding:
    return Finding(
        rule="exec-input",
        category="exec",
        axis=Axis.MALICE,
        severity=severity,
        confidence=Confidence.HIGH,
        cwe=78,
        file="a.py",
        line=3,
        end_line=3,
        evidence=evidence,
        what="Runs x",
        why="W",
        fix="F",
    )


def report(path: str, *findings: Finding, unscanned: tuple[str, ...] = ()) -> Report:
    return Report(path, level_of(findings), findings, (), unscanned, 1, 10, 100)


class Scanner:
    """Hands out reports by their path, and remembers what it was asked."""

    def __init__(self, *reports: Report) -> None:
        self._reports = {each.path: each for each in reports}
        self.request = Request()
        self.declared: list[Collection[str] | None] = []

    def __call__(self, request: Request) -> Scanner:
        self.request = request
        return self

    def scan(self, path: str, declared: Collection[str] | None = None) -> Report:
        self.declared.append(declared)
        if path not in self._reports:
            raise TargetError(f"{path}: there is nothing", hint="name a folder")
        return self._reports[path]


Run = Callable[..., int]


@pytest.fixture
def run() -> Run:
    """Return a function that runs a command line over reports."""

    def command(line: str, *reports: Report) -> int:
        return main(line.split(), scanner=Scanner(*reports), rules=lambda: RULES)

    return command


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        (Severity.HIGH, "high", 1),
        (Severity.MEDIUM, "high", 0),
        (Severity.MEDIUM, "medium", 1),
        (Severity.LOW, "medium", 0),
        (Severity.LOW, "low", 1),
        (Severity.INFO, "low", 0),
        (Severity.HIGH, "never", 0),
    ],
)
def test_exits_with_1_from_the_level_on(
    severity: Severity, fail_on: str, code: int, run: Run
) -> None:
    """Pipelines stop on this."""
    assert run(f"p --fail-on {fail_on}", report("p", found(severity))) == code


def test_fails_on_medium_unless_told_otherwise(run: Run) -> None:
    """The default must stop what is likely bad and nothing else."""
    assert run("p", report("p", found(Severity.MEDIUM))) == 1
    assert run("p", report("p", found(Severity.LOW))) == 0


def test_a_known_risk_goes_before_an_unknown_one(run: Run) -> None:
    """3 must not hide that something was found."""
    assert run("p", report("p", found(), unscanned=("x",))) == 1
    assert run("p", report("p", unscanned=("x",))) == 3
    assert run("p q", report("p"), report("q", unscanned=("x",))) == 3
    assert run("p q", report("p", unscanned=("x",)), report("q", found())) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "nothing to scan"),
        ("--formt json p", "did you mean --format?"),
        ("-x p", "unknown option '-x'"),
        ("-format json p", "unknown option '-format'"),
        ("p --format", "--format needs a value"),
        ("p --format --output x", "--format needs a value"),
        ("p --format jsn", "did you mean json?"),
        ("p --format=", "--format '' is not one of"),
        ("p --output=", "--output is empty"),
        ("p --fail-on safe", "'safe' is not one of"),
        ("p --min-severity bad", "'bad' is not one of"),
        ("p --jobs 0", "not between 1"),
        ("p --jobs two", "not a whole number"),
        ("p --jobs ²", "not a whole number"),
        ("p --declared netwrk", "did you mean network?"),
        ("p --suppress :x", "not RULE or RULE:GLOB"),
        ("p --suppress exec-inptu", "did you mean exec-input?"),
        ("p --explain nothing", "`goobits-scan rules` lists them"),
        ("p --diff q --baseline b", "exclude one another"),
        ("p q --diff r", "takes one PATH, not 2"),
        ("p --write-baseline b --output o", "leave out --output"),
        ("p --output no/such/folder/x", "can't be written"),
        ("p --write-baseline /", "can't be written"),
        ("p --baseline no-such-file", "can't be read"),
        ("nothing-here", "hint: name a folder"),
        ("rules --format html", "listed as text or json"),
        ("rules nosuchword", "no rule has the words"),
        ("rules --output x", "unknown option"),
        ("db", "db update"),
        ("db upgrade", "db update"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_wrong(
    line: str, says: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong must not look like a verdict; stdout stays clean."""
    assert run(line, report("p")) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("error: ")
    assert says in output.err


def test_every_option_is_in_the_help_and_the_help_names_no_other() -> None:
    """Help that lies is worse than none."""
    named = {
        word.strip("[],").removeprefix("--")
        for word in _arguments.USAGE.split()
        if word.strip("[").startswith("--")
    }
    assert named == {*_arguments._OPTIONS, "help", "version"}
    assert _arguments.CAPABILITIES == CAPABILITIES


def test_options_reach_the_scanner() -> None:
    """An option that nobody reads would be a promise broken."""
    scanner = Scanner(report("p"))
    line = (
        "--suppress=exec-input:tests/* --suppress weak-hash --jobs 3 --database d "
        "--declared network,read -- p"
    )
    assert main(line.split(), scanner=scanner, rules=lambda: RULES) == 0
    assert scanner.request.suppress == (
        ("exec-input", "tests/*"),
        ("weak-hash", "*"),
    )
    assert (scanner.request.jobs, scanner.request.database) == (3, "d")
    assert scanner.declared == [{"network", "read"}]


def test_declaring_nothing_is_not_the_same_as_saying_nothing() -> None:
    """Who declares no permission is held to that."""
    assert parse(["p"]).declared is None
    assert parse(["p", "--declared", ""]).declared == frozenset()


def test_words_after_two_dashes_are_paths() -> None:
    """A file can be called --help."""
    assert parse(["--", "--help", "-x"]).paths == ("--help", "-x")
    with pytest.raises(UsageError):
        parse(["-x"])


def test_a_baseline_leaves_out_what_is_known(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A project with old findings can begin to fail on new ones."""
    file = tmp_path / "known.json"
    assert run(f"p --write-baseline {file}", report("p", found())) == 0
    output = capsys.readouterr()
    assert (output.out, "1 finding known" in output.err) == ("", True)
    assert run(f"p --baseline {file}", report("p", found())) == 0
    assert "run(x)" not in capsys.readouterr().out
    worse = report("p", found(), found(evidence="run(y)"))
    assert run(f"p --baseline {file}", worse) == 1
    shown = capsys.readouterr().out
    assert "run(y)" in shown
    assert "run(x)" not in shown
    assert os.listdir(tmp_path) == ["known.json"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_a_difference_has_every_form(
    form: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Old findings are in none of them, and do not count."""
    old = report("old", found())
    new = report("new", found(), found(Severity.LOW, "run(y)"))
    assert run(f"new --diff old --format {form}", old, new) == 0
    shown = capsys.readouterr().out
    assert "run(y)" in shown
    assert "run(x)" not in shown
    assert run(f"new --diff old --format {form} --fail-on low", old, new) == 1


def test_a_gained_capability_fails_an_update(run: Run) -> None:
    """An update that begins to reach the network is stopped by default."""
    new = report("new")._replace(capabilities=(Capability("network", "a", 1, ""),))
    assert run("new --diff old", report("old"), new) == 1
    assert run("new --diff old", new._replace(path="old"), new) == 0


def test_people_see_from_low_on_and_programs_everything(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is of no use to a reader hides what is."""
    package = report("p", found(Severity.INFO))
    for form, is_shown in (("text", 0), ("html", 0), ("json", 1), ("sarif", 1)):
        assert run(f"p --format {form}", package) == 0
        assert ("run(x)" in capsys.readouterr().out) == is_shown
    run("p --min-severity info", package)
    assert "run(x)" in capsys.readouterr().out
    run("p --format json --min-severity high", package)
    assert "run(x)" not in capsys.readouterr().out


def test_output_is_written_whole_and_stdout_stays_empty(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report that is half there reads like a good one; links stay links."""
    (tmp_path / "link").symlink_to("report.json")
    assert run(f"p --format json --output {tmp_path / 'link'}", report("p")) == 0
    assert capsys.readouterr().out == ""
    assert json.loads((tmp_path / "report.json").read_text())["level"] == "safe"
    assert (tmp_path / "link").is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["link", "report.json"]


def test_output_to_a_pipe_is_written_to_it(
    tmp_path: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--output >(tool)` and /dev/stdout must reach the reader, not be replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(f"p --output {pipe}", report("p")) == 0
        assert os.read(reader, 100).startswith(b"Level: safe")
    finally:
        os.close(reader)
    assert os.listdir(tmp_path) == ["pipe"]


def test_rules_are_listed_and_found_by_words(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever sees a finding wants to know what else the rule takes."""
    assert run("rules") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert run("rules CWE-78 exec") == 0
    shown = capsys.readouterr().out
    assert "exec-input: " in shown
    assert "    run(x)\n      twice\n" in shown
    assert "weak-hash" not in shown
    assert run("rules --format json weakly") == 0
    (rule,) = json.loads(capsys.readouterr().out)
    assert (rule["id"], rule["bad"][0]["language"]) == ("weak-hash", "Python")
    assert run("--explain weak-hash") == 0
    assert capsys.readouterr().out.startswith("weak-hash: Hashes weakly\n")


def test_the_database_is_updated_only_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A scan reaches no network."""
    asked: list[str | None] = []

    def update(path: str | None) -> str:
        asked.append(path)
        return "12 entries"

    assert main(["p"], scanner=Scanner(report("p")), update=update) == 0
    assert asked == []
    assert main("db update --database d".split(), update=update) == 0
    assert main("db update".split(), update=update) == 0
    assert asked == ["d", None]
    assert capsys.readouterr().out.endswith("12 entries\n")


def test_a_crash_is_no_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    """1 would say that a risk was found, 0 that there is none."""

    class Broken(Scanner):
        def scan(self, path: str, declared: Collection[str] | None = None) -> Report:
            raise RuntimeError("\x1b[2J")

    assert main(["p"], scanner=Broken()) == 3
    said = capsys.readouterr().err
    assert "the scan failed" in said
    assert "\x1b" not in said


def test_an_interrupt_is_130(capsys: pytest.CaptureFixture[str]) -> None:
    """Shells and make know that code."""

    class Slow(Scanner):
        def scan(self, path: str, declared: Collection[str] | None = None) -> Report:
            raise KeyboardInterrupt

    assert main(["p"], scanner=Slow()) == 130
    assert capsys.readouterr().err == "interrupted\n"


@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_follow_the_environment(
    environment: dict[str, str],
    is_coloured: bool,
    run: Run,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pipe gets none unless it asks; nobody who said no gets any."""
    for name in ("NO_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run("p", report("p"))
    assert ("\x1b" in capsys.readouterr().out) == is_coloured


_PROGRAM = """
import sys
from goobits_scanner._command import main
from goobits_scanner._finding import Level, Report, Capability
can = tuple(Capability("run", f"{n}.py", 1, "x") for n in range(20000))
class S:
    def scan(self, path, declared=None):
        return Report(path, Level.HIGH, (), can, (), 1, 1, 1)
sys.exit(main(["p"], scanner=lambda request: S()))
"""


def test_a_closed_pipe_is_quiet_and_the_verdict_stays() -> None:
    """`goobits-scan p | head` must neither complain nor turn a risk into none."""
    with subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (1, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_full_disk_is_told() -> None:
    """A report that is not there must not go with a good exit code."""
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 2
    assert b"stdout can't be written" in ended.stderr


def test_help_imports_nothing_that_costs() -> None:
    """Help is asked for often, and a shell waits for it."""
    heavy = {
        "ahocorasick", "argparse", "dataclasses", "enum", "hashlib", "inspect", "json",
        "packaging", "re", "subprocess", "tarfile", "tree_sitter", "typing", "urllib",
        "zipfile",
    }  # fmt: skip
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _HELP, *sys.path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.startswith("Say what code can do")
    assert heavy.isdisjoint(ended.stderr.split())


_HELP = """
import sys
sys.path[:] = sys.argv[1:]
before = set(sys.modules)
from goobits_scanner._command import main
assert main(["--help"]) == 0
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""
