"""The errors of this package.

GoobitsLazyError
├── ComponentNotFoundError (LookupError)    no component has this name
├── ComponentExistsError (ValueError)       the name is taken
├── CycleError (RuntimeError)               components need each other, or load themselves
└── DeferredImportError (ImportError)       a lazily imported module is not there

What a loader raises is raised as itself, where the component is used.
"""

from __future__ import annotations


class GoobitsLazyError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint
