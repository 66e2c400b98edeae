"""Load modules and components when they are first used, and learn what to preload."""

from __future__ import annotations

__all__: list[str] = []
