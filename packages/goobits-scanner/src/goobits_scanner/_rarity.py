"""To come."""

from __future__ import annotations

PACKAGES = 0
SEEN: dict[str, int] = {}
