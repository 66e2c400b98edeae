"""Each kind of hostile archive is answered, in bounds, and its harmless members are read."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path
from types import ModuleType
from typing import Any

from goobits_scanner._limits import MIB, Limits


def test_hostile_archive_is_answered(kind: Any, tmp_path: Path, take: Any) -> None:
    """The reason tells that it is seen for what it is, not by accident."""
    path = tmp_path / "archive"
    path.write_bytes(kind.make())
    sources, unread = take(path)
    reasons = [one.reason for one in unread]
    if kind.reason:
        assert any(kind.reason in reason for reason in reasons), reasons
    else:
        assert not reasons
        assert sources
    assert all(one.name.isprintable() for one in (*sources, *unread))
    assert os.listdir(tmp_path) == ["archive"]


def test_what_is_hostile_is_read_all_the_same(
    hostile: ModuleType, tmp_path: Path, take: Any
) -> None:
    """An archive must not hide its code from the rules by one strange member."""
    path = tmp_path / "archive"
    for name in ("tar path: above", "zip path: above", "zip: other name in front"):
        kind = next(kind for kind in hostile.kinds() if kind.name == name)
        path.write_bytes(kind.make())
        sources, _ = take(path)
        assert hostile.EVIL in [source.data for source in sources]


def test_there_are_many_kinds(hostile: ModuleType) -> None:
    """The generator is what the claim of coverage rests on."""
    kinds = list(hostile.kinds())
    assert len({kind.name for kind in kinds}) == len(kinds)
    assert len([kind for kind in kinds if kind.reason]) >= 100


def test_bombs_take_little_time_and_memory(
    hostile: ModuleType, tmp_path: Path, take: Any
) -> None:
    """A bomb works by being unpacked at all."""
    path = tmp_path / "archive"
    for kind in hostile.kinds():
        if "bomb" not in kind.name and "ratio" not in kind.name:
            continue
        path.write_bytes(kind.make())
        tracemalloc.start()
        began = time.process_time()
        take(path, Limits())
        assert time.process_time() - began < 5
        assert tracemalloc.get_traced_memory()[1] < 24 * MIB
        tracemalloc.stop()
