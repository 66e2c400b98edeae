"""Walks a folder through descriptors, so that no name leads anywhere else meanwhile."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator

from goobits_scanner._inventory._budget import Budget, printable
from goobits_scanner._inventory._file import FLAGS, read_open_file, special_kind
from goobits_scanner._source import Source, Unread

# The names of git's objects, and what each kind of them begins with.
_OBJECT = re.compile(
    r"(?:.*/)?\.git/(?:modules/.+/)?objects/(?:"
    r"[0-9a-f]{2}/[0-9a-f]{38}(?:[0-9a-f]{24})?|"
    r"pack/(?:pack|multi-pack-index)[0-9a-f-]*(?:\.[a-z]+)?)"
)
_OBJECT_HEADS = (b"\x78", b"PACK", b"\xfftOc", b"RIDX", b"MIDX", b"BITM", b"MTME")


def walk(root: str, descriptor: int, budget: Budget) -> Iterator[Source | Unread]:
    """Yield what an open folder holds, in the order of names.

    Raises:
        Exhausted: a limit of the whole scan is reached.
    """
    return _Walk(root, budget).folder(descriptor, "", ())


class _Walk:
    """One walk below a root."""

    __slots__ = ("_budget", "_real", "_root")

    def __init__(self, root: str, budget: Budget) -> None:
        self._root = root
        self._real = os.path.realpath(root)
        self._budget = budget

    def folder(
        self, descriptor: int, prefix: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[Source | Unread]:
        status = os.fstat(descriptor)
        place = status.st_dev, status.st_ino
        if place in above:
            yield Unread(printable(prefix[:-1]), "a folder that holds itself", True)
            return
        if len(above) > self._budget.limits.depth:
            depth = self._budget.limits.depth
            reason = f"folders are nested deeper than {depth}"
            yield Unread(printable(prefix[:-1]), reason)
            return
        for name in self._names(descriptor):
            yield from self._entry(descriptor, name, prefix, (*above, place))

    def _names(self, descriptor: int) -> list[str]:
        names: list[str] = []
        with os.scandir(descriptor) as entries:
            for entry in entries:
                self._budget.count_files()
                names.append(entry.name)
        names.sort()
        return names

    def _entry(
        self, folder: int, name: str, prefix: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[Source | Unread]:
        path = prefix + name
        shown = printable(path)
        try:
            mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
            if stat.S_ISLNK(mode):
                reason = self._why_unread_link(path)
                if reason:
                    yield Unread(shown, reason)
                return
            if special := special_kind(mode):
                yield Unread(shown, special, is_hostile=True)
                return
            descriptor = os.open(name, FLAGS, dir_fd=folder)
        except OSError as error:
            yield Unread(shown, f"it can't be read: {error.strerror}")
            return
        try:
            yield from self._opened(descriptor, path, above)
        except OSError as error:
            yield Unread(shown, f"it can't be read: {error.strerror}")
        finally:
            os.close(descriptor)

    def _opened(
        self, descriptor: int, path: str, above: tuple[tuple[int, int], ...]
    ) -> Iterator[Source | Unread]:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            yield from self.folder(descriptor, f"{path}/", above)
        elif not stat.S_ISREG(mode):
            yield Unread(printable(path), special_kind(mode), is_hostile=True)
        elif not _is_object(descriptor, path):
            yield from read_open_file(descriptor, printable(path), self._budget)

    def _why_unread_link(self, path: str) -> str:
        """Say why what a link points to is not scanned, or nothing where it is."""
        link = os.path.join(self._root, path)
        try:
            real = os.path.realpath(link, strict=True)
        except FileNotFoundError:
            real = os.path.realpath(link)
        except OSError:
            return "a link that points to itself"
        if real != self._real and not real.startswith(self._real.rstrip("/") + "/"):
            return "a link that leaves the folder"
        here = os.path.realpath(os.path.dirname(link))
        if here == real or here.startswith(real.rstrip("/") + "/"):
            return "a link to a folder that holds it"
        return ""


def _is_object(descriptor: int, path: str) -> bool:
    if ".git/" not in path or not _OBJECT.fullmatch(path):
        return False
    return os.pread(descriptor, 4, 0).startswith(_OBJECT_HEADS)
