"""The errors of this package.

GoobitsEngineError
├── ConfigError (ValueError)      what a goobits.yaml says is wrong
├── ConfigFileError (OSError)     a goobits.yaml cannot be read at all
├── LanguageError (ValueError)    a language that was asked for is not known
└── OutputError (OSError)         a file cannot be read or written
    ├── EditedFileError           a generated file was changed by a person
    └── ManifestError             a package manifest cannot be added to
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goobits_engine._config._diagnostics import Diagnostic


class GoobitsEngineError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConfigError(GoobitsEngineError, ValueError):
    """A goobits.yaml holds at least one mistake.

    `diagnostics` holds every error and every warning of the file, sorted by place.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...], *, hint: str = "") -> None:
        super().__init__("invalid configuration", hint=hint)
        self.args = (diagnostics,)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        from goobits_engine._config._formats import format_text

        return format_text(self.diagnostics)


class ConfigFileError(GoobitsEngineError, OSError):
    """The file at `path` cannot be read as a goobits.yaml."""

    def __init__(self, message: str, path: str = "", *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.args = (message, path)
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])


class LanguageError(GoobitsEngineError, ValueError):
    """None of `languages` is one that this version writes; `known` are those."""

    def __init__(self, languages: Sequence[str], known: Sequence[str]) -> None:
        names = ", ".join(languages)
        super().__init__(
            f"unknown language {names}", hint=f"choose from {', '.join(known)}"
        )
        self.languages = tuple(languages)


class OutputError(GoobitsEngineError, OSError):
    """The file or folder at `path` cannot be read or written."""

    def __init__(self, message: str, path: Path, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.args = (message,)
        self.path = path

    @classmethod
    def of(
        cls, error: OSError | ValueError, path: Path, verb: str = "write"
    ) -> OutputError:
        """Say what the system said, with the path it is about."""
        number = error.errno if isinstance(error, OSError) else None
        reason = os.strerror(number) if number else str(error)
        hint = "mend it, or choose another folder"
        return cls(f"cannot {verb} {path}: {reason}", path, hint)

    def __str__(self) -> str:
        return str(self.args[0])


class EditedFileError(OutputError):
    """Generated files are not as a build left them; `paths` names them all.

    When all are `strange`, no build has ever written one there.
    """

    def __init__(self, paths: Sequence[Path], *, strange: bool = False) -> None:
        names = ", ".join(map(str, paths))
        verb = "was" if len(paths) == 1 else "were"
        message = f"{names} {verb} edited since a build wrote it"
        hint = "move your changes into the hooks, delete the file, and build again"
        if strange:
            message = f"{names} {verb} there before, and no build wrote it"
            hint = "delete or rename it, or let 'cli_path' choose another place"
        super().__init__(message, paths[0], hint)
        self.paths = tuple(paths)


class ManifestError(OutputError):
    """A `Cargo.toml` or `package.json` at `path` cannot be added to; it is as it was."""
