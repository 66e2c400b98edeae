"""What a commit did and did not do, as it goes along."""

from __future__ import annotations

from goobits_sandbox._outcome import Changes, Refused


class Report:
    """Collects changes below a root; of what is refused only the first are kept, then counted."""

    def __init__(self, root: str, most: int) -> None:
        self._root = root
        self._most = most
        self._written: list[str] = []
        self._deleted: list[str] = []
        self._conflicts: list[str] = []
        self._refused: list[Refused] = []
        self._untold = 0

    def write(self, parts: tuple[str, ...]) -> None:
        self._written.append(self._path(parts))

    def delete(self, parts: tuple[str, ...]) -> None:
        self._deleted.append(self._path(parts))

    def conflict(self, parts: tuple[str, ...]) -> None:
        self._conflicts.append(self._path(parts))

    def refuse(self, parts: tuple[str, ...], why: str) -> None:
        if len(self._refused) < self._most:
            self._refused.append(Refused(_printable(self._path(parts)), why))
        else:
            self._untold += 1

    def changes(self) -> Changes:
        refused = self._refused
        if self._untold:
            refused = [*refused, Refused(self._root, f"and {self._untold} more")]
        return Changes(
            tuple(self._written),
            tuple(self._deleted),
            tuple(refused),
            tuple(self._conflicts),
        )

    def _path(self, parts: tuple[str, ...]) -> str:
        return "/".join((self._root.rstrip("/"), *parts))


def _printable(path: str) -> str:
    """Return the path with what a terminal would not show as it is written out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in path)
