"""What a plugin may see of the system: names and figures, read from /proc.

A sandbox shows its guest only the guest's own processes, so the host reads for it. Command lines
and environments are never opened: they hold secrets.
"""

from __future__ import annotations

import json
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_plugin._record import Json

    Figure = int | float | str | bool

MOST_PROCESSES = 10_000
# A line of the wire protocol has 1 MiB at most.
MOST_BYTES = 1_000_000


def answer(method: str, *, root: str = "/proc", folder: str = "/") -> dict[str, Json]:
    """Return the result of the request `method`.

    `root` is where the kernel shows its processes, `folder` lies on the disk that is measured.
    Durations are seconds, sizes bytes, `started` seconds since 1970; what counts up, counts from
    when the system or the process started.

    Raises:
        LookupError: there is no such request.
        OSError: the kernel does not show what is asked for.
    """
    if method == "system/processes":
        return {"processes": [{**process} for process in _processes(root)]}
    if method == "system/metrics":
        return _metrics(root, folder)
    raise LookupError(f"{method!r} is no request about the system")


def _processes(root: str) -> list[dict[str, Figure]]:
    """Return the processes in the order of their numbers, this user's rather than others'."""
    booted = int(_lines(f"{root}/stat", "btime")["btime"].split()[0])
    numbers = sorted(int(name) for name in os.listdir(root) if name.isdigit())
    found = [
        process
        for number in numbers[:MOST_PROCESSES]
        for process in _process(root, number, booted)
    ]
    left, kept = MOST_BYTES, []
    for process in sorted(found, key=lambda one: not one["own"]):
        left -= len(json.dumps(process)) + 2
        if left < 0:
            break
        kept.append(process)
    return sorted(kept, key=lambda one: one["pid"])


def _process(root: str, number: int, booted: int) -> Iterator[dict[str, Figure]]:
    """Yield one process; nothing where it ended meanwhile, or is hidden from this user."""
    try:
        line = _read(f"{root}/{number}/stat")
        status = _lines(f"{root}/{number}/status", "Uid", "VmRSS")
        before, _, after = line.rpartition(")")
        name, fields = before.partition("(")[2], after.split()
        ticks = os.sysconf("SC_CLK_TCK")
        yield {
            "pid": number,
            "parent": int(fields[1]),
            "name": "".join(one if one.isprintable() else "?" for one in name),
            "state": fields[0],
            "cpu": (int(fields[11]) + int(fields[12])) / ticks,
            "memory": _kibibytes(status.get("VmRSS", "0 kB")),
            "threads": int(fields[17]),
            "started": booted + int(fields[19]) / ticks,
            "own": int(status["Uid"].split()[0]) == os.getuid(),
        }
    except (OSError, LookupError, ValueError):
        return


def _metrics(root: str, folder: str) -> dict[str, Json]:
    ticks = os.sysconf("SC_CLK_TCK")
    processors = _lines(f"{root}/stat", "cpu")
    spent = [int(word) for word in processors["cpu"].split()[:8]]
    memory = _lines(
        f"{root}/meminfo", "MemTotal", "MemAvailable", "SwapTotal", "SwapFree"
    )
    disk = os.statvfs(folder)
    return {
        "cpu": {
            "count": len(processors) - 1,
            "busy": (sum(spent) - spent[3] - spent[4]) / ticks,
            "total": sum(spent) / ticks,
        },
        "memory": {
            "total": _kibibytes(memory["MemTotal"]),
            "available": _kibibytes(memory["MemAvailable"]),
            "swap_total": _kibibytes(memory["SwapTotal"]),
            "swap_free": _kibibytes(memory["SwapFree"]),
        },
        "load": [float(word) for word in _read(f"{root}/loadavg").split()[:3]],
        "disk": {
            "total": disk.f_blocks * disk.f_frsize,
            "free": disk.f_bavail * disk.f_frsize,
        },
        "network": _network(root),
        "uptime": float(_read(f"{root}/uptime").split()[0]),
    }


def _network(root: str) -> dict[str, Json]:
    """Return the bytes of every interface but the loopback."""
    received = sent = 0
    for line in _read(f"{root}/net/dev").splitlines()[2:]:
        name, _, figures = line.partition(":")
        words = figures.split()
        if name.strip() != "lo":
            received += int(words[0])
            sent += int(words[8])
    return {"received": received, "sent": sent}


def _lines(path: str, *keys: str) -> dict[str, str]:
    """Return what follows the first words of lines that begin with one of the keys."""
    found = {}
    for line in _read(path).splitlines():
        if line.startswith(keys):
            key, _, value = line.replace(":", " ", 1).partition(" ")
            found[key] = value.strip()
    return found


def _kibibytes(text: str) -> int:
    return int(text.split()[0]) * 1024


def _read(path: str) -> str:
    with open(path, "rb") as file:
        return file.read().decode("utf-8", "replace")
