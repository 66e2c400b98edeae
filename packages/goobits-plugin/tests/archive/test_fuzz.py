"""Random damage: refused, or the very content that was packed; never another exception."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from goobits_plugin import Archive, ArchiveError, pack
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Read = Callable[[bytes], Archive]
Unpack = Callable[[Archive, Path], Path]
_SETTINGS = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_LENGTHS = {
    "name": 100,
    "mode": 8,
    "uid": 8,
    "gid": 8,
    "size": 12,
    "mtime": 12,
    "kind": 1,
    "link": 100,
    "magic": 8,
    "uname": 32,
    "gname": 32,
    "devices": 16,
    "prefix": 155,
    "rest": 12,
}
_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["set", "flip", "insert", "delete", "copy", "swap"]),
        st.integers(0, 1 << 16),
        st.integers(0, 1 << 16),
        st.binary(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=4,
)


def _edited(data: bytes, edits: list[tuple[str, int, int, bytes]], unit: int) -> bytes:
    """Return data after some edits at multiples of a unit, or anywhere when it is 1."""
    made = bytearray(data)
    for kind, first, second, value in edits:
        at = first % (len(made) // unit + 1) * unit
        other = second % (len(made) // unit + 1) * unit
        if kind == "set":
            made[at : at + len(value)] = value
        elif kind == "flip":
            made[at : at + 1] = bytes(
                byte ^ 1 << second % 8 for byte in made[at : at + 1]
            )
        elif kind == "insert":
            made[at:at] = value.ljust(unit, b"\0") if unit > 1 else value
        elif kind == "delete":
            del made[at : at + unit * (1 + second % 3)]
        elif kind == "copy":
            made[at:at] = made[other : other + unit]
        else:
            one, two = made[at : at + unit], made[other : other + unit]
            made[at : at + unit], made[other : other + unit] = two, one
    return bytes(made)


def _seen_by_others(tar: bytes) -> dict[str, tuple[bytes, bool]]:
    with tarfile.open(fileobj=io.BytesIO(tar)) as opened:
        files = [(member, opened.extractfile(member)) for member in opened]
        return {
            member.name: (
                content.read() if content else b"link",
                bool(member.mode & 64),
            )
            for member, content in files
        }


def _check(data: bytes, read: Read, unpack: Unpack, folder: Path) -> bool:
    """Check that an archive is refused, or is what packing its own files makes."""
    try:
        archive = read(data)
    except ArchiveError:
        return False
    ours = {
        member.path: (bytes(archive.content(member)), member.executable)
        for member in archive.members
    }
    tar = bytes(archive.tar)
    assert _seen_by_others(tar) == ours
    packed = pack(unpack(archive, folder))
    assert read(packed.data).tar == tar
    return True


@_SETTINGS
@given(edits=_EDITS)
def test_damaged_gzip_is_refused_or_the_same(
    edits: list[tuple[str, int, int, bytes]], hostile: ModuleType, read: Read
) -> None:
    """The hash of what was downloaded is right here: a signer may be the attacker."""
    data = hostile.valid()
    damaged = _edited(data, edits, 1)
    try:
        assert read(damaged).tar == read(data).tar
    except ArchiveError:
        assert damaged != data


@_SETTINGS
@given(edits=_EDITS, unit=st.sampled_from([1, 512]), checked=st.booleans())
def test_damaged_tar_is_refused_or_canonical(
    edits: list[tuple[str, int, int, bytes]],
    unit: int,
    checked: bool,
    hostile: ModuleType,
    read: Read,
    unpack: Unpack,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """What is taken, every other reader of tar takes for the same files."""
    damaged = _edited(hostile.tar(hostile.MANIFEST, hostile.HOOKS), edits, unit)
    if checked:
        damaged = _with_checksums(damaged)
    _check(hostile.gzip(damaged), read, unpack, tmp_path_factory.mktemp("x") / "into")


def _with_checksums(tar: bytes) -> bytes:
    """Return the blocks with right checksums wherever one could be a header."""
    made = b""
    for at in range(0, len(tar), 512):
        block = tar[at : at + 512]
        if block[257:262] == b"ustar" and len(block) == 512:
            summed = sum(block[:148]) + 256 + sum(block[156:])
            block = block[:148] + b"%06o\0 " % summed + block[156:]
        made += block
    return made


@_SETTINGS
@given(
    field=st.sampled_from(sorted(_LENGTHS)),
    value=st.binary(max_size=16),
    at=st.integers(0, 99),
)
def test_headers_that_differ_in_a_field_are_refused_or_canonical(
    field: str,
    value: bytes,
    at: int,
    hostile: ModuleType,
    read: Read,
    unpack: Unpack,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A field with a right checksum over it is the attacker's nearest way."""
    length = _LENGTHS[field]
    before = getattr(hostile.HOOKS, field) or b"00000000000\0" * (field == "size")
    changed = bytearray(before.ljust(length, b"\0"))
    place = at % length
    changed[place : place + len(value)] = value
    entry = replace(hostile.HOOKS, **{field: bytes(changed[:length])})
    data = hostile.archive(entry)
    _check(data, read, unpack, tmp_path_factory.mktemp("x") / "into")


@_SETTINGS
@given(
    data=st.binary(max_size=2000), wrapped=st.sampled_from(["no", "deflate", "gzip"])
)
def test_noise_is_refused(
    data: bytes, wrapped: str, hostile: ModuleType, read: Read
) -> None:
    """Any bytes end in an error of ours."""
    if wrapped == "gzip":
        data = hostile.gzip(data)
    elif wrapped == "deflate":
        trailer = zlib.crc32(b"").to_bytes(4, "little") + (512).to_bytes(4, "little")
        data = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + data + trailer
    with pytest.raises(ArchiveError):
        read(data)


def test_check_itself_takes_what_is_valid(
    hostile: ModuleType, read: Read, unpack: Unpack, tmp_path: Path
) -> None:
    """The properties above would hold of a reader that refuses everything."""
    assert _check(hostile.valid(), read, unpack, tmp_path / "into")
    assert hashlib.sha256(hostile.valid()).hexdigest() == read(hostile.valid()).sha256
