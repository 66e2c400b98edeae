"""The scan of one package."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import NamedTuple

from goobits_scanner._collection import collected
from goobits_scanner._finding import Finding, Report, level_of
from goobits_scanner._limits import Limits
from goobits_scanner._rarity import SEEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_scanner._dependencies import Dependency


class Suppression(NamedTuple):
    """Leave out a rule's findings in files whose name matches a pattern of `fnmatch`."""

    rule: str
    files: str = "*"


class PluginSecurityScanner:
    """Scans packages: folders, archives, single files.

    `suppress` leaves findings out; nothing in the scanned code can. `database` is a folder that
    `goobits-scan db update` filled; without one no dependency is looked up. `jobs` is the number
    of processes, None for one or two by the size of what is scanned. Threads may share a
    scanner.
    """

    def __init__(
        self,
        *,
        limits: Limits = Limits(),  # noqa: B008 - a tuple of numbers
        suppress: Sequence[Suppression] = (),
        database: str | None = None,
        jobs: int | None = None,
    ) -> None:
        self._limits = limits
        self._suppress = tuple(suppress)
        self._database = database
        self._jobs = jobs

    def scan(
        self,
        path: str | os.PathLike[str],
        declared: Collection[str] | None = None,
    ) -> Report:
        """Scan a folder, an archive or a file; nothing of it is run.

        `declared` are the capabilities that its manifest asks for; whatever the code can do
        beyond them is a finding. None asks for no such comparison. It costs some 200 ms of
        CPU time for a megabyte of source.

        Raises:
            TargetError: there is nothing to scan at this path.
            DatabaseError: the database can't be used.
        """
        found = collected(os.fsdecode(path), self._limits, self._jobs)
        findings = [*found.findings, *self._vulnerable(found.dependencies)]
        if declared is not None:
            from goobits_scanner._permissions import undeclared

            findings += undeclared(found.capabilities, declared)
        kept = self._kept(findings)
        return Report(
            os.fsdecode(path),
            level_of(kept),
            kept,
            tuple(found.capabilities),
            tuple(found.unscanned),
            found.files,
            found.lines,
            found.size,
        )

    def _vulnerable(self, dependencies: Sequence[Dependency]) -> list[Finding]:
        if self._database is None:
            return []
        from goobits_scanner._osv import Database, findings_of

        with Database.open(self._database) as database:
            return findings_of(dependencies, database)

    def _kept(self, findings: list[Finding]) -> tuple[Finding, ...]:
        from fnmatch import fnmatchcase

        unique = dict.fromkeys(findings)
        kept = [
            finding
            for finding in unique
            if not any(
                each.rule == finding.rule and fnmatchcase(finding.file, each.files)
                for each in self._suppress
            )
        ]
        kept.sort(
            key=lambda each: (
                -each.severity,
                SEEN.get(each.rule, 0),
                each.file,
                each.line,
                each.rule,
            )
        )
        return tuple(kept)
