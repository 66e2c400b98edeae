"""Attacks by calls that reach into other processes, or that a filter may overlook."""

from __future__ import annotations

from attack_probe import Probe

# A process beside the probe, which never does anything.
_CHILD = """
child = os.fork()
if not child:
    time.sleep(60)
    os._exit(0)
"""

PROBES = (
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
        'word = ctypes.create_string_buffer(b"word")\n'
        + _CHILD
        + """
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
        """
for uid in (os.getuid(), W["uid"]):
    os.setpriority(os.PRIO_USER, uid, 19)
""",
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
)
