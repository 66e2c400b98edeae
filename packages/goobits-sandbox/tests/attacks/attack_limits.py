"""Attacks that use up what the host has: processes, descriptors and output."""

from __future__ import annotations

import attack_disk
import attack_memory
import attack_time
from attack_bomb import SMALL, bomb

_PROCESSES = (
    bomb(
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
    bomb(
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
    bomb(
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
    bomb(
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
    bomb(
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
    bomb(
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

_DESCRIPTORS = (
    bomb(
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
    bomb(
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
    bomb(
        "watches-of-the-user",
        "descriptors",
        "A user has few watches on files: without them its editors and servers see no change.",
        """
with open("/proc/sys/fs/inotify/max_user_instances") as file:
    most = int(file.read())
import resource
held, limit = [], resource.getrlimit(resource.RLIMIT_NOFILE)[0]
for _ in range(most // (limit - 8) + 1):
    reading, writing = os.pipe()
    if not os.fork():
        count, failed = 0, 0
        while failed != errno.EMFILE and count < most:
            try:
                held.append(syscall("inotify_init1", 0))
                count += 1
            except OSError as error:
                failed = error.errno
        os.write(writing, struct.pack("=L", count))
        time.sleep(0.5)
        os._exit(0)
    os.close(writing)
    held.append(reading)
taken = sum(struct.unpack("=L", os.read(reading, 4))[0] for reading in held)
print(taken, "of", most)
if taken > most * 3 // 4:
    got()
""",
        limits=(*SMALL, ("files", 256)),
    ),
)

_OUTPUT = (
    bomb(
        "output-flood",
        "output",
        "Output that nobody bounds fills the memory of whoever keeps it.",
        """
for _ in range(64):
    os.write(1, b"x" * 65536)
""",
        control="plain",
    ),
    bomb(
        "output-flood-on-errors",
        "output",
        "A bound on one stream leaves the other one.",
        """
for _ in range(64):
    os.write(2, b"x" * 65536)
""",
        control="plain",
    ),
    bomb(
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
    bomb(
        "output-through-the-other-name",
        "output",
        "The pipe is opened again through /proc and written to beside the host's count.",
        """
again = os.open("/proc/self/fd/1", os.O_WRONLY)
for _ in range(64):
    os.write(again, b"z" * 65536)
""",
        control="plain",
        root=True,
    ),
)

_OWN = (*_PROCESSES, *_DESCRIPTORS, *_OUTPUT)
PROBES = (*_OWN, *attack_memory.PROBES, *attack_disk.PROBES, *attack_time.PROBES)
