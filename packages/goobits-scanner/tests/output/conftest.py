"""Reports built by hand, hostile in every text that comes from scanned code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from goobits_scanner._finding import (
    Axis,
    Capability,
    Confidence,
    Finding,
    Report,
    Severity,
    level_of,
)


@pytest.fixture
def finding() -> Callable[..., Finding]:
    """Return a function that makes findings, of which only what matters is said."""

    def make(**fields: object) -> Finding:
        usual: dict[str, object] = {
            "rule": "exec-input",
            "category": "exec",
            "axis": Axis.MALICE,
            "severity": Severity.HIGH,
            "confidence": Confidence.HIGH,
            "cwe": 78,
            "file": "src/plugin.py",
            "line": 12,
            "end_line": 12,
            "evidence": "os.system(request.body)",
            "what": "Runs what a request says",
            "why": "Whoever can send a request can run commands.",
            "fix": "Pass a list of fixed words.",
        }
        return Finding(**{**usual, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture
def report() -> Callable[..., Report]:
    """Return a function that makes a report of findings."""

    def make(*findings: Finding, **fields: object) -> Report:
        usual: dict[str, object] = {
            "path": "plugin",
            "level": level_of(findings),
            "findings": findings,
            "capabilities": (Capability("run", "src/plugin.py", 12, "os.system(x)"),),
            "unscanned": (),
            "files": 3,
            "lines": 120,
            "size": 4096,
        }
        return Report(**{**usual, **fields})  # type: ignore[arg-type]

    return make
