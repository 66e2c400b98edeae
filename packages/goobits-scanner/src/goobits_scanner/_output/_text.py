"""Reports as text for people. Whatever comes from scanned code is made printable first."""

from __future__ import annotations

from goobits_scanner._finding import Severity
from goobits_scanner._output._printable import printable, wrapped
from goobits_scanner._output._shown import amount, at_least, place, tally, worst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from goobits_scanner._diff import Difference
    from goobits_scanner._finding import Capability, Finding, Report

_COLOURS = {"high": "31", "medium": "33", "low": "36", "info": "2", "safe": "32"}
_MOST_EVIDENCE = 400


class TextWriter:
    """Writes reports as text of a width in columns, with or without colours."""

    def __init__(self, *, width: int = 100, colour: bool = False) -> None:
        self._width = max(width, 40)
        self._colour = colour

    def reports(self, reports: Sequence[Report], least: Severity) -> str:
        """Return the reports one after another; the last line says the level."""
        lines: list[str] = []
        for report in reports:
            if len(reports) > 1:
                lines += [self._paint(printable(report.path), "1"), ""]
            lines += self._findings(at_least(report.findings, least))
            lines += self._capabilities("Can", report.capabilities)
            lines += self._unscanned(report.unscanned)
            size = f"{amount(report.files, 'file')}, {amount(report.lines, 'line')}"
            lines.append(
                f"Level: {self._level(report.level.name)} "
                f"({tally(report.findings, least)}) in {size}"
            )
            if len(reports) > 1:
                lines.append("")
        if len(reports) > 1:
            level = self._level(worst(reports).name)
            lines.append(f"Level: {level}, the worst of {len(reports)}")
        return "\n".join(lines) + "\n"

    def difference(self, found: Difference, least: Severity) -> str:
        """Return what an update gained; the last line says the risk of that."""
        lines = [*self._findings(at_least(found.new, least))]
        lines += self._capabilities("Gained", found.gained)
        lines += self._capabilities("Lost", found.lost)
        for gone in at_least(found.gone, least):
            text = printable(f"Gone: {gone.what} ({place(gone.file, gone.line)})")
            lines += wrapped(text, self._width, "", more="  ")
        lines += [""] if lines and lines[-1] else []
        lines += self._unscanned(found.current.unscanned)
        old, new = found.old.level.name, found.current.level.name
        lines.append(
            f"Whole package: {self._level(old)} before, {self._level(new)} now"
        )
        level = self._level(found.level.name)
        lines.append(f"Level of what is new: {level} ({tally(found.new, least)})")
        return "\n".join(lines) + "\n"

    def _findings(self, findings: Iterable[Finding]) -> Iterator[str]:
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.file, []).append(finding)
        worst_first = sorted(
            by_file.values(), key=lambda group: -max(each.severity for each in group)
        )
        for group in worst_first:
            for finding in sorted(group, key=lambda each: (-each.severity, each.line)):
                yield from self._finding(finding)
                yield ""

    def _finding(self, finding: Finding) -> Iterator[str]:
        severity = finding.severity.name.lower()
        cwe = f", CWE-{finding.cwe}" if finding.cwe else ""
        where = self._paint(printable(place(finding.file, finding.line)), "1")
        yield f"{where}: {self._level(severity)}: {printable(finding.what)}"
        sure = finding.confidence.name.lower()
        rule = f"{finding.rule} ({finding.category}, {sure} confidence{cwe})"
        yield f"  {printable(rule)}"
        evidence = printable(finding.evidence[: _MOST_EVIDENCE + 1])
        if len(finding.evidence) > _MOST_EVIDENCE:
            evidence = f"{evidence[:_MOST_EVIDENCE]}..."
        yield from wrapped(evidence, self._width, "    ")
        for name, text in (("Why: ", finding.why), ("Fix: ", finding.fix)):
            if text:
                yield from wrapped(
                    name + printable(text), self._width, "  ", more="     "
                )

    def _capabilities(
        self, title: str, capabilities: Sequence[Capability]
    ) -> Iterator[str]:
        for capability in capabilities:
            where = printable(place(capability.file, capability.line))
            yield f"{title}: {printable(capability.name):10}  {where}"
        if capabilities:
            yield ""

    def _unscanned(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            yield f"{self._paint('Not scanned', '33')}: {printable(name)}"
        if names:
            yield ""

    def _level(self, name: str) -> str:
        return self._paint(name.lower(), f"1;{_COLOURS[name.lower()]}")

    def _paint(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self._colour else text
