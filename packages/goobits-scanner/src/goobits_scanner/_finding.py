"""What a scan says: findings, capabilities, the package's level."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import NamedTuple


class Axis(StrEnum):
    """Whether code attacks its user, or could be attacked."""

    MALICE = "malice"
    VULNERABILITY = "vulnerability"


class Severity(IntEnum):
    """How bad it is if it is so."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Confidence(IntEnum):
    """How sure we are that it is so."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Level(IntEnum):
    """The risk of a package as a whole."""

    SAFE = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Finding(NamedTuple):
    """One thing found in one place.

    `file` is relative to what was scanned, with `/`; members of an archive in it follow a `!`.
    `line` and `end_line` count from 1; 0 means the file as a whole. `evidence` is the source
    line, shortened, printable, secrets redacted.
    """

    rule: str
    category: str
    axis: Axis
    severity: Severity
    confidence: Confidence
    cwe: int | None
    file: str
    line: int
    end_line: int
    evidence: str
    what: str
    why: str
    fix: str


class Capability(NamedTuple):
    """Something that the code can do, and the first place where it does."""

    name: str
    file: str
    line: int
    evidence: str


CAPABILITIES = (
    "network",
    "read",
    "write",
    "run",
    "env",
    "dynamic",
    "obfuscated",
    "native",
)


class Report(NamedTuple):
    """What one scan found.

    `findings` are sorted by severity (worst first), then by how few clean packages their
    rule finds something in (rarest first), file and line. `unscanned` names the files
    that could not be scanned whole; each has a finding of category `scan`, too. `size` is in
    bytes.
    """

    path: str
    level: Level
    findings: tuple[Finding, ...]
    capabilities: tuple[Capability, ...]
    unscanned: tuple[str, ...]
    files: int
    lines: int
    size: int


def level_of(findings: tuple[Finding, ...]) -> Level:
    """Return the risk of a package with these findings.

    Malice counts as severe as it is, less one step where confidence is low. What could be
    attacked lifts the level to medium at most.
    """
    return max((_weight(finding) for finding in findings), default=Level.SAFE)


def _weight(finding: Finding) -> Level:
    if finding.axis is Axis.VULNERABILITY:
        return Level(min(finding.severity, Level.MEDIUM))
    if finding.confidence is Confidence.LOW:
        return Level(max(finding.severity - 1, 0))
    return Level(finding.severity)
