"""What the files of the world are, what a run has changed of them, and putting them back."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator

from goobits_sandbox._frozen import Frozen

TREES = (
    "/home",
    "/root",
    "/tmp",
    "/run",
    "/var/tmp",
    "/dev",
    "/dev/shm",
    "/dev/mqueue",
)
LAYERS = ("/etc", "/var", "/usr/local", "/opt")
OUT = "/home/dev/project/out"
# Of larger files, only so many bytes and the size are compared.
_KEPT = 1 << 20


class Entry(Frozen):
    """One file: all of it that an attack could change."""

    mode: int
    owner: tuple[int, int]
    content: bytes
    device: int
    changed: int
    attributes: tuple[tuple[str, bytes], ...]


Snapshot = dict[str, Entry]


def take() -> Snapshot:
    """Return what every file of the world is, by path."""
    found: Snapshot = {}
    uppers = [f"/srv/layers{layer}/upper" for layer in LAYERS]
    for tree in (*TREES, *uppers):
        _walk(tree, found)
    return found


def _walk(path: str, found: Snapshot) -> None:
    with contextlib.suppress(FileNotFoundError):
        found[path] = entry_of(path)
        if stat.S_ISDIR(found[path].mode) and path != "/dev/pts":
            for name in os.listdir(path):
                below = f"{path}/{name}"
                if below not in TREES:
                    _walk(below, found)


def entry_of(path: str) -> Entry:
    status = os.lstat(path)
    content, changed = b"", 0
    if stat.S_ISLNK(status.st_mode):
        content = os.readlink(path).encode(errors="surrogateescape")
    elif stat.S_ISREG(status.st_mode):
        changed = status.st_mtime_ns
        with open(path, "rb") as file:
            content = file.read(_KEPT)
        content += b"" if status.st_size <= _KEPT else b"%d" % status.st_size
    attributes = ()
    if not path.startswith("/dev"):
        named = os.listxattr(path, follow_symlinks=False)
        attributes = tuple(
            (name, os.getxattr(path, name, follow_symlinks=False))
            for name in named
            if not name.startswith("trusted.overlay.")
        )
    owner = (status.st_uid, status.st_gid)
    return Entry(status.st_mode, owner, content, status.st_rdev, changed, attributes)


def marks(before: Snapshot, after: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield each path that a run has changed though nothing allowed it, and how."""
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old != new and not _is_allowed(path, old, new):
            yield (
                path,
                "made" if old is None else "removed" if new is None else "changed",
            )


def _is_allowed(path: str, old: Entry | None, new: Entry | None) -> bool:
    """Say whether a guest may leave this below out/: plain files, folders, links that stay."""
    if not path.startswith(f"{OUT}/"):
        return False
    if new is None or stat.S_ISDIR(new.mode) or stat.S_ISREG(new.mode):
        return new is None or not new.mode & 0o6022
    if stat.S_ISLNK(new.mode):
        target = os.path.join(os.path.dirname(path), os.fsdecode(new.content))
        return os.path.normpath(target).startswith(f"{OUT}/")
    return False


def restore(
    before: Snapshot,
    after: Snapshot,
    *,
    rebind: Callable[[list[str]], None],
    remount: Callable[[], None],
) -> None:
    """Put every file back as it was; `rebind` makes sockets and FIFOs, `remount` the layers."""
    differing = [
        p for p in before.keys() | after.keys() if before.get(p) != after.get(p)
    ]
    if any(path.startswith("/srv/layers") for path in differing):
        remount()
        after = take()
        differing = [
            p for p in before.keys() | after.keys() if before.get(p) != after.get(p)
        ]
    differing = sorted(p for p in differing if not p.startswith("/srv/layers"))
    for path in reversed(differing):
        if (
            path not in before
            or before[path].mode != after.get(path, before[path]).mode
        ):
            _remove(path, after)
    lost = []
    for path in differing:
        if path in before:
            entry = before[path]
            if stat.S_ISSOCK(entry.mode) or stat.S_ISFIFO(entry.mode):
                lost.append(path)
            else:
                _make(path, entry)
    if lost:
        rebind(lost)


def _remove(path: str, after: Snapshot) -> None:
    with contextlib.suppress(FileNotFoundError):
        entry = after.get(path)
        if entry is not None and stat.S_ISDIR(entry.mode) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def _make(path: str, entry: Entry) -> None:
    if stat.S_ISLNK(entry.mode):
        if not os.path.islink(path):
            os.symlink(entry.content, path)
        os.lchown(path, *entry.owner)
        return
    if stat.S_ISDIR(entry.mode):
        os.makedirs(path, exist_ok=True)
    elif stat.S_ISREG(entry.mode):
        if os.path.lexists(path):
            os.unlink(path)
        with open(path, "wb") as file:
            file.write(entry.content)
    elif not os.path.lexists(path):
        os.mknod(path, entry.mode, entry.device)
    os.chown(path, *entry.owner)
    os.chmod(path, stat.S_IMODE(entry.mode))
    for name in os.listxattr(path):
        os.removexattr(path, name)
    for name, value in entry.attributes:
        os.setxattr(path, name, value)
    if stat.S_ISREG(entry.mode):
        os.utime(path, ns=(entry.changed, entry.changed))
