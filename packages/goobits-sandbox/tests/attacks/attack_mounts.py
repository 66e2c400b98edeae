"""Attacks by mounts, roots and devices: what is masked or only read is uncovered or written."""

from __future__ import annotations

from attack_probe import Probe

# Become root of a user namespace that has a mount namespace.
MAP_ROOT = """
uid, gid = os.getuid(), os.getgid()
syscall("unshare", 0x10020000)
for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
    with open("/proc/self/" + name, "w") as file:
        file.write(text)
"""

PROBES = (
    Probe(
        "mounts-as-root-of-a-namespace",
        "mounts",
        "Any user who may make namespaces may mount, and mount over what is masked.",
        MAP_ROOT + "syscall('mount', b'none', b'/tmp', b'tmpfs', 0, 0)\ngot()\n",
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
)
