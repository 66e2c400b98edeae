"""Traces of lookups whose caches are worth different room."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate

Lookup = tuple[str, int]


def zipf(keys: int, exponent: float, seed: int) -> Iterator[int]:
    """Yield keys of which the n-th is asked for in proportion to 1 / n ** exponent."""
    draw = random.Random(seed).random
    weights = list(accumulate(rank**-exponent for rank in range(1, keys + 1)))
    while True:
        yield bisect(weights, draw() * weights[-1])


def mixed(length: int, seed: int = 1) -> list[Lookup]:
    """Return lookups of three kinds: broad, narrow, and keys that come only once."""
    names = random.Random(seed).choices(
        ["broad", "narrow", "once"], [5, 3, 2], k=length
    )
    keys = {
        "broad": zipf(5000, 0.8, seed),
        "narrow": zipf(300, 1.3, seed + 1),
        "once": iter(range(length)),
    }
    return [(name, next(keys[name])) for name in names]


def turning(length: int, seed: int = 1) -> list[Lookup]:
    """Return lookups of two kinds, the second of which takes the place of the first."""
    choose = random.Random(seed).random
    keys = {"early": zipf(5000, 0.8, seed), "late": zipf(5000, 0.8, seed + 1)}
    names = (
        "late" if choose() < (0.05 if number < length // 2 else 0.95) else "early"
        for number in range(length)
    )
    return [(name, next(keys[name])) for name in names]


def even(length: int, seed: int = 1) -> list[Lookup]:
    """Return lookups of two kinds that differ by chance only."""
    names = random.Random(seed).choices(["left", "right"], k=length)
    keys = {"left": zipf(5000, 0.8, seed), "right": zipf(5000, 0.8, seed + 1)}
    return [(name, next(keys[name])) for name in names]
