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
_SIBLINGS = ("files", "processes", "namespaces", "sockets", "kernel", "network", "limits")

# Where the names of the siblings say all, only the names are written here.
_SHARED = """
vsock-listens vsock-family-with-high-bits xdp-socket io-uring-is-set-up io-uring-opens-a-file
userfaultfd-is-made userfaultfd-of-the-kernel bpf-map bpf-program bpf-filter-on-a-socket
perf-counts-this-process perf-watches-the-machine key-stays-with-the-user
keyring-of-the-session keyring-is-joined keyring-persistent kernel-log-is-read
kernel-log-is-written kernel-memory-is-opened quotas-are-synced memory-without-randomness
memory-hidden-from-the-kernel clock-is-set clock-is-adjusted
""".split()

_OWN = (
    Probe(
        "call-number-with-high-bits",
        "io-uring",
        "A filter that compares 64 bits of a call's number misses what the kernel cuts to 32.",
        "",
    ),
    Probe(
        "userfaultfd-by-its-device",
        "userfaultfd",
        "The device gives what the call refuses.",
        "",
        root=True,
    ),
    Probe(
        "memory-in-a-file-of-none",
        "memory",
        "A file of no file system holds memory that neither processes nor disks are charged.",
        "",
    ),
    Probe(
        "aio-context",
        "io-uring",
        "The contexts of the older rings are few, and shared with the host.",
        "",
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


PROBES = (*_shared(), *_OWN)


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
    flags = ("-O", "--edition", "2021", "-C", "strip=symbols", "-C", "panic=abort")
    subprocess.run(["rustc", *flags, "-o", partial, str(_SOURCES / "main.rs")], check=True)
    os.rename(partial, to)


def bring(path: str) -> None:
    """Put the program at `path`, in the attacks' world or outside of it."""
    if not os.path.isdir("/srv/world"):
        shutil.copy(build(), path)
        return
    # The compiler, and what it made before, are below folders that the world covers: take the
    # covers away in a namespace that is left at once.
    uncover = "umount -l /home /root /tmp; exec \"$@\""
    again = (sys.executable, "-B", os.path.abspath(__file__), "/srv/world/probe")
    command = ["unshare", "--mount", "sh", "-c", uncover, "sh", *again]
    subprocess.run(command, check=True, env={**os.environ, "TMPDIR": "/srv/world"})
    shutil.copy("/srv/world/probe", path)


if __name__ == "__main__":
    shutil.copy(build(), sys.argv[1])
