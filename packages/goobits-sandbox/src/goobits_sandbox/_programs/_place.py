"""Where a program is looked for: the PATH, the folder to start in and the user's variables."""

from __future__ import annotations

import os

from goobits_sandbox._frozen import Frozen
from goobits_sandbox._programs._files import is_below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_HOMES = ("/home", "/var/home", "/Users", "/export/home")


class Place(Frozen):
    """Where a program is looked for, and what lies around it that no guest is given.

    `project` is `cwd`, or "" where that is no project: a home, or what is above one. `kept` are
    folders that no tree may hold.
    """

    path: str
    cwd: str
    environ: Mapping[str, str]
    project: str
    kept: tuple[str, ...]

    @classmethod
    def of(cls, path: str, cwd: str, environ: Mapping[str, str]) -> Place:
        """Return the place of a guest that starts in `cwd`."""
        cwd = os.path.realpath(cwd)
        homes = {home for home in (environ.get("HOME", ""), _account_home()) if home}
        homes |= {os.path.realpath(home) for home in homes}
        alone = cls(path, cwd, environ, "", tuple(sorted(homes)))
        project = "" if alone.is_too_wide(cwd) else cwd
        return cls(path, cwd, environ, project, (*alone.kept, cwd))

    def is_of_project(self, path: str) -> bool:
        """Tell whether a path is seen by what the policy reads, or not at all."""
        if not self.project:
            return False
        folder = os.path.realpath(os.path.dirname(path))
        return is_below(path, self.project) or is_below(folder, self.project)

    def is_too_wide(self, folder: str) -> bool:
        """Tell whether a folder holds, or might hold, more than a runtime."""
        return any(
            self._is_too_wide(path) for path in {folder, os.path.realpath(folder)}
        )

    def _is_too_wide(self, folder: str) -> bool:
        parent, name = os.path.split(folder)
        if parent == "/" or parent in _HOMES or name == ".local":
            return True
        return any(is_below(kept, folder) for kept in self.kept)


def _account_home() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""
