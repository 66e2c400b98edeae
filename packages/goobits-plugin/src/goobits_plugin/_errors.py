"""The errors of this package.

GoobitsPluginError
├── ManifestError (ValueError)      what a goobits-plugin.toml says is wrong
├── ArchiveError (ValueError)       an archive is not one that may be read
├── StoreError (OSError)            the plugins of this user cannot be read or changed
├── NotInstalledError (LookupError) there is no such plugin, or no such command of one
├── RefusedError (PermissionError)  a plugin must not run: revoked, changed, not allowed
├── RuntimeMissingError (OSError)   what runs a plugin's language is not on this machine
└── PluginFailedError               a plugin did not answer as it should
    └── ProtocolError               it said what the wire protocol does not know
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine import Diagnostic


class GoobitsPluginError(Exception):
    """The root of every error of this package.

    `hint` says how to mend it, `exit_code` what a program ends with that shows it.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ManifestError(GoobitsPluginError, ValueError):
    """A manifest holds at least one mistake; `diagnostics` are all of them, sorted by place."""

    exit_code = 2

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("invalid manifest")
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        from goobits_engine import format_text

        return format_text(self.diagnostics)


class ArchiveError(GoobitsPluginError, ValueError):
    """An archive breaks `rule` (a short name such as "links"); nothing of it was taken."""

    exit_code = 126

    def __init__(self, message: str, rule: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.rule = rule


class StoreError(GoobitsPluginError, OSError):
    """The store cannot be used as it is, or the change was not made."""


class NotInstalledError(GoobitsPluginError, LookupError):
    """There is no such plugin here, or it has no such command."""

    exit_code = 127


class RefusedError(GoobitsPluginError, PermissionError):
    """A plugin must not run. Nothing was executed."""

    exit_code = 126


class RuntimeMissingError(GoobitsPluginError, OSError):
    """What runs a plugin is not on this machine, or is too old."""

    exit_code = 127


class PluginFailedError(GoobitsPluginError):
    """A plugin ended, was ended, or failed, without the answer that it owed."""


class ProtocolError(PluginFailedError):
    """A plugin broke the wire protocol, and was ended."""
