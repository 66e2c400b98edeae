"""Extracting and removing: read-only files below a descriptor, and nothing beyond it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from goobits_plugin import (
    Archive,
    ArchiveError,
    StoreError,
    extract,
    pack,
    read_archive,
)
from goobits_plugin._archive import remove_tree

Read = Callable[[bytes], Archive]
Unpack = Callable[[Archive, Path], Path]


@pytest.fixture
def archive(plugin: Path, read: Read) -> Archive:
    return read(pack(plugin).data)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[int]:
    """Return the descriptor of the folder that the test works in."""
    descriptor = os.open(tmp_path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def _mode(path: Path) -> int:
    return path.lstat().st_mode & 0o7777


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_files_and_folders_are_read_only(
    archive: Archive, tmp_path: Path, unpack: Unpack, umask: int
) -> None:
    """Nobody changes an installed plugin by accident, whatever the umask lets through."""
    (tmp_path / "into").mkdir()
    descriptor = os.open(tmp_path / "into", os.O_RDONLY)
    before = os.umask(umask)
    try:
        extract(archive, descriptor)
    finally:
        os.umask(before)
        os.close(descriptor)
    into = tmp_path / "into"
    assert _mode(into / "run") == 0o555
    assert {_mode(into / name) for name in ("hooks.py", "lib/deep/straße.py")} == {
        0o444
    }
    assert {_mode(into / name) for name in ("lib", "lib/deep")} == {0o555}


def test_content_is_that_of_the_archive(
    archive: Archive, plugin: Path, tmp_path: Path, unpack: Unpack
) -> None:
    """A scanner that reads members sees the bytes that will run."""
    into = unpack(archive, tmp_path / "into")
    for member in archive.members:
        content = (plugin / member.path).read_bytes()
        assert (into / member.path).read_bytes() == content
        assert bytes(archive.content(member)) == content
    assert archive.manifest == (plugin / "goobits-plugin.toml").read_bytes()


def test_content_hash_does_not_depend_on_compression(
    archive: Archive, hostile: object, read: Read
) -> None:
    """Two builds of zlib write other bytes; who rebuilds a plugin compares this instead."""
    again = read(hostile.gzip(bytes(archive.tar), level=1))  # type: ignore[attr-defined]
    assert again.sha256 != archive.sha256
    assert again.content_sha256 == archive.content_sha256


def test_other_hash_is_refused_before_anything_is_read(
    plugin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not verified is not parsed: no bug of the reader can be reached."""
    packed = pack(plugin)
    monkeypatch.setattr("goobits_plugin._archive._read.inflate", None)
    for sha256 in ("0" * 64, packed.sha256.upper(), "", packed.sha256[:-1]):
        with pytest.raises(ArchiveError) as caught:
            read_archive(packed.data, sha256=sha256)
        assert caught.value.rule == "sha256"


def test_folder_that_is_not_empty_is_refused(
    archive: Archive, tmp_path: Path, here: int
) -> None:
    """What somebody put there before could be a link that leads away."""
    (tmp_path / "lib").symlink_to("plugin")
    with pytest.raises(StoreError, match="not empty"):
        extract(archive, here)


@pytest.mark.parametrize("planted", ["hooks.py", "lib/a-b"])
def test_link_in_the_place_of_a_file_is_not_followed(
    archive: Archive, tmp_path: Path, planted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process of the same user races us; nothing is written where its link points."""
    into, outside = tmp_path / "into", tmp_path / "outside"
    into.mkdir()
    opening = os.open

    def race(path: str, flags: int, mode: int = 0o777, *, dir_fd: int) -> int:
        if path == Path(planted).name:
            (into / planted).symlink_to(outside)
        return opening(path, flags, mode, dir_fd=dir_fd)

    descriptor = os.open(into, os.O_RDONLY)
    monkeypatch.setattr(os, "open", race)
    with pytest.raises(StoreError, match="File exists"):
        extract(archive, descriptor)
    os.close(descriptor)
    assert (into / planted).is_symlink()
    assert not outside.exists()


def test_link_in_the_place_of_a_folder_is_not_followed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that was just made may be another one when it is opened."""
    into, outside = tmp_path / "into", tmp_path / "outside"
    into.mkdir()
    outside.mkdir()
    making = os.mkdir

    def race(path: str, mode: int, *, dir_fd: int) -> None:
        making(path, mode, dir_fd=dir_fd)
        (into / "lib").rmdir()
        (into / "lib").symlink_to(outside)

    descriptor = os.open(into, os.O_RDONLY)
    monkeypatch.setattr(os, "mkdir", race)
    with pytest.raises(StoreError, match="lib"):
        extract(archive, descriptor)
    os.close(descriptor)
    assert list(outside.iterdir()) == []


def test_full_disk_says_so_and_leaves_no_descriptor(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store takes away what is there, and a long-running process leaks nothing."""
    into = tmp_path / "into"
    into.mkdir()
    descriptor = os.open(into, os.O_RDONLY)
    before = len(os.listdir("/proc/self/fd"))

    def full(_: int, __: memoryview) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="No space left"):
        extract(archive, descriptor)
    assert len(os.listdir("/proc/self/fd")) == before
    os.close(descriptor)


def test_removed_without_following_links(
    archive: Archive, tmp_path: Path, here: int, unpack: Unpack
) -> None:
    """A link inside the store must not take the user's files away with it."""
    into = unpack(archive, tmp_path / "into")
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/file").write_text("kept")
    (tmp_path / "kept/file").chmod(0o444)
    (into / "lib").chmod(0o755)
    (into / "lib/link").symlink_to(tmp_path / "kept")
    (into / "lib").chmod(0o555)
    remove_tree(here, "into")
    assert not into.exists()
    assert (tmp_path / "kept/file").read_text() == "kept"
    assert _mode(tmp_path / "kept") != 0o700
    (tmp_path / "link").symlink_to("kept")
    remove_tree(here, "link")
    assert (tmp_path / "kept/file").exists()
    assert not (tmp_path / "link").is_symlink()


def test_removing_twice_is_fine(tmp_path: Path, here: int) -> None:
    """A removal that was interrupted is repeated at the next start."""
    remove_tree(here, "missing")
    (tmp_path / "file").touch()
    remove_tree(here, "file")
    remove_tree(here, "file")


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "/etc", "../x", "a\0b"])
def test_only_a_name_is_removed(here: int, name: str) -> None:
    """A path that leads elsewhere is a mistake of the caller's that must not cost files."""
    with pytest.raises(ValueError, match="not the name"):
        remove_tree(here, name)


def test_endless_nesting_is_not_followed(tmp_path: Path, here: int) -> None:
    """Folders that somebody nested deeper than any archive end in an error, not in a crash."""
    deep = tmp_path / "deep"
    deep.joinpath(*["d"] * 80).mkdir(parents=True)
    with pytest.raises(StoreError, match="deeper"):
        remove_tree(here, "deep")


def test_ordinary_user_extracts_and_removes(plugin: Path, tmp_path: Path) -> None:
    """Read-only folders stop nobody who is root, so the modes are tried without."""
    if os.geteuid() != 0:
        pytest.skip("the other tests run as an ordinary user already")
    place = tmp_path / "place"
    place.mkdir()
    data = pack(plugin)
    (place / "data").write_bytes(data.data)
    for path in (place, *place.iterdir()):
        os.chown(path, 65534, 65534)
    program = f"""
import os
from pathlib import Path
from goobits_plugin import extract, read_archive
from goobits_plugin._archive import remove_tree
os.setgid(65534)
os.setuid(65534)
os.mkdir("into")
into = os.open("into", os.O_RDONLY)
extract(read_archive(Path("data").read_bytes(), sha256={data.sha256!r}), into)
try:
    open("into/lib/more", "w")
except PermissionError:
    print("read-only")
remove_tree(os.open(".", os.O_RDONLY), "into")
print(os.listdir("."))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("read-only\n['data']\n", "")
