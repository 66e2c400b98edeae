"""What a plugin sees of the system, from a recorded /proc and from this machine's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from goobits_plugin._brokers import system

STAT = """\
cpu  1000 200 300 8000 400 0 50 50 0 0
cpu0 500 100 150 4000 200 0 25 25 0 0
cpu1 500 100 150 4000 200 0 25 25 0 0
intr 12 0
ctxt 5
btime 1700000000
"""
MEMINFO = """\
MemTotal:        8000 kB
MemFree:         1000 kB
MemAvailable:    5000 kB
SwapCached:         7 kB
SwapTotal:       2000 kB
SwapFree:        1500 kB
"""
NETWORK = """\
Inter-|   Receive                    |  Transmit
 face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs
    lo:  999 1 0 0 0 0 0 0  999 1 0 0 0 0 0 0
  eth0: 1000 2 0 0 0 0 0 0  300 1 0 0 0 0 0 0
 wlan0:   10 1 0 0 0 0 0 0    4 1 0 0 0 0 0 0
"""
SECRET = "--password=hunter2"


def record(root: Path, pid: int, name: str, *, uid: int, memory: str = "12") -> Path:
    """Add a process as the kernel shows it, with a secret where nobody is to look."""
    folder = root / str(pid)
    folder.mkdir()
    rest = "1 1 1 0 -1 4194304 104 0 0 0 250 50 0 0 20 0 3 0 12345 2998272 411"
    (folder / "stat").write_bytes(f"{pid} ({name}) S {rest}\n".encode())
    resident = f"VmRSS:\t{memory} kB\n" if memory else ""
    status = f"Name:\tx\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\n{resident}Threads:\t3\n"
    (folder / "status").write_text(status)
    (folder / "cmdline").write_text(SECRET)
    (folder / "environ").write_text(SECRET)
    return folder


@pytest.fixture
def proc(tmp_path: Path) -> str:
    (tmp_path / "net").mkdir()
    (tmp_path / "stat").write_text(STAT)
    (tmp_path / "meminfo").write_text(MEMINFO)
    (tmp_path / "loadavg").write_text("0.50 0.25 0.10 1/100 4242\n")
    (tmp_path / "uptime").write_text("1000.50 1800.00\n")
    (tmp_path / "net" / "dev").write_text(NETWORK)
    record(tmp_path, 42, "bash", uid=os.getuid())
    return str(tmp_path)


def _processes(root: str) -> list[dict[str, object]]:
    found = system.answer("system/processes", root=root)
    processes = found["processes"]
    assert isinstance(processes, list)
    return processes  # type: ignore[return-value]


def test_process_is_read_in_the_units_of_the_protocol(proc: str) -> None:
    """A plugin computes with seconds and bytes, whatever the kernel counts in."""
    ticks = os.sysconf("SC_CLK_TCK")
    assert _processes(proc) == [
        {
            "pid": 42,
            "parent": 1,
            "name": "bash",
            "state": "S",
            "cpu": 300 / ticks,
            "memory": 12 * 1024,
            "threads": 3,
            "started": 1_700_000_000 + 12345 / ticks,
            "own": True,
        }
    ]


def test_metrics_are_read_in_the_units_of_the_protocol(proc: str) -> None:
    """All of them, and the loopback's bytes are no traffic."""
    ticks = os.sysconf("SC_CLK_TCK")
    found = system.answer("system/metrics", root=proc, folder=proc)
    disk = found.pop("disk")
    assert isinstance(disk, dict)
    assert 0 < disk["free"] < disk["total"]
    assert found == {
        "cpu": {"count": 2, "busy": 1600 / ticks, "total": 10000 / ticks},
        "memory": {
            "total": 8000 * 1024,
            "available": 5000 * 1024,
            "swap_total": 2000 * 1024,
            "swap_free": 1500 * 1024,
        },
        "load": [0.5, 0.25, 0.1],
        "network": {"received": 1010, "sent": 304},
        "uptime": 1000.5,
    }


@pytest.mark.parametrize("method", ["system/processes", "system/metrics"])
def test_command_lines_and_environments_are_never_told(proc: str, method: str) -> None:
    """They hold passwords, and no plugin is granted those."""
    assert "hunter2" not in json.dumps(system.answer(method, root=proc))


def test_name_with_parentheses_and_controls_is_one_name(proc: str) -> None:
    """A process names itself: it must not shift the fields, nor reach a terminal."""
    record(Path(proc), 43, "a) R 9 (b\x1b[2J", uid=1)
    assert [one["name"] for one in _processes(proc)] == ["bash", "a) R 9 (b?[2J"]
    assert [one["parent"] for one in _processes(proc)] == [1, 1]


def test_process_of_another_user_is_not_own(proc: str) -> None:
    """What belongs to whom is asked of the kernel's status, not of a file's owner."""
    record(Path(proc), 43, "other", uid=os.getuid() + 1)
    assert [one["own"] for one in _processes(proc)] == [True, False]


def test_thread_of_the_kernel_has_no_memory(proc: str) -> None:
    """The kernel says nothing of it, which is no failure."""
    record(Path(proc), 2, "kthreadd", uid=0, memory="")
    assert _processes(proc)[0]["memory"] == 0


@pytest.mark.parametrize("content", [None, "", "7 (x", "7 (x) S 1", "7 (x) S a b"])
def test_process_that_ends_meanwhile_is_left_out(
    proc: str, content: str | None
) -> None:
    """Between the listing and the reading anything may have ended."""
    file = record(Path(proc), 7, "x", uid=0) / "stat"
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    assert [one["pid"] for one in _processes(proc)] == [42]


def test_answer_fits_one_line_of_the_protocol(
    proc: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user who starts many processes must not end another user's plugin."""
    for pid in range(100, 400):
        record(Path(proc), pid, "\U0001f600" * 3, uid=os.getuid() + 1)
    record(Path(proc), 9000, "mine", uid=os.getuid())
    monkeypatch.setattr(system, "MOST_BYTES", 20_000)
    found = _processes(proc)
    assert len(json.dumps({"processes": found})) < 20_100
    assert 50 < len(found) < 300
    assert [one["pid"] for one in found if one["own"]] == [42, 9000]
    assert found == sorted(found, key=lambda one: str(one["pid"]).zfill(8))


def test_number_of_processes_is_bounded(
    proc: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs two reads."""
    for pid in range(100, 120):
        record(Path(proc), pid, "x", uid=1)
    monkeypatch.setattr(system, "MOST_PROCESSES", 5)
    assert len(_processes(proc)) == 5


def test_other_request_is_none_about_the_system(proc: str) -> None:
    """The host answers it with the protocol's own error."""
    with pytest.raises(LookupError):
        system.answer("system/environment", root=proc)


def test_module_imports_little() -> None:
    """It is on the way of every plugin that asks for the system."""
    code = "import sys, goobits_plugin._brokers.system; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(done.stdout.decode().split())
    assert loaded.isdisjoint({"typing", "dataclasses", "threading", "subprocess"})
