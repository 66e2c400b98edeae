"""Packing: the same bytes for the same files, and a clear no to what cannot be carried."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import socket
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from goobits_plugin import Archive, ArchiveError, pack
from goobits_plugin._archive import _values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Read = Callable[[bytes], Archive]
Unpack = Callable[[Archive, Path], Path]
_NAMES = st.text(st.sampled_from("abAB1é~ -_.§ßﬁ\u0301中"), min_size=1, max_size=5)
_FILES = st.dictionaries(
    st.lists(_NAMES, min_size=1, max_size=4).map("/".join),
    st.tuples(st.binary(max_size=1100), st.booleans()),
    max_size=8,
)


def _write(folder: Path, path: str, content: bytes, executable: bool = False) -> bool:
    try:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
        (folder / path).chmod(0o711 if executable else 0o640)
    except OSError:
        return False
    return True


def _names(data: bytes) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(data)) as opened:
        return opened.getnames()


def test_times_owners_modes_and_order_have_no_part_in_it(
    plugin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who packs the same files elsewhere must be able to compare the hashes."""
    packed = pack(plugin)
    other = tmp_path / "other"
    found = [path for path in plugin.rglob("*") if path.is_file()]
    random.Random(7).shuffle(found)
    before = os.umask(0o077)
    for path in found:
        executable = bool(path.stat().st_mode & 0o100)
        _write(
            other, path.relative_to(plugin).as_posix(), path.read_bytes(), executable
        )
        os.utime(other / path.relative_to(plugin), (1, 1))
    (other / "empty folder").mkdir()
    os.umask(before)
    scandir = os.scandir

    class Backwards(list[os.DirEntry[str]]):
        def __enter__(self) -> Backwards:
            return self

        def __exit__(self, *error: object) -> None:
            pass

    monkeypatch.setattr(
        os, "scandir", lambda path: Backwards(reversed(list(scandir(path))))
    )
    assert pack(other) == packed
    assert packed.sha256 == hashlib.sha256(packed.data).hexdigest()


def test_archive_is_what_was_written_down(plugin: Path) -> None:
    """A change of the format changes every hash: it must not happen unseen."""
    packed = pack(plugin)
    assert (packed.files, packed.size) == (6, 815)
    assert packed.data[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
    tar = gzip.decompress(packed.data)
    assert len(tar) == 7168
    assert hashlib.sha256(tar).hexdigest() == (
        "ed3e3fd7f721091812ba9a4f9df09b8d1492bf321b99d12d4f75dac1e7631329"
    )


def test_tar_of_the_system_reads_it(plugin: Path) -> None:
    """Anybody can look into an archive with the tools that they have."""
    with tarfile.open(fileobj=io.BytesIO(pack(plugin).data)) as opened:
        members = opened.getmembers()
        assert [member.name for member in members] == [
            "goobits-plugin.toml",
            "hooks.py",
            "lib/a-b",
            "lib/deep/straße.py",
            "lib/empty",
            "run",
        ]
        assert {member.mode for member in members[:-1]} == {0o644}
        assert members[-1].mode == 0o755
        content = opened.extractfile("lib/a-b")
        assert content is not None
        assert content.read() == bytes(range(256)) * 3


def test_what_nobody_ships_is_left_out(plugin: Path) -> None:
    """Caches, histories and secrets of an author's folder are no part of a plugin."""
    packed = pack(plugin)
    for path in (
        ".env",
        ".git/HEAD",
        "lib/.cache/x",
        "__pycache__/hooks.cpython-311.pyc",
        "lib/old.pyc",
        "hooks.py~",
        "#hooks.py#",
        "lib/.hooks.py.swp",
        "lib/x.swp",
    ):
        assert _write(plugin, path, b"left out")
    (plugin / ".link").symlink_to("/etc/passwd")
    assert pack(plugin) == packed


def test_what_cargo_builds_is_left_out_beside_its_manifest_alone(plugin: Path) -> None:
    """A Rust author packs right after a build; to others a folder named target is theirs."""
    _write(plugin, "target/release/x", b"built")
    _write(plugin, "crates/target/x", b"kept")
    assert "target/release/x" in _names(pack(plugin).data)
    _write(plugin, "Cargo.toml", b"[package]")
    names = _names(pack(plugin).data)
    assert "target/release/x" not in names
    assert "crates/target/x" in names


@pytest.mark.parametrize(
    ("pattern", "gone"),
    [
        ("empty", ["lib/empty"]),
        ("*.py", ["hooks.py", "lib/deep/straße.py"]),
        ("lib/deep", ["lib/deep/straße.py"]),
        ("deep/", ["lib/deep/straße.py"]),
        ("/run", ["run"]),
        ("/empty", []),
        ("lib/*", ["lib/a-b", "lib/deep/straße.py", "lib/empty"]),
        ("lib/*.py", ["lib/deep/straße.py"]),
        ("RUN", []),
        ("", []),
    ],
)
def test_excluded_is_left_out(plugin: Path, pattern: str, gone: list[str]) -> None:
    """Tests and documents of a plugin need not be loaded by its users."""
    whole = _names(pack(plugin).data)
    kept = _names(pack(plugin, exclude=[pattern]).data)
    assert sorted(set(whole) - set(kept)) == gone


def _refused(folder: Path, **options: list[str]) -> ArchiveError:
    with pytest.raises(ArchiveError) as caught:
        pack(folder, **options)
    assert caught.value.hint
    return caught.value


def test_link_is_refused_with_its_name(plugin: Path) -> None:
    """A link would carry what it points to, or dangle at the user's."""
    (plugin / "lib/link").symlink_to("/etc/passwd")
    error = _refused(plugin)
    assert error.rule == "link"
    assert "'lib/link'" in str(error)
    pack(plugin, exclude=["link"])
    (plugin / "lib/link").unlink()
    (plugin / "linked").symlink_to("lib")
    assert _refused(plugin).rule == "link"


def test_what_is_no_file_is_refused(plugin: Path) -> None:
    """Packing must not hang on a pipe, nor carry a device."""
    os.mkfifo(plugin / "pipe")
    assert _refused(plugin).rule == "special"
    (plugin / "pipe").unlink()
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(plugin / "socket"))
    assert _refused(plugin).rule == "special"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        (b"aux.py", "reserved"),
        (b"a:b", "character"),
        (b"a\\b", "character"),
        (b"a\nb", "character"),
        (b"\xff", "encoding"),
        ("e\u0301".encode(), "encoding"),
        (b"end.", "edge"),
        (b"sitecustomize.py", "autorun"),
        (b"HOOKS.py", "collision"),
        (b"a" * 101, "length"),
    ],
)
def test_name_that_is_hard_to_carry_is_refused(
    plugin: Path, name: bytes, rule: str
) -> None:
    """An author learns before publishing that a file would be lost on another system."""
    Path(os.fsdecode(os.fsencode(plugin) + b"/" + name)).touch()
    error = _refused(plugin)
    assert error.rule == rule
    assert str(error).isprintable()


def test_path_that_fits_no_header_is_refused(plugin: Path) -> None:
    """The first field of ustar has 155 bytes, and is cut at a slash."""
    _write(plugin, f"{'a' * 95}/{'b' * 100}/c", b"")
    assert _refused(plugin).rule == "length"


def test_manifest_has_to_be_there(plugin: Path) -> None:
    """An archive without one could not be installed by anybody."""
    assert _refused(plugin, exclude=["*.toml"]).rule == "manifest"
    (plugin / "goobits-plugin.toml").write_bytes(b"#" * (_values.MANIFEST + 1))
    assert _refused(plugin).rule == "manifest"
    (plugin / "goobits-plugin.toml").unlink()
    assert _refused(plugin).rule == "manifest"


def test_too_many_and_too_large_are_refused(plugin: Path) -> None:
    """What the reader's limits would refuse is not packed in the first place."""
    with (plugin / "large").open("wb") as opened:
        opened.truncate(_values.CONTENT)
    error = _refused(plugin)
    assert error.rule == "size"
    os.truncate(plugin / "large", 20 << 20)
    assert _refused(plugin).rule == "ratio"
    (plugin / "large").write_bytes(os.urandom(33 << 20))
    assert _refused(plugin).rule == "compressed"
    (plugin / "large").unlink()
    for number in range(_values.FILES - 5):
        (plugin / f"lib/{number}").touch()
    assert _refused(plugin).rule == "files"


def test_folder_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """The error is one of ours, and names the path."""
    with pytest.raises(ArchiveError, match="missing") as caught:
        pack(tmp_path / "missing")
    assert caught.value.rule == "unreadable"


def test_file_that_grows_is_refused(
    plugin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header with another size than its content would shift all that follows."""
    opening = os.open

    def grow(path: Path, flags: int) -> int:
        with Path(path).open("ab") as opened:
            opened.write(b"more")
        return opening(path, flags)

    monkeypatch.setattr(os, "open", grow)
    assert _refused(plugin).rule == "changed"


def test_file_that_becomes_a_link_is_refused(
    plugin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was looked at is what is packed."""
    opening = os.open

    def swap(path: Path, flags: int) -> int:
        Path(path).unlink()
        Path(path).symlink_to(__file__)
        return opening(path, flags)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(ArchiveError) as caught:
        pack(plugin)
    assert caught.value.rule == "unreadable"


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(files=_FILES)
def test_pack_read_extract_pack_is_identity(
    files: dict[str, tuple[bytes, bool]],
    tmp_path_factory: pytest.TempPathFactory,
    read: Read,
    unpack: Unpack,
) -> None:
    """What a user has is what the author packed, and can be packed again to prove it."""
    folder = tmp_path_factory.mktemp("plugin")
    _write(folder, "goobits-plugin.toml", b"schema = 1\n")
    for path, (content, executable) in files.items():
        _write(folder, path, content, executable)
    try:
        packed = pack(folder)
    except ArchiveError:
        return
    archive = read(packed.data)
    into = unpack(archive, tmp_path_factory.mktemp("into") / "plugin")
    assert pack(into) == packed
    for member in archive.members:
        assert (into / member.path).read_bytes() == (folder / member.path).read_bytes()
