"""Attacks on the disk: its bytes, its entries and its attributes."""

from __future__ import annotations

from attack_bomb import SMALL, bomb

PROBES = (
    bomb(
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
    bomb(
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
    bomb(
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
    bomb(
        "disk-set-aside",
        "disk",
        "Room is taken without a byte being written.",
        """
with open("out/room", "wb") as file:
    os.posix_fallocate(file.fileno(), 0, 100 << 20)
""",
        control="plain",
    ),
    bomb(
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
    bomb(
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
    bomb(
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
    bomb(
        "inodes-in-out",
        "inodes",
        "Empty files use up the file system's inodes, and no room.",
        """
for number in range(3000):
    open(f"out/{number}", "w").close()
""",
        control="plain",
    ),
    bomb(
        "inodes-of-folders",
        "inodes",
        "Folders use up inodes as well.",
        """
for number in range(2500):
    os.mkdir(f"out/{number}")
""",
        control="plain",
    ),
    bomb(
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
    bomb(
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
        limits=(*SMALL, ("entries", 400)),
    ),
)
