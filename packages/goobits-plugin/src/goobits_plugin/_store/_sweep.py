"""Takes away what nobody needs: old generations, plugins of none, leftovers of killed changes.

What has a name that somebody could trust is renamed first, so that half of it is never found
under that name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from goobits_plugin._errors import StoreError
from goobits_plugin._store import _advisories
from goobits_plugin._store import _disk as disk
from goobits_plugin._store import _generations as generations

KEPT = 10
"""How many generations are kept, the one in force among them."""
_DOOMED = ".old"


def sweep(root: str, needed: int = 0) -> None:
    """Leave the newest generations and the plugins that they name; the lock is held.

    One older generation stays when it is `needed`.
    """
    number = generations.current(root)
    if number:
        # Whoever put it back by hand may have put it on what is not there.
        generations.read(root, number)
    for path in _leftovers(root):
        disk.remove(path)
    there = generations.numbers(root)
    kept = [one for one in there if one <= number][-KEPT:]
    kept += [one for one in there if one == needed and one not in kept]
    for one in there:
        if one not in kept:
            discard(f"{root}/generations/{one}", f"{root}/generations")
    named = _named(root, kept)
    if named is not None:
        for folder in _folders(root):
            if folder not in named:
                discard(folder, f"{root}/store")
    _prune(root)


def discard(path: str, above: str) -> None:
    """Remove a folder, of which not half is ever seen."""
    doomed = f"{above}/{_DOOMED}"
    disk.remove(doomed)
    os.rename(path, doomed)
    disk.remove(doomed)


def _leftovers(root: str) -> Iterator[str]:
    for above in (f"{root}/generations", f"{root}/store"):
        for name in disk.names_in(above):
            if name.startswith("."):
                yield f"{above}/{name}"
    for name in ("current.new", f"{_advisories.FILE}.new"):
        if os.path.lexists(f"{root}/{name}"):
            yield f"{root}/{name}"


def _named(root: str, kept: list[int]) -> set[str] | None:
    """Return the folders that generations name; None where one of them cannot be read."""
    try:
        found = [generations.read(root, number) for number in kept]
    except StoreError:
        return None
    return {str(plugin.folder) for one in found for plugin in one.plugins}


def _folders(root: str) -> Iterator[str]:
    for name in _plugin_folders(root):
        for version in disk.names_in(name):
            yield f"{name}/{version}"


def _plugin_folders(root: str) -> Iterator[str]:
    for publisher in disk.names_in(f"{root}/store"):
        for name in disk.names_in(f"{root}/store/{publisher}"):
            yield f"{root}/store/{publisher}/{name}"


def _prune(root: str) -> None:
    """Remove the folders of publishers and plugins in which nothing is left."""
    for path in [*_plugin_folders(root)]:
        if not disk.names_in(path):
            os.rmdir(path)
    for publisher in disk.names_in(f"{root}/store"):
        if not disk.names_in(f"{root}/store/{publisher}"):
            os.rmdir(f"{root}/store/{publisher}")
