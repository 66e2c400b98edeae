"""pytest-benchmark reads what is written, and what it writes is read."""

from __future__ import annotations

import datetime
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_monitor._cli import _json
from goobits_monitor._cli._pytest_benchmark import benchmarks, read_medians
from goobits_monitor._cli._written import distinct, write_benchmarks
from goobits_monitor._errors import ResultError
from goobits_monitor._measuring._usage import Series
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
COSTS = Series(("tool", "--help"), (0.03, 0.01, 0.02), (0.5, 0.6, 9.0), (1e6, 1e6, 1e6))


def test_own_files_are_read_again(tmp_path):
    """What `--output` wrote, `record` and `gate` take."""
    path = tmp_path / "results.json"
    write_benchmarks(str(path), {"tool": COSTS})
    assert read_medians(path) == {"tool (cpu)": 0.02, "tool (wall)": 0.6}


def test_files_of_pytest_benchmark_are_read(tmp_path):
    """The form is that of the real plugin, which runs here."""
    (tmp_path / "test_it.py").write_text(
        "def test_it(benchmark):\n    benchmark.pedantic(sorted, ([3, 1],), rounds=3)\n"
    )
    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--rootdir", ".", "--benchmark-json=results.json", "test_it.py"),
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=60,
    )
    found = read_medians(tmp_path / "results.json")
    assert list(found) == ["test_it.py::test_it"]
    assert 0 < found["test_it.py::test_it"] < 1


def test_pytest_benchmark_compares_what_is_written(tmp_path):
    """Its own tool is the judge of the form."""
    write_benchmarks(str(tmp_path / "results.json"), {"tool --help": COSTS})
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest_benchmark", "--storage", str(tmp_path)),
            *("compare", "--columns", "median,rounds", "results.json"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["tool", "--help", "(cpu)", "20.0000", "3"] in rows
    assert ["tool", "--help", "(wall)", "600.0000", "3"] in rows


microseconds = st.integers(0, 10**9).map(lambda count: count / 1e6)


@given(st.lists(microseconds, min_size=1, max_size=30))
def test_statistics_agree_with_each_other(values):
    """Consumers take whichever they like."""
    series = Series(("tool",), tuple(values), tuple(values), tuple(values))
    found = json.loads(_json.dump(benchmarks({"tool": series}, now=NOW)))
    for one in found["benchmarks"]:
        stats = one["stats"]
        assert stats["min"] <= stats["q1"] <= stats["median"] <= stats["q3"]
        assert stats["q3"] <= stats["max"]
        assert stats["min"] <= stats["ld15iqr"] <= stats["hd15iqr"] <= stats["max"]
        assert stats["data"] == values
        assert stats["rounds"] == len(values)


def test_run_is_dated_and_names_no_host():
    """Results are published; whose machine it was is nobody's business."""
    found = benchmarks({"tool": COSTS}, now=NOW)
    assert found["datetime"] == "2026-01-02T03:04:05+00:00"
    assert found["machine_info"]["node"] == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"benchmarks": 1}',
        '{"benchmarks": [1]}',
        '{"benchmarks": [{"fullname": "a"}]}',
        '{"benchmarks": [{"fullname": "a", "stats": {}}]}',
        '{"benchmarks": [{"fullname": "a", "stats": {"median": "1"}}]}',
        '{"benchmarks": [{"fullname": "a", "stats": {"median": true}}]}',
        f'{{"benchmarks": [{{"fullname": "a", "stats": {{"median": {10**400}}}}}]}}',
        "[" * 100_000,
    ],
)
def test_other_files_are_refused(tmp_path, text):
    """A message names the file; a traceback would not say which one it was."""
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(ResultError, match=r"other\.json"):
        read_medians(path)


def test_files_that_cannot_be_read_are_refused(tmp_path):
    """So are folders, missing files, and bytes that are no text."""
    (tmp_path / "bytes.json").write_bytes(b"\xff")
    for path in (tmp_path, tmp_path / "missing.json", tmp_path / "bytes.json"):
        with pytest.raises(ResultError, match="cannot be read"):
            read_medians(path)


# Files


def test_written_file_replaces_the_old_one_whole(tmp_path):
    """A reader sees the old results or the new ones."""
    path = tmp_path / "results.json"
    path.write_text("old" * 100_000)
    write_benchmarks(str(path), {"tool": COSTS})
    assert json.loads(path.read_text())["benchmarks"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_linked_file_stays_linked(tmp_path):
    """A link is where somebody wants the file to be."""
    (tmp_path / "folder").mkdir()
    link = tmp_path / "results.json"
    link.symlink_to(tmp_path / "folder" / "real.json")
    for _ in range(2):
        write_benchmarks(str(link), {"tool": COSTS})
        assert link.is_symlink()
        assert read_medians(tmp_path / "folder" / "real.json")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_pipe_is_written_to_and_not_replaced(tmp_path):
    """`--output >(tool)` and `/dev/stdout` are such; root could replace a device."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_benchmarks(str(path), {"tool": COSTS})
        text = os.read(reader, 1_000_000)
    finally:
        os.close(reader)
    assert json.loads(text)["benchmarks"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@pytest.mark.parametrize("name", ["", ".", "missing/results.json", "x" * 300])
def test_place_that_takes_no_file_is_refused(tmp_path, monkeypatch, name):
    """The message says which one, and nothing is left there."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ResultError, match="cannot be written") as caught:
        write_benchmarks(name, {"tool": COSTS})
    assert "--output" in caught.value.hint
    assert list(Path().iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="folders have other permissions there")
def test_folder_that_takes_no_file_is_refused(ordinary):
    """A CI job may have a read-only checkout."""
    folder = ordinary / "folder"
    folder.mkdir(mode=0o500)
    with pytest.raises(ResultError, match="Permission denied"):
        write_benchmarks(str(folder / "results.json"), {"tool": COSTS})
    assert list(folder.iterdir()) == []


def test_names_that_are_equal_are_numbered():
    """A command that is compared with itself has two results."""
    assert distinct(["a", "b"]) == ["a", "b"]
    assert distinct(["a", "a", "a #2", "a"]) == ["a", "a #2", "a #2 #2", "a #3"]
