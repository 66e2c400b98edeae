"""What all files of a package hold, gathered by one process, or two where it is large."""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import NamedTuple

from goobits_scanner._dependencies import Dependency
from goobits_scanner._examination import Examined, examine, not_scanned, unread_finding
from goobits_scanner._finding import Capability, Finding
from goobits_scanner._inventory import inventory
from goobits_scanner._limits import MIB, Limits
from goobits_scanner._source import Source, Unread

LARGE = 4 * MIB
_MOST = 2


class Collected(NamedTuple):
    """What the files of a package, or a share of them, hold."""

    findings: list[Finding]
    capabilities: list[Capability]
    dependencies: list[Dependency]
    unscanned: list[str]
    files: int
    lines: int
    size: int


def collect(path: str, limits: Limits, share: int = 0, shares: int = 1) -> Collected:
    """Examine one share of the files of a package."""
    findings: list[Finding] = []
    capabilities: dict[str, Capability] = {}
    dependencies: list[Dependency] = []
    unscanned: dict[str, None] = {}
    files = lines = size = 0
    for place, item in enumerate(inventory(path, limits)):
        if place % shares != share:
            continue
        if isinstance(item, Unread):
            findings.append(unread_finding(item))
            unscanned[item.name] = None
            continue
        files += 1
        size += item.size
        examined = _examined(item, limits, capabilities.keys())
        lines += examined.lines
        findings += examined.findings
        dependencies += examined.dependencies
        for capability in examined.capabilities:
            capabilities.setdefault(capability.name, capability)
        if examined.problem:
            findings.append(not_scanned(item.name, examined.problem))
            unscanned[item.name] = None
    return Collected(
        findings,
        list(capabilities.values()),
        dependencies,
        list(unscanned),
        files,
        lines,
        size,
    )


def _examined(source: Source, limits: Limits, known: Collection[str]) -> Examined:
    """Examine one file; what fails on it is said of it, and hides no other one."""
    try:
        return examine(source, limits, known)
    except Exception as error:  # noqa: BLE001 - a mistake of ours that somebody may have looked for
        return Examined([], [], [], 0, f"the scanner failed on it ({error!r:.100})")


def collected(path: str, limits: Limits, jobs: int | None) -> Collected:
    """Examine all files of a package, with so many processes (None: one or two)."""
    if jobs is None:
        jobs = _MOST if (os.cpu_count() or 1) > 1 and is_large(path, LARGE) else 1
    if jobs == 1:
        return collect(path, limits)
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as processes:
        shares = [
            processes.submit(collect, path, limits, share, jobs)
            for share in range(jobs)
        ]
        return _joined([share.result() for share in shares])


def is_large(path: str, size: int) -> bool:
    """Return whether the files at a path have so many bytes; stop looking where they do."""
    if not os.path.isdir(path):
        return os.path.isfile(path) and os.stat(path).st_size >= size
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue
            if total >= size:
                return True
    return False


def _joined(shares: list[Collected]) -> Collected:
    capabilities: dict[str, Capability] = {}
    for share in shares:
        for capability in share.capabilities:
            before = capabilities.setdefault(capability.name, capability)
            if (capability.file, capability.line) < (before.file, before.line):
                capabilities[capability.name] = capability
    return Collected(
        [finding for share in shares for finding in share.findings],
        list(capabilities.values()),
        [each for share in shares for each in share.dependencies],
        [name for share in shares for name in share.unscanned],
        sum(share.files for share in shares),
        sum(share.lines for share in shares),
        sum(share.size for share in shares),
    )
