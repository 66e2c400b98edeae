"""The record of an installed plugin: all that a run needs to know, made when it was installed.

Read by every run of a plugin, so it imports little; `_recording` makes it.
"""

from __future__ import annotations

import os

from goobits_plugin._errors import RefusedError, StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal, Self

    Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

SCHEMA = 1
PERMISSIONS = ("read", "write", "run", "network", "services", "system", "env")
LIMITS = ("memory", "wall", "cpu", "processes", "output", "disk")


class Granted:
    """The permissions of a record: seven tuples of texts, as the manifest writes them."""

    __slots__ = PERMISSIONS
    read: tuple[str, ...]
    write: tuple[str, ...]
    run: tuple[str, ...]
    network: tuple[str, ...]
    services: tuple[str, ...]
    system: tuple[str, ...]
    env: tuple[str, ...]

    def __init__(self, lists: dict[str, list[str]]) -> None:
        for name in PERMISSIONS:
            setattr(self, name, tuple(lists[name]))

    def lists(self) -> dict[str, list[str]]:
        """Return them as the wire protocol spells them."""
        return {name: list(getattr(self, name)) for name in PERMISSIONS}


class Ceilings:
    """The limits of a record: durations in seconds, sizes in bytes."""

    __slots__ = LIMITS
    memory: int
    wall: float
    cpu: float
    processes: int
    output: int
    disk: int

    def __init__(self, numbers: dict[str, float]) -> None:
        for name in LIMITS:
            setattr(self, name, numbers[name])


class Tables:
    """What a plugin's commands are parsed with; see `goobits_engine.table_json`."""

    __slots__ = ("builtins", "help_json", "pages", "root")
    root: dict[str, Json]
    builtins: list[dict[str, Json]]
    pages: dict[str, str]
    help_json: str

    def __init__(self, found: dict[str, Json]) -> None:
        for name in self.__slots__:
            setattr(self, name, found[name])


class Record:
    """What is run for a plugin, with what, and what it may do.

    `program` is an absolute path: on the host, or below `/plugin` in the sandbox; `words` stand
    before the plugin's own. `folder` holds its files, whose paths, sizes and times of change (in
    nanoseconds) are `files`. `mounts` are (path on the host, place in the sandbox).
    """

    __slots__ = (
        "files",
        "folder",
        "language",
        "limits",
        "linked",
        "mounts",
        "name",
        "permissions",
        "program",
        "protocol",
        "runtime",
        "sha256",
        "tables",
        "variables",
        "version",
        "words",
    )
    name: str
    version: str
    sha256: str
    language: str
    protocol: Literal["rpc", "plain"]
    folder: str
    linked: bool
    program: str
    runtime: str
    words: list[str]
    mounts: tuple[tuple[str, str], ...]
    variables: tuple[tuple[str, str], ...]
    permissions: Granted
    limits: Ceilings
    files: tuple[tuple[str, int, int], ...]
    tables: Tables

    def __init__(self, found: dict[str, object]) -> None:
        for name in self.__slots__:
            setattr(self, name, found[name])

    @classmethod
    def parse(cls, text: str | bytes, path: str = "its record") -> Self:
        """Read a record.

        Raises:
            StoreError: it is none, or one of another version of goobits.
        """
        import json

        hint = "install the plugin again"
        try:
            found = json.loads(text)
            if found["schema"] != SCHEMA:
                message = f"{path} is of another version of goobits"
                raise StoreError(message, hint=hint)
            found["permissions"] = Granted(found["permissions"])
            found["limits"] = Ceilings(found["limits"])
            found["tables"] = Tables(found["tables"])
            found["mounts"] = tuple((path, place) for path, place in found["mounts"])
            found["variables"] = tuple(
                (name, value) for name, value in found["variables"]
            )
            found["files"] = tuple(
                (name, size, at) for name, size, at in found["files"]
            )
            return cls(found)
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path} cannot be read: {error}", hint=hint) from error

    @classmethod
    def load(cls, path: str) -> Self:
        """Read the record at a path.

        Raises:
            StoreError: it is not there, or not a record.
        """
        try:
            with open(path, "rb") as file:
                text = file.read()
        except OSError as error:
            message = f"{path} cannot be read: {error.strerror}"
            raise StoreError(message, hint="install the plugin again") from error
        return cls.parse(text, path)

    def check(self) -> None:
        """See that the plugin's files are those that were installed: by size and time of change.

        Costs one look at each file, some two microseconds.

        Raises:
            RefusedError: one is not. Nothing was executed.
        """
        for name, size, at in self.files:
            try:
                found = os.lstat(f"{self.folder}/{name}")
            except OSError:
                raise self._changed(name, "is gone") from None
            if (found.st_size, found.st_mtime_ns) != (size, at):
                raise self._changed(name, "was changed")

    def _changed(self, name: str, what: str) -> RefusedError:
        if self.linked:
            hint = f"goobits plugin link {self.folder}"
            return RefusedError(
                f"plugin '{self.name}' was not run: its {name} {what} since it was linked. "
                "Nothing was executed.",
                hint=f"read what it wants now, and link it again: {hint}",
            )
        return RefusedError(
            f"plugin '{self.name}' was not run: {self.folder}/{name} {what} since it was "
            "installed. Nothing was executed.",
            hint=f"remove it and install it again: goobits plugin remove {self.name}",
        )
