"""Packages that everybody uses, as their registries have them, stay clean.

A share of the whole set: `.ci/long/scanner-clean` scans all fifty.
"""

from __future__ import annotations

import os
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from goobits_scanner import Level, Severity

NAMES = (
    "attrs certifi click idna jinja2 packaging pip requests setuptools urllib3 "
    "axios chalk commander express semver ws"
).split()
SET = runpy.run_path(str(Path(__file__).parents[1] / "benchmarks" / "clean_set.py"))


@pytest.fixture(scope="module")
def scanned() -> list[Any]:
    """Fetch the packages by name and scan them, without installing any."""
    for program in ("uv", "npm"):
        if shutil.which(program) is None and "CI" not in os.environ:
            pytest.skip(f"{program} is not installed: packages can't be fetched")
    fetch: Callable[..., Any] = SET["scanned"]
    try:
        return list(fetch(NAMES))
    except OSError as error:
        if "CI" in os.environ:
            raise
        pytest.skip(str(error))


def test_all_were_scanned(scanned: list[Any]) -> None:
    """An empty set would be clean, too."""
    assert [each.name for each in scanned] == NAMES
    assert all(each.report.lines > 100 for each in scanned)
    assert all(each.report.capabilities for each in scanned if each.name == "requests")


def test_none_has_a_high_finding(scanned: list[Any]) -> None:
    """Who is warned of what everybody uses stops reading warnings."""
    high = [
        (each.name, finding)
        for each in scanned
        for finding in each.report.findings
        if finding.severity is Severity.HIGH
    ]
    assert high == []
    assert all(each.report.level < Level.HIGH for each in scanned)


def test_few_findings_are_medium(scanned: list[Any]) -> None:
    """At most 0.2 for 10,000 lines."""
    severe = [finding for each in scanned for finding in SET["severe"](each.report)]
    lines = sum(each.report.lines for each in scanned)
    assert len(severe) / lines * 10_000 <= 0.2, severe


def test_all_are_scanned_whole(scanned: list[Any]) -> None:
    """A file that could not be scanned is as good as one that was not looked at."""
    assert {
        each.name: each.report.unscanned for each in scanned if each.report.unscanned
    } == {}
