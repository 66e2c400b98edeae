"""What can go wrong before a scan begins.

    GoobitsScannerError
    ├── TargetError (also ValueError): there is nothing to scan at this path
    ├── BaselineError (also ValueError): a baseline can't be read
    └── DatabaseError (also ValueError): the database of known vulnerabilities can't be used

What goes wrong with one file of a package is no exception: it is a finding.
"""

from __future__ import annotations


class GoobitsScannerError(Exception):
    """Any failure of a scan; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class TargetError(GoobitsScannerError, ValueError):
    """There is nothing to scan at this path."""


class BaselineError(GoobitsScannerError, ValueError):
    """A baseline can't be read."""


class DatabaseError(GoobitsScannerError, ValueError):
    """The database of known vulnerabilities can't be used."""
