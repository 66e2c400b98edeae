"""To come."""

from __future__ import annotations

CAPABILITY_PATTERNS: dict[str, dict[str, tuple[str, ...]]] = {}
