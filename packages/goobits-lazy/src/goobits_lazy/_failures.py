"""What a deferred load raises: told where it was asked for, and never mistaken for an absence."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

Place = tuple[str, int]


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
