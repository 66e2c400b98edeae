"""What is recorded: costs, of which more is always worse."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from goobits_monitor._errors import ResultError
from goobits_monitor._history._places import LONGEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """One value to be recorded: a cost, so that more is always worse.

    `value` is finite and at least 0, `metric` and `unit` are one line of at most 200
    characters, as is `label`, for example a commit or a version, which may be empty.
    """

    metric: str
    value: float
    unit: str = "s"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded value; `at` is an aware UTC datetime."""

    metric: str
    value: float
    unit: str
    at: datetime
    label: str
    machine: str


@dataclass(frozen=True, slots=True)
class Metric:
    """What a history holds of one metric on one machine; `value` is the newest."""

    name: str
    unit: str
    machine: str
    count: int
    first: datetime
    last: datetime
    value: float


def check(row: Measured) -> None:
    """Refuse what would spoil a series."""
    try:
        is_cost = isfinite(row.value) and row.value >= 0
    except (OverflowError, TypeError):
        is_cost = False
    if not is_cost:
        raise ResultError(
            f"{row.metric!r} cannot be {row.value!r}: it is no cost",
            hint="Record a finite number of at least 0; more must mean worse.",
        )
    texts = {"metric": row.metric, "unit": row.unit, "label": row.label}
    for what, text in texts.items():
        if not text.isprintable() or len(text) > LONGEST:
            raise ResultError(
                f"{text[:LONGEST]!r} is no {what}",
                hint=f"Use one line of at most {LONGEST} printable characters.",
            )
        if what != "label" and not text.strip():
            raise ResultError(
                f"a {what} is empty", hint="Name what was measured, and its unit."
            )
