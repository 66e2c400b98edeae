"""What of a report every format shows, in words."""

from __future__ import annotations

from goobits_scanner._finding import Level, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from goobits_scanner._finding import Finding, Report

SEVERITIES = ("high", "medium", "low", "info")


def at_least(findings: Iterable[Finding], least: Severity) -> tuple[Finding, ...]:
    """Return the findings that are to be shown."""
    return tuple(each for each in findings if each.severity >= least)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, worst first."""
    found = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        found[finding.severity.name.lower()] += 1
    return found


def place(file: str, line: int) -> str:
    """Return where something is, as editors open it."""
    return f"{file}:{line}" if line else file


def worst(reports: Sequence[Report]) -> Level:
    """Return the level of packages together."""
    return max((report.level for report in reports), default=Level.SAFE)


def amount(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def tally(findings: Sequence[Finding], least: Severity) -> str:
    """Return the counts in words, and how many are not shown."""
    found = ", ".join(f"{count} {name}" for name, count in counts(findings).items())
    hidden = len(findings) - len(at_least(findings, least))
    return f"{found}; {hidden} not shown" if hidden else found
