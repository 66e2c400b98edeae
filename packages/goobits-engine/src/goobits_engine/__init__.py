"""From a goobits.yaml to a command-line program in any of several languages.

`check` says what is wrong with a configuration, `read` and `parse` give the program that it
describes, `render` makes its files as values, and `build` puts them into a folder. Only `build`
and `write_starter` write anything; nothing is ever run. Names are imported when they are first
used: checking a file needs no template engine.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._artifacts import Artifact, Stub
    from goobits_engine._build import Build, BuiltFile, build, render
    from goobits_engine._config import (
        Config,
        Diagnostic,
        check,
        format_github,
        format_json,
        format_text,
        json_schema,
        parse,
        read,
        read_text,
    )
    from goobits_engine._errors import (
        ConfigError,
        ConfigFileError,
        EditedFileError,
        GoobitsEngineError,
        LanguageError,
        ManifestError,
        OutputError,
    )
    from goobits_engine._precompiled import precompiled
    from goobits_engine._program import Program
    from goobits_engine._settled import Settled, SettledFile, Store, settled
    from goobits_engine._starters import STARTERS, starter, write_starter
    from goobits_engine._table_json import table_json
    from goobits_engine.languages import Templates, language_names

__all__ = [
    "STARTERS",
    "Artifact",
    "Build",
    "BuiltFile",
    "Config",
    "ConfigError",
    "ConfigFileError",
    "Diagnostic",
    "EditedFileError",
    "GoobitsEngineError",
    "LanguageError",
    "ManifestError",
    "OutputError",
    "Program",
    "Settled",
    "SettledFile",
    "Store",
    "Stub",
    "Templates",
    "build",
    "check",
    "format_github",
    "format_json",
    "format_text",
    "json_schema",
    "language_names",
    "parse",
    "precompiled",
    "read",
    "read_text",
    "render",
    "settled",
    "starter",
    "table_json",
    "write_starter",
]

_MODULES = {
    "_artifacts": ("Artifact", "Stub"),
    "_build": ("Build", "BuiltFile", "build", "render"),
    "_config": (
        "Config",
        "Diagnostic",
        "check",
        "format_github",
        "format_json",
        "format_text",
        "json_schema",
        "parse",
        "read",
        "read_text",
    ),
    "_errors": (
        "ConfigError",
        "ConfigFileError",
        "EditedFileError",
        "GoobitsEngineError",
        "LanguageError",
        "ManifestError",
        "OutputError",
    ),
    "_precompiled": ("precompiled",),
    "_program": ("Program",),
    "_starters": ("STARTERS", "starter", "write_starter"),
    "_table_json": ("table_json",),
    "_settled": ("Settled", "SettledFile", "Store", "settled"),
    "languages": ("Templates", "language_names"),
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
    return __all__
