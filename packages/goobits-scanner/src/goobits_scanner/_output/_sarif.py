"""Reports as SARIF 2.1.0, the OASIS standard that code hosts read."""

from __future__ import annotations

import json
import os.path
import posixpath
from urllib.parse import quote

from goobits_scanner._baseline import known_of
from goobits_scanner._finding import Severity
from goobits_scanner._output._printable import well_formed
from goobits_scanner._output._shown import at_least

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from goobits_scanner._diff import Difference
    from goobits_scanner._finding import Finding, Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
# Of 10: what code hosts sort by.
_SCORES = {
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.0",
    Severity.LOW: "3.0",
    Severity.INFO: "0.0",
}


class SarifWriter:
    """Writes reports as one run of the scanner `version`."""

    def __init__(
        self, *, version: str, is_folder: Callable[[str], bool] = os.path.isdir
    ) -> None:
        self._version = version
        self._is_folder = is_folder

    def reports(self, reports: Sequence[Report], least: Severity) -> str:
        """Return a log with every finding of the reports."""
        found = [(each, at_least(each.findings, least)) for each in reports]
        return self._log(found, {})

    def difference(self, found: Difference, least: Severity) -> str:
        """Return a log with what is new alone, marked as such."""
        shown = at_least(found.new, least)
        return self._log([(found.current, shown)], {"baselineState": "new"})

    def _log(
        self,
        found: Sequence[tuple[Report, Sequence[Finding]]],
        marks: dict[str, str],
    ) -> str:
        every = [finding for _, findings in found for finding in findings]
        rules = _rules(every)
        numbers = {rule["id"]: number for number, rule in enumerate(rules)}
        results = [
            {**result, "ruleIndex": numbers[result["ruleId"]], **marks}
            for report, findings in found
            for result in self._results(report.path, findings)
        ]
        unscanned = [
            (report.path, file) for report, _ in found for file in report.unscanned
        ]
        run = {
            "tool": {"driver": self._driver(rules)},
            "invocations": [self._invocation(unscanned)],
            "columnKind": "unicodeCodePoints",
            "results": results,
        }
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
        return json.dumps(log, separators=(",", ":")) + "\n"

    def _results(
        self, path: str, findings: Iterable[Finding]
    ) -> Iterator[dict[str, object]]:
        seen: dict[object, int] = {}
        for finding in findings:
            known = known_of(finding)
            seen[known] = seen.get(known, 0) + 1
            prints = f"{_digest(known)}:{seen[known]}"
            yield {
                "ruleId": finding.rule,
                "level": _LEVELS[finding.severity],
                "message": {"text": _message(finding.what)},
                "locations": [self._location(path, finding)],
                "partialFingerprints": {"primaryLocationLineHash": prints},
                "properties": {
                    "axis": finding.axis.value,
                    "confidence": finding.confidence.name.lower(),
                    "severity": finding.severity.name.lower(),
                },
            }

    def _driver(self, rules: Sequence[dict[str, object]]) -> dict[str, object]:
        return {
            "name": "goobits-scanner",
            "semanticVersion": self._version,
            "rules": rules,
        }

    def _invocation(self, unscanned: Sequence[tuple[str, str]]) -> dict[str, object]:
        notifications = [
            {
                "level": "warning",
                "descriptor": {"id": "unscanned"},
                "message": {"text": "This file could not be scanned."},
                "locations": [{"physicalLocation": self._artifact(path, file)}],
            }
            for path, file in unscanned
        ]
        return {
            "executionSuccessful": not unscanned,
            "toolExecutionNotifications": notifications,
        }

    def _location(self, path: str, finding: Finding) -> dict[str, object]:
        physical = self._artifact(path, finding.file)
        if finding.line:
            physical["region"] = {
                "startLine": finding.line,
                "endLine": max(finding.line, finding.end_line),
                "snippet": {"text": well_formed(finding.evidence)},
            }
        return {"physicalLocation": physical}

    def _artifact(self, path: str, file: str) -> dict[str, object]:
        return {"artifactLocation": {"uri": self._uri(path, file)}}

    def _uri(self, path: str, file: str) -> str:
        """Return a file's place, relative to the current folder where the package lies below it."""
        base = posixpath.normpath(path.replace("\\", "/"))
        if base.startswith(("/", "..")) or base[1:2] == ":" or base == ".":
            whole = file
        elif self._is_folder(path):
            whole = f"{base}/{file}"
        elif file == posixpath.basename(base):
            whole = base
        else:
            whole = f"{base}!{file}"
        uri = quote(whole.encode(errors="backslashreplace"))
        return f"%2F{uri[1:]}" if uri.startswith("/") else uri


def _rules(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Return each rule once, by the worst of its findings."""
    worst: dict[str, Finding] = {}
    for finding in findings:
        known = worst.setdefault(finding.rule, finding)
        if finding.severity > known.severity:
            worst[finding.rule] = finding
    return [_rule(worst[rule]) for rule in sorted(worst)]


def _rule(finding: Finding) -> dict[str, object]:
    tags = ["security", finding.axis.value, finding.category]
    if finding.cwe:
        tags.append(f"external/cwe/cwe-{finding.cwe:03}")
    text = f"{finding.why} {finding.fix}".strip() or finding.what
    return {
        "id": finding.rule,
        "shortDescription": {"text": _message(finding.what)},
        "fullDescription": {"text": _message(finding.why or finding.what)},
        "help": {"text": _message(text)},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {
            "tags": list(dict.fromkeys(tags)),
            "precision": finding.confidence.name.lower(),
            "security-severity": _SCORES[finding.severity],
        },
    }


def _message(text: str) -> str:
    """Return a text in which SARIF finds no link and no placeholder."""
    escaped = well_formed(text).replace("\\", "\\\\").replace("[", "\\[")
    return escaped.replace("{", "{{").replace("}", "}}") or "-"


def _digest(known: tuple[str, ...]) -> str:
    from hashlib import sha256

    text = "\0".join(known).encode(errors="surrogatepass")
    return sha256(text).hexdigest()[:16]
