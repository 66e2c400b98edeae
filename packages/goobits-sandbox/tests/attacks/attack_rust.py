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

import attack_rust_own
from attack_probe import Probe

_SOURCES = Path(__file__).with_name("rust")

# The siblings in Python, by module: their names, kinds, reasons and policies hold here too.
_SHARED = {
    "namespaces": """
    climbs-by-a-kept-folder unshares-the-user-namespace unshares-the-mount-namespace
    unshares-the-network-namespace clones-a-user-namespace clones-with-high-bits
    clones-by-structure joins-the-mnt-namespace joins-the-net-namespace joins-by-pidfd
    becomes-root-of-a-namespace mounts-as-root-of-a-namespace uncovers-in-a-namespace
    mounts-a-tmpfs mounts-by-descriptors copies-a-tree-of-mounts remounts-by-attributes
    remounts-writable reconfigures-a-file-system pivots-the-root changes-the-root
    leaves-the-root-twice-changed name-of-the-host
    """,
    "kernel": """
    file-by-handle fanotify-of-the-user fanotify-of-a-file-system vsock-listens
    vsock-family-with-high-bits xdp-socket io-uring-is-set-up io-uring-opens-a-file
    userfaultfd-is-made userfaultfd-of-the-kernel bpf-map bpf-program bpf-filter-on-a-socket
    perf-counts-this-process perf-watches-the-machine key-stays-with-the-user
    keyring-of-the-session keyring-is-joined keyring-persistent kernel-log-is-read
    kernel-log-is-written quotas-are-synced memory-without-randomness
    memory-hidden-from-the-kernel clock-is-set clock-is-adjusted calls-of-32-bits
    ring-of-32-bits local-descriptor-table keystrokes-into-a-terminal
    keystrokes-with-high-bits line-discipline netlink-lists-links compares-descriptors
    reads-another-process writes-another-process reads-a-child-of-its-own takes-a-descriptor
    takes-a-descriptor-of-init advises-another-process renices-all-of-the-user
    io-priority-of-all-of-the-user
    """,
    "network": """
    tcp-to-the-internet tcp-to-services-of-the-host tcp-by-the-bare-call
    tcp-by-a-datagram-address udp-to-the-internet udp-lite udp-by-many-messages dns-over-udp
    icmp-echo icmp-echo-of-ipv6 raw-packet raw-packet-with-a-header raw-frame
    raw-frames-are-heard ipv6-to-the-internet ipv6-to-services-of-the-host
    mptcp-to-the-internet fast-open-sends-first fast-open-by-an-option metadata-of-the-cloud
    """,
    "sockets": """
    docker-socket x11-path x11-abstract dbus-session-abstract abstract-socket
    socket-in-project packets-in-project packets-abstract raw-kind-of-unix
    family-with-high-bits datagram-by-pair datagram-by-pair-abstract reconnected-pair
    message-to-name fifo-both-ways
    """,
    "processes": """
    proc-environ-of-others proc-cmdline-of-others becomes-another has-capabilities
    seize-victim trace-child proc-memory-of-others proc-memory-written
    signal-victim signal-by-thread signal-by-pidfd signal-by-file-owner signal-everybody
    stop-everybody limit-victim pin-victim real-time orphan-without-output
    orphan-deaf-to-signals
    """,
    "limits": """
    fork-bomb fork-bomb-that-doubles fork-bomb-of-orphans threads memory-of-one-process
    memory-of-many-processes memory-shared-without-a-name memory-in-a-memfd memory-in-shm
    memory-of-system-v memory-in-pipes disk-in-out disk-set-aside disk-of-a-sparse-file
    inodes-in-out descriptors-of-one-process descriptors-above-the-limit output-flood
    output-flood-on-errors hang hang-that-is-busy hang-that-ignores-signals
    hang-that-stops-itself hang-by-a-chain hang-with-closed-output
    """,
}


def _shared() -> Iterator[Probe]:
    """Yield the siblings' probes; a name that no sibling has is an error."""
    for topic, names in _SHARED.items():
        known = {probe.name: probe for probe in _probes_of(topic)}
        yield from (known[name] for name in names.split())


def _probes_of(topic: str) -> tuple[Probe, ...]:
    return importlib.import_module(f"attack_{topic}").PROBES


PROBES = (*_shared(), *attack_rust_own.PROBES)


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
