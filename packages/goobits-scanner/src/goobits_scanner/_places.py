"""Where this user's files of the scanner are."""

from __future__ import annotations

import os


def database_directory() -> str:
    """Return where the database of known vulnerabilities is kept."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    root = cache if os.path.isabs(cache) else os.path.expanduser("~/.cache")
    return os.path.join(root, "goobits", "osv")
