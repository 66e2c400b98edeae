"""The errors of this package.

GoobitsSandboxError
├── PolicyError (ValueError)     a policy says what no sandbox can hold, or what makes no sense
├── UnavailableError (OSError)   this system cannot hold the sandbox; nothing was executed
└── CommandNotFoundError (LookupError)  the program to run is not there

A guest that fails is no error: its `Outcome` says how it ended.
"""

from __future__ import annotations


class GoobitsSandboxError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class PolicyError(GoobitsSandboxError, ValueError):
    """The value `value` of the policy's field `field` is refused."""

    def __init__(self, message: str, field: str, value: str, *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.field = field
        self.value = value


class UnavailableError(GoobitsSandboxError, OSError):
    """The system cannot hold a sandbox.

    `said` is what the tool that failed said of it, `cause` what that means. Nothing was executed.
    """

    def __init__(self, said: str, cause: str, *, hint: str) -> None:
        super().__init__(f"this system cannot sandbox it ({said})", hint=hint)
        self.said = said
        self.cause = cause

    def __str__(self) -> str:
        return f"{self.args[0]}. Cause: {self.cause} Fix: {self.hint} Nothing was executed."


class CommandNotFoundError(GoobitsSandboxError, LookupError):
    """The program `command` is not on the host's PATH, or is no program."""

    def __init__(self, message: str, command: str, *, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.command = command
