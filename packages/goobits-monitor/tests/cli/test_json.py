"""The JSON of results has the names and the units that programs rely on."""

from __future__ import annotations

import json
import math

import pytest
from goobits_monitor._cli import _json
from goobits_monitor._startup import PhaseCost


def test_report_of_a_start(make_report):
    """Each name here is one that somebody's script uses."""
    phases = (PhaseCost("imports", 0.0, 0.012, 0),)
    found = json.loads(_json.dump(_json.startup_report(make_report(phases=phases))))
    assert set(found) == {
        "version",
        "outcome",
        "runtime",
        "command",
        "bare",
        "runs",
        "cpu",
        "wall",
        "memory",
        "cpu_ratio",
        "memory_floor",
        "others",
        "goals",
        "before_phases",
        "phases",
        "imports",
        "series",
    }
    assert found["version"] == 1
    assert found["outcome"] == "met"
    assert found["command"] == ["tool", "--help"]
    assert found["runs"] == 20 == len(found["series"]["bare"]["wall"])
    assert found["wall"]["low"] < found["wall"]["median"] < found["wall"]["high"]
    assert found["goals"][0] == {
        "name": "start-up",
        "target": 0.1,
        "outcome": "met",
        **found["wall"],
    }
    assert found["phases"] == [
        {"name": "imports", "start": 0.0, "seconds": 0.012, "depth": 0}
    ]
    assert found["imports"]["modules"][1] == {
        "name": "json",
        "own": 0.002,
        "total": 0.005,
        "imports": [
            {"name": "json.decoder", "own": 0.003, "total": 0.003, "imports": []}
        ],
    }


def test_what_is_not_known_is_null(make_report):
    """Infinity is no JSON."""
    found = json.loads(
        _json.dump(_json.startup_report(make_report(count=3, imports=None)))
    )
    assert found["wall"]["low"] is None
    assert found["wall"]["high"] is None
    assert found["imports"] is None
    assert found["before_phases"] is None
    assert found["outcome"] == "undecided"


def test_comparison(make_comparison):
    """The gate reads this form again."""
    found = json.loads(_json.dump(_json.comparisons([make_comparison(1.05)])))
    assert set(found) == {"version", "comparisons"}
    (one,) = found["comparisons"]
    assert set(one) == {
        "verdicts",
        "repeats",
        "memory_floor",
        "others",
        "base",
        "head",
    }
    assert set(one["verdicts"]) == {"cpu", "wall", "memory"}
    assert set(one["verdicts"]["cpu"]) == {
        "outcome",
        "ratio",
        "low",
        "high",
        "pairs",
        "limit",
        "confidence",
    }
    assert one["verdicts"]["cpu"]["outcome"] == "slower"
    assert one["head"]["command"] == ["new", "--flag"]
    assert len(one["base"]["cpu"]) == 20


def test_verdict_of_nothing_measured_is_null(make_comparison):
    """A program can tell it from a verdict."""
    found = json.loads(_json.dump(_json.comparisons([make_comparison(0.0)])))
    assert found["comparisons"][0]["verdicts"]["cpu"] is None


def test_text_is_kept_as_it_is():
    """Names in other scripts stay readable in the files."""
    assert "\N{SNOWMAN}" in _json.dump({"name": "\N{SNOWMAN}"})


def test_number_that_is_none_is_a_mistake():
    """Other languages cannot read NaN."""
    with pytest.raises(ValueError, match="JSON compliant"):
        _json.dump(math.nan)
