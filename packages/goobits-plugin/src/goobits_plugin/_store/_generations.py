"""Generations on the disk: which there are, which one is in force, how another one gets there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence

from goobits_plugin._errors import StoreError
from goobits_plugin._store import _disk as disk
from goobits_plugin._store import _lockfile, _rows
from goobits_plugin._store._values import Generation, Installed

RECORDS = "records"
NEW = ".new"
_ATTEMPTS = 100


def numbers(root: str) -> list[int]:
    """Return the numbers of the generations that are there, in order."""
    names = disk.names_in(f"{root}/generations")
    return sorted(int(name) for name in names if name.isdecimal())


def current(root: str) -> int:
    """Return the number of the generation in force; 0 where nothing was ever installed.

    Raises:
        StoreError: `current` does not lead to a generation.
    """
    path = f"{root}/current"
    try:
        folder, _, number = os.readlink(path).partition("/")
    except FileNotFoundError:
        # A first change that was killed has its generation, and nothing that leads to it.
        there = numbers(root)
        if not there or there == [1]:
            return 0
        raise _lost(path, there) from None
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    if folder != "generations" or not number.isdecimal():
        raise _lost(path, numbers(root))
    return int(number)


def read(root: str, number: int) -> Generation:
    """Return a generation.

    Raises:
        StoreError: it is not there, or cannot be read.
    """
    if not number:
        return Generation(0)
    path = f"{root}/generations/{number}/{_lockfile.FILE}"
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        there = ", ".join(map(str, numbers(root)))
        hint = f"there are: {there}"
        raise StoreError(f"there is no generation {number}", hint=hint) from None
    return _lockfile.load(data, path, root, number)


def read_current(root: str) -> Generation:
    """Return the generation in force, whatever others change at the same time."""
    for _ in range(_ATTEMPTS):
        number = current(root)
        try:
            return read(root, number)
        except StoreError:
            # It may be so old by now that it was swept away.
            if current(root) == number:
                raise
    raise StoreError(f"{root} changes faster than it can be read")


def record_path(root: str, number: int, name: str) -> str:
    """Return where the record of a plugin lies."""
    return f"{root}/generations/{number}/{RECORDS}/{record_name(name)}"


def record_name(name: str) -> str:
    return f"{name.replace('/', '__')}.json"


def activate(
    root: str,
    number: int,
    plugins: Sequence[Installed],
    records: Mapping[str, bytes],
    goobits: str,
) -> None:
    """Write a generation beside the others and put it in force."""
    table = _rows.table(plugins, goobits)
    generation = Generation(
        number,
        tuple(plugins),
        hashlib.sha256(table).hexdigest(),
        tuple(
            (name, hashlib.sha256(data).hexdigest()) for name, data in records.items()
        ),
    )
    above = f"{root}/generations"
    new = f"{above}/{NEW}"
    disk.make_private(f"{new}/{RECORDS}")
    for name, data in records.items():
        disk.write_new(f"{new}/{RECORDS}/{record_name(name)}", data)
    disk.write_new(f"{new}/{_rows.FILE}", table)
    disk.write_new(f"{new}/{_lockfile.FILE}", _lockfile.dump(generation))
    disk.synchronize(f"{new}/{RECORDS}")
    disk.synchronize(new)
    os.rename(new, f"{above}/{number}")
    disk.synchronize(above)
    os.symlink(f"generations/{number}", f"{root}/current.new")
    os.rename(f"{root}/current.new", f"{root}/current")
    disk.synchronize(root)


def check_folders(generation: Generation) -> None:
    """See that all plugins of a generation are still there.

    Raises:
        StoreError: the folder of one is gone.
    """
    for plugin in generation.plugins:
        if not plugin.folder.is_dir():
            raise StoreError(
                f"{plugin.folder} is gone, and with it plugin '{plugin.name}'",
                hint="go back to another generation, or install it again",
            )


def _lost(path: str, there: list[int]) -> StoreError:
    last = there[-1] if there else 1
    return StoreError(
        f"{path} does not lead to a generation",
        hint=f"put it back: ln -sfn generations/{last} {path}",
    )
