"""Samples that were damaged: nothing of them fails the scanner, and it answers in time."""

from __future__ import annotations

import runpy
import time
from pathlib import Path

import pytest
from goobits_scanner import Limits
from goobits_scanner._examination import examine
from goobits_scanner._source import Source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SCORE = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "score.py"))
SAMPLES = list(SCORE["samples"](SCORE["CORPUS"] / "open"))
SIGNS = st.text("()[]{}'\"`\\$#/*<>=:;,.\n\t@!ué\0", max_size=6)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), SIGNS, st.integers(0, 4)), max_size=6
)


@given(st.sampled_from(SAMPLES), CHANGES)
@settings(max_examples=1_500, deadline=None, suppress_health_check=list(HealthCheck))
def test_damaged_code_is_examined(
    sample: object, changes: list[tuple[float, int, str, int]]
) -> None:
    """Code that breaks the scanner would be the first that an attacker ships."""
    text: str = sample.text  # type: ignore[attr-defined]
    for place, removed, put, repeated in changes:
        start = int(place * len(text))
        text = (
            text[:start]
            + put
            + text[start : start + 80] * repeated
            + text[start + removed :]
        )
    data = text.encode("utf-8", "surrogatepass")
    name: str = sample.file_name  # type: ignore[attr-defined]
    started = time.process_time()
    examine(Source(name, data, len(data)), Limits())
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "text",
    ["for in x: pass\n", "x = b'\\\\xZZ\\\n'\n", "import\n = 1\n", "b'\\\r\n'\n"],
)
def test_half_statements_are_examined(text: str) -> None:
    """Each of these has broken it, or one like it."""
    examine(Source("a.py", text.encode(), len(text)), Limits())
