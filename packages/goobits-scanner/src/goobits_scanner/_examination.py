"""All that is looked for in one file."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import NamedTuple

from goobits_scanner._bytes import byte_findings, decode, kind_of
from goobits_scanner._dependencies import Dependency
from goobits_scanner._evidence import shown
from goobits_scanner._finding import (
    Axis,
    Capability,
    Confidence,
    Finding,
    Severity,
)
from goobits_scanner._limits import Limits
from goobits_scanner._source import Source, Unread

SECRET_WHY = "Everyone who has the package has it, and keeps it when it is taken out."
SECRET_FIX = "Revoke it now; read it from the environment or a store of secrets."
# What says that something was not scanned: severity, what, why, how to mend it.
_WHY = "What cannot be scanned cannot be trusted."
SCAN_RULES = {
    "not-scanned": (
        Severity.LOW,
        "A file was not scanned whole",
        _WHY,
        "Look at it by hand, or raise the limit that it met.",
    ),
    "hostile-file": (
        Severity.HIGH,
        "A file is made to hide what it holds, or to harm who unpacks it",
        _WHY,
        "Do not unpack it; ask its author for a package made by an ordinary packer.",
    ),
}


class Examined(NamedTuple):
    """What one file holds; `problem` says why it was not examined whole."""

    findings: list[Finding]
    capabilities: list[Capability]
    dependencies: list[Dependency]
    lines: int
    problem: str = ""


def examine(
    source: Source,
    limits: Limits,
    known: Collection[str] = (),
    clock: Callable[[], float] = time.monotonic,
) -> Examined:
    """Look for everything in one file but the `known` capabilities; `clock` is in seconds."""
    kind = kind_of(source)
    text = decode(source, kind)
    findings = list(byte_findings(source, text, kind))
    if text.text is None:
        return Examined(findings, _native(source, kind), [], 0)
    from goobits_scanner._code import evaluated, language_of
    from goobits_scanner._keywords import search
    from goobits_scanner._languages import FAMILIES
    from goobits_scanner._manifests import manifest_findings

    from_manifest, dependencies, capabilities = manifest_findings(
        source.name, text.text
    )
    findings += from_manifest
    language = language_of(kind)
    hits = search(text.text, FAMILIES.get(language, ""))
    findings += _secrets(source.name, text.text, hits.secrets)
    lines, problem = text.text.count("\n") + 1, ""
    if language:
        code = evaluated(source.name, text.text, kind, hits, limits, clock, known)
        findings += code.findings
        capabilities += code.capabilities
        problem = code.problem
    return Examined(findings, capabilities, dependencies, lines, problem)


def unread_finding(unread: Unread) -> Finding:
    """Return the finding that says that something could not be scanned."""
    rule = "hostile-file" if unread.is_hostile else "not-scanned"
    return not_scanned(unread.name, unread.reason, rule)


def not_scanned(name: str, reason: str, rule: str = "not-scanned") -> Finding:
    """Return the finding that a file was not scanned whole, and why."""
    severity, what, why, fix = SCAN_RULES[rule]
    return Finding(
        rule,
        "scan",
        Axis.MALICE,
        severity,
        Confidence.HIGH,
        None,
        name,
        0,
        0,
        shown(reason),
        what,
        why,
        fix,
    )


def _native(source: Source, kind: str) -> list[Capability]:
    if kind != "native":
        return []
    return [Capability("native", source.name, 0, f"{source.size} bytes of native code")]


def _secrets(name: str, text: str, positions: list[tuple[int, int]]) -> list[Finding]:
    if not positions:
        return []
    from goobits_scanner._secrets import find_secrets

    return [
        Finding(
            secret.pattern,
            "secrets",
            Axis.VULNERABILITY,
            secret.severity,
            secret.confidence,
            798,
            name,
            secret.line,
            secret.end_line,
            shown(secret.evidence),
            f"A secret stands in the file: {secret.title}",
            SECRET_WHY,
            SECRET_FIX,
        )
        for secret in find_secrets(name, text, positions)
    ]
