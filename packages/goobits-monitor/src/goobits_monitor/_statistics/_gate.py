"""The gate: whether head costs more than base, or whether that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from goobits_monitor._errors import ResultError
from goobits_monitor._statistics._intervals import median_interval

Outcome = Literal["slower", "faster", "same", "undecided"]

LIMIT = 0.02
CONFIDENCE = 0.99


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of head against base.

    `ratio` is the median of the pairs' ratios head / base, `low` and `high` bound it, each
    with `confidence`. `outcome` is "slower" when `low` is above 1 + `limit`, "faster" when
    `high` is below 1 / (1 + `limit`), "same" when both lie between these, and otherwise
    "undecided".
    """

    outcome: Outcome
    ratio: float
    low: float
    high: float
    pairs: int
    limit: float
    confidence: float


def judge(
    base: Sequence[float],
    head: Sequence[float],
    *,
    limit: float = LIMIT,
    confidence: float = CONFIDENCE,
) -> Verdict:
    """Compare costs that were measured in pairs, `base[i]` beside `head[i]`.

    The bounds are those of `median_interval`. At 20 pairs and 99 % head is slower when 16 of
    its pairs cost more than 1 + `limit` times their base: noise alone does that in fewer
    than 6 of 1,000 comparisons, whatever it looks like, and because of the limit in far fewer.
    Below 7 pairs nothing can be said with 99 %. Costs are positive numbers of any unit.

    Raises:
        ResultError: the two are not of one length or hold a cost that is not positive.
    """
    check_bounds(limit, confidence)
    if len(base) != len(head) or not base:
        message = f"{len(base)} values of base and {len(head)} of head are no pairs"
        raise ResultError(message, hint="measure both equally often, in turn")
    if not all(0 < value < float("inf") for value in (*base, *head)):
        raise ResultError(
            "a cost is not a positive number",
            hint="leave out what was not measured",
        )
    ratios = [new / old for old, new in zip(base, head, strict=True)]
    found = median_interval(ratios, confidence)
    outcome = _outcome(found.low, found.high, 1 + limit)
    return Verdict(
        outcome, found.median, found.low, found.high, len(base), limit, confidence
    )


def check_bounds(limit: float, confidence: float) -> None:
    """Refuse a limit that is no share, or a confidence that is none.

    Raises:
        ResultError: the one is below 0 or infinite, the other not between 0.5 and 1.
    """
    if not 0 <= limit < float("inf"):
        raise ResultError(f"the limit is {limit}", hint="2 % are 0.02")
    if not 0.5 < confidence < 1:
        raise ResultError(f"the confidence is {confidence}", hint="99 % are 0.99")


def _outcome(low: float, high: float, limit: float) -> Outcome:
    if low > limit:
        return "slower"
    if high < 1 / limit:
        return "faster"
    return "same" if low >= 1 / limit and high <= limit else "undecided"
