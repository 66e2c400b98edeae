"""Which files of a plugin's folder its archive leaves out, and so may not hold."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

_LEFTOVERS = ("*~", "#*#", "*.swp", "*.swo", "*.pyc", "*.pyo", "__pycache__")


class Selection:
    """Leaves out what is hidden, compiled or left by an editor, cargo's target/, and patterns.

    A pattern without a slash matches the name of a file or folder at any depth, one with a slash
    a path from the plugin's folder, in which `*` stands for slashes, too. What lies in a folder
    that is left out is left out with it. Case counts, on every system.
    """

    def __init__(self, exclude: Sequence[str] = (), *, cargo: bool = False) -> None:
        stripped = [pattern.rstrip("/") for pattern in exclude]
        self._names = [pattern for pattern in stripped if "/" not in pattern]
        self._paths = [p.removeprefix("/") for p in stripped if "/" in p]
        self._cargo = cargo

    def leaves_out(self, path: str) -> bool:
        """Whether a file or folder is left out; what its folders are is not asked."""
        name = path.rpartition("/")[2]
        if name.startswith(".") or (self._cargo and path == "target"):
            return True
        return any(
            fnmatchcase(name, pattern) for pattern in (*_LEFTOVERS, *self._names)
        ) or any(fnmatchcase(path, pattern) for pattern in self._paths)

    def leaves_out_any(self, path: str) -> bool:
        """Whether a file, or a folder that it lies in, is left out."""
        parts = path.split("/")
        return any(
            self.leaves_out("/".join(parts[:end])) for end in range(1, len(parts) + 1)
        )
