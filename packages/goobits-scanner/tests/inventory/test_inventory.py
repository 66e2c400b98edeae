"""Folders, files and archives are read whole, in order, and nothing makes it wait or write."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import resource
import socket
import stat
import tarfile
import time
import tracemalloc
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from goobits_scanner._errors import TargetError
from goobits_scanner._inventory import inventory
from goobits_scanner._inventory._budget import Budget
from goobits_scanner._inventory._file import read_open_file
from goobits_scanner._limits import MIB, Limits
from goobits_scanner._source import Source, Unread


def _names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def test_folder_is_read_in_order_with_everything(tmp_path: Path, take: Any) -> None:
    """What a scan leaves out is where code hides: dotfiles, caches, vendored folders."""
    names = [
        ".env", ".git/config", ".git/hooks/pre-commit", "__pycache__/a.cpython-311.pyc",
        "a.pth", "a.py", "a/z.py", "b.bin", "node_modules/x/index.js",
    ]  # fmt: skip
    for name in reversed(names):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    (tmp_path / "a.py").chmod(0o755)
    sources, unread = take(tmp_path)
    # Within one folder names are in order; a folder stands where its name does.
    assert _names(sources) == sorted(names, key=lambda name: name.split("/"))
    assert all(source.data == source.name.encode() for source in sources)
    assert [s.name for s in sources if s.is_executable] == ["a.py"]
    assert unread == []


def test_only_objects_of_git_are_left_out(tmp_path: Path, take: Any) -> None:
    """A name alone must not hide a program."""
    folder = tmp_path / ".git/objects/ab"
    folder.mkdir(parents=True)
    (folder / ("c" * 38)).write_bytes(b"\x78\x01compressed")
    (folder / ("d" * 38)).write_bytes(b"import os")
    (folder / "evil.py").write_bytes(b"\x78")
    sources, _ = take(tmp_path)
    assert _names(sources) == [f".git/objects/ab/{'d' * 38}", ".git/objects/ab/evil.py"]


def test_single_file_has_its_own_name(tmp_path: Path, take: Any) -> None:
    """A file is a package of one."""
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    assert take(tmp_path / "a.py") == ([Source("a.py", b"x = 1\n", 6)], [])


def test_archives_are_seen_by_their_bytes(tmp_path: Path, take: Any) -> None:
    """A name is what an attacker chooses."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name, size in (("pkg/a.py", 3), ("pkg/" + "n" * 150, 4), ("pkg/é.py", 5)):
            info = tarfile.TarInfo(name)
            info.size = size
            archive.addfile(info, io.BytesIO(b"12345"[:size]))

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive_zip:
        for method in (0, 8, 12, 14):
            archive_zip.writestr(f"m{method}.txt", b"words " * 99, method)
        with archive_zip.open("later.py", "w", force_zip64=True) as member:
            member.write(b"x")
    for name, data, count in (
        ("tar", plain.getvalue(), 3),
        ("gz", gzip.compress(plain.getvalue()), 3),
        ("bz2", bz2.compress(plain.getvalue()), 3),
        ("xz", lzma.compress(plain.getvalue()), 3),
        ("zip", packed.getvalue(), 5),
    ):
        path = tmp_path / f"{name}.txt"
        path.write_bytes(data)
        sources, unread = take(path)
        assert (len(sources), unread) == (count, []), name
        path.unlink()


def test_archive_in_a_folder_is_opened(tmp_path: Path, take: Any) -> None:
    """Bundled wheels are installed like others."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("pkg/x.py", "x = 1")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("a.whl", inner.getvalue())
    sources, unread = take(tmp_path)
    assert _names(sources) == [
        "outer.zip",
        "outer.zip!a.whl",
        "outer.zip!a.whl!pkg/x.py",
    ]
    assert unread == []


def test_missing_target_is_an_error(tmp_path: Path) -> None:
    """A mistyped path must not scan as safe."""
    for path in (tmp_path / "missing", "\0"):
        with pytest.raises(TargetError) as caught:
            inventory(path, Limits())
        assert caught.value.hint


def test_target_that_is_no_file_is_an_error(tmp_path: Path) -> None:
    """A pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/null"):
        with pytest.raises(TargetError):
            inventory(path, Limits())


def test_special_files_are_named_and_not_opened(tmp_path: Path, take: Any) -> None:
    """Opening a pipe blocks, opening a device does what the device does."""
    os.mkfifo(tmp_path / "pipe")
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(tmp_path)  # the path of a socket has to be short
    try:
        server.bind("socket")
    finally:
        os.chdir(here)
    sources, unread = take(tmp_path)
    server.close()
    assert sources == []
    assert unread == [
        Unread("pipe", "a named pipe", True),
        Unread("socket", "a socket", True),
    ]


def test_device_is_named_and_not_opened(tmp_path: Path, take: Any) -> None:
    """A device in a package is no accident."""
    try:
        os.mknod(tmp_path / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("devices can't be made here")
    assert take(tmp_path)[1] == [Unread("null", "a device", True)]


def test_links_are_not_followed(tmp_path: Path, take: Any) -> None:
    """A link may point at anything of the machine that scans."""
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "outside.py").write_bytes(b"secret")
    (root / "a.py").write_bytes(b"x")
    for name, target in (
        ("inside", "a.py"),
        ("dangling", "nothing"),
        ("outside", "../outside.py"),
        ("absolute", "/etc/passwd"),
        ("itself", "itself"),
        ("sub/up", ".."),
    ):
        (root / name).symlink_to(target)
    sources, unread = take(root)
    assert _names(sources) == ["a.py"]
    assert {one.name: one.reason for one in unread} == {
        "absolute": "a link that leaves the folder",
        "itself": "a link that points to itself",
        "outside": "a link that leaves the folder",
        "sub/up": "a link to a folder that holds it",
    }


def test_file_that_changes_is_said(tmp_path: Path, limits: Limits) -> None:
    """What was scanned is then not what is installed."""
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\n")

    def read(descriptor: int, size: int) -> bytes:
        data = os.read(descriptor, size)
        with path.open("ab") as file:
            file.write(b"evil")
        return data

    descriptor = os.open(path, os.O_RDONLY)
    found = list(read_open_file(descriptor, "a.py", Budget(limits), read=read))
    os.close(descriptor)
    assert found[-1] == Unread("a.py", "changed while it was read")


def test_file_that_is_written_over_is_said(tmp_path: Path, limits: Limits) -> None:
    """Other bytes of the same length are another program."""
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\n")
    os.utime(path, ns=(0, 0))

    def read(descriptor: int, size: int) -> bytes:
        data = os.read(descriptor, size)
        if data:
            with path.open("r+b") as file:
                file.write(b"evil()")
        return data

    descriptor = os.open(path, os.O_RDONLY)
    found = list(read_open_file(descriptor, "a.py", Budget(limits), read=read))
    os.close(descriptor)
    assert found == [
        Source("a.py", b"x = 1\n", 6),
        Unread("a.py", "changed while it was read"),
    ]


def test_unreadable_file_is_said(tmp_path: Path) -> None:
    """What can't be read is not safe."""
    path = tmp_path / "a.py"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root can read everything")
    found = list(inventory(tmp_path, Limits()))
    assert isinstance(found[0], Unread)


def test_large_file_is_cut_and_said(tmp_path: Path, take: Any, limits: Limits) -> None:
    """What lies behind the limit is not scanned, and a program may be as large as it likes."""
    (tmp_path / "a.py").write_bytes(b"#" * (MIB + 1))
    (tmp_path / "b.so").write_bytes(b"\x7fELF" + bytes(MIB))
    (tmp_path / "c.py").write_bytes(b"#" * MIB)
    sources, unread = take(tmp_path)
    assert [len(source.data) for source in sources] == [MIB] * 3
    assert [source.size for source in sources] == [MIB + 1, MIB + 4, MIB]
    assert unread == [Unread("a.py", f"larger than {MIB:,} bytes")]


def test_line_of_a_gibibyte_takes_no_memory(tmp_path: Path, take: Any) -> None:
    """A sparse file costs nothing to make."""
    with (tmp_path / "a.py").open("wb") as file:
        file.truncate(1 << 30)
    tracemalloc.start()
    began = time.process_time()
    sources, unread = take(tmp_path, Limits())
    assert time.process_time() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 32 * MIB
    tracemalloc.stop()
    assert sources[0].size == 1 << 30
    assert len(unread) == 1


def test_too_many_files_end_the_scan(tmp_path: Path, take: Any, limits: Limits) -> None:
    """A limit that is reached is said once, and nothing comes after it."""
    for number in range(20):
        (tmp_path / f"{number:02}").touch()
    _, unread = take(tmp_path, limits._replace(files=10))
    assert unread == [Unread(tmp_path.name, "more than 10 files")]
    _, unread = take(tmp_path, limits._replace(files=20))
    assert unread == []


def test_total_size_ends_the_scan(tmp_path: Path, take: Any, limits: Limits) -> None:
    """Many files that are each small enough are a bomb, too."""
    for number in range(5):
        (tmp_path / f"{number}").write_bytes(bytes(1000))
    sources, unread = take(tmp_path, limits._replace(total_size=3000))
    assert len(sources) == 3
    assert unread == [Unread(tmp_path.name, "more than 3,000 bytes in all")]


def test_deep_folder_is_said(tmp_path: Path, take: Any, limits: Limits) -> None:
    """Each level holds a descriptor."""
    (tmp_path / "a/b/c/d").mkdir(parents=True)
    (tmp_path / "a/b/c/d/x.py").touch()
    (tmp_path / "z.py").touch()
    sources, unread = take(tmp_path, limits._replace(depth=3))
    assert _names(sources) == ["z.py"]
    assert unread == [Unread("a/b/c/d", "folders are nested deeper than 3")]


def test_many_members_are_streamed(tmp_path: Path, hostile: ModuleType) -> None:
    """300,000 empty files are said to be too many in seconds, in little memory."""
    path = tmp_path / "many.tar"
    with path.open("wb") as file:
        for start in range(0, 300_000, 10_000):
            numbers = range(start, start + 10_000)
            file.write(b"".join(_empty(hostile, n) for n in numbers))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    count = 0
    last: Source | Unread | None = None
    for found in inventory(path, Limits()):
        count += 1
        last = found
    assert time.process_time() - began < 30
    assert count == 200_001
    assert last == Unread("many.tar", "more than 200,000 files")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000


def _empty(hostile: ModuleType, number: int) -> bytes:
    """Make one header of the first, for that is much faster."""
    first = hostile.member(b"f/0000000")
    name = b"f/%07d" % number
    block = name.ljust(100, b"\0") + first[100:148] + b" " * 8 + first[156:]
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def test_names_that_are_no_text_can_be_shown(tmp_path: Path, take: Any) -> None:
    """A name must not write to the terminal, nor break the report."""
    for name in (b"a\xff.py", b"b\n\x1b[2J.py", "c\u202e.py".encode()):
        (tmp_path / os.fsdecode(name)).touch()
    sources, _ = take(tmp_path)
    assert _names(sources) == ["a\\xff.py", "b\\x0a\\x1b[2J.py", "c\\u202e.py"]


def test_nothing_stays_open(tmp_path: Path) -> None:
    """A caller that stops early must not lose descriptors."""
    (tmp_path / "a/b").mkdir(parents=True)
    for name in ("a/x", "a/b/y", "a/b/z"):
        (tmp_path / name).touch()
    before = len(os.listdir("/proc/self/fd"))
    found = inventory(tmp_path, Limits())
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert len(os.listdir("/proc/self/fd")) == before


def test_script_that_is_an_archive_as_well_is_read_as_both(
    tmp_path: Path, take: Any
) -> None:
    """Who runs it runs one of the two, and only its author knows which."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.py", "y = 2")
    data = b"x = 1\n" * 1000 + b"'''" + packed.getvalue()
    (tmp_path / "a.py").write_bytes(data)
    for target in (tmp_path, tmp_path / "a.py"):
        sources, unread = take(target)
        assert sources[0].data == data
        assert sources[1].name.endswith("inner.py")
        assert unread[0].reason == "something precedes the archive"
