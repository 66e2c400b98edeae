"""Baselines: what was known when they were written, so that only the rest is told.

A known finding is a rule, a severity, a file, a digest of the evidence, and how often that
occurs. Lines and indentation do not count, so a finding that moves within its file stays known;
one that gets worse does not. Evidence is redacted before it comes here, and so holds no secret.
"""

from __future__ import annotations

import posixpath
from typing import NamedTuple

from goobits_scanner._errors import BaselineError
from goobits_scanner._finding import Severity, level_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from goobits_scanner._finding import Finding, Report

VERSION = 1
_FIELDS = {"rule", "severity", "file", "evidence", "count"}
_MOST = 64 << 20
_HINT = "write it anew with --write-baseline"


class Known(NamedTuple):
    """What makes findings one and the same; `evidence` is a digest."""

    rule: str
    severity: str
    file: str
    evidence: str


def normal_evidence(finding: Finding) -> str:
    """Return the evidence without what formatting changes; the file's name where there is none."""
    return " ".join(finding.evidence.split()) or posixpath.basename(finding.file)


def known_of(finding: Finding) -> Known:
    """Return what a finding is known by."""
    from hashlib import sha256

    text = normal_evidence(finding).encode(errors="surrogatepass")
    name = finding.severity.name.lower()
    return Known(finding.rule, name, finding.file, sha256(text).hexdigest()[:32])


def baseline_of(findings: Iterable[Finding]) -> dict[Known, int]:
    """Return how often each of these findings occurs."""
    counts: dict[Known, int] = {}
    for finding in findings:
        known = known_of(finding)
        counts[known] = counts.get(known, 0) + 1
    return counts


def without_known(report: Report, baseline: dict[Known, int]) -> Report:
    """Return the report with what the baseline holds left out, and the level of what is left.

    Of a finding that occurs more often than it did, the last ones are left. What could not be
    scanned stays unscanned: its content may be another one by now.
    """
    left, new = dict(baseline), []
    for finding in sorted(report.findings, key=lambda finding: finding.line):
        known = known_of(finding)
        if left.get(known, 0):
            left[known] -= 1
        else:
            new.append(finding)
    new.sort(key=lambda finding: (-finding.severity, finding.file, finding.line))
    return report._replace(findings=tuple(new), level=level_of(tuple(new)))


def dumps(baseline: dict[Known, int]) -> str:
    """Return a baseline as text: one finding a line, sorted."""
    import json

    lines = [
        json.dumps({**known._asdict(), "count": baseline[known]})
        for known in sorted(
            baseline, key=lambda known: (known.file, known.rule, known[1:])
        )
    ]
    body = ",\n    ".join(lines)
    body = f"\n    {body}\n  " if lines else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{body}]\n}}\n'


def load(path: str) -> dict[Known, int]:
    """Return the baseline in a file.

    Raises:
        BaselineError: it can't be read, is none, or says the same twice.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BaselineError(
            f"{path}: can't be read: {reason}", hint="name a file of --write-baseline"
        ) from None
    if len(data) > _MOST:
        raise BaselineError(f"{path}: is larger than {_MOST >> 20} MiB", hint=_HINT)
    try:
        return loads(data)
    except BaselineError as error:
        raise BaselineError(f"{path}: {error}", hint=error.hint) from None


def loads(data: bytes) -> dict[Known, int]:
    """Return the baseline that a text holds.

    Raises:
        BaselineError: it is none, or says the same twice.
    """
    import json

    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"is no JSON: {error}", hint=_HINT) from None
    if not isinstance(document, dict) or document.keys() != {"version", "findings"}:
        raise BaselineError("is no baseline: no version and findings", hint=_HINT)
    if type(document["version"]) is not int or document["version"] != VERSION:
        raise BaselineError(f"is not of version {VERSION}", hint=_HINT)
    if not isinstance(document["findings"], list):
        raise BaselineError("findings is no list", hint=_HINT)
    baseline: dict[Known, int] = {}
    for number, entry in enumerate(document["findings"]):
        known, count = _entry(number, entry)
        if known in baseline:
            raise BaselineError(f"findings[{number}] is there twice", hint=_HINT)
        baseline[known] = count
    return baseline


def _entry(number: int, entry: object) -> tuple[Known, int]:
    where = f"findings[{number}]"
    if not isinstance(entry, dict) or entry.keys() != _FIELDS:
        wanted = ", ".join(sorted(_FIELDS))
        raise BaselineError(f"{where} does not have {wanted} alone", hint=_HINT)
    count = entry.pop("count")
    if type(count) is not int or count < 1:
        raise BaselineError(f"{where}.count is no number from 1 on", hint=_HINT)
    for name, value in entry.items():
        if not isinstance(value, str):
            raise BaselineError(f"{where}.{name} is no text", hint=_HINT)
    if entry["severity"].upper() not in Severity.__members__:
        raise BaselineError(f"{where}.severity is unknown", hint=_HINT)
    return Known(**entry), count
