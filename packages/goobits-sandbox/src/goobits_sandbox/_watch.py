"""What all processes of a sandbox use together, looked at from the host's /proc."""

from __future__ import annotations

import os

from goobits_sandbox._signals import SIGTERM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_sandbox._outcome import Reason
    from goobits_sandbox._policy import Limits

_TICKS = os.sysconf("SC_CLK_TCK")
# The sandbox's init, and the launcher that waits for the guest.
_OWN = 2
_YOUNG = 2.0
_OFTEN = 10
_TEMPORARY = ("tmp", "dev/shm")


class Watch:
    """Looks at the sandbox whose init is `pid`, at `due` and every `period` seconds after that.

    In the first two seconds, and where much is used, it looks ten times as often. A look costs
    about 60 microseconds and as much again for each process.
    """

    def __init__(self, pid: int, limits: Limits, due: float, period: float) -> None:
        self.due = due
        self.peak = 0
        self.cpu = 0.0
        self._pid = pid
        self._limits = limits
        self._period = period
        self._young = due + _YOUNG

    def look(self, now: float) -> Reason | None:
        """Return the limit that is broken, if one is."""
        processes = threads = memory = 0
        cpu, shared = 0.0, dict[bytes, int]()
        for pid in self._members():
            processes += 1
            memory += _memory(pid)
            shared |= _shared(pid)
            used, running = _times(pid)
            cpu += used
            threads += running
            if threads > 4 * self._limits.processes + _OWN:
                return "processes"
        self.due = now + self._pause(now, memory, threads)
        self.peak = max(self.peak, memory)
        self.cpu = max(self.cpu, cpu)
        if self._sockets() > self._limits.files:
            return "memory"
        if max(processes, threads) > self._limits.processes + _OWN:
            return "processes"
        if cpu > self._limits.cpu:
            return "cpu"
        blocks, entries = self._temporary()
        room = self._limits.memory + self._limits.disk
        if memory + blocks > room or sum(shared.values()) > room:
            return "memory"
        return "disk" if entries > self._limits.entries else None

    def _pause(self, now: float, memory: int, threads: int) -> float:
        """Return how long not to look: who is young, or half full, may be full quickly."""
        limits = self._limits
        is_full = 4 * memory > limits.memory or 2 * threads > limits.processes
        return self._period / _OFTEN if is_full or now < self._young else self._period

    def terminate(self) -> None:
        """Ask the guest itself, no process that it started, to end."""
        for launcher in children(self._pid):
            for guest in children(launcher):
                try:
                    os.kill(guest, SIGTERM)
                except ProcessLookupError:
                    continue

    def _members(self) -> Iterator[int]:
        """Yield every process in the sandbox: all are descendants of its init."""
        pending = [self._pid]
        while pending:
            pid = pending.pop()
            yield pid
            pending += children(pid)

    def _sockets(self) -> int:
        """Return how many sockets there are, whose buffers are the kernel's memory."""
        words = _text(f"/proc/{self._pid}/net/sockstat").split(maxsplit=3)
        return int(words[2]) if len(words) > 2 and words[2].isdigit() else 0

    def _temporary(self) -> tuple[int, int]:
        """Return the bytes and the entries in the guest's own temporary folders."""
        blocks = entries = 0
        for name in _TEMPORARY:
            try:
                found = os.statvfs(f"/proc/{self._pid}/root/{name}")
            except OSError:
                continue
            blocks += (found.f_blocks - found.f_bfree) * found.f_frsize
            entries += found.f_files - found.f_ffree
        return blocks, entries


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that are still there."""
    found: list[int] = []
    try:
        threads = os.listdir(f"/proc/{pid}/task")
    except OSError:
        return found
    for thread in threads:
        text = _text(f"/proc/{pid}/task/{thread}/children")
        found += map(int, text.split())
    return found


def _memory(pid: int) -> int:
    """Return the bytes of a process that no file holds, and those of its page tables."""
    total = 0
    for line in _text(f"/proc/{pid}/status").splitlines():
        if line.startswith((b"RssAnon:", b"RssShmem:", b"VmPTE:")):
            total += int(line.split()[1]) * 1024
    return total


def _shared(pid: int) -> dict[bytes, int]:
    """Return the bytes of the shared memory that a process has mapped, by its inode.

    Pages that it has let go of are no longer counted as its own, and are still there.
    """
    found: dict[bytes, int] = {}
    for line in _text(f"/proc/{pid}/maps").splitlines():
        if line.endswith(b"/dev/zero (deleted)"):
            span, _, _, _, inode, *_ = line.split()
            start, end = (int(part, 16) for part in span.split(b"-"))
            found[inode] = found.get(inode, 0) + end - start
    return found


def _times(pid: int) -> tuple[float, int]:
    """Return the CPU seconds of a process and the children it waited for, and its threads."""
    fields = _text(f"/proc/{pid}/stat").rpartition(b")")[2].split()
    if len(fields) < 18:
        return 0.0, 0
    return sum(map(int, fields[11:15])) / _TICKS, int(fields[17])


def _text(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read(1 << 20)
    except OSError:
        return b""
