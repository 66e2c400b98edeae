"""The attacks in native code: the system calls themselves, with no library between.

A probe that has a sibling in Python keeps its name and all that it says; `rust/main.rs` finds the
attack by the name.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from attack_probe import Probe

_SOURCES = Path(__file__).with_name("rust")
_SIBLINGS = (
    "files",
    "processes",
    "namespaces",
    "sockets",
    "kernel",
    "network",
    "limits",
)

# Where the names of the siblings say all, only the names are written here.
_SHARED = """
vsock-listens vsock-family-with-high-bits xdp-socket io-uring-is-set-up io-uring-opens-a-file
userfaultfd-is-made userfaultfd-of-the-kernel bpf-map bpf-program bpf-filter-on-a-socket
perf-counts-this-process perf-watches-the-machine key-stays-with-the-user
keyring-of-the-session keyring-is-joined keyring-persistent kernel-log-is-read
kernel-log-is-written kernel-memory-is-opened quotas-are-synced memory-without-randomness
memory-hidden-from-the-kernel clock-is-set clock-is-adjusted compares-descriptors
reads-another-process writes-another-process reads-a-child-of-its-own takes-a-descriptor
takes-a-descriptor-of-init advises-another-process renices-all-of-the-user
io-priority-of-all-of-the-user calls-of-32-bits ring-of-32-bits local-descriptor-table
keystrokes-into-a-terminal keystrokes-with-high-bits line-discipline
""".split()


def _own(name: str, kind: str, why: str, **said: object) -> Probe:
    """Return a probe that only native code has."""
    return Probe(name, kind, why, "", **said)


_KERNEL = (
    _own(
        "call-number-with-high-bits",
        "io_uring",
        "A filter that compares 64 bits of a call's number misses what the kernel cuts to 32.",
    ),
    _own(
        "userfaultfd-by-its-device",
        "userfaultfd",
        "The device gives what the call refuses.",
        root=True,
    ),
    _own(
        "memory-in-a-file-of-none",
        "memory",
        "A file of no file system holds memory that neither processes nor disks are charged.",
    ),
    _own(
        "aio-context",
        "io_uring",
        "The contexts of the older rings are few, and shared with the host.",
    ),
)

_TASKS = (
    _own(
        "traces-by-seizing",
        "ptrace",
        "A tracer that does not stop whom it traces is not seen.",
    ),
    _own(
        "traces-a-child-of-its-own",
        "ptrace",
        "The richest call there is, for whoever it finds.",
    ),
    _own(
        "reads-memory-of-init",
        "ptrace",
        "What the sandbox's own processes hold came from the host.",
    ),
    _own(
        "writes-memory-through-a-file",
        "ptrace",
        "/proc/PID/mem writes what process_vm_writev is refused.",
    ),
    _own(
        "signals-by-number",
        "signals",
        "A guest that runs as the user can signal the user's.",
    ),
    _own(
        "signals-by-thread",
        "signals",
        "tkill and tgkill are the calls that rules for kill miss.",
    ),
    _own("signals-by-descriptor", "signals", "A pidfd signals a process without kill."),
    _own(
        "signals-by-a-kept-folder",
        "signals",
        "A folder of /proc is as good as a pidfd to the call that takes one.",
    ),
    _own(
        "signals-by-a-descriptor-owner",
        "signals",
        "The kernel signals the owner of a descriptor in the guest's name.",
    ),
    _own(
        "signals-everyone",
        "signals",
        "One call reaches every process that may be signalled at all.",
        control="confined",
        limits=(("wall", 1.0),),
    ),
    _own(
        "stops-everyone",
        "sigstop",
        "One call stops every process that may be signalled at all.",
        control="confined",
        limits=(("wall", 1.0),),
    ),
    _own(
        "limits-of-another",
        "proc",
        "A service with few descriptors left serves nobody.",
    ),
    _own("schedules-another", "signals", "An idle process never gets its turn."),
    _own(
        "pins-another", "signals", "All of the user's processes on one processor crawl."
    ),
    _own(
        "moves-pages-of-another",
        "proc",
        "Where its pages lie tells what a process does.",
    ),
    _own(
        "runs-in-real-time",
        "capabilities",
        "A process of real time keeps a processor from everybody.",
        root=True,
    ),
    _own(
        "orphan-by-double-fork",
        "orphans",
        "What outlives the run is under nobody's watch.",
    ),
    _own(
        "orphan-cloned-as-a-sibling",
        "orphans",
        "A child of the guest's parent is not among the guest's own.",
    ),
    _own(
        "orphan-that-ignores-signals",
        "orphans",
        "What ignores each signal that can be ignored has to be killed.",
    ),
)

_SEGMENTS = (
    _own("socket-of-32-bits", "vsock", "The 32-bit calls make the same sockets."),
    _own(
        "calls-from-a-32-bit-segment",
        "proc",
        "A far jump makes any program a 32-bit one, without an exec.",
    ),
    _own(
        "calls-of-the-x32-kind",
        "io_uring",
        "A second table of the same calls has numbers that a list of refusals misses.",
    ),
    _own(
        "keystrokes-with-the-sign-bit",
        "tiocsti",
        "A number that is negative to the filter is the same to the kernel.",
    ),
    _own(
        "console-of-the-machine",
        "tiocsti",
        "What is written to the console can be turned to the guest.",
        root=True,
    ),
)


def _shared() -> Iterator[Probe]:
    """Yield the siblings' probes that there is native code for."""
    wanted = set(_SHARED)
    for topic in _SIBLINGS:
        if os.path.exists(f"{_SOURCES.parent}/attack_{topic}.py"):
            for probe in importlib.import_module(f"attack_{topic}").PROBES:
                if probe.name in wanted:
                    yield probe


PROBES = (*_shared(), *_KERNEL, *_TASKS, *_SEGMENTS)


def build() -> str:
    """Return the path of the program, compiled once for what its sources are."""
    sources = sorted(_SOURCES.glob("*.rs"))
    digest = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources))
    name = f"goobits-attacks-{os.geteuid()}-{digest.hexdigest()[:16]}"
    built = Path(tempfile.gettempdir(), name)
    if not built.exists():
        _compile(str(built))
    return str(built)


def _compile(to: str) -> None:
    partial = f"{to}.{os.getpid()}"
    flags = (
        "-O",
        "--edition",
        "2021",
        "-C",
        "strip=symbols",
        "-C",
        "panic=abort",
        "-A",
        "dead_code",
    )
    subprocess.run(
        ["rustc", *flags, "-o", partial, str(_SOURCES / "main.rs")], check=True
    )
    os.rename(partial, to)


def bring(path: str) -> None:
    """Put the program at `path`, in the attacks' world or outside of it."""
    if not os.path.isdir("/srv/world"):
        shutil.copy(build(), path)
        return
    # The compiler, and what it made before, are below folders that the world covers: take the
    # covers away in a namespace that is left at once.
    uncover = 'umount -l /home /root /tmp; exec "$@"'
    again = (sys.executable, "-B", os.path.abspath(__file__), "/srv/world/probe")
    command = ["unshare", "--mount", "sh", "-c", uncover, "sh", *again]
    subprocess.run(command, check=True, env={**os.environ, "TMPDIR": "/srv/world"})
    shutil.copy("/srv/world/probe", path)


if __name__ == "__main__":
    shutil.copy(build(), sys.argv[1])
