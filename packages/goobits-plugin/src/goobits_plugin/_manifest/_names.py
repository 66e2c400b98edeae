"""Names of plugins, and which of them look alike."""

from __future__ import annotations

_FOLDED = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "5": "s", "m": "rn", "w": "vv", "-": None}
)


def confusable_key(name: str) -> str:
    """Return what two names share when people take one for the other.

    Each character is folded by itself (`m` to `rn` and not the other way), so that `vvv`, `vw` and
    `wv` are one.
    """
    return name.lower().translate(_FOLDED)
