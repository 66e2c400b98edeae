"""Tests of reports as SARIF, held against the schema of OASIS."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from goobits_scanner._diff import difference
from goobits_scanner._finding import Axis, Finding, Report, Severity
from goobits_scanner._output._sarif import SarifWriter

Log = Callable[..., Any]


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft4Validator:
    schema = Path(__file__).with_name("sarif-2.1.0.schema.json").read_text()
    return jsonschema.Draft4Validator(json.loads(schema))


@pytest.fixture
def run(validator: jsonschema.Draft4Validator) -> Log:
    """Return a function that gives the one run of a valid log."""

    def make(*reports: Report, folders: bool = True) -> Any:
        writer = SarifWriter(version="1.2.3", is_folder=lambda _: folders)
        log = json.loads(writer.reports(reports, Severity.INFO))
        validator.validate(log)
        return log["runs"][0]

    return make


def _uri(result: Any) -> str:
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return str(location["uri"])


def test_rules_are_there_once_and_found_by_their_number(
    run: Log, finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A host shows the help of a rule by its index."""
    other = finding(rule="a-first", axis=Axis.VULNERABILITY, severity=Severity.LOW)
    found = run(report(finding(), other, finding(line=40, severity=Severity.MEDIUM)))
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["a-first", "exec-input"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "external/cwe/cwe-078" in rules[1]["properties"]["tags"]
    assert rules[1]["properties"]["security-severity"] == "8.0"
    assert rules[1]["help"]["text"].endswith("Pass a list of fixed words.")
    levels = [result["level"] for result in found["results"]]
    assert levels == ["error", "note", "warning"]


def test_fingerprints_do_not_move_with_lines(
    run: Log, finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """A line that is added above must not make every alert a new one."""

    def prints(*findings: Finding) -> list[str]:
        results = run(report(*findings))["results"]
        return [
            each["partialFingerprints"]["primaryLocationLineHash"] for each in results
        ]

    before = prints(finding(), finding(line=13))
    assert prints(finding(line=50), finding(line=51)) == before
    assert len(set(before)) == 2
    assert prints(finding(evidence="another()")) != before[:1]


@pytest.mark.parametrize(
    ("path", "is_folder", "file", "uri"),
    [
        ("plugins/a", True, "src/x y.py", "plugins/a/src/x%20y.py"),
        ("./plugins/a/", True, "x.py", "plugins/a/x.py"),
        (".", True, "x.py", "x.py"),
        ("/abs/a", True, "x.py", "x.py"),
        ("../a", True, "x.py", "x.py"),
        ("dist/x.py", False, "x.py", "dist/x.py"),
        ("dist/x.whl", False, "x/__init__.py", "dist/x.whl%21x/__init__.py"),
        (
            ".",
            True,
            "javascript:alert(1)//\u202e",
            "javascript%3Aalert%281%29//%E2%80%AE",
        ),
        (".", True, "//host.invalid/x", "%2F/host.invalid/x"),
        (".", True, "a\udc80?#.py", "a%5Cudc80%3F%23.py"),
    ],
)
def test_places_are_relative_references(
    path: str,
    is_folder: bool,
    file: str,
    uri: str,
    run: Log,
    finding: Callable[..., Finding],
    report: Callable[..., Report],
) -> None:
    """Hosts find files from the root of a checkout; a name must never be another address."""
    found = run(report(finding(file=file), path=path), folders=is_folder)
    assert _uri(found["results"][0]) == uri


def test_what_could_not_be_scanned_is_told(
    run: Log, report: Callable[..., Report]
) -> None:
    """An incomplete scan must not look like a clean one."""
    (invocation,) = run(report(unscanned=("big.bin",)))["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert _uri(notice) == "plugin/big.bin"
    assert run(report())["invocations"][0]["executionSuccessful"] is True


def test_only_what_is_new_is_in_a_difference(
    validator: jsonschema.Draft4Validator,
    finding: Callable[..., Finding],
    report: Callable[..., Report],
) -> None:
    """A host marks the results of an update by their state."""
    found = difference(
        report(finding()), report(finding(), finding(evidence="added()"))
    )
    writer = SarifWriter(version="1.2.3")
    log = json.loads(writer.difference(found, Severity.INFO))
    validator.validate(log)
    (result,) = log["runs"][0]["results"]
    assert result["baselineState"] == "new"
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["snippet"]["text"] == "added()"


def test_messages_hold_no_links_and_no_placeholders(
    run: Log, finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """Names out of scanned code must not become links in an alert."""
    evil = "[click](http://evil.invalid) {0} \udc80"
    found = run(report(finding(what=evil, why="", fix="", line=0, end_line=0)))
    shown = found["results"][0]["message"]["text"]
    assert shown == "\\[click](http://evil.invalid) {{0}} \\\\udc80"
