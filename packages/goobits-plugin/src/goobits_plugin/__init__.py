"""The plugin contract, and everything between an archive and a plugin's answer.

A manifest says what a plugin is and what it wants, an archive carries it, the store holds what is
installed, and the host runs one command of it in the sandbox and speaks the wire protocol with it.
Authors import `goobits_plugin.sdk`, which imports nothing of all this. Names are imported when
they are first used.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_plugin._archive import (
        Archive,
        Member,
        Packed,
        extract,
        pack,
        read_archive,
    )
    from goobits_plugin._errors import (
        ArchiveError,
        GoobitsPluginError,
        ManifestError,
        NotInstalledError,
        PluginFailedError,
        ProtocolError,
        RefusedError,
        RuntimeMissingError,
        StoreError,
    )
    from goobits_plugin._exec import check, execute, run_command
    from goobits_plugin._host import PluginHost
    from goobits_plugin._manifest import (
        FILE,
        Dependency,
        Limits,
        Manifest,
        Permissions,
        json_schema,
        read_manifest,
    )
    from goobits_plugin._record import Record
    from goobits_plugin._recording import make_record
    from goobits_plugin._starter import write_starter
    from goobits_plugin._store import Change, Generation, Installed, Problem, Store

__all__ = [
    "FILE",
    "Archive",
    "ArchiveError",
    "Change",
    "Dependency",
    "Generation",
    "GoobitsPluginError",
    "Installed",
    "Limits",
    "Manifest",
    "ManifestError",
    "Member",
    "NotInstalledError",
    "Packed",
    "Permissions",
    "PluginFailedError",
    "PluginHost",
    "Problem",
    "ProtocolError",
    "Record",
    "RefusedError",
    "RuntimeMissingError",
    "Store",
    "StoreError",
    "check",
    "execute",
    "extract",
    "json_schema",
    "make_record",
    "pack",
    "read_archive",
    "read_manifest",
    "run_command",
    "write_starter",
]

_MODULES = {
    "_archive": (
        "Archive",
        "Member",
        "Packed",
        "extract",
        "pack",
        "read_archive",
    ),
    "_errors": (
        "ArchiveError",
        "GoobitsPluginError",
        "ManifestError",
        "NotInstalledError",
        "PluginFailedError",
        "ProtocolError",
        "RefusedError",
        "RuntimeMissingError",
        "StoreError",
    ),
    "_exec": (
        "check",
        "execute",
        "run_command",
    ),
    "_host": ("PluginHost",),
    "_manifest": (
        "Dependency",
        "FILE",
        "Limits",
        "Manifest",
        "Permissions",
        "json_schema",
        "read_manifest",
    ),
    "_record": ("Record",),
    "_recording": ("make_record",),
    "_starter": ("write_starter",),
    "_store": (
        "Change",
        "Generation",
        "Installed",
        "Problem",
        "Store",
    ),
}


def __getattr__(name: str) -> object:
    for module, names in _MODULES.items():
        if name in names:
            found = __import__(f"{__name__}.{module}", None, None, (name,))
            value: object = getattr(found, name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
