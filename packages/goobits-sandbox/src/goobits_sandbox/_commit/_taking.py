"""Making a guest's changes on the host: folders and files, then links, and deletions last.

So a commit that is killed has lost nothing that it was not about to delete, and a link is judged by
what is there when all files are.
"""

from __future__ import annotations

import os
import stat

from goobits_sandbox._commit._deleting import Deleting
from goobits_sandbox._commit._links import link_refusal
from goobits_sandbox._commit._report import Report
from goobits_sandbox._commit._rules import Rules
from goobits_sandbox._commit._upper import open_file
from goobits_sandbox._commit._writing import put_file, put_link, sweep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_sandbox._commit._descent import Descent
    from goobits_sandbox._commit._upper import Found
    from goobits_sandbox._outcome import Changes


class Taking:
    """One commit, from the upper folder `source` to the host's folder `target`."""

    def __init__(
        self,
        source: Descent,
        target: Descent,
        root: str,
        allows: Callable[[str], bool],
        since: int,
        entries: int,
        reports: int,
    ) -> None:
        self._source = source
        self._target = target
        self._rules = Rules(target, allows, since)
        self._report = Report(root, reports)
        self._deleting = Deleting(target, self._rules, self._report, entries)
        self._swept: set[tuple[int, int]] = set()

    def take(self, found: list[Found]) -> Changes:
        """Make the changes that are allowed, and tell of all of them."""
        steps = {"folder": self._folder, "file": self._file, "strange": self._strange}
        for entry in found:
            if entry.kind in steps:
                self._try(entry, steps[entry.kind])
        for entry in found:
            if entry.kind == "link":
                self._try(entry, self._link)
        for entry in found:
            if entry.kind == "gone" or entry.kept is not None:
                self._try(entry, self._gone)
        return self._report.changes()

    def _try(self, entry: Found, step: Callable[[Found], None]) -> None:
        try:
            step(entry)
        except OSError as error:
            self._report.refuse(entry.parts, f"the host says: {error.strerror}")
        for made in self._target.made:
            self._report.write(made)
        self._target.made.clear()

    def _strange(self, entry: Found) -> None:
        self._report.refuse(entry.parts, entry.why)

    def _folder(self, entry: Found) -> None:
        if not entry.parts:
            return
        status = self._status(entry.parts)
        if status is not None and stat.S_ISDIR(status.st_mode):
            return
        why = self._rules.why(entry.parts)
        if why:
            # Where it is not empty, what is in it tells.
            if entry.is_empty or status is not None:
                self._report.refuse(entry.parts, why)
            return
        if status is not None:
            if self._rules.is_conflict(status):
                self._report.conflict(entry.parts)
                return
            self._deleting.unlink(entry.parts, status)
        self._target.open(entry.parts, is_making=True)

    def _file(self, entry: Found) -> None:
        place = self._place(entry.parts)
        if place is None:
            return
        folder, old = place
        source = open_file(self._source.open(entry.parts[:-1]), entry.parts[-1])
        try:
            is_kept = old is not None and stat.S_ISREG(old.st_mode)
            put_file(source, folder, entry.parts[-1], old if is_kept else None)
        finally:
            os.close(source)
        self._report.write(entry.parts)

    def _link(self, entry: Found) -> None:
        *above, name = entry.parts
        text = os.readlink(name, dir_fd=self._source.open(tuple(above)))
        why = link_refusal(text, tuple(above), self._target)
        if self._rules.is_in_git(entry.parts):
            why = "is a link inside of a git folder"
        if why:
            self._report.refuse(entry.parts, why)
            return
        place = self._place(entry.parts)
        if place is not None:
            put_link(text, place[0], name)
            self._report.write(entry.parts)

    def _gone(self, entry: Found) -> None:
        if entry.kept is None:
            self._deleting.delete(entry.parts)
        else:
            self._deleting.delete_others(entry.parts, entry.kept)

    def _place(
        self, parts: tuple[str, ...]
    ) -> tuple[int, os.stat_result | None] | None:
        """Return the folder to write into and what is there; None where it was refused."""
        why = self._rules.why(parts)
        if why:
            self._report.refuse(parts, why)
            return None
        self._target.open(parts[:-1], is_making=True)
        old = self._status(parts)
        if old is not None:
            if stat.S_ISDIR(old.st_mode):
                if not self._deleting.clear(parts):
                    return None
                old = None
            elif self._rules.is_conflict(old):
                self._report.conflict(parts)
                return None
            else:
                self._rules.unlinks(old)
        folder = self._target.open(parts[:-1])
        self._sweep(folder)
        return folder, old

    def _status(self, parts: tuple[str, ...]) -> os.stat_result | None:
        try:
            folder = self._target.open(parts[:-1])
            return os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def _sweep(self, folder: int) -> None:
        status = os.fstat(folder)
        key = (status.st_dev, status.st_ino)
        if key not in self._swept:
            self._swept.add(key)
            sweep(folder)
