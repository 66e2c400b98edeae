"""What all that is loaded later has in common: where that was asked for, and how it fails."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Any

Place = tuple[str, int]


def eager() -> bool:
    """Return whether the environment wants everything loaded at once."""
    return os.environ.get("EAGER_IMPORT", "0") not in ("", "0")


def place_of(frame: FrameType) -> Place:
    return frame.f_code.co_filename, frame.f_lineno


def tell(error: BaseException, what: str, place: Place) -> None:
    """Note once on an error what was being loaded, and where that was asked for."""
    note = f'{what}, deferred in File "{place[0]}", line {place[1]}'
    if note not in getattr(error, "__notes__", ()):
        error.add_note(note)


def reraise(error: AttributeError, frame: FrameType) -> None:
    """Raise a loader's AttributeError, from reading an attribute in `frame`.

    Written as `value.name` the attribute error arrives as itself. Wherever C code reads the
    attribute (`hasattr`, `getattr` with a default, `isinstance`, `from ... import`), Python takes
    any AttributeError for "there is none" and drops it. There it becomes the cause of a
    LoaderError, as a StopIteration inside a generator becomes a RuntimeError (PEP 479).
    """
    from opcode import opname

    if opname[frame.f_code.co_code[frame.f_lasti]] in ("LOAD_ATTR", "LOAD_METHOD"):
        raise error
    from goobits_lazy._errors import LoaderError

    raise LoaderError(error) from error


class Registration:
    """The factory of a proxy that is not loaded, and where it was given."""

    __slots__ = ("factory", "name", "place")

    def __init__(self, factory: Callable[[], Any], frame: FrameType) -> None:
        if not callable(factory):
            raise TypeError(f"a factory is callable, {factory!r} is not")
        self.factory = factory
        self.name = str(getattr(factory, "__qualname__", None) or repr(factory))
        self.place = place_of(frame)

    def tell(self, error: BaseException) -> None:
        tell(error, f"while calling {self.name}", self.place)

    def describe(self, proxy: str) -> str:
        """Return the representation of a proxy that is not loaded."""
        file, line = self.place
        return f"<{proxy} of {self.name}, {file}:{line}, not loaded>"
