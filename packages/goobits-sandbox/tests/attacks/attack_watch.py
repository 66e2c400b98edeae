"""What one run uses of the host while it lasts, and what is left of it when it has ended."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator

import attack_snapshot
from attack_probe import MIB, Probe
from attack_world import pids

# bwrap and the launcher, the caller of the sandbox, and the wrappers of a control.
_OWN_PROCESSES = 8
_OWN_MEMORY = 100 * MIB
_LINGER = 0.5
# Where there is no control group the host looks at memory every 10 to 100 ms and then ends all: what
# is over the limit for a moment is what the security model says; what stays is a flood.
_MOMENT = 0.5
# What the world itself has in out/.
_SLACK = 65536


class Watch:
    """Looks at the processes that the world did not have before."""

    def __init__(self, known: set[int], probe: Probe) -> None:
        self._known, self._probe = known, probe
        self._since = time.monotonic()
        self._stored: dict[int, int] = {}
        _stored(os.getpid(), self._stored)
        self.is_overdue = False
        self._most = {"processes": 0, "shared": 0}
        self._is_over_since = 0.0
        self._stayed = 0

    def look(self, caller: int) -> None:
        """Take note of what is used now."""
        new = pids() - self._known - {caller}
        self._note("processes", len(new))
        self._note_memory(sum(map(_resident, new)))
        self._note(
            "shared", max((_stored(pid, self._stored) for pid in new), default=0)
        )
        late = time.monotonic() - self._since - self._probe.limit("wall")
        self.is_overdue = late > 4

    def _note_memory(self, now: int) -> None:
        """Take note of memory that stays over the limit for longer than a moment."""
        if now <= self._probe.limit("memory") * 1.25 + _OWN_MEMORY:
            self._is_over_since = 0.0
            return
        self._is_over_since = self._is_over_since or time.monotonic()
        if time.monotonic() - self._is_over_since > _MOMENT:
            self._stayed = max(self._stayed, now)

    def _note(self, name: str, now: int) -> None:
        self._most[name] = max(self._most[name], now)

    def floods(self) -> Iterator[str]:
        """Yield what was more than the guest's limits."""
        limit = self._probe.limit
        lasted = time.monotonic() - self._since
        if lasted > limit("wall") + 2:
            yield f"flood: {lasted:.1f} seconds"
        if self._most["processes"] > limit("processes") + _OWN_PROCESSES:
            yield f"flood: {self._most['processes']} processes"
        if self._stayed:
            yield f"flood: {self._stayed // MIB} MiB of memory"
        if self._most["shared"] > limit("disk") * 3 + _OWN_MEMORY:
            yield f"flood: {self._most['shared'] // MIB} MiB in memory file systems"

    def left(self, caller: int) -> list[str]:
        """Return the processes that live on after the run has ended."""
        end = time.monotonic() + _LINGER
        while (new := pids() - self._known - {caller}) and time.monotonic() < end:
            time.sleep(0.02)
        return [f"left: process {_name(pid)}" for pid in sorted(new)]

    def disk(self) -> Iterator[str]:
        """Yield what is more in out/ than may be written."""
        size = count = 0
        for folder, names, files in os.walk(attack_snapshot.OUT):
            count += len(names) + len(files)
            size += sum(os.lstat(f"{folder}/{name}").st_blocks * 512 for name in files)
        if size > self._probe.limit("disk") + _SLACK:
            yield f"flood: {size} bytes in out"
        if count > self._probe.limit("entries"):
            yield f"flood: {count} entries in out"


def _resident(pid: int) -> int:
    """Return the bytes of a process that no file holds: those of programs are there once."""
    try:
        with open(f"/proc/{pid}/status", "rb") as file:
            lines = file.read().splitlines()
    except OSError:
        return 0
    own = (line for line in lines if line.startswith((b"RssAnon:", b"RssShmem:")))
    return sum(int(line.split()[1]) * 1024 for line in own)


def _name(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().replace(b"\0", b" ").decode(errors="replace")[:60]
    except OSError:
        return str(pid)


def _stored(pid: int, before: dict[int, int]) -> int:
    """Return how much more is in the memory file systems that a process sees than there was."""
    found = {}
    for folder in ("/tmp", "/dev/shm", attack_snapshot.OUT):
        with contextlib.suppress(OSError):
            status = os.statvfs(f"/proc/{pid}/root{folder}")
            found[status.f_fsid] = (status.f_blocks - status.f_bfree) * status.f_frsize
    if not before:
        before.update(found)
    return sum(used - before.get(identity, 0) for identity, used in found.items())
