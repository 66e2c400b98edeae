"""Outcomes and findings as what JSON can hold."""

from __future__ import annotations

from goobits_sandbox._frozen import Frozen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._outcome import Outcome

    Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | None


def as_json(outcome: Outcome) -> Plain:
    """Return an outcome without the guest's output."""
    found = plain(outcome)
    assert isinstance(found, dict)
    return {name: value for name, value in found.items() if name[:3] != "std"}


def plain(value: object) -> Plain:
    """Return a value of this package as JSON holds it; bytes are left out."""
    if isinstance(value, Frozen):
        names = type(value).__match_args__
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, str | int | float):
        return value
    return None
