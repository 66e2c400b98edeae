"""The packages that people use most, as their registries have them: what a scan says of them.

`python packages/goobits-scanner/benchmarks/clean_set.py [--findings] [--rarity] [NAME...]` fetches
each by its name (`pip download`, `npm pack`: nothing is installed, nothing of it is run), scans it
and prints a line for each; with `--rarity` it writes `_rarity.py`, in how many of them a rule finds
something. What is fetched stays in a folder of this user's cache, or in GOOBITS_CLEAN_SET.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goobits_scanner import Finding, Level, PluginSecurityScanner, Report, Severity

PYPI = (
    "attrs boto3 botocore certifi cffi charset-normalizer click cryptography fsspec idna jinja2 "
    "jmespath markupsafe numpy packaging pip pluggy pyasn1 pycparser pydantic pygments pytest "
    "python-dateutil pytz pyyaml requests s3transfer setuptools six urllib3"
).split()
NPM = (
    "ansi-styles async axios chalk commander debug express fs-extra glob lodash minimatch moment "
    "react react-dom rxjs semver tslib uuid ws yargs"
).split()
TRIES = 3
RARITY = Path(__file__).parents[1] / "src" / "goobits_scanner" / "_rarity.py"


class Scanned(NamedTuple):
    """A package, and what a scan said of it; `seconds` are of CPU time."""

    name: str
    report: Report
    seconds: float

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.report.findings)


def folder() -> Path:
    """Return where what was fetched is kept."""
    named = os.environ.get("GOOBITS_CLEAN_SET")
    path = Path(named or Path(tempfile.gettempdir(), "goobits-clean-set"))
    path.mkdir(parents=True, exist_ok=True)
    return path


def fetched(registry: str, name: str) -> Path:
    """Fetch a package by its name, unless it is there; return its archive.

    Raises:
        OSError: it could not be fetched, tried some times.
    """
    into = folder() / f"{registry}-{name}"
    for attempt in range(TRIES):
        if into.is_dir() and (found := sorted(into.iterdir())):
            return found[0]
        time.sleep(attempt)
        _fetch(registry, name, into)
    raise OSError(f"{name} could not be fetched from {registry}")


def _fetch(registry: str, name: str, into: Path) -> None:
    made = Path(tempfile.mkdtemp(dir=folder()))
    if registry == "pypi":
        words = ["uv", "tool", "run", "pip", "download", "--no-deps", "--quiet", name]
    else:
        words = ["npm", "pack", "--silent", name]
    subprocess.run(words, cwd=made, check=False, capture_output=True, timeout=120)
    if any(made.iterdir()):
        made.replace(into)
    else:
        shutil.rmtree(made)


def scanned(names: Sequence[str] = ()) -> Iterator[Scanned]:
    """Scan each package (all of them by default)."""
    scanner = PluginSecurityScanner(jobs=1)
    for registry, known in (("pypi", PYPI), ("npm", NPM)):
        for name in known:
            if not names or name in names:
                archive = fetched(registry, name)
                started = time.process_time()
                report = scanner.scan(archive)
                yield Scanned(name, report, time.process_time() - started)


def severe(report: Report) -> tuple[Finding, ...]:
    """Return the findings of medium severity and above."""
    return tuple(
        finding for finding in report.findings if finding.severity >= Severity.MEDIUM
    )


def write_rarity(seen: Counter[str], packages: int) -> None:
    """Write in how many packages each rule found something."""
    lines = "".join(f'    "{rule}": {count},\n' for rule, count in sorted(seen.items()))
    RARITY.write_text(
        f'"""In how many of {packages} clean packages a rule finds something.\n\n'
        "Written by benchmarks/clean_set.py --rarity. It orders findings, and is no verdict: what\n"
        'rare among the clean is worth a look first.\n"""\n\n'
        "from __future__ import annotations\n\n"
        f"PACKAGES = {packages}\nSEEN = {{\n{lines}}}\n",
        "utf-8",
    )


def main(words: Sequence[str]) -> None:
    shown = "--findings" in words
    names = [word for word in words if not word.startswith("-")]
    totals: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    seconds = 0.0
    print(f"{'package':20} {'lines':>9} {'level':6} high medium  low  MB/s")
    for each in scanned(names):
        report = each.report
        counts = [each.count(severity) for severity in reversed(Severity)]
        rate = report.size / 1e6 / max(each.seconds, 1e-9)
        print(
            f"{each.name:20} {report.lines:9,} {report.level.name.lower():6} "
            f"{counts[0]:4} {counts[1]:6} {counts[2]:4} {rate:5.1f}"
        )
        for finding in severe(report) if shown else ():
            place = f"{finding.file}:{finding.line}"
            print(
                f"    {finding.severity.name} {finding.rule} {place}: {finding.evidence}"
            )
        seen.update({finding.rule for finding in report.findings})
        totals.update(
            lines=report.lines,
            high=counts[0],
            medium=counts[1],
            low=counts[2],
            size=report.size,
            packages=1,
            high_packages=report.level is Level.HIGH,
        )
        seconds += each.seconds
    rate = (totals["high"] + totals["medium"]) / max(totals["lines"], 1) * 10_000
    print(
        f"{totals['packages']} packages, {totals['lines']:,} lines: {totals['high']} high, "
        f"{totals['medium']} medium, {totals['low']} low; {totals['high_packages']} packages of "
        f"level high; {rate:.3f} medium or above per 10,000 lines; "
        f"{totals['size'] / 1e6 / max(seconds, 1e-9):.1f} MB per CPU second"
    )
    if "--rarity" in words:
        write_rarity(seen, totals["packages"])


if __name__ == "__main__":
    main(sys.argv[1:])
