"""Deleting on the host what a guest deleted, each file for itself, where that is allowed."""

from __future__ import annotations

import errno
import os
import stat

from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._commit._descent import Descent
    from goobits_sandbox._commit._report import Report
    from goobits_sandbox._commit._rules import Rules


class _Victim(Frozen):
    parts: tuple[str, ...]
    status: os.stat_result


class Deleting:
    """Deletes below the host's folder, of which it looks at `entries` entries at most."""

    def __init__(
        self, host: Descent, rules: Rules, report: Report, entries: int
    ) -> None:
        self._host = host
        self._rules = rules
        self._report = report
        self._left = entries

    def delete(self, parts: tuple[str, ...]) -> None:
        """Delete a file, or a folder and all below it, as far as that is allowed."""
        for victim in self._victims(parts):
            why = self._rules.why(victim.parts)
            if why:
                self._report.refuse(victim.parts, why)
            elif self._is_conflict(victim):
                self._report.conflict(victim.parts)
            else:
                self._try(victim)

    def delete_others(self, parts: tuple[str, ...], kept: frozenset[str]) -> None:
        """Delete what is in a folder but for the names that are kept."""
        try:
            names = sorted(os.listdir(self._host.open(parts)))
        except FileNotFoundError:
            return
        for name in names:
            if name not in kept:
                self.delete((*parts, name))

    def clear(self, parts: tuple[str, ...]) -> bool:
        """Delete a folder where all of it may be deleted, and say whether it is gone."""
        victims = self._victims(parts)
        for victim in victims:
            why = self._rules.why(victim.parts)
            if why:
                self._report.refuse(parts, f"the folder there holds what stays: {why}")
                return False
            if self._is_conflict(victim):
                self._report.conflict(victim.parts)
                return False
        return all(self._remove(victim) for victim in victims)

    def unlink(self, parts: tuple[str, ...], status: os.stat_result) -> None:
        """Delete what is no folder."""
        self._rules.unlinks(status)
        os.unlink(parts[-1], dir_fd=self._host.open(parts[:-1]))
        self._report.delete(parts)

    def _is_conflict(self, victim: _Victim) -> bool:
        is_folder = stat.S_ISDIR(victim.status.st_mode)
        return not is_folder and self._rules.is_conflict(victim.status)

    def _try(self, victim: _Victim) -> None:
        try:
            self._remove(victim)
        except OSError as error:
            self._report.refuse(victim.parts, f"the host says: {error.strerror}")

    def _remove(self, victim: _Victim) -> bool:
        if not stat.S_ISDIR(victim.status.st_mode):
            self.unlink(victim.parts, victim.status)
            return True
        self._host.forget(victim.parts)
        try:
            os.rmdir(victim.parts[-1], dir_fd=self._host.open(victim.parts[:-1]))
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
            self._report.refuse(victim.parts, "the folder is not empty")
            return False
        self._report.delete(victim.parts)
        return True

    def _victims(self, parts: tuple[str, ...]) -> list[_Victim]:
        """List what is at a place, whatever is in a folder before the folder."""
        found: list[_Victim] = []
        pending = [parts]
        while pending:
            below = pending.pop()
            try:
                folder = self._host.open(below[:-1])
                status = os.stat(below[-1], dir_fd=folder, follow_symlinks=False)
            except FileNotFoundError:
                continue
            found.append(_Victim(below, status))
            self._left -= 1
            if self._left < 0:
                raise OSError(errno.E2BIG, "there is too much to delete")
            if stat.S_ISDIR(status.st_mode):
                inside = self._host.open(below)
                pending += [(*below, name) for name in os.listdir(inside)]
        return found[::-1]
