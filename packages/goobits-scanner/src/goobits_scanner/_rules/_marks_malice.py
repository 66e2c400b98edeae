"""To come."""

from __future__ import annotations

SOURCES_MALICE: dict[str, dict[str, tuple[str, ...]]] = {}
ENCODERS: dict[str, dict[str, tuple[str, ...]]] = {}
