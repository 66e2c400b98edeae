"""What the tests of manifests share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from goobits_scanner._finding import Finding
from goobits_scanner._manifests import manifest_findings


@pytest.fixture
def found() -> Callable[[str, str], dict[str, Finding]]:
    """Return the findings of a text by rule."""

    def read(name: str, text: str) -> dict[str, Finding]:
        return {finding.rule: finding for finding in manifest_findings(name, text)[0]}

    return read
