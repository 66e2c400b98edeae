"""Attacks on the walls themselves: namespaces, control groups and settings of the machine."""

from __future__ import annotations

import attack_mounts
from attack_probe import Probe


def _unshared(name: str, flag: int, why: str) -> Probe:
    return Probe(
        f"unshares-the-{name}-namespace",
        "namespaces",
        why,
        f"syscall('unshare', {flag:#x})\ngot()\n",
        root=flag != 0x10000000,
    )


def _joined(name: str) -> Probe:
    return Probe(
        f"joins-the-{name}-namespace",
        "namespaces",
        "Whoever can enter the namespace of another process is out of its own.",
        f"""
for pid in (W["victim"], W["host_pid"], 1, os.getppid(), "self"):
    try:
        syscall("setns", os.open(f"/proc/{{pid}}/ns/{name}", os.O_RDONLY), 0)
        got()
        break
    except OSError as error:
        print(error)
""",
        root=True,
    )


_WALLS = (
    _unshared(
        "user", 0x10000000, "A new user namespace makes anybody root over new surfaces."
    ),
    _unshared(
        "mount",
        0x20000,
        "In a mount namespace of its own a guest uncovers what is masked.",
    ),
    _unshared(
        "network", 0x40000000, "In a network of its own a guest may do as root does."
    ),
    _unshared(
        "process",
        0x20000000,
        "A process namespace hides processes from who counts them.",
    ),
    _unshared("ipc", 0x8000000, "An IPC namespace has its own limits."),
    _unshared("uts", 0x4000000, "A guest with a host name of its own deceives."),
    _unshared(
        "cgroup",
        0x2000000,
        "A view of control groups of its own comes before an escape.",
    ),
    _unshared("time", 0x80, "A guest with a clock of its own deceives."),
    _joined("mnt"),
    _joined("net"),
    _joined("ipc"),
    _joined("uts"),
    _joined("cgroup"),
    Probe(
        "joins-by-pidfd",
        "namespaces",
        "One descriptor of a process enters all of its namespaces at once.",
        """
pidfd = syscall("pidfd_open", os.getpid(), 0)
syscall("setns", pidfd, 0x4C000000)
got()
""",
        root=True,
    ),
    Probe(
        "clones-a-user-namespace",
        "namespaces",
        "clone makes the same namespaces as unshare does.",
        """
child = syscall("clone", 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
if not child:
    os._exit(0)
os.wait()
got()
""",
    ),
    Probe(
        "clones-with-high-bits",
        "namespaces",
        "A filter that compares 64 bits does not see the flag below a bit that nobody reads.",
        """
child = syscall("clone", 1 << 40 | 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
if not child:
    os._exit(0)
os.wait()
got()
""",
    ),
    Probe(
        "clones-by-structure",
        "namespaces",
        "clone3 takes its flags from memory, where no filter looks.",
        """
child = syscall("clone3", struct.pack("=8Q", 0x10000000, 0, 0, 0, 17, 0, 0, 0), 64)
if not child:
    os._exit(0)
os.wait()
got()
""",
    ),
    Probe(
        "becomes-root-of-a-namespace",
        "setuid",
        "Root of a user namespace holds every capability over what it makes there.",
        attack_mounts.MAP_ROOT + "if os.getuid() == 0:\n    got()\n",
    ),
    Probe(
        "release-agent-of-a-group",
        "cgroup",
        "The kernel runs a group's release agent as root of the host, outside of everything.",
        """
os.makedirs("/tmp/group")
for kind, options in ((b"cgroup", b"none,name=goobits"), (b"cgroup", b"memory")):
    try:
        syscall("mount", b"none", b"/tmp/group", kind, 0, options)
        os.open("/tmp/group/release_agent", os.O_WRONLY)
        got()
        break
    except OSError as error:
        print(error)
""",
        control="confined",
        root=True,
    ),
    Probe(
        "mounts-control-groups",
        "cgroup",
        "A mount of the control groups shows every group of the host, and lets root leave its own.",
        """
os.makedirs("/tmp/group")
syscall("mount", b"none", b"/tmp/group", b"cgroup2", 0, 0)
os.open("/tmp/group/cgroup.procs", os.O_WRONLY)
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "joins-another-group",
        "cgroup",
        "Whoever leaves its group leaves the group's limits.",
        """
for path in sorted(glob.glob("/sys/fs/cgroup/**/cgroup.procs", recursive=True))[:50]:
    try:
        os.open(path, os.O_WRONLY)
        got()
        break
    except OSError as error:
        print(error)
""",
        root=True,
    ),
    Probe(
        "helper-of-the-kernel",
        "core",
        "The program that takes core dumps is run by the kernel as root of the host.",
        """
for name in ("core_pattern", "poweroff_cmd", "hotplug", "modprobe"):
    try:
        os.open("/proc/sys/kernel/" + name, os.O_WRONLY)
        got()
    except OSError as error:
        print(error)
""",
        root=True,
    ),
    Probe(
        "settings-of-the-machine",
        "proc",
        "Settings of the kernel are those of the whole machine.",
        """
for name in ("vm/drop_caches", "vm/overcommit_memory", "kernel/printk", "fs/suid_dumpable"):
    try:
        os.open("/proc/sys/" + name, os.O_WRONLY)
        got()
    except OSError as error:
        print(error)
""",
        root=True,
    ),
    Probe(
        "name-of-the-host",
        "identity",
        "A host with another name is another host to whatever looks at it.",
        "syscall('sethostname', b'evil', 4)\ngot()\n",
        control="confined",
        root=True,
    ),
    Probe(
        "domain-of-the-host",
        "identity",
        "The domain's name is set by the call beside it.",
        "syscall('setdomainname', b'evil', 4)\ngot()\n",
        control="confined",
        root=True,
    ),
    Probe(
        "restarts-its-namespace",
        "signals",
        "A restart ends every process of the namespace, and on a host the machine.",
        """
try:
    syscall("unshare", 0x20000000)
except OSError as error:
    print(error)
child = os.fork()
if not child:
    try:
        syscall("reboot", 0xFEE1DEAD, 672274793, 0x01234567, 0)
    finally:
        os._exit(1)
if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGHUP:
    got()
""",
        control="confined",
        root=True,
    ),
)

PROBES = (*_WALLS, *attack_mounts.PROBES)
