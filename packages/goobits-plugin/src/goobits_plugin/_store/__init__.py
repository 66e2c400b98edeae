"""What a user has installed: unpacked plugins, and generations that say which of them are in force.

    lock                                     held by who changes anything
    store/<publisher>/<name>/<version>-<sha256>/    the files of a plugin, read-only
    generations/<n>/plugins.lock             what is installed, with the hash of every file
    generations/<n>/commands.tsv             which word of which program is whose
    generations/<n>/records/                 what a run needs to know, made beforehand
    current -> generations/<n>               the one in force
    advisories.tsv                           the versions that must not run any more

A change writes a generation beside the others and puts `current` on it by one rename, so that
whoever reads, and whoever is killed, has the old state or the new one. Names are imported when
they are first used: a run of a plugin needs only `_folders` and `_advisories`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin._store._change import Change
    from goobits_plugin._store._folders import data_folder
    from goobits_plugin._store._store import Store
    from goobits_plugin._store._values import Generation, Installed, Problem

__all__ = ["Change", "Generation", "Installed", "Problem", "Store", "data_folder"]

_MODULES = {
    "Change": "_change",
    "Generation": "_values",
    "Installed": "_values",
    "Problem": "_values",
    "Store": "_store",
    "data_folder": "_folders",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = __import__(f"{__name__}.{_MODULES[name]}", None, None, (name,))
    value: object = getattr(found, name)
    globals()[name] = value
    return value
