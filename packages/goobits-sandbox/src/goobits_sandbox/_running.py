"""One run of one sandbox: started, fed, watched, ended, and told about.

A single loop over descriptors; only a control group is joined in a thread, which ends with the
start. Whatever ends the run kills the sandbox's init, with which the kernel kills every process in
it, and the run is over when that init is gone.
"""

from __future__ import annotations

import os
import select
import struct
import time

from goobits_sandbox._feed import Feed
from goobits_sandbox._outcome import Usage
from goobits_sandbox._signals import SIGKILL, send
from goobits_sandbox._watch import Watch, children

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final

    from goobits_sandbox._cgroup import Cgroup
    from goobits_sandbox._outcome import Reason
    from goobits_sandbox._policy import Limits
    from goobits_sandbox._spawning import Spawned

_CHUNK: Final = 1 << 16
_TICK: Final = 0.1
_READY: Final = select.POLLIN | select.POLLHUP | select.POLLERR
_RECORD: Final = struct.Struct("=ccHIQQ")
_RIGHTS: Final = 16
_DEATH: Final = 10.0


class Running:
    """A started sandbox. `wait` drives it to its end, `close` kills what is left of it.

    `upper` holds descriptors of the folders with what the guest wrote, in the plan's order. `words`
    is what came on stderr before the launcher said that all holds: what bwrap has to complain of.
    """

    def __init__(
        self,
        spawned: Spawned,
        limits: Limits,
        *,
        outputs: tuple[Callable[[bytes], object], Callable[[bytes], object]],
        feed: bytes | int,
        on_listener: Callable[[int], object],
        cgroup: Cgroup | None = None,
        cancel: int = -1,
        grace: float = 0.0,
        waited: Callable[[], float] | None = None,
    ) -> None:
        self.reason: Reason | None = None
        self.ready = False
        self.refusal: tuple[str, int] | None = None
        self.answer: int | None = None
        self.status: int | None = None
        self.upper: list[int] = []
        self.cpu = 0.0
        self.peak = 0
        self.written = 0
        self.words = b""
        self._spawned = spawned
        self._limits = limits
        self._outputs = {spawned.stdout: outputs[0], spawned.stderr: outputs[1]}
        self._feed = Feed(feed, spawned.stdin)
        self._on_listener = on_listener
        self._cgroup = cgroup
        self._cancel = cancel
        self._grace = grace
        self._waited = waited
        self._init = -1
        self._pid = 0
        self._watch: Watch | None = None
        self._started = time.monotonic()
        self._deadline = self._started + limits.wall
        self._poll = select.poll()
        if cgroup is not None:
            cgroup.begin(spawned.pid)

    def wait(self) -> Usage:
        """Drive the sandbox until all of it is gone, and return what it used."""
        steps = self._register()
        try:
            while self._spawned.is_alive():
                for descriptor, _ in self._poll.poll(self._patience()):
                    steps[descriptor]()
                self._look()
            self._drain()
        finally:
            self.close()
        wall = time.monotonic() - self._started
        if self._cgroup is not None:
            self.peak = self._cgroup.peak() or self.peak
        return Usage(wall, self.cpu, self.peak, min(self.written, self._limits.output))

    def end(self, reason: Reason) -> None:
        """Kill every process of the sandbox; the first reason given is the one that counts."""
        self.reason = self.reason or reason
        if self._init >= 0:
            send(self._init, SIGKILL)
        self._spawned.kill()

    def close(self) -> None:
        """Kill what is left, wait until it is gone, and close what this run opened."""
        if self._spawned.is_alive() or self._init >= 0:
            self.end(self.reason or "exited")
            self._await_init()
        self._feed.close()
        self._spawned.close()

    def _register(self) -> dict[int, Callable[[], object]]:
        spawned = self._spawned
        steps: dict[int, Callable[[], object]] = {
            spawned.stdout: lambda: self._read(spawned.stdout),
            spawned.stderr: lambda: self._read(spawned.stderr),
            spawned.state: self._learn_init,
            spawned.control: self._hear,
            spawned.process: spawned.reap,
        }
        if self._cancel >= 0:
            steps[self._cancel] = self._cancelled
        for descriptor in steps:
            self._poll.register(descriptor, _READY)
        return steps | self._feed.register(self._poll)

    def _patience(self) -> int:
        """Return how long to wait for news: milliseconds, rounded up."""
        now = time.monotonic()
        until = self._due()
        if self._watch is not None:
            until = min(until, self._watch.due)
        return max(0, int((until - now) * 1000) + 1)

    def _due(self) -> float:
        """Return when the guest's time is over: what it waited for is not its own time."""
        waited = self._waited() if self._waited is not None else 0.0
        return self._deadline + (waited if self.reason is None else 0.0)

    def _look(self) -> None:
        now = time.monotonic()
        if now >= self._due():
            self.end(self.reason or "timed_out")
        if self._watch is not None and now >= self._watch.due:
            broken = self._watch.look(now)
            if broken is not None:
                self.end(broken)

    def _read(self, source: int) -> None:
        data = os.read(source, _CHUNK)
        if not data:
            self._poll.unregister(source)
            return
        if not self.ready and source == self._spawned.stderr:
            self.words = (self.words + data)[:_CHUNK]
            return
        self._deliver(source, data)

    def _deliver(self, source: int, data: bytes) -> None:
        room = self._limits.output - self.written
        self.written += len(data)
        if room > 0:
            self._outputs[source](data[:room])
        if len(data) > room:
            self.end("output")

    def _learn_init(self) -> None:
        """Take hold of the sandbox's init, whose end is the end of every process in it."""
        text = os.read(self._spawned.state, _CHUNK)
        if not text:
            self._poll.unregister(self._spawned.state)
            return
        _, found, rest = text.partition(b'"child-pid":')
        if not found or self._init >= 0:
            return
        digits = rest.split(b",")[0].split(b"}")[0].strip()
        if digits.isdigit():
            pid = int(digits)
            try:
                self._init = os.pidfd_open(pid)
            except ProcessLookupError:
                return
            self._pid = pid

    def _hear(self) -> None:
        """Take one report of the launcher; an end of file is the launcher's end."""
        data, rights = self._spawned.hear(_RECORD.size, _RIGHTS)
        if len(data) != _RECORD.size:
            self._poll.unregister(self._spawned.control)
            return
        letter, step, number, status, microseconds, kibibytes = _RECORD.unpack(data)
        if letter == b"U":
            self.upper += rights
        elif letter == b"N":
            for listener in rights:
                self._on_listener(listener)
        elif letter == b"H":
            self._release()
        elif letter == b"S":
            self._begin()
        elif letter in (b"F", b"E"):
            self.refusal = ((letter + step).decode("latin-1").rstrip("\0"), number)
        elif letter == b"A":
            self.answer = number
        elif letter == b"Q":
            self.status = status
            self.cpu = max(self.cpu, microseconds / 1e6)
            self.peak = max(self.peak, kibibytes * 1024)

    def _release(self) -> None:
        """Have the launcher, and so the guest, counted before it goes on."""
        if not self._pid:
            self._learn_init()
        if self._cgroup is not None:
            self._cgroup.add(children(self._pid))
        self._spawned.release()

    def _begin(self) -> None:
        """Note that the sandbox holds, and begin to look at what is in it.

        Before that, what is looked at could still be the host's.
        """
        self.ready = True
        due = time.monotonic() + _TICK / 10
        self._watch = Watch(self._pid, self._limits, due, _TICK)
        if self.words:
            self._deliver(self._spawned.stderr, self.words)

    def _cancelled(self) -> None:
        self._poll.unregister(self._cancel)
        self.reason = "cancelled"
        if self._grace > 0 and self._watch is not None:
            self._watch.terminate()
            self._deadline = min(self._deadline, time.monotonic() + self._grace)
        else:
            self.end("cancelled")

    def _drain(self) -> None:
        """Read what a sandbox that is gone has left in its pipes."""
        self._await_init()
        for source in (self._spawned.control, self._spawned.state):
            os.set_blocking(source, False)
        self._exhaust(self._hear)
        for source in (self._spawned.stdout, self._spawned.stderr):
            os.set_blocking(source, False)
            self._exhaust(lambda source=source: self._read(source))  # type: ignore[misc]
        if self._watch is not None:
            self.peak = max(self.peak, self._watch.peak)
            self.cpu = max(self.cpu, self._watch.cpu)

    def _exhaust(self, step: Callable[[], object]) -> None:
        try:
            while True:
                step()
        except (BlockingIOError, KeyError):
            return

    def _await_init(self) -> None:
        """Wait until the sandbox's init, and so every process in it, is gone."""
        if self._init < 0:
            return
        send(self._init, SIGKILL)
        gone = select.poll()
        gone.register(self._init, select.POLLIN)
        gone.poll(int(_DEATH * 1000))
        os.close(self._init)
        self._init = -1
