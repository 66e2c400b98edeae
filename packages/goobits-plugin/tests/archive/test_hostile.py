"""Each kind of hostile archive: what a naive reader does with it, and that ours takes none."""

from __future__ import annotations

import ast
import inspect
import io
import os
import stat
import tarfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from goobits_plugin import Archive, ArchiveError
from goobits_plugin._archive import _gzip, _header, _paths, _read

Read = Callable[[bytes], Archive]
Unpack = Callable[[Archive, Path], Path]
_MIB = 1 << 20
_TESTED: dict[str, list[str]] = {"refused": [], "harmless": [], "harmful": []}


def test_hostile_archive_is_refused_by_its_rule(
    kind: object, cage: Path, read: Read, unpack: Unpack
) -> None:
    """The rule that is named tells that it is refused for what it is, not by accident."""
    data = kind.make()  # type: ignore[attr-defined]
    name, rule = kind.name, kind.rule  # type: ignore[attr-defined]
    if rule:
        with pytest.raises(ArchiveError) as caught:
            read(data)
        assert caught.value.rule == rule
        assert "\n" not in str(caught.value)
        assert str(caught.value).isprintable()
        assert caught.value.hint
        _TESTED["refused"].append(name)
    else:
        into = unpack(read(data), cage / "new")
        assert all(
            stat.S_ISREG(path.lstat().st_mode) or path.is_dir()
            for path in into.rglob("*")
        )
        _TESTED["harmless"].append(name)
    assert os.listdir(cage / "into") == []
    assert os.listdir(cage / "outside") == ["kept"]


def test_naive_reader_takes_it(kind: object, cage: Path) -> None:
    """The positive control: what nobody would take tells nothing about our reader."""
    data = kind.make()  # type: ignore[attr-defined]
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as opened:
            opened.extractall(cage / "into", filter="fully_trusted")
        taken = True
    except (tarfile.TarError, OSError, EOFError, ValueError):
        taken = False
    assert taken or not kind.control  # type: ignore[attr-defined]
    assert (cage / "outside/evil").exists() == kind.writes_outside  # type: ignore[attr-defined]
    if taken:
        _TESTED["harmful"].append(kind.name)  # type: ignore[attr-defined]


def test_every_kind_was_tested(
    hostile: ModuleType,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A kind that is generated and not tested would be counted, and prove nothing."""
    collected = {item.name for item in request.session.items}
    generated = [kind.name for kind in hostile.kinds()]
    missing = [
        name for name in generated if not any(f"[{name}]" in n for n in collected)
    ]
    if missing:
        pytest.skip("only some of the kinds were selected")
    done = _TESTED["refused"] + _TESTED["harmless"]
    with capsys.disabled():
        print(
            f"\nhostile archives: {len(generated)} generated, {len(done)} tested, "
            f"{len(_TESTED['refused'])} refused, {len(_TESTED['harmless'])} harmless; "
            f"a naive reader took {len(_TESTED['harmful'])}"
        )
    assert sorted(done) == sorted(generated)
    assert len(generated) >= 58


def test_every_rule_of_the_reader_has_a_kind(hostile: ModuleType) -> None:
    """A rule that no archive breaks is one that could be deleted unseen."""
    rules = {name for name, _ in _header._FIELDS}
    for module in (_gzip, _header, _paths, _read):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ArchiveError":
                rule = node.args[1]
                rules |= {rule.value} if isinstance(rule, ast.Constant) else set()
    broken = {kind.rule for kind in hostile.kinds() if kind.rule}
    assert rules == broken | {"sha256"}


def test_archive_cut_at_any_block_is_refused(hostile: ModuleType, read: Read) -> None:
    """A download that broke off is never a smaller plugin."""
    whole = hostile.tar(hostile.MANIFEST, hostile.HOOKS)
    read(hostile.gzip(whole))
    for end in range(0, len(whole), 512):
        with pytest.raises(ArchiveError):
            read(hostile.gzip(whole[:end]))
    data = hostile.valid()
    for end in range(len(data)):
        with pytest.raises(ArchiveError):
            read(data[:end])


def test_largest_archive_takes_little_more_memory_than_it_holds(
    hostile: ModuleType, read: Read, capsys: pytest.CaptureFixture[str]
) -> None:
    """A registry reads many at once: what one may take is known."""
    content = hostile.half_random(64)[: 64 * _MIB - len(hostile.MANIFEST.content)]
    data = hostile.archive(hostile.Entry(b"large", content))
    del content
    tracemalloc.start()
    archive = read(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(member.size for member in archive.members) == 64 * _MIB
    with capsys.disabled():
        print(f"\narchive of 64 MiB: peak {peak / _MIB:.1f} MiB", end="")
    assert peak < 100 * _MIB
    more = hostile.archive(
        hostile.Entry(b"large", bytes(archive.tar[1536:])[: 64 * _MIB])
    )
    with pytest.raises(ArchiveError, match="more than"):
        read(more)


@pytest.mark.parametrize("lies", [True, False], ids=["lying", "honest"])
def test_bomb_takes_little_memory_and_time(
    hostile: ModuleType, read: Read, lies: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four GiB of zeros cost no more than what the limits allow an honest plugin."""
    length = 4 * _MIB if lies else 65 * _MIB
    data = hostile.bomb(hostile.tar(hostile.MANIFEST, end=b""), 4000, length)
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(ArchiveError):
        read(data)
    took = time.perf_counter() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with capsys.disabled():
        print(f"\nbomb of 4,000 MiB: peak {peak / _MIB:.1f} MiB, {took:.3f} s", end="")
    assert peak < length + length // 4 + _MIB
    assert took < 5
