"""The errors of this package.

GoobitsCacheError
├── ExtraMissingError (ImportError)  a package that an extra installs is not there
├── CodecError (ValueError)          a value cannot be kept in the form that the cache has for it
├── ComponentError (TypeError)       a component cannot be held weakly
└── BudgetError (ValueError)         caches cannot share so small a budget

What happens to a disk or a server is no error: a cache that cannot keep something misses it.
"""

from __future__ import annotations


class GoobitsCacheError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ExtraMissingError(GoobitsCacheError, ImportError):
    """What the extra called `extra` installs is not there."""

    def __init__(self, message: str, extra: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.extra = extra


class CodecError(GoobitsCacheError, ValueError):
    """The value is none that the codec named `codec` can write."""

    def __init__(self, message: str, codec: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.codec = codec


class ComponentError(GoobitsCacheError, TypeError):
    """The component called `name` cannot be held weakly."""

    def __init__(self, message: str, name: str, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.name = name


class BudgetError(GoobitsCacheError, ValueError):
    """A budget of `budget` entries cannot be shared by these caches."""

    def __init__(self, message: str, budget: int, *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.budget = budget
