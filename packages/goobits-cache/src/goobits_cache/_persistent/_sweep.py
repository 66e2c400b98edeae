"""Sweeping a folder: leftovers go, and what was used longest ago, until the rest fits."""

from __future__ import annotations

import os

from goobits_cache._persistent._entries import NAME
from goobits_cache._persistent._files import TEMPORARY, on_disk
from goobits_cache._persistent._locks import LOCK, remove_unheld

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFTOVER = 3600.0  # seconds after which a temporary file is nobody's
_TARGET = 0.9  # of what is allowed, so that the next sweep is not due at once
_HEX = frozenset("0123456789abcdef")


def shards(directory: str) -> list[str]:
    """Return the folders of entries; others that lie beside them are none of ours."""
    try:
        with os.scandir(directory) as found:
            return sorted(
                one.path
                for one in found
                if len(one.name) == 2
                and _HEX.issuperset(one.name)
                and one.is_dir(follow_symlinks=False)
            )
    except OSError:
        return []


def entries(directory: str) -> Iterator[os.DirEntry[str]]:
    """Yield everything below the folder that has a name of ours."""
    for shard in shards(directory):
        try:
            with os.scandir(shard) as found:
                listed = list(found)
        except OSError:
            continue
        for one in listed:
            stem = one.name.partition(".")[0]
            if len(stem) in (NAME, 16) and _HEX.issuperset(stem):
                yield one


def paths(directory: str, prefix: str) -> Iterator[str]:
    """Yield the paths of the entries whose names begin with the prefix."""
    for one in entries(directory):
        if is_entry(one.name) and one.name.startswith(prefix):
            yield one.path


def is_entry(name: str) -> bool:
    return len(name) == NAME and "." not in name


def sweep(directory: str, max_bytes: int, now: float) -> int:
    """Bring the folder down to its size; return how many entries went.

    `now` is the time of the file system. Any number of processes may sweep at once.
    """
    files = []
    total = 0
    for one in entries(directory):
        try:
            found = one.stat(follow_symlinks=False)
            age = now - found.st_mtime
            if is_entry(one.name):
                size = on_disk(found.st_size)
                total += size
                # What the clock says is to come was written under another one.
                files.append((age if age >= 0 else float("inf"), size, one.path))
            elif abs(age) > _LEFTOVER:
                _remove_leftover(one)
        except OSError:
            continue
    return _evict(files, total, max_bytes) if total > max_bytes else 0


def _evict(files: list[tuple[float, int, str]], total: int, max_bytes: int) -> int:
    evicted = 0
    for _, size, path in sorted(files, reverse=True):
        if total <= max_bytes * _TARGET:
            break
        total -= size
        try:
            os.unlink(path)
            evicted += 1
        except OSError:
            continue
    return evicted


def _remove_leftover(one: os.DirEntry[str]) -> None:
    if one.name.endswith(TEMPORARY):
        os.unlink(one.path)
    elif one.name.endswith(LOCK):
        remove_unheld(one.path)
