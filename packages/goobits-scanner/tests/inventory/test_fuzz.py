"""Arbitrary and broken archives: answers only, no exception, in bounds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType

import pytest
from goobits_scanner._inventory import inventory
from goobits_scanner._limits import MIB, Limits
from goobits_scanner._source import Source, Unread
from hypothesis import given, settings
from hypothesis import strategies as st

LIMITS = Limits(file_size=MIB, total_size=16 * MIB, files=500, depth=8)
HEADS = [
    b"", b"PK\3\4", b"PK\5\6" + bytes(18), b"\x1f\x8b\x08\0\0\0\0\0\2\xff", b"BZh91AY&SY",
    b"\xfd7zXZ\0\0\4", b"\x7fELF", b"#!/usr/bin/python\n",
]  # fmt: skip


def _scan(data: bytes) -> list[Source | Unread]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        found = list(inventory(Path(file.name), LIMITS))
    assert all(one.name.isprintable() for one in found)
    assert sum(len(one.data) for one in found if isinstance(one, Source)) <= 17 * MIB
    return found


@settings(max_examples=300, deadline=None)
@given(head=st.sampled_from(HEADS), data=st.binary(max_size=3000))
def test_any_bytes_are_answered(head: bytes, data: bytes) -> None:
    """A scanner that fails on a file lets it pass or stops the rest."""
    _scan(head + data)


@pytest.fixture(scope="module")
def archives(hostile: ModuleType) -> list[bytes]:
    """Return small archives of every form, whole ones and broken ones."""
    made = [kind.make() for kind in hostile.kinds() if "bomb" not in kind.name]
    return [data for data in made if len(data) < 20_000]


@settings(max_examples=400, deadline=None)
@given(
    choice=st.integers(0, 10_000),
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=6),
    cut=st.floats(0.2, 1),
)
def test_changed_archives_are_answered(
    archives: list[bytes], choice: int, changes: list[tuple[float, bytes]], cut: float
) -> None:
    """One byte that differs reaches other branches than noise does."""
    data = bytearray(archives[choice % len(archives)])
    for where, new in changes:
        at = int(where * len(data))
        data[at : at + len(new)] = new
    _scan(bytes(data[: max(1, int(cut * len(data)))]))
