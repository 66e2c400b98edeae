"""A host process that attacks aim at: it tells over a socket what was done to it.

    python attack_victim.py SOCKET-FD --password TOKEN

It holds one token in its memory, one in an open file, one in its environment and one in argv.
Each signal it catches is told as "signal N"; to a byte it answers "ok", or "changed" where its
memory is no longer what it was.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

CANARY = b"canary:" + b"c" * 64


def _serve(told: socket.socket, secret: bytes) -> None:
    held = ctypes.create_string_buffer(CANARY + b":" + secret)
    expected = held.raw
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, lambda caught, _: told.send(b"signal %d" % caught))
    told.send(b"at %d %d" % (ctypes.addressof(held), len(expected)))
    while told.recv(16):
        told.send(b"ok" if held.raw == expected else b"changed")


class Victim:
    """A victim of the user `start` gives, begun again where it was killed."""

    def __init__(
        self, argv: list[str], environ: dict[str, str], start: Callable[[], None]
    ) -> None:
        self._argv, self._environ, self._start = argv, environ, start
        self._begin()

    def _begin(self) -> None:
        # What a probe has done to all of its user's processes stays with their children.
        os.setpriority(os.PRIO_PROCESS, 0, 0)
        self._told, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        secret = os.open("/srv/world/victim-file", os.O_RDONLY)
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-B", __file__, str(theirs.fileno()), *self._argv],
            env=self._environ,
            cwd="/home/dev",
            pass_fds=(theirs.fileno(), secret),
            preexec_fn=self._start,
        )
        theirs.close()
        os.close(secret)
        self._told.settimeout(3)
        self.address = int(self._told.recv(64).split()[1])
        self.pid, self.secret_fd = self._process.pid, secret
        self._told.settimeout(0.2)
        self._before = _settings(self.pid)

    def harm(self) -> Iterator[str]:
        """Yield what was done to the victim since it was asked last."""
        if (ended := self._process.poll()) is not None:
            yield f"victim ended with {ended}"
            self._begin()
            return
        now = _settings(self.pid)
        if now != self._before:
            differing = (a for a, b in zip(now, self._before, strict=True) if a != b)
            yield f"victim is {next(differing, '')}"
            self._process.kill()
            self._process.wait()
            self._begin()
            return
        yield from self._said()

    def _said(self) -> Iterator[str]:
        with contextlib.suppress(TimeoutError, BrokenPipeError):
            self._told.send(b"?")
            while (word := self._told.recv(64)) != b"ok":
                yield f"victim: {word.decode() or 'ended'}"
                if word in (b"changed", b""):
                    self._process.kill()
                    self._process.wait()
                    self._begin()
                    return


def _settings(pid: int) -> tuple[str, ...]:
    """Return all that one process can change of another one."""
    status = Path(f"/proc/{pid}/status").read_text()
    wanted = ("TracerPid", "Cpus_allowed_list", "Uid")
    lines = [line for line in status.splitlines() if line.startswith(wanted)]
    stat = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    state = {"R": "S", "D": "S"}.get(stat[0], stat[0])
    adjusted = Path(f"/proc/{pid}/oom_score_adj").read_text()
    limits = Path(f"/proc/{pid}/limits").read_text().split("\n")
    io = ctypes.CDLL(None).syscall(
        252 if os.uname().machine == "x86_64" else 31, 1, pid
    )
    cwd = os.readlink(f"/proc/{pid}/cwd")
    return (
        f"in state {state}", f"niced to {stat[16]}", *lines,
        f"adjusted to {adjusted}", *limits, f"of io priority {io}", f"in {cwd}",
        f"scheduled by {stat[38]}",
    )  # fmt: skip


def main() -> None:
    """Be a victim until the socket is closed."""
    told = socket.socket(fileno=int(sys.argv[1]))
    secret = Path("/srv/world/victim-memory").read_bytes()
    _serve(told, secret)


if __name__ == "__main__":
    main()
