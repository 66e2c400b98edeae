"""Reports as JSON, in the form that `report.schema.json` fixes."""

from __future__ import annotations

import json

from goobits_scanner._output._printable import well_formed
from goobits_scanner._output._shown import at_least, counts, worst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from goobits_scanner._diff import Difference
    from goobits_scanner._finding import Capability, Finding, Report, Severity

VERSION = 1


def reports_as_json(reports: Sequence[Report], least: Severity) -> str:
    """Return a document with one package for each report, in ASCII."""
    packages = [_package(report, least) for report in reports]
    level = worst(reports).name.lower()
    return _dumps(
        {"version": VERSION, "kind": "scan", "level": level, "packages": packages}
    )


def difference_as_json(found: Difference, least: Severity) -> str:
    """Return a document that says what an update gained, in ASCII."""
    shown = at_least(found.new, least)
    return _dumps(
        {
            "version": VERSION,
            "kind": "difference",
            "level": found.level.name.lower(),
            "old": _side(found.old),
            "new": _side(found.current),
            "gained": list(map(_capability, found.gained)),
            "lost": list(map(_capability, found.lost)),
            "findings": list(map(_finding, shown)),
            "gone": list(map(_finding, at_least(found.gone, least))),
            "unscanned": list(map(well_formed, found.current.unscanned)),
            "counts": _counts(found.new, shown),
        }
    )


def _package(report: Report, least: Severity) -> dict[str, object]:
    shown = at_least(report.findings, least)
    sizes = {"files": report.files, "lines": report.lines, "bytes": report.size}
    return {
        "path": well_formed(report.path),
        "level": report.level.name.lower(),
        "findings": list(map(_finding, shown)),
        "capabilities": list(map(_capability, report.capabilities)),
        "unscanned": list(map(well_formed, report.unscanned)),
        "counts": {**_counts(report.findings, shown), **sizes},
    }


def _side(report: Report) -> dict[str, str]:
    return {"path": well_formed(report.path), "level": report.level.name.lower()}


def _counts(every: Sequence[Finding], shown: Sequence[Finding]) -> dict[str, int]:
    return {**counts(every), "hidden": len(every) - len(shown)}


def _finding(finding: Finding) -> dict[str, str | int | None]:
    return {
        "rule": finding.rule,
        "category": finding.category,
        "axis": finding.axis.value,
        "severity": finding.severity.name.lower(),
        "confidence": finding.confidence.name.lower(),
        "cwe": finding.cwe,
        "file": well_formed(finding.file),
        "line": finding.line,
        "end_line": finding.end_line,
        "evidence": well_formed(finding.evidence),
        "what": well_formed(finding.what),
        "why": well_formed(finding.why),
        "fix": well_formed(finding.fix),
    }


def _capability(capability: Capability) -> dict[str, str | int]:
    return {
        "name": capability.name,
        "file": well_formed(capability.file),
        "line": capability.line,
        "evidence": well_formed(capability.evidence),
    }


def _dumps(document: dict[str, object]) -> str:
    return json.dumps(document, indent=2) + "\n"
