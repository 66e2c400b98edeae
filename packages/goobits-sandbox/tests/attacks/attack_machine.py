"""Attacks on what is the machine's: its terminals, files by handle, log and clock."""

from __future__ import annotations

from attack_probe import Probe

# A terminal of the probe's own, which is the one that it is controlled by.
_TERMINAL = """
master, slave = os.openpty()
if os.fork():
    os.wait()
    os._exit(0)
os.setsid()
fcntl.ioctl(slave, 0x540E, 0)
"""

PROBES = (
    Probe(
        "keystrokes-into-a-terminal",
        "tiocsti",
        "Pushed keystrokes are typed into whoever reads the terminal next: the user's shell.",
        _TERMINAL + "fcntl.ioctl(slave, 0x5412, b'x')\ngot()\n",
    ),
    Probe(
        "keystrokes-with-high-bits",
        "tiocsti",
        "A filter that compares 64 bits lets the number through that the kernel cuts.",
        _TERMINAL + "syscall('ioctl', slave, 0x5412 | 1 << 32, b'x')\ngot()\n",
    ),
    Probe(
        "line-discipline",
        "tiocsti",
        "Other disciplines of a terminal are old drivers, loaded on demand and often broken.",
        _TERMINAL + "fcntl.ioctl(slave, 0x5423, struct.pack('=i', 27))\ngot()\n",
    ),
    Probe(
        "console-is-asked",
        "tiocsti",
        "Calls of the console paste what was selected, and switch screens.",
        """
os.mknod("/tmp/console", stat.S_IFCHR | 0o600, os.makedev(4, 1))
console = os.open("/tmp/console", os.O_RDWR | os.O_NOCTTY)
fcntl.ioctl(console, 0x541C, b"\\6")
got()
""",
        root=True,
    ),
    Probe(
        "file-by-handle",
        "files",
        "A handle opens a file of the file system below, past every mount that covers it.",
        """
handle = ctypes.create_string_buffer(struct.pack("=Li", 128, 0) + bytes(128))
kept = ctypes.c_int()
syscall("name_to_handle_at", -100, b".", handle, ctypes.byref(kept), 0)
opened = syscall("open_by_handle_at", os.open(".", os.O_RDONLY), handle, 0)
got()
print(os.read(os.open("../.ssh/id_ed25519", 0, dir_fd=opened), 4096))
""",
        root=True,
    ),
    Probe(
        "fanotify-of-the-user",
        "files",
        "Notification of files tells what others open.",
        "syscall('fanotify_init', 0x200, 0)\ngot()\n",
    ),
    Probe(
        "fanotify-of-a-file-system",
        "files",
        "One mark on a file system tells of every file in it.",
        """
group = syscall("fanotify_init", 0, 0)
syscall("fanotify_mark", group, 0x101, 0x20, -100, b"/tmp")
got()
""",
        root=True,
    ),
    Probe(
        "kernel-log-is-read",
        "identity",
        "The kernel's log holds addresses, devices and what other programs did.",
        """
held = ctypes.create_string_buffer(1 << 16)
if syscall("syslog", 3, held, 1 << 16) > 0:
    got()
""",
        root=True,
    ),
    Probe(
        "kernel-log-is-written",
        "identity",
        "Lines forged in the kernel's log deceive whoever watches it.",
        "os.open('/dev/kmsg', os.O_WRONLY)\ngot()\n",
    ),
    Probe(
        "kernel-addresses-are-read",
        "identity",
        "Addresses of the kernel are the first step of every attack on its memory.",
        """
with open("/proc/kallsyms") as file:
    if int(file.readline().split()[0], 16):
        got()
""",
        root=True,
    ),
    Probe(
        "quotas-are-synced",
        "disk",
        "Quota calls reach the host's file systems.",
        "syscall('quotactl', 0x800001 << 8, 0, 0, 0)\ngot()\n",
    ),
    Probe(
        "accounting-writes-a-file",
        "disk",
        "The kernel writes a line to a file of the guest's choice for every process that ends.",
        """
open("/tmp/accounts", "w").close()
syscall("acct", b"/tmp/accounts")
got()
syscall("acct", 0)
""",
        control="confined",
        root=True,
    ),
    Probe(
        "clock-is-set",
        "clock",
        "A clock that is wrong makes certificates valid and logs useless.",
        "time.clock_settime_ns(0, time.clock_gettime_ns(0))\ngot()\n",
        root=True,
    ),
    Probe(
        "clock-is-set-the-old-way",
        "clock",
        "The older call sets the same clock.",
        """
now = time.time_ns()
syscall("settimeofday", struct.pack("@ll", now // 10**9, now % 10**9 // 1000), 0)
got()
""",
        root=True,
    ),
    Probe(
        "clock-is-adjusted",
        "clock",
        "A clock that runs slow or fast is wrong before anybody sees it.",
        """
held = ctypes.create_string_buffer(208)
syscall("adjtimex", held)
struct.pack_into("=L", held, 0, 0x0002)
syscall("clock_adjtime", 0, held)
got()
""",
        root=True,
    ),
)
