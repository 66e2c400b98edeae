"""Every rule's own examples."""

from __future__ import annotations

import re

import pytest
from goobits_scanner._finding import Finding
from goobits_scanner._manifests import manifest_findings
from goobits_scanner._manifests._rules import _RULES, RULES, Rule

WITH_EXAMPLES = [rule for rule in _RULES if rule.bad]


def ids(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.id)
def test_bad_example_is_found(rule: Rule) -> None:
    """A rule that misses its own example finds nothing in the wild."""
    findings = manifest_findings(rule.file, rule.bad)[0]
    assert rule.id in ids(findings)


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.id)
def test_good_example_is_silent(rule: Rule) -> None:
    """A rule that cannot tell its look-alike apart is noise."""
    findings = manifest_findings(rule.file, rule.good)[0]
    assert rule.id not in ids(findings)


def test_ids_are_unique_kebab_case() -> None:
    """Baselines and suppressions name rules by their ids."""
    assert len(RULES) == len(_RULES)
    assert all(re.fullmatch(r"[a-z]+(?:-[a-z]+)*", rule.id) for rule in _RULES)


def test_only_known_dependencies_have_no_example() -> None:
    """A rule without an example is one without a test."""
    assert {rule.id for rule in _RULES if not rule.bad} == {
        "known-malicious-package",
        "known-vulnerability",
        "script-too-long",
    }
