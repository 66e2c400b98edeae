"""Tests of baselines: what is known, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_scanner._baseline import (
    baseline_of,
    dumps,
    load,
    loads,
    without_known,
)
from goobits_scanner._errors import BaselineError
from goobits_scanner._finding import (
    Axis,
    Confidence,
    Finding,
    Level,
    Report,
    Severity,
    level_of,
)

ENTRY = {
    "rule": "r",
    "severity": "high",
    "file": "a.py",
    "evidence": "0" * 32,
    "count": 1,
}


def _finding(**fields: object) -> Finding:
    usual = Finding(
        rule="exec-input",
        category="exec",
        axis=Axis.MALICE,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        cwe=78,
        file="a.py",
        line=3,
        end_line=3,
        evidence="run(x)",
        what="Runs x",
        why="",
        fix="",
    )
    return usual._replace(**fields)  # type: ignore[arg-type]


def _report(*findings: Finding, unscanned: tuple[str, ...] = ()) -> Report:
    return Report("p", level_of(findings), findings, (), unscanned, 1, 10, 100)


def _left(known: Report, now: Report) -> Report:
    return without_known(now, loads(dumps(baseline_of(known.findings)).encode()))


@pytest.mark.parametrize(
    "change",
    [{"line": 90, "end_line": 92}, {"evidence": "   run(x)\t"}, {"why": "reworded"}],
)
def test_what_only_moved_stays_known(change: dict[str, object]) -> None:
    """A baseline that every edit breaks is soon written anew without a look."""
    left = _left(_report(_finding()), _report(_finding(**change)))
    assert (left.findings, left.level) == ((), Level.SAFE)


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": "run(y)"},
        {"file": "b.py"},
        {"rule": "other"},
        {"severity": Severity.MEDIUM},
    ],
)
def test_what_is_another_finding_is_told(change: dict[str, object]) -> None:
    """A known finding excuses nothing but itself."""
    now = _report(_finding(**change))
    assert _left(_report(_finding()), now) == now


def test_one_more_of_the_same_is_told() -> None:
    """Copying a known line must not go unseen; the last one is likely the new one."""
    now = _report(*(_finding(line=line) for line in (9, 3, 6)))
    left = _left(_report(_finding(), _finding(line=6)), now)
    assert [finding.line for finding in left.findings] == [9]
    assert left.level is Level.HIGH


def test_what_could_not_be_scanned_stays_so() -> None:
    """Its content may have changed: nobody can know."""
    scan = _finding(rule="scan-size", category="scan", evidence="")
    left = _left(_report(scan), _report(scan, unscanned=("a.py",)))
    assert left.findings == ()
    assert left.unscanned == ("a.py",)


def test_findings_stay_worst_first() -> None:
    """Every output relies on the order of a report."""
    low = _finding(severity=Severity.LOW, file="0.py")
    left = _left(_report(), _report(_finding(file="z.py", line=50), low))
    assert [finding.severity for finding in left.findings] == [
        Severity.HIGH,
        Severity.LOW,
    ]


def test_a_baseline_holds_no_evidence() -> None:
    """It is committed; it must not spread what stood in a line."""
    text = dumps(baseline_of([_finding(evidence="key = 'sk_live_****'")]))
    assert "sk_live" not in text


def test_a_baseline_is_sorted_one_finding_a_line() -> None:
    """A diff of two baselines is read by people."""
    found = [_finding(file=name) for name in ("b.py", "a.py", "b.py")]
    text = dumps(baseline_of(found))
    assert text == dumps(baseline_of(reversed(found)))
    lines = [line for line in text.splitlines() if '"rule"' in line]
    assert ["a.py" in lines[0], "b.py" in lines[1], len(lines)] == [True, True, 2]
    assert json.loads(text)["findings"][1]["count"] == 2


def test_half_a_character_in_a_name_comes_back() -> None:
    """File names are bytes; a baseline must hold what was found in them."""
    odd = _report(_finding(file="a\udc80.py", evidence="\ud83d"))
    assert _left(odd, odd).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"version": 1}',
        '{"version": 2, "findings": []}',
        '{"version": true, "findings": []}',
        '{"version": 1, "findings": {}}',
        '{"version": 1, "findings": [], "more": 1}',
        '{"version": 1, "findings": [[]]}',
        '{"version": 1, "findings": [' + "9" * 5000 + "]}",
        *(
            json.dumps({"version": 1, "findings": [{**ENTRY, **change}]})
            for change in (
                {"count": 0},
                {"count": True},
                {"count": 1.0},
                {"rule": None},
                {"severity": "grave"},
                {"more": 1},
            )
        ),
        json.dumps({"version": 1, "findings": [ENTRY, ENTRY]}),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, tmp_path: Path) -> None:
    """A baseline that is half understood would hide or tell the wrong things."""
    file = tmp_path / "baseline.json"
    file.write_text(text)
    with pytest.raises(BaselineError, match=r"baseline\.json: ") as raised:
        load(str(file))
    assert raised.value.hint


@pytest.mark.parametrize(
    "make",
    [Path.mkdir, lambda path: path.write_bytes(b"\xff\xfe\xff"), lambda path: None],
)
def test_what_cannot_be_read_is_refused(
    make: Callable[[Path], object], tmp_path: Path
) -> None:
    """A missing baseline must not count as an empty one without a word."""
    make(tmp_path / "b")
    with pytest.raises(BaselineError):
        load(str(tmp_path / "b"))
