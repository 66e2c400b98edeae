"""What the tests of the byte pass share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from goobits_scanner._bytes import byte_findings, decode, kind_of
from goobits_scanner._finding import Finding
from goobits_scanner._source import Source

Look = Callable[..., list[Finding]]


@pytest.fixture
def look() -> Look:
    """Return a function that looks at a file's bytes."""

    def function(
        name: str, data: bytes | str, *, is_executable: bool = False
    ) -> list[Finding]:
        data = data.encode() if isinstance(data, str) else data
        source = Source(name, data, len(data), is_executable)
        kind = kind_of(source)
        return byte_findings(source, decode(source, kind), kind)

    return function
