"""Whether one path may be changed: by the policy, by what is protected, by who else changed it."""

from __future__ import annotations

import os

from goobits_sandbox._protected import refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from goobits_sandbox._commit._descent import Descent

NOT_GRANTED = "is not among what may be written"


class Rules:
    """Judges paths below the host's folder, given as their names from there."""

    def __init__(
        self, host: Descent, allows: Callable[[str], bool], since: int
    ) -> None:
        self._host = host
        self._allows = allows
        self._since = since
        self._repositories: dict[tuple[str, ...], bool] = {}
        self._unlinked: set[tuple[int, int]] = set()

    def grants(self, parts: tuple[str, ...]) -> bool:
        return not self.why(parts)

    def why(self, parts: tuple[str, ...]) -> str:
        """Return why the path may not be changed, "" where it may be."""
        depths = (
            depth for depth in range(len(parts)) if self._is_repository(parts[:depth])
        )
        why = refusal(parts, frozenset(depths))
        if why:
            return why
        if ".git" in parts and not self._has(parts[: parts.index(".git") + 1]):
            return ".git: the host alone makes one"
        return "" if self._allows("/".join(parts)) else NOT_GRANTED

    def is_in_git(self, parts: tuple[str, ...]) -> bool:
        return ".git" in parts or any(
            self._is_repository(parts[:depth]) for depth in range(len(parts))
        )

    def is_conflict(self, status: os.stat_result) -> bool:
        """Say whether somebody else changed a file of the host since the run began."""
        is_ours = (status.st_dev, status.st_ino) in self._unlinked
        return status.st_ctime_ns > self._since and not is_ours

    def unlinks(self, status: os.stat_result) -> None:
        """Note that this commit takes a name from a file, which changes the file's ctime."""
        if status.st_nlink > 1:
            self._unlinked.add((status.st_dev, status.st_ino))

    def _is_repository(self, parts: tuple[str, ...]) -> bool:
        """Say whether the host's folder holds a HEAD, as a repository without a work tree does."""
        known = self._repositories.get(parts)
        if known is None:
            known = self._repositories[parts] = self._has_head(parts)
        return known

    def _has_head(self, parts: tuple[str, ...]) -> bool:
        try:
            os.stat("HEAD", dir_fd=self._host.open(parts), follow_symlinks=False)
        except OSError:
            return False
        return True

    def _has(self, parts: tuple[str, ...]) -> bool:
        try:
            self._host.open(parts)
        except OSError:
            return False
        return True
