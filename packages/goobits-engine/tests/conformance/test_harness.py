"""The harness itself: a wrong answer must not pass for a right one."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from .adapters import ADAPTERS
from .adapters.node import Node
from .adapters.python import Python
from .comparison import differences, report
from .processes import Outcome, Surroundings, run
from .tally import Tally
from .test_vectors import need_tool
from .vector_files import SPECS, Json, VectorFileError, load, topics, vector_of

CALL = b'{"function": "on_go", "args": {"n": {"int": "1"}, "v": true}}'
VECTOR = vector_of(
    {
        "name": "sample",
        "argv": ["go"],
        "code": 3,
        "stdout": "out\n",
        "stderr": ["one", "in {hooks}"],
        "hook": {"function": "on_go", "args": {"n": {"int": "1"}, "v": True}},
    },
    "plain",
)
RIGHT = Outcome(3, b"out\n", b"one\nin hooks.py\n", (CALL,))


def found(outcome: Outcome, **changes: object) -> str:
    """Return the differences from the sample vector, changed as asked, as one text."""
    vector = replace(VECTOR, **changes)  # type: ignore[arg-type]
    return "\n".join(differences(vector, outcome, Python(), "hooks.py"))


def call(**args: Json) -> tuple[bytes, ...]:
    """Return the record of one call of the sample hook."""
    return (json.dumps({"function": "on_go", "args": args}).encode(),)


def test_right_outcome_has_no_differences() -> None:
    """A false alarm would teach everyone to ignore the report."""
    assert found(RIGHT) == ""


@pytest.mark.parametrize(
    ("outcome", "part"),
    [
        (replace(RIGHT, code=0), "code: expected 3, got 0"),
        (replace(RIGHT, stdout=b"out"), "stdout: expected 'out\\n'"),
        (replace(RIGHT, stdout=b"out\r\n"), "got 'out\\r\\n'"),
        (replace(RIGHT, stdout=b"\xff"), "got '\\\\xff'"),
        (replace(RIGHT, stderr=b"one\n"), "stderr: expected"),
        (replace(RIGHT, calls=()), "expected one call of on_go"),
        (replace(RIGHT, calls=(CALL, CALL)), "expected one call of on_go"),
        (replace(RIGHT, calls=call(n={"int": "1"})), "no argument 'v'"),
        (
            replace(RIGHT, calls=call(n={"int": "1"}, v=True, w=None)),
            "unexpected argument 'w'",
        ),
        (replace(RIGHT, calls=call(n={"int": "2"}, v=True)), "'n': expected"),
        (replace(RIGHT, calls=call(n={"int": "1"}, v=1)), "'v': expected True"),
        (replace(RIGHT, calls=(CALL.replace(b"on_go", b"on_no"),)), "got on_no"),
        (
            replace(RIGHT, calls=(CALL[:-1] + b', "positional": 1}',)),
            "1 positional arguments",
        ),
    ],
)
def test_wrong_outcome_is_reported(outcome: Outcome, part: str) -> None:
    """Each part of an answer is compared, and exactly."""
    assert part in found(outcome)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"hook": None}, "expected no call"),
        ({"signal": "SIGINT"}, "code: expected -2"),
        ({"trace": True}, "expected a trace"),
        ({"styled": ("stdout",)}, "expected colours"),
        ({"stderr_starts": "two"}, "expected to start"),
        ({"stdout": "", "stdout_has": ("other",)}, "'other' is not in"),
        ({"json": {"name": "x"}}, "not JSON"),
    ],
)
def test_every_kind_of_expectation_can_fail(
    changes: dict[str, object], part: str
) -> None:
    """An expectation that always holds would hide a wrong program."""
    assert part in found(RIGHT, **changes)


def test_json_is_compared_by_the_expected_keys() -> None:
    """Only the part that is promised is compared."""
    outcome = replace(RIGHT, stdout=b'{"name": "x", "more": 1}')
    assert found(outcome, json={"name": "x"}) == ""
    assert "expected JSON" in found(outcome, json={"name": "y"})


def test_report_shows_the_command_line() -> None:
    """A reader repeats the failing command from the report."""
    vector = vector_of({"name": "raw", "argv": ["a b", {"hex": "ff"}]}, "plain")
    assert "raw  [plain] 'a b' '\\xff'" in report(vector, ["code: expected 0, got 1"])


@pytest.mark.parametrize(
    "item",
    [
        {"name": "x", "argv": [], "stdut": ""},
        {"name": "x", "argv": [], "behaviour": {"rais": "x"}},
        {"name": "x", "argv": [], "stdio": "broken"},
        {"name": "x", "argv": [], "tty": ["stdin"]},
        {"name": "x", "argv": [], "hook": {"function": "on_x"}},
        {"name": "x", "argv": [], "languages": ["rust"]},
        {"name": "x"},
        {"argv": []},
    ],
)
def test_malformed_vector_is_refused(item: dict[str, Json]) -> None:
    """A misspelt key would be an expectation that nobody checks."""
    with pytest.raises(VectorFileError):
        vector_of(item, "plain")


def test_name_used_twice_is_refused(tmp_path: Path) -> None:
    """A failure names its vector, so a name means one vector."""
    vectors = [{"name": "x", "argv": []}, {"name": "x", "argv": ["y"]}]
    path = tmp_path / "twice.json"
    path.write_text(json.dumps({"spec": "plain", "vectors": vectors}), "utf-8")
    with pytest.raises(VectorFileError, match="used twice: x"):
        load(path)


def test_every_file_is_well_formed_and_every_spec_is_used() -> None:
    """A spec that no vector runs proves nothing."""
    used = {vector.spec for path in topics() for vector in load(path)}
    assert used == {path.stem for path in SPECS.glob("*.yaml")}


def test_languages_of_a_vector_exist() -> None:
    """A misspelt language would never be asked."""
    named = {
        name for path in topics() for each in load(path) for name in each.languages
    }
    assert named <= {adapter.language for adapter in ADAPTERS}


PROBE = """
import os, sys
names = [name for name, fd in (("out", 1), ("err", 2)) if os.isatty(fd)]
os.write(2, " ".join(["ttys:", *names, *map(repr, sys.argv[1:])]).encode())
try:
    os.write(1, b"text\\n")
except OSError as error:
    os.write(2, f" errno {error.errno}".encode())
sys.exit(5)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX streams")
@pytest.mark.parametrize(
    ("item", "stdout", "stderr"),
    [
        ({}, b"text\n", b"ttys:"),
        ({"tty": ["stdout"]}, b"text\n", b"ttys: out"),
        ({"tty": ["stdout", "stderr"]}, b"text\n", b"ttys: out err"),
        ({"stdio": "closed-stdout"}, b"", b"ttys: errno 9"),
        ({"stdio": "epipe"}, b"", b"ttys: errno 32"),
        ({"stdio": "full"}, b"", b"ttys: errno 28"),
        ({"argv": [{"hex": "ff"}]}, b"text\n", rb"ttys: '\udcff'"),
    ],
)
def test_streams_are_in_the_state_asked_for(
    item: dict[str, Json], stdout: bytes, stderr: bytes, surroundings: Surroundings
) -> None:
    """A vector about broken streams is void when its streams are whole."""
    vector = vector_of({"name": "probe", "argv": [], **item}, "plain")
    outcome = run((sys.executable, "-c", PROBE), vector, surroundings)
    assert outcome == Outcome(5, stdout, stderr, ())


class WithoutTool(Node):
    """A language whose interpreter is not installed."""

    @property
    def tool(self) -> None:
        """Return that there is none."""


def test_missing_toolchain_is_a_visible_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no Node.js can still run the rest."""
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no toolchain for nodejs"):
        need_tool(WithoutTool())


def test_missing_toolchain_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that is silently left out would be broken unnoticed."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no toolchain for nodejs"):
        need_tool(WithoutTool())


def test_tally_counts_by_language() -> None:
    """The last line of a run says how far each language has come."""
    tally = Tally("conformance")
    tally.add("python", answered=2, asked=2)
    tally.add("python", answered=1, asked=3, left_out=1)
    tally.add("nodejs", answered=0, asked=1)
    assert tally.summary() == (
        "conformance: python 3 of 5 (1 could not run here), nodejs 0 of 1"
    )
