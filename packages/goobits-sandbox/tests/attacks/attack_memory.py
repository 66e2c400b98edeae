"""Attacks on memory: of processes, shared by them, and what the kernel keeps for them."""

from __future__ import annotations

from attack_bomb import SMALL, bomb

PROBES = (
    bomb(
        "memory-of-one-process",
        "memory",
        "One process takes all memory, and the kernel ends another one for it.",
        """
held = []
for _ in range(30):
    held.append(b"x" * (10 << 20))
hold()
""",
    ),
    bomb(
        "memory-of-many-processes",
        "memory",
        "Each process stays below its limit, and together they do not.",
        """
for _ in range(12):
    try:
        if not os.fork():
            held = b"x" * (40 << 20)
            hold(2)
            os._exit(0)
    except OSError as error:
        print(error)
hold(2)
""",
    ),
    bomb(
        "memory-mapped",
        "memory",
        "Memory that is mapped is not what the allocator counts.",
        """
held = mmap.mmap(-1, 400 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
for at in range(0, len(held), 4096):
    held[at] = 1
hold()
""",
    ),
    bomb(
        "memory-shared-without-a-name",
        "memory",
        "Shared memory is not counted as a process's data.",
        """
held = mmap.mmap(-1, 500 << 20)
for at in range(0, len(held), 4096):
    held[at] = 1
hold()
""",
    ),
    bomb(
        "memory-shared-by-those-who-end",
        "memory",
        "Shared memory that nobody maps any more is in no process's size.",
        """
ends = []
for _ in range(12):
    held = mmap.mmap(-1, 40 << 20)
    held.write(b"x" * (40 << 20))
    ends.append(held)
    libc.madvise(ctypes.addressof(ctypes.c_char.from_buffer(held)), 40 << 20, 4)
hold()
""",
    ),
    bomb(
        "memory-in-a-memfd",
        "memory",
        "A file in memory belongs to no file system that has a size.",
        """
file = os.memfd_create("held")
for _ in range(50):
    os.write(file, b"x" * (10 << 20))
held = mmap.mmap(file, 500 << 20)
for at in range(0, len(held), 4096):
    held[at]
hold()
""",
    ),
    bomb(
        "memory-in-shm",
        "memory",
        "What is written to /dev/shm is memory.",
        """
with open("/dev/shm/held", "wb") as file:
    for _ in range(50):
        file.write(b"x" * (10 << 20))
        file.flush()
hold()
""",
    ),
    bomb(
        "memory-of-system-v",
        "sysv-ipc",
        "A segment that is never removed outlives everybody who knows of it.",
        """
for _ in range(12):
    at = syscall("shmat", syscall("shmget", 0, 40 << 20, 0o1666), 0, 0)
    ctypes.memset(at, 1, 40 << 20)
hold()
""",
    ),
    bomb(
        "memory-in-pipes",
        "memory",
        "What is in a pipe belongs to no process.",
        """
held = []
for _ in range(110):
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    held.append((reading, writing))
    try:
        fcntl.fcntl(writing, 1031, 1 << 20)
        count = os.write(writing, b"x" * (1 << 20))
    except OSError as error:
        count = 65536
total = sum(struct.unpack("i", fcntl.ioctl(r, 0x541B, b"1234"))[0] for r, _ in held)
print(total >> 20, "MiB")
if total > 100 << 20:
    got()
""",
        root=True,
        limits=(*SMALL, ("files", 256)),
    ),
    bomb(
        "memory-in-sockets",
        "memory",
        "What is sent and never received belongs to no process either.",
        """
held, total = [], 0
for _ in range(110):
    held.append(socket.socketpair())
    for number in (7, 32):
        try:
            held[-1][0].setsockopt(socket.SOL_SOCKET, number, 64 << 20)
        except OSError:
            pass
    held[-1][0].setblocking(False)
    try:
        while total < 300 << 20:
            total += held[-1][0].send(b"x" * (1 << 20))
    except OSError:
        pass
print(total >> 20, "MiB")
if total > 150 << 20:
    got()
""",
    ),
    bomb(
        "memory-in-sockets-of-many",
        "memory",
        "Each process has a table of descriptors of its own to hold sockets in.",
        """
reading, writing = os.pipe()
for _ in range(12):
    if not os.fork():
        held, total = [], 0
        for end in (end for _ in range(110) for end in socket.socketpair()):
            held.append(end)
            end.setblocking(False)
            try:
                while total < 40 << 20:
                    total += end.send(b"x" * 65536)
            except OSError:
                pass
        os.write(writing, struct.pack("=Q", total))
        time.sleep(1)
        os._exit(0)
os.close(writing)
time.sleep(0.7)
total = sum(struct.unpack("=12Q", os.read(reading, 96)))
print(total >> 20, "MiB")
if total > 150 << 20:
    got()
""",
    ),
    bomb(
        "memory-in-page-tables",
        "memory",
        "What maps memory is memory of the kernel's, however little is mapped.",
        """
size = 80 << 30
held = mmap.mmap(-1, size, 0x4022, mmap.PROT_READ)
held.madvise(15)
for at in range(0, size, 2 << 20):
    held[at]
with open("/proc/self/status") as file:
    tables = next(int(line.split()[1]) for line in file if line.startswith("VmPTE"))
print(tables >> 10, "MiB")
if tables > 150 << 10:
    got()
hold(0.5)
""",
    ),
)
