"""Where goobits keeps what it can make again: one folder, and nothing in it is needed.

Read by every build, also by one that has nothing to do: it imports what that needs and no more.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from goobits_cache import PersistentCache

FOLDER = "GOOBITS_CACHE"
"""Names the folder of the caches; when it is empty, nothing is kept."""


def folder(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return where everything is kept that can be made again, or None for nowhere."""
    named = environment.get(FOLDER)
    if named is not None:
        return _absolute(named) if named else None
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local")
        return os.path.join(base, "goobits", "Cache")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches/goobits")
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.expanduser("~/.cache")
    return os.path.join(base, "goobits") if os.path.isabs(base) else None


def _absolute(path: str) -> str | None:
    """Return the path from the root, or None when the current folder was removed."""
    try:
        return os.path.abspath(path)
    except OSError:
        return None


def builds() -> PersistentCache[bytes] | None:
    """Return where programs and settled builds are kept, or None for nowhere."""
    here = folder()
    if here is None:
        return None
    from goobits_cache import PersistentCache

    return PersistentCache(os.path.join(here, "builds"))
