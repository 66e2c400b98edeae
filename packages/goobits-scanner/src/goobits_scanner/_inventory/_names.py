"""The names of an archive's members, held against what extraction makes of them.

The rules: a name stays in the folder it is unpacked into on every system, says the same to every
reader, is there once, and does not lie behind a link. Links point into the same folder, and their
targets go up before they go down: so none leaves through another.
"""

from __future__ import annotations

import re

from goobits_scanner._limits import Limits

_DRIVE = re.compile(r"[A-Za-z]:")
# Control characters, and those that change the direction of what is shown.
_CONTROLS = re.compile(r"[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_LONGEST = 4096


def normal(name: str) -> str:
    """Return the name that is the same for every spelling of one path."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def why_hostile(name: str) -> str:
    """Return what is wrong with a member's name, or ""."""
    if not normal(name):
        return "it has no name"
    if "\0" in name:
        return "a NUL is in its name"
    if "\\" in name:
        return "a backslash is in its name"
    if name[0] == "/":
        return "its path is absolute"
    if _DRIVE.match(name):
        return "its path begins with a drive"
    if ".." in name.split("/"):
        return "its path leaves the archive"
    if _CONTROLS.search(name):
        return "control characters are in its name"
    return ""


def why_hostile_target(name: str, target: str) -> str:
    """Return what is wrong with the target of a symbolic link, or ""."""
    if not target or "\0" in target or len(target) > _LONGEST:
        return "a link to nothing that can be"
    if target[0] in "/\\" or _DRIVE.match(target):
        return "a link to an absolute path"
    parts = [part for part in re.split(r"[/\\]", target) if part not in ("", ".")]
    up = next((n for n, part in enumerate(parts) if part != ".."), len(parts))
    if ".." in parts[up:]:
        return "a link whose target goes up after it went down"
    if up > normal(name).count("/"):
        return "a link that leaves the archive"
    return ""


class Names:
    """The members so far, and what the next one does to them."""

    __slots__ = ("_depth", "_files", "_folders", "_links")

    def __init__(self, limits: Limits) -> None:
        self._depth = limits.depth
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._links: set[str] = set()

    def has_file(self, name: str) -> bool:
        """Tell whether a hard link may point there."""
        return normal(name) in self._files

    def add(self, name: str, *, is_folder: bool = False, is_link: bool = False) -> str:
        """Take a member in, and return what is wrong with it among the others, or ""."""
        path = normal(name)
        wrong = why_hostile(name) if path or not is_folder else ""
        wrong = wrong or self._add_folders(path)
        if is_folder:
            self._folders.add(path)
            return wrong or ("a file has its name" if path in self._files else "")
        if path in self._files:
            wrong = wrong or "its name is there twice"
        elif path in self._folders:
            wrong = wrong or "a folder has its name"
        self._files.add(path)
        if is_link:
            self._links.add(path)
        return wrong

    def _add_folders(self, path: str) -> str:
        """Take in the folders above a member, each once."""
        if path.count("/") > self._depth:
            return f"folders are nested deeper than {self._depth}"
        folder = path.rpartition("/")[0]
        while folder and folder not in self._folders:
            if folder in self._links:
                return "its path goes through a link"
            if folder in self._files:
                return "a file has the name of its folder"
            self._folders.add(folder)
            folder = folder.rpartition("/")[0]
        return ""
