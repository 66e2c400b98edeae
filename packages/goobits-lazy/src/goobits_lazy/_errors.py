"""The errors of this package.

GoobitsLazyError
├── ComponentNotFoundError (LookupError)    no component has this name
├── ComponentExistsError (ValueError)       the name is taken
├── CycleError (RuntimeError)               components need each other, or load themselves
├── DeferredImportError (ModuleNotFoundError) a lazily imported module is not there
└── LoaderError (RuntimeError)              a loader raised an AttributeError

What a loader raises is raised as itself, where the component is used. The one exception is an
AttributeError that Python would take for a missing attribute: that is the cause of a LoaderError.
"""

from __future__ import annotations


class GoobitsLazyError(Exception):
    """The root of every error of this package; `hint` says how to mend it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ComponentNotFoundError(GoobitsLazyError, LookupError):
    """No component is called `name`; `needed_by` names the one that depends on it, if any."""

    def __init__(self, name: str, known: tuple[str, ...], needed_by: str = "") -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=1)
        wanted = f", which {needed_by!r} depends on" if needed_by else ""
        super().__init__(
            f"no component is called {name!r}{wanted}",
            hint=f"did you mean {near[0]!r}?" if near else "register it first",
        )
        self.name = name
        self.needed_by = needed_by


class ComponentExistsError(GoobitsLazyError, ValueError):
    """There is a component called `name` already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"there is a component called {name!r} already", hint="choose another name"
        )
        self.name = name


class CycleError(GoobitsLazyError, RuntimeError):
    """Components need each other; `components` is the way round, back to the first."""

    def __init__(self, components: tuple[str, ...]) -> None:
        super().__init__(
            "components need each other: " + " -> ".join(components),
            hint="let one of them do without the next, or get it later",
        )
        self.components = components


class DeferredImportError(GoobitsLazyError, ModuleNotFoundError):
    """A module that was imported lazily in line `place` of a file is not there, when first used."""

    def __init__(self, name: str, missing: str, place: tuple[str, int]) -> None:
        super().__init__(
            f"No module named {missing!r}, lazily imported as {name!r} "
            f'in File "{place[0]}", line {place[1]}',
            hint="install what provides it, or mend the name",
        )
        self.name = missing
        self.place = place


class LoaderError(GoobitsLazyError, RuntimeError):
    """A loader raised an AttributeError, its `__cause__`, which would have been swallowed."""

    def __init__(self, error: AttributeError) -> None:
        super().__init__(
            f"while loading: AttributeError: {error}",
            hint="it comes from the loader; no attribute is missing here",
        )
