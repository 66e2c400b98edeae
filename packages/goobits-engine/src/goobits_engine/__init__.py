"""From a goobits.yaml to a command-line program in any of several languages.

`read` or `parse` a configuration, `render` it into files as values, or `build` it into a
folder. Nothing is written but by `build` and `write_starter`, and nothing is run at all.
"""

from goobits_engine._artifacts import Artifact, Stub
from goobits_engine._build import Build, BuiltFile, build, render
from goobits_engine._config import (
    Config,
    Diagnostic,
    format_github,
    format_json,
    format_text,
    parse,
    read,
)
from goobits_engine._errors import (
    ConfigError,
    ConfigFileError,
    EditedFileError,
    GoobitsEngineError,
    LanguageError,
    OutputError,
)
from goobits_engine._program import Program
from goobits_engine._starters import STARTERS, starter, write_starter
from goobits_engine.languages import names as language_names

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
    "OutputError",
    "Program",
    "Stub",
    "build",
    "format_github",
    "format_json",
    "format_text",
    "language_names",
    "parse",
    "read",
    "render",
    "starter",
    "write_starter",
]
