"""Tests of reports as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files

import jsonschema
import pytest
from goobits_scanner._diff import difference
from goobits_scanner._finding import CAPABILITIES, Capability, Finding, Report, Severity
from goobits_scanner._output._json import difference_as_json, reports_as_json

Schema = dict[str, object]


@pytest.fixture
def schema() -> Schema:
    text = files("goobits_scanner").joinpath("report.schema.json").read_text()
    found: Schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_a_report_is_valid_and_says_all(
    finding: Callable[..., Finding], report: Callable[..., Report], schema: Schema
) -> None:
    """Programs read this; a field that goes missing breaks them."""
    found = (finding(), finding(severity=Severity.INFO, cwe=None, line=0, end_line=0))
    text = reports_as_json([report(*found, unscanned=("x",))], Severity.INFO)
    document = json.loads(text)
    jsonschema.validate(document, schema)
    (package,) = document["packages"]
    assert package["findings"][0] == {
        "rule": "exec-input",
        "category": "exec",
        "axis": "malice",
        "severity": "high",
        "confidence": "high",
        "cwe": 78,
        "file": "src/plugin.py",
        "line": 12,
        "end_line": 12,
        "evidence": "os.system(request.body)",
        "what": "Runs what a request says",
        "why": "Whoever can send a request can run commands.",
        "fix": "Pass a list of fixed words.",
    }
    assert package["unscanned"] == ["x"]
    assert (document["level"], package["level"]) == ("high", "high")
    assert package["counts"] == {
        "high": 1,
        "medium": 0,
        "low": 0,
        "info": 1,
        "hidden": 0,
        "files": 3,
        "lines": 120,
        "bytes": 4096,
    }


def test_a_difference_is_valid_and_says_both_sides(
    finding: Callable[..., Finding], report: Callable[..., Report], schema: Schema
) -> None:
    """An update is judged by what it gained, not by what was there."""
    old = report(finding(rule="old"), path="1.0", capabilities=())
    document = json.loads(
        difference_as_json(difference(old, report(path="1.1")), Severity.INFO)
    )
    jsonschema.validate(document, schema)
    assert document["old"] == {"path": "1.0", "level": "high"}
    assert document["new"] == {"path": "1.1", "level": "safe"}
    assert [each["rule"] for each in document["findings"]] == ["capability-gained"]
    assert [each["rule"] for each in document["gone"]] == ["old"]
    assert document["level"] == "medium"


def test_hidden_findings_are_counted(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """What is left out must not look like what is not there."""
    low = finding(severity=Severity.LOW)
    document = json.loads(reports_as_json([report(finding(), low)], Severity.MEDIUM))
    (package,) = document["packages"]
    assert len(package["findings"]) == 1
    assert (package["counts"]["hidden"], package["counts"]["low"]) == (1, 1)


def test_the_schema_knows_every_capability(
    report: Callable[..., Report], schema: Schema
) -> None:
    """A capability that is added must be added to the schema, too."""
    every = tuple(Capability(name, "a.py", 1, "") for name in CAPABILITIES)
    text = reports_as_json([report(capabilities=every)], Severity.INFO)
    jsonschema.validate(json.loads(text), schema)


def test_no_text_of_scanned_code_is_more_than_a_text(
    finding: Callable[..., Finding], report: Callable[..., Report]
) -> None:
    """JSON goes to terminals and strict parsers: it is ASCII without halves of characters."""
    evil = '"\x1b[2J\u202e\udc80\ud83d'
    text = reports_as_json([report(finding(file=evil, evidence=evil))], Severity.INFO)
    assert text.replace("\n", "").isprintable()
    assert text.isascii()
    json.loads(text)["packages"][0]["findings"][0]["file"].encode()
