"""Tests of what an update gained."""

from __future__ import annotations

import pytest
from goobits_scanner._diff import GAINED, difference
from goobits_scanner._finding import (
    CAPABILITIES,
    Axis,
    Capability,
    Confidence,
    Finding,
    Level,
    Report,
    Severity,
    level_of,
)
from hypothesis import given
from hypothesis import strategies as st


def _finding(
    evidence: str = "run(x)",
    file: str = "a.py",
    line: int = 3,
    *,
    severity: Severity = Severity.HIGH,
) -> Finding:
    return Finding(
        rule="exec-input",
        category="exec",
        axis=Axis.MALICE,
        severity=severity,
        confidence=Confidence.HIGH,
        cwe=78,
        file=file,
        line=line,
        end_line=line,
        evidence=evidence,
        what="Runs x",
        why="",
        fix="",
    )


def _report(*findings: Finding, can: str = "") -> Report:
    able = tuple(Capability(name, "a.py", 1, f"{name}()") for name in can.split())
    return Report("p", level_of(findings), findings, able, (), 1, 10, 100)


@pytest.mark.parametrize(
    "moved",
    [
        _finding(line=99),
        _finding("  run(x)"),
        _finding(file="b.py"),
        _finding(file="p-1.1/a.py"),
    ],
)
def test_what_moved_is_neither_new_nor_gone(moved: Finding) -> None:
    """An update that moves code would drown what it adds."""
    found = difference(_report(_finding()), _report(moved))
    assert (found.new, found.gone, found.level) == ((), (), Level.SAFE)


def test_a_copy_in_another_file_is_new() -> None:
    """What stays where it was cannot have moved."""
    copy = _finding(file="setup.py")
    found = difference(_report(_finding()), _report(_finding(), copy))
    assert found.new == (copy,)
    assert difference(_report(_finding()), _report(copy, _finding())).new == (copy,)


def test_what_got_worse_is_new_and_what_it_was_is_gone() -> None:
    """A harmless line that becomes a harmful one is news."""
    low = _finding(severity=Severity.LOW)
    found = difference(_report(low), _report(_finding()))
    assert (found.new, found.gone) == ((_finding(),), (low,))
    assert (found.old.level, found.current.level) == (Level.LOW, Level.HIGH)


def test_the_level_is_that_of_what_is_new() -> None:
    """Whoever lives with the old version decides about the update alone."""
    low = _finding("other()", severity=Severity.LOW)
    found = difference(_report(_finding()), _report(_finding(), low))
    assert (found.current.level, found.level) == (Level.HIGH, Level.LOW)


@pytest.mark.parametrize("name", CAPABILITIES)
def test_a_gained_capability_is_a_finding(name: str) -> None:
    """An update that begins to run programs is news even where no rule fires."""
    grave = name in ("run", "network", "obfuscated", "native")
    found = difference(_report(), _report(can=name))
    (new,) = found.new
    assert (new.rule, new.axis, new.category) == (GAINED, Axis.MALICE, "permissions")
    assert new.severity is (Severity.MEDIUM if grave else Severity.INFO)
    assert found.level is (Level.MEDIUM if grave else Level.SAFE)
    assert [each.name for each in found.gained] == [name]


def test_a_capability_that_stays_or_goes_is_no_finding() -> None:
    """Only more is worse."""
    found = difference(_report(can="run read"), _report(can="read"))
    assert found.new == ()
    assert [each.name for each in found.lost] == ["run"]
    assert found.gained == ()


def test_files_without_evidence_are_known_by_their_names() -> None:
    """One blob does not excuse another one."""
    old = _report(_finding("", "p-1.0/lib.so", 0))
    assert difference(old, _report(_finding("", "p-1.1/lib.so", 0))).new == ()
    assert len(difference(old, _report(_finding("", "p-1.1/evil.so", 0))).new) == 1


_FINDINGS = st.lists(
    st.builds(
        _finding,
        st.sampled_from(["a()", "b()"]),
        st.sampled_from(["a.py", "b.py"]),
        st.integers(1, 9),
    ),
    max_size=8,
)


@given(_FINDINGS, _FINDINGS)
def test_what_is_new_and_gone_balances(old: list[Finding], new: list[Finding]) -> None:
    """Each finding is matched at most once, whatever the order."""
    found = difference(_report(*old), _report(*new))
    assert len(new) - len(found.new) == len(old) - len(found.gone)
    back = difference(_report(*new), _report(*old))
    assert (len(back.new), len(back.gone)) == (len(found.gone), len(found.new))
    for evidence in ("a()", "b()"):
        more = sum(each.evidence == evidence for each in new) - sum(
            each.evidence == evidence for each in old
        )
        told = sum(each.evidence == evidence for each in found.new)
        assert told == max(more, 0)


@given(_FINDINGS)
def test_a_version_gains_nothing_over_itself(findings: list[Finding]) -> None:
    """No change, no news."""
    same = _report(*findings, can="run")
    found = difference(same, same)
    assert (found.new, found.gone, found.gained, found.lost) == ((), (), (), ())
