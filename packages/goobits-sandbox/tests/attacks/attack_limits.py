"""Attacks that use up what the host has: processes, memory, disk, descriptors, output and time."""

from __future__ import annotations

from attack_probe import MIB, Probe

_SMALL = (
    ("memory", 64 * MIB),
    ("disk", 4 * MIB),
    ("processes", 16),
    ("output", 64 * 1024),
    ("wall", 3.0),
)
_SHORT = (*_SMALL[:4], ("wall", 1.0))
# Begin at once when all are there, so that the host sees them together.
_HOLD = """
def hold(seconds=1.5):
    sys.stdout.flush()
    time.sleep(seconds)


"""


def _bomb(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    more = {"limits": _SMALL, "control": "confined", **more}
    return Probe(name, kind, why, _HOLD + source, **more)


def _late(name: str, kind: str, why: str, source: str, **more: object) -> Probe:
    """Return a probe that goes on for longer than its second."""
    return _bomb(name, kind, why, source, limits=_SHORT, **more)


_PROCESSES = (
    _bomb(
        "fork-bomb",
        "fork",
        "Processes without end leave the host no number for one more.",
        """
for _ in range(200):
    try:
        if not os.fork():
            time.sleep(2)
            os._exit(0)
    except OSError as error:
        time.sleep(0.005)
hold()
""",
    ),
    _bomb(
        "fork-bomb-that-doubles",
        "fork",
        "Each child forks again, and each parent is gone when it is looked for.",
        """
for _ in range(7):
    try:
        os.fork()
    except OSError as error:
        print(error)
hold()
""",
    ),
    _bomb(
        "fork-bomb-of-orphans",
        "orphans",
        "Children that leave their session and parent are nobody's to count.",
        """
for _ in range(100):
    try:
        if not os.fork():
            os.setsid()
            if not os.fork():
                time.sleep(2)
            os._exit(0)
    except OSError:
        time.sleep(0.005)
hold()
""",
    ),
    _bomb(
        "fork-bomb-by-vfork",
        "fork",
        "Programs that are spawned go another way than fork.",
        """
import subprocess
made = []
for _ in range(60):
    try:
        made.append(subprocess.Popen(["/usr/bin/sleep", "2"], close_fds=False))
    except OSError as error:
        time.sleep(0.005)
hold(1)
""",
    ),
    _bomb(
        "fork-bomb-past-the-limit",
        "fork",
        "A limit that the guest can raise is none.",
        """
import resource
for name in (resource.RLIMIT_NPROC, resource.RLIMIT_DATA, resource.RLIMIT_NOFILE):
    try:
        resource.setrlimit(name, (1 << 20, 1 << 20))
    except (OSError, ValueError) as error:
        print(error)
for _ in range(150):
    try:
        if not os.fork():
            time.sleep(2)
            os._exit(0)
    except OSError:
        time.sleep(0.005)
hold()
""",
    ),
    _bomb(
        "threads",
        "fork",
        "Threads take the same numbers as processes, and stacks besides.",
        """
import threading
threading.stack_size(65536)
count = 0
for _ in range(200):
    try:
        threading.Thread(target=time.sleep, args=(2,), daemon=True).start()
        count += 1
    except RuntimeError as error:
        print(error)
        break
if count > 60:
    got()
hold(0.5)
os._exit(0)
""",
    ),
)

_MEMORY = (
    _bomb(
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
    _bomb(
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
    _bomb(
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
    _bomb(
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
    _bomb(
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
    _bomb(
        "memory-in-a-memfd",
        "memory",
        "A file in memory belongs to no file system that has a size.",
        """
held = os.memfd_create("held")
for _ in range(50):
    os.write(held, b"x" * (10 << 20))
hold()
""",
    ),
    _bomb(
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
    _bomb(
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
    _bomb(
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
        limits=(*_SMALL, ("files", 256)),
    ),
    _bomb(
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
    _bomb(
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
)

_DISK = (
    _bomb(
        "disk-in-out",
        "disk",
        "A file that fills the host's disk stops everybody on it.",
        """
with open("out/big", "wb") as file:
    for _ in range(60):
        file.write(os.urandom(1 << 20))
""",
        control="plain",
    ),
    _bomb(
        "disk-in-many-files",
        "disk",
        "Many files below the limit of one are together above that of all.",
        """
for number in range(60):
    with open(f"out/{number}", "wb") as file:
        file.write(os.urandom(1 << 20))
""",
        control="plain",
    ),
    _bomb(
        "disk-of-a-sparse-file",
        "disk",
        "A file that takes no room says that it has a terabyte: a copy of it takes one.",
        """
with open("out/sparse", "wb") as file:
    file.truncate(1 << 40)
if os.stat("out/sparse").st_size == 1 << 40:
    got()
""",
        control="plain",
    ),
    _bomb(
        "disk-set-aside",
        "disk",
        "Room is taken without a byte being written.",
        """
with open("out/room", "wb") as file:
    os.posix_fallocate(file.fileno(), 0, 100 << 20)
""",
        control="plain",
    ),
    _bomb(
        "disk-in-a-file-without-a-name",
        "disk",
        "A file that is removed while it is open is found by nobody who looks for it.",
        """
held = []
for folder in ("out", "/tmp", "/dev/shm"):
    for number in range(4):
        file = open(f"{folder}/gone{number}", "wb")
        os.unlink(file.name)
        held.append(file)
        try:
            for _ in range(50):
                os.write(file.fileno(), b"x" * (1 << 20))
        except OSError as error:
            print(error)
hold(1)
""",
    ),
    _bomb(
        "disk-in-tmp",
        "disk",
        "What is written to /tmp is on the host's disk or in its memory.",
        """
for number in range(10):
    with open(f"/tmp/{number}", "wb") as file:
        file.write(b"x" * (40 << 20))
hold(1)
""",
    ),
    _bomb(
        "disk-in-attributes",
        "disk",
        "Attributes of a file are room that no size of a file shows.",
        """
for number in range(50):
    path = f"out/{number}"
    open(path, "w").close()
    os.setxattr(path, "user.room", b"x" * 60000)
if os.listxattr("out/49"):
    got()
""",
        control="plain",
    ),
    _bomb(
        "inodes-in-out",
        "inodes",
        "Empty files use up the file system's inodes, and no room.",
        """
for number in range(3000):
    open(f"out/{number}", "w").close()
""",
        control="plain",
    ),
    _bomb(
        "inodes-of-folders",
        "inodes",
        "Folders use up inodes as well.",
        """
for number in range(2500):
    os.mkdir(f"out/{number}")
""",
        control="plain",
    ),
    _bomb(
        "inodes-of-links",
        "inodes",
        "Links to one file fill folders that take long to copy back.",
        """
open("out/file", "w").close()
for number in range(2500):
    os.link("out/file", f"out/{number}")
""",
        control="plain",
    ),
    _bomb(
        "folders-without-end",
        "inodes",
        "Folders in folders stop tools that copy or remove them one call in another.",
        """
os.chdir("out")
for _ in range(450):
    os.mkdir("d")
    os.chdir("d")
got()
""",
        limits=(*_SMALL, ("entries", 400)),
    ),
    _bomb(
        "names-that-deceive",
        "escapes",
        "A name with control characters writes on the terminal of whoever lists it.",
        r"""
name = "out/\x1b]0;evil\x07\x1b[2J" + "\u202etxt.exe"
open(name, "w").close()
print(os.listdir("out"))
got()
""",
    ),
)

_DESCRIPTORS = (
    _bomb(
        "descriptors-of-one-process",
        "descriptors",
        "Open files of one process use up those of the whole machine.",
        """
import resource
for limit in (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]):
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        break
    except (OSError, ValueError) as error:
        print(error)
held = [os.open("/dev/null", os.O_RDONLY) for _ in range(300)]
got()
""",
    ),
    _bomb(
        "descriptors-above-the-limit",
        "descriptors",
        "A number above the limit takes a table of the kernel's as large as the number.",
        """
import resource
try:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
finally:
    os.dup2(1, 1000)
    got()
""",
    ),
)

_OUTPUT = (
    _bomb(
        "output-flood",
        "output",
        "Output that nobody bounds fills the memory of whoever keeps it.",
        """
for _ in range(64):
    os.write(1, b"x" * 65536)
""",
        control="plain",
    ),
    _bomb(
        "output-flood-on-errors",
        "output",
        "A bound on one stream leaves the other one.",
        """
for _ in range(64):
    os.write(2, b"x" * 65536)
""",
        control="plain",
    ),
    _bomb(
        "output-of-many-processes",
        "output",
        "Several writers at once pass a bound that is looked at now and then.",
        """
for _ in range(6):
    if not os.fork():
        for _ in range(300):
            os.write(1, b"y" * 4096)
        os._exit(0)
hold(1)
""",
    ),
    _bomb(
        "output-through-the-other-name",
        "output",
        "The pipe is opened again through /proc and written to beside the host's count.",
        """
again = os.open("/proc/self/fd/1", os.O_WRONLY)
for _ in range(64):
    os.write(again, b"z" * 65536)
""",
        control="plain",
    ),
)

_TIME = (
    _late(
        "hang",
        "hang",
        "A program that never ends holds up whoever waits for it.",
        "time.sleep(8)\n",
    ),
    _late(
        "hang-that-is-busy",
        "hang",
        "A loop takes a processor away for good.",
        """
while True:
    pass
""",
    ),
    _late(
        "hang-of-many-that-are-busy",
        "hang",
        "Loops in several processes take all processors, each for less than its limit.",
        """
for _ in range(3):
    if not os.fork():
        break
end = time.monotonic() + 8
while time.monotonic() < end:
    pass
""",
    ),
    _late(
        "hang-that-ignores-signals",
        "hang",
        "A program that is asked to end does not.",
        """
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
time.sleep(8)
""",
    ),
    _late(
        "hang-with-closed-output",
        "hang",
        "A host that waits for the end of the output thinks that the guest has ended.",
        """
os.closerange(0, 3)
time.sleep(8)
""",
    ),
    _late(
        "hang-that-holds-the-output",
        "orphans",
        "The program ends, and its child keeps the output open for ever.",
        """
if not os.fork():
    os.setsid()
    time.sleep(8)
""",
        control="plain",
    ),
    _late(
        "hang-that-stops-itself",
        "sigstop",
        "A stopped program neither ends nor answers.",
        "os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(8)\n",
    ),
    _late(
        "hang-by-a-chain",
        "orphans",
        "A program that becomes its own child again and again is never the one that was looked at.",
        """
end = time.monotonic() + 8
while time.monotonic() < end:
    try:
        if os.fork():
            os._exit(0)
    except OSError:
        pass
    os.setsid()
    time.sleep(0.01)
""",
        control="plain",
    ),
    _late(
        "hang-past-the-limit-of-cpu",
        "hang",
        "Each child starts with a clock of its own at nought.",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY,) * 2)
except (OSError, ValueError) as error:
    print(error)
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
end = time.monotonic() + 8
while time.monotonic() < end:
    pass
""",
    ),
    _late(
        "hang-in-a-core-dump",
        "core",
        "A dump of much memory takes long, and fills the disk beside.",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
except (OSError, ValueError) as error:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
os.chdir("/tmp")
held = b"x" * (40 << 20)
os.abort()
""",
    ),
)

PROBES = (*_PROCESSES, *_MEMORY, *_DISK, *_DESCRIPTORS, *_OUTPUT, *_TIME)
