"""What an update gained: two versions of a package, held side by side."""

from __future__ import annotations

from typing import NamedTuple

from goobits_scanner._baseline import normal_evidence
from goobits_scanner._finding import (
    Axis,
    Capability,
    Confidence,
    Finding,
    Level,
    Severity,
    level_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from goobits_scanner._finding import Report

GAINED = "capability-gained"
# What an update seldom begins to do without saying so.
_GRAVE = frozenset(("run", "network", "obfuscated", "native"))
_WHY = "A takeover of a package shows first as an update that can do what no version before could."
_FIX = "Read the place and the list of changes; keep the old version until it is explained."


class Difference(NamedTuple):
    """What the new version of a package has and the old one has not, and the other way round.

    `new` has a finding for each capability that was gained. `level` is the risk of `new` alone.
    """

    old: Report
    current: Report
    level: Level
    gained: tuple[Capability, ...]
    lost: tuple[Capability, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]


def difference(old: Report, new: Report) -> Difference:
    """Return what differs between two versions of a package.

    Findings are matched by rule, severity and evidence, in the same file first and then
    in any: what moved to another line or to a file of another name is not new.
    """
    gained = _missing(new.capabilities, old.capabilities)
    found = (*_surplus(new.findings, old.findings), *map(_as_finding, gained))
    return Difference(
        old,
        new,
        level_of(found),
        gained,
        _missing(old.capabilities, new.capabilities),
        tuple(sorted(found, key=lambda each: (-each.severity, each.file, each.line))),
        _surplus(old.findings, new.findings),
    )


def _missing(
    these: tuple[Capability, ...], others: tuple[Capability, ...]
) -> tuple[Capability, ...]:
    """Return the first of each name among these that no other has."""
    names = {other.name for other in others}
    first = {each.name: each for each in reversed(these) if each.name not in names}
    return tuple(each for each in these if first.get(each.name) is each)


def _surplus(
    these: Iterable[Finding], others: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return those that the others do not have, or not so often."""
    here = _counts((_key(other), other.file) for other in others)
    unmatched = [each for each in these if not _take(here, (_key(each), each.file))]
    anywhere: dict[Hashable, int] = {}
    for other in others:
        if _take(here, (_key(other), other.file)):
            anywhere[_key(other)] = anywhere.get(_key(other), 0) + 1
    return tuple(each for each in unmatched if not _take(anywhere, _key(each)))


def _key(finding: Finding) -> Hashable:
    return finding.rule, finding.severity, normal_evidence(finding)


def _counts(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    counts: dict[Hashable, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return counts


def _take(counts: dict[Hashable, int], key: Hashable) -> bool:
    if not counts.get(key):
        return False
    counts[key] -= 1
    return True


def _as_finding(gained: Capability) -> Finding:
    return Finding(
        rule=GAINED,
        category="permissions",
        axis=Axis.MALICE,
        severity=Severity.MEDIUM if gained.name in _GRAVE else Severity.INFO,
        confidence=Confidence.MEDIUM,
        cwe=None,
        file=gained.file,
        line=gained.line,
        end_line=gained.line,
        evidence=gained.evidence,
        what=f"The new version gained a capability: {gained.name}",
        why=_WHY,
        fix=_FIX,
    )
