"""The errors of this package.

GoobitsMonitorError
├── CommandError                                  a command cannot be measured
│   ├── CommandNotFoundError (FileNotFoundError)  there is no such program
│   ├── CommandFailedError                        it ended with another exit code than 0
│   └── CommandTimeoutError (TimeoutError)        it did not end in time
├── HistoryError (OSError)                        a history cannot be opened, read or written
└── ResultError (ValueError)                      a file or a value is no result of a measurement
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class GoobitsMonitorError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class CommandError(GoobitsMonitorError):
    """The command of these `words` cannot be measured."""

    def __init__(self, message: str, words: Sequence[str], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.words = tuple(words)


class CommandNotFoundError(CommandError, FileNotFoundError):
    """There is no program of that name, or it cannot be executed."""


class CommandFailedError(CommandError):
    """The command ended with `code`, a negative one being a signal; `tail` ends its stderr."""

    def __init__(
        self, message: str, words: Sequence[str], code: int, tail: str, *, hint: str
    ) -> None:
        super().__init__(message, words, hint=hint)
        self.code = code
        self.tail = tail


class CommandTimeoutError(CommandError, TimeoutError):
    """The command ran longer than `seconds` and was killed."""

    def __init__(
        self, message: str, words: Sequence[str], seconds: float, *, hint: str
    ) -> None:
        super().__init__(message, words, hint=hint)
        self.seconds = seconds


class HistoryError(GoobitsMonitorError, OSError):
    """The history at `path` cannot be opened, read or written."""

    def __init__(self, message: str, path: Path, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.path = path


class ResultError(GoobitsMonitorError, ValueError):
    """A file, or a value that should be recorded, is no result of a measurement."""
