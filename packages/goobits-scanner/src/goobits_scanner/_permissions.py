"""What code can do, held against what it says that it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from goobits_scanner._finding import (
    CAPABILITIES,
    Axis,
    Capability,
    Confidence,
    Finding,
    Severity,
)

_SEVERITIES = {
    "network": Severity.HIGH,
    "run": Severity.HIGH,
    "native": Severity.HIGH,
    "obfuscated": Severity.HIGH,
    "read": Severity.MEDIUM,
    "write": Severity.MEDIUM,
    "env": Severity.MEDIUM,
    "dynamic": Severity.LOW,
}
_DOES = {
    "network": "talks to other machines",
    "read": "reads files",
    "write": "writes files",
    "run": "runs programs",
    "env": "reads environment variables",
    "dynamic": "runs code that it makes up as it goes",
    "obfuscated": "hides what it does",
    "native": "runs native code",
}

PERMISSION_RULES = {
    "capability-undeclared": (
        Severity.HIGH,
        "The code does what its manifest does not declare",
        "Whoever installs it was not asked for that.",
        "Declare it, or take it out.",
    ),
    "capability-gained": (
        Severity.MEDIUM,
        "A version can do what the one before it could not",
        "A package that was taken over shows it first by what it can do.",
        "Read the place and the list of changes; keep the old version until it is explained.",
    ),
}


def undeclared(
    capabilities: Iterable[Capability], declared: Collection[str]
) -> list[Finding]:
    """Return a finding for each capability that was not declared.

    Raises:
        ValueError: a declared name is none of `CAPABILITIES`.
    """
    unknown = sorted(set(declared) - set(CAPABILITIES))
    if unknown:
        raise ValueError(
            f"no capability is called {unknown[0]!r}; they are {', '.join(CAPABILITIES)}"
        )
    return [
        Finding(
            "capability-undeclared",
            "permissions",
            Axis.MALICE,
            _SEVERITIES[each.name],
            Confidence.HIGH,
            None,
            each.file,
            each.line,
            each.line,
            each.evidence,
            f"The code {_DOES[each.name]}, and its manifest does not say so",
            f"Whoever installs it was not asked for `{each.name}`.",
            f"Declare `{each.name}`, or take this out.",
        )
        for each in capabilities
        if each.name not in declared
    ]
