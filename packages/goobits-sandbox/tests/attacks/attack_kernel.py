"""Attacks on the surfaces of the kernel: its sockets, rings, programs and keys."""

from __future__ import annotations

import attack_calls
import attack_machine
from attack_probe import Probe

_SURFACES = (
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
        "queue-that-stays",
        "posix-ipc",
        "A message queue that outlives the guest carries words to the next one.",
        "syscall('mq_open', b'goobits', os.O_CREAT | os.O_RDWR, 0o666, 0)\n",
    ),
    Probe(
        "semaphores-that-stay",
        "sysv-ipc",
        "A host has few sets of semaphores, and those that nobody removes are gone.",
        "for _ in range(8):\n    syscall('semget', 0, 4, 0o1666)\n",
    ),
    Probe(
        "messages-that-stay",
        "sysv-ipc",
        "Messages that nobody takes hold the kernel's memory after their sender has ended.",
        """
queue = syscall("msgget", 0, 0o1666)
syscall("msgsnd", queue, struct.pack("@l", 1) + b"x" * 4096, 4096, 0o4000)
""",
    ),
)

PROBES = (*_SURFACES, *attack_calls.PROBES, *attack_machine.PROBES)
