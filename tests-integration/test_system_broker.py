"""What the host tells plugins of the machine, beside a library that many trust."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator

import psutil
import pytest
from goobits_plugin._brokers import system


def _processes() -> list[dict[str, object]]:
    found = system.answer("system/processes")
    return found["processes"]  # type: ignore[index, call-overload, return-value]


@pytest.fixture
def child() -> Iterator[psutil.Process]:
    """A process that has answered: it is loaded whole, and waits."""
    both = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(["cat"], bufsize=0, **both) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"ready\n")
        assert process.stdout.readline() == b"ready\n"
        yield psutil.Process(process.pid)


def test_live_process_is_what_another_reader_sees(child: psutil.Process) -> None:
    """On this machine, against a library that many trust."""
    (found,) = (one for one in _processes() if one["pid"] == child.pid)
    assert (found["name"], found["parent"]) == (child.name(), os.getpid())
    assert (found["threads"], found["own"]) == (child.num_threads(), True)
    assert found["memory"] == pytest.approx(child.memory_info().rss, rel=0.5)
    assert found["started"] == pytest.approx(child.create_time(), abs=2)
    (own,) = (one for one in _processes() if one["pid"] == os.getpid())
    spent = psutil.Process().cpu_times()
    assert own["cpu"] == pytest.approx(spent.user + spent.system, abs=0.5)


def test_live_metrics_are_what_another_reader_sees() -> None:
    """On this machine, against a library that many trust."""
    found = system.answer("system/metrics")
    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    disk, counters = psutil.disk_usage("/"), psutil.net_io_counters(pernic=True)
    counters.pop("lo", None)
    assert found["cpu"]["count"] == psutil.cpu_count()  # type: ignore[index, call-overload]
    times = psutil.cpu_times()
    idle = times.idle + times.iowait
    total = found["cpu"]["total"]  # type: ignore[index, call-overload]
    assert total - found["cpu"]["busy"] == pytest.approx(idle, rel=0.01)  # type: ignore[index, call-overload]
    assert found["memory"] == {
        "total": memory.total,
        "available": pytest.approx(memory.available, rel=0.2),
        "swap_total": swap.total,
        "swap_free": pytest.approx(swap.free, rel=0.2, abs=1 << 20),
    }
    assert found["disk"] == pytest.approx(
        {"total": disk.total, "free": disk.free}, rel=0.05
    )
    received = sum(one.bytes_recv for one in counters.values())
    assert found["network"]["received"] == pytest.approx(received, rel=0.05, abs=1e6)  # type: ignore[index, call-overload]
    assert found["load"] == pytest.approx(list(psutil.getloadavg()), abs=0.5)
    assert found["uptime"] == pytest.approx(time.time() - psutil.boot_time(), abs=2)
