"""Each option of the program does what it says: the test of one fails when it is ignored."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from goobits_monitor import PerformanceMonitor
from goobits_monitor._comparison import JUDGED

PYTHON = sys.executable
BARE = (PYTHON, "-I", "-S", "-c", "pass")
SLEEPS = "import time; time.sleep(2)"
BURNS = "import time\nwhile time.process_time() < 0.06: pass"
PATIENCE = 60.0
SIDE = 7
"""How many values a side needs, so that anything can be said of it."""

Monitor = Callable[..., subprocess.CompletedProcess[str]]
Command = Callable[[str, str], str]


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Run goobits-monitor in a folder of its own, where its history lies too."""
    for name in ("XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PYTHON, "-m", "goobits_monitor", *map(str, words)],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    return run


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Write a program; return the command that runs it, as one text."""

    def write(name: str, code: str) -> str:
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        return f'"{PYTHON}" -I -S {name}.py'

    return write


def shown(monitor: Monitor, *words: str | Path) -> list[dict[str, Any]]:
    """Return the metrics that `history` shows."""
    done = monitor("history", "--json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["metrics"]


def labels(monitor: Monitor, metric: str) -> list[str]:
    (found,) = shown(monitor, metric)
    return [value["label"] for value in found["values"]]


def remember(metric: str, *levels: tuple[int, float]) -> None:
    """Record values as often as is said, where the program looks for them."""
    with PerformanceMonitor() as history:
        for count, value in levels:
            for _ in range(count):
                history.record(metric, value)


# run


def test_run_label_is_recorded(monitor):
    """Without it nobody knows which commit became slower."""
    words = ("-n", "1", "--record", "tool", "--label", "abc")
    assert monitor("run", *words, "--", *BARE).returncode == 0
    assert labels(monitor, "tool: wall") == ["abc"]


def test_run_history_names_the_file(monitor, tmp_path):
    """A CI job keeps its values in its own file."""
    other = tmp_path / "other.sqlite3"
    words = ("-n", "1", "--record", "tool", "--history", other)
    assert monitor("run", *words, "--", *BARE).returncode == 0
    with PerformanceMonitor(other) as history:
        assert "tool: wall" in [metric.name for metric in history.metrics()]


def test_run_memory_is_a_target(monitor):
    """No interpreter starts in one megabyte."""
    done = monitor("run", "--json", "-n", str(SIDE), "--memory", "1", "--", *BARE)
    memory = json.loads(done.stdout)["goals"][1]
    assert (memory["name"], memory["outcome"]) == ("memory", "missed")


def test_run_pairs_are_counted(monitor):
    """Who gives a number does not wait for three seconds."""
    done = monitor("run", "--json", "-n", "3", "--", *BARE)
    assert json.loads(done.stdout)["runs"] == 3


def test_run_timeout_ends_the_command(monitor):
    """A command that hangs would hang the CI job."""
    words = ("-n", "1", "--timeout", "0.3")
    done = monitor("run", *words, "--", PYTHON, "-c", SLEEPS)
    assert (done.returncode, done.stdout) == (124, "")


# compare


@pytest.mark.skipif(JUDGED == "wall", reason="CPU time is too coarse to be judged")
def test_compare_metric_is_what_the_check_judges(monitor, command):
    """Head waits where base computes: it is slower by the clock alone."""
    words = ("compare", "-n", str(SIDE), "--repeats", "1", "--check", "--metric")
    base = command("base", "import time\nwhile time.process_time() < 0.03: pass")
    head = command("head", "import time; time.sleep(0.2)")
    assert monitor(*words, "wall", base, head).returncode == 1
    assert monitor(*words, "cpu", base, head).returncode == 0


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="processes cannot be pinned, or have one CPU anyway",
)
def test_compare_no_pin_leaves_every_cpu(monitor, command):
    """On one CPU a program with several threads cannot show what it gains from them."""
    code = "import os, sys; sys.exit(len(os.sched_getaffinity(0)) > 1)"
    pinned = command("pinned", code)
    words = ("compare", "-n", "1", "--repeats", "1", pinned, pinned)
    assert monitor(*words).returncode == 0
    loose = monitor(*words, "--no-pin")
    assert loose.returncode == 1
    assert "exit code 1" in loose.stderr


def test_compare_measures_what_fails_when_told_to(monitor, command):
    """A linter that finds something exits with 1."""
    fails = command("fails", "raise SystemExit(3)")
    words = ("compare", "-n", "1", "--repeats", "1", fails, fails)
    assert monitor(*words).returncode == 1
    assert monitor(*words, "-i").returncode == 0


def test_compare_limit_forgives(monitor, command):
    """Head costs a multiple of base, and that much was allowed."""
    words = ("-n", str(SIDE), "--repeats", "1", "--check", "--limit", "10000")
    base, head = command("base", "pass"), command("head", BURNS)
    done = monitor("compare", "--json", *words, base, head)
    assert done.returncode == 0
    (found,) = json.loads(done.stdout)["comparisons"]
    assert found["verdicts"][JUDGED]["low"] > 1.02
    assert found["verdicts"][JUDGED]["outcome"] == "same"


def test_compare_timeout_ends_the_commands(monitor, command):
    """A head that hangs is no head that is slow."""
    sleeps = command("sleeps", SLEEPS)
    words = ("-n", "1", "--repeats", "1", "--timeout", "0.3")
    done = monitor("compare", *words, sleeps, sleeps)
    assert (done.returncode, done.stdout) == (124, "")


def test_compare_repeats_are_taken_as_given(monitor, command):
    """Who gives a number knows the noise."""
    quick = command("quick", "pass")
    done = monitor("compare", "--json", "-n", "1", "--repeats", "2", quick, quick)
    (found,) = json.loads(done.stdout)["comparisons"]
    assert found["repeats"] == 2


def test_compare_quiet_shows_no_progress(monitor, command):
    """Logs of CI jobs are long enough."""
    slow = command("slow", "import time; time.sleep(0.3)")
    words = ("compare", "-n", "1", "--repeats", "1", slow, slow)
    assert monitor(*words).stderr.startswith("comparing")
    assert monitor(*words, "--quiet").stderr == ""


# imports


def test_imports_runs_are_counted(monitor):
    """One run of a program that takes a minute may be enough."""
    done = monitor("imports", "--json", "--runs", "2", "--", PYTHON, "-c", "pass")
    assert json.loads(done.stdout)["runs"] == 2


def test_imports_timeout_ends_the_program(monitor):
    """A server does not end by itself."""
    words = ("--runs", "1", "--timeout", "0.3")
    done = monitor("imports", *words, "--", PYTHON, "-c", SLEEPS)
    assert (done.returncode, done.stdout) == (124, "")


def test_imports_quiet_shows_no_progress(monitor):
    """Logs of CI jobs are long enough."""
    words = ("--runs", "1", "--", PYTHON, "-c", SLEEPS)
    assert monitor("imports", *words).stderr.startswith("importing")
    assert monitor("imports", "--quiet", *words).stderr == ""


@pytest.fixture
def program(tmp_path: Path) -> tuple[str, str]:
    """Return a program that imports a package of two parts, which take their time."""
    (tmp_path / "pack").mkdir()
    files = {
        "program.py": "import pack.quick, pack.slow",
        "pack/__init__.py": "",
        "pack/quick.py": "import time; time.sleep(0.01)",
        "pack/slow.py": "import time; time.sleep(0.4)",
    }
    for name, code in files.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    return (PYTHON, "program.py")


def test_imports_least_leaves_out_the_cheap(monitor, program):
    """Hundreds of modules hide the one that matters."""
    done = monitor("imports", "--runs", "1", "--least", "200", "--", *program)
    assert "pack.slow" in done.stdout
    assert "pack.quick" not in done.stdout


def test_imports_flat_lists_packages(monitor, program):
    """What to do without is decided by package, not by module."""
    done = monitor("imports", "--runs", "1", "--flat", "--", *program)
    names = [line.split()[-1] for line in done.stdout.splitlines()[1:]]
    assert names.count("pack") == 1
    assert "pack.slow" not in names


def test_imports_all_shows_those_of_the_interpreter(monitor, program):
    """Someone wants to know what the interpreter itself costs."""
    words = ("imports", "--json", "--runs", "1")
    some, every = (
        {one["name"] for one in json.loads(monitor(*given).stdout)["modules"]}
        for given in ((*words, "--", *program), (*words, "--all", "--", *program))
    )
    assert "pack.slow" in some & every
    assert "encodings" in every - some


# record


def test_record_unit_is_kept(monitor):
    """Bytes that are shown as seconds mislead."""
    assert monitor("record", "peak", "5", "--unit", "B").returncode == 0
    (found,) = shown(monitor)
    assert found["unit"] == "B"


def test_record_label_is_kept(monitor):
    """Without it nobody knows which commit became slower."""
    assert monitor("record", "start", "1", "--label", "abc").returncode == 0
    assert labels(monitor, "start") == ["abc"]


def write_benchmarks(path: Path, medians: Mapping[str, float]) -> Path:
    """Write a file as pytest-benchmark does, as far as it is read."""
    found = [
        {"name": name, "fullname": name, "stats": {"median": seconds}}
        for name, seconds in medians.items()
    ]
    text = json.dumps({"version": "5.1.0", "benchmarks": found})
    path.write_text(text, encoding="utf-8")
    return path


def test_record_file_adds_its_benchmarks(monitor, tmp_path):
    """Whoever has benchmarks already needs no others."""
    path = write_benchmarks(tmp_path / "run.json", {"load": 0.5, "save": 0.25})
    assert monitor("record", "--file", path).returncode == 0
    found = {one["name"]: one["values"][0]["value"] for one in shown(monitor)}
    assert found == {"load": 0.5, "save": 0.25}


def test_record_history_names_the_file(monitor, tmp_path):
    """Two projects do not mix their values."""
    other = tmp_path / "other.sqlite3"
    assert monitor("record", "start", "1", "--history", other).returncode == 0
    with PerformanceMonitor(other) as history:
        assert [record.value for record in history.history("start")] == [1.0]


# history


def test_history_last_leaves_out_the_older(monitor):
    """Years of values are not read to see the last week."""
    remember("start", *((1, float(value)) for value in range(5)))
    (found,) = shown(monitor, "--last", "2")
    assert [value["value"] for value in found["values"]] == [3.0, 4.0]


def test_history_is_read_from_the_file_that_is_named(monitor, tmp_path):
    """Two projects do not mix their values."""
    other = tmp_path / "other.sqlite3"
    remember("start", (1, 1.0))
    with PerformanceMonitor(other) as history:
        history.record("stop", 2.0)
    assert [one["name"] for one in shown(monitor, "--history", other)] == ["stop"]


# gate


def write_comparison(path: Path, **grown: float) -> Path:
    """Write what `compare --json` does, with head above base in some of its costs."""
    costs = {"cpu": 0.1, "wall": 0.2, "memory": 1e7}
    base = {name: [cost] * SIDE for name, cost in costs.items()}
    head = {name: [cost * grown.get(name, 1.0)] * SIDE for name, cost in costs.items()}
    found = {
        "repeats": 1,
        "memory_floor": 1_000_000,
        "others": 0.0,
        "base": {"command": ["base"], **base},
        "head": {"command": ["head"], **head},
    }
    path.write_text(json.dumps({"version": 1, "comparisons": [found]}))
    return path


def sides(folder: Path, grown: float) -> list[str]:
    """Write runs of base and head, in which `save` has grown; return the words for them."""
    words: list[str] = []
    for side, save in (("base", 1.0), ("head", grown)):
        for number in range(SIDE):
            path = folder / f"{side}-{number}.json"
            write_benchmarks(path, {"load": 1.0, "save": save})
            words += [f"--{side}", path.name]
    return words


def test_gate_metric_chooses_among_the_costs_of_a_comparison(monitor, tmp_path):
    """Who ships to small machines judges memory."""
    path = write_comparison(tmp_path / "comparison.json", memory=1.1)
    assert monitor("gate", path).returncode == 0
    assert monitor("gate", "--metric", "memory", path).returncode == 1


def test_gate_metric_chooses_among_benchmarks(monitor, tmp_path):
    """One benchmark may be known to be noisy."""
    words = sides(tmp_path, grown=1.1)
    assert monitor("gate", *words).returncode == 1
    assert monitor("gate", *words, "--metric", "load").returncode == 0


def test_gate_metric_chooses_among_what_was_recorded(monitor):
    """One metric may be nobody's concern."""
    remember("load", (30, 1.0))
    remember("save", (20, 1.0), (10, 1.1))
    assert monitor("gate").returncode == 1
    assert monitor("gate", "--metric", "load").returncode == 0


def test_gate_recent_is_how_far_back_a_step_is_new(monitor):
    """A step that was accepted long ago must not fail every build since."""
    remember("start", (30, 1.0), (30, 1.2))
    assert monitor("gate", "--recent", "20").returncode == 0
    assert monitor("gate", "--recent", "40").returncode == 1


def test_gate_on_regression_runs_a_command(monitor, command, tmp_path):
    """Someone is told what became worse, and nobody when nothing did."""
    code = "import sys; open('alarm', 'w').write(sys.stdin.read())"
    alarm = command("alarm", code)
    remember("load", (30, 1.0))
    assert monitor("gate", "--on-regression", alarm).returncode == 0
    assert not (tmp_path / "alarm").exists()
    remember("save", (20, 1.0), (10, 1.1))
    assert monitor("gate", "--on-regression", alarm).returncode == 1
    (judgement,) = json.loads((tmp_path / "alarm").read_text())["judgements"]
    assert (judgement["name"], judgement["worse"]) == ("save", True)


def test_gate_base_and_head_are_runs_of_benchmarks(monitor, tmp_path):
    """Benchmarks that exist already can be a gate."""
    slower = monitor("gate", *sides(tmp_path, grown=1.1))
    assert slower.returncode == 1
    assert "regression: save" in slower.stderr
    equal = monitor("gate", *sides(tmp_path, grown=1.0))
    assert (equal.returncode, equal.stderr) == (0, "")


def test_gate_limit_forgives_comparisons(monitor, tmp_path):
    """What was allowed is no regression."""
    path = write_comparison(tmp_path / "comparison.json", cpu=1.1, wall=1.1)
    assert monitor("gate", path).returncode == 1
    assert monitor("gate", "--limit", "20", path).returncode == 0


def test_gate_limit_forgives_benchmarks(monitor, tmp_path):
    """What was allowed is no regression."""
    words = sides(tmp_path, grown=1.1)
    assert monitor("gate", *words, "--limit", "20").returncode == 0


def test_gate_limit_forgives_steps(monitor):
    """What was allowed is no regression."""
    remember("start", (20, 1.0), (10, 1.1))
    assert monitor("gate", "--limit", "20").returncode == 0


def test_gate_history_names_the_file(monitor, tmp_path):
    """A CI job keeps its values in its own file."""
    other = tmp_path / "other.sqlite3"
    remember("start", (20, 1.0), (10, 1.1))
    with PerformanceMonitor(other) as history:
        history.record("start", 1.0)
    assert monitor("gate", "--history", other).returncode == 0
