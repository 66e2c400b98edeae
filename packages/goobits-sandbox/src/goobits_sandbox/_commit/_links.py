"""Which links a guest may leave: those that stay below the root, wherever others lead."""

from __future__ import annotations

import os
import stat

from goobits_sandbox._protected import protects

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._commit._descent import Descent

_MOST = 40
_LONGEST = 4096


def link_refusal(text: str, parent: tuple[str, ...], host: Descent) -> str:
    """Return why a link in the folder `parent` may not point to `text`, "" where it may.

    It may climb only at its start: `a/../../b` leads elsewhere once `a` becomes a link.
    """
    names = [name for name in text.split("/") if name not in ("", ".")]
    if text.startswith("/"):
        return "is a link to an absolute path"
    if len(text) > _LONGEST or not text.isprintable():
        return "is a link to what cannot be printed"
    climbs = 0
    while climbs < len(names) and names[climbs] == "..":
        climbs += 1
    if ".." in names[climbs:]:
        return "is a link that climbs after it has descended"
    if climbs > len(parent):
        return "is a link that leaves the folder"
    lexical = (*parent[: len(parent) - climbs], *names[climbs:])
    if any(protects(name) for name in lexical):
        return "is a link to what is never written"
    real = _resolved(lexical, host)
    if real is None:
        return "is a link that leaves the folder by way of another one"
    if any(protects(name) for name in real):
        return "is a link to what is never written"
    return ""


def _resolved(parts: tuple[str, ...], host: Descent) -> tuple[str, ...] | None:
    """Follow the host's links from the root; None where that leaves it, or never ends."""
    real: list[str] = []
    left, followed = list(reversed(parts)), 0
    while left:
        name = left.pop()
        if name == "..":
            if not real:
                return None
            real.pop()
            continue
        text = _link_at((*real, name), host)
        if text is None:
            real.append(name)
            continue
        followed += 1
        if followed > _MOST or text.startswith("/"):
            return None
        left += [part for part in reversed(text.split("/")) if part not in ("", ".")]
    return tuple(real)


def _link_at(parts: tuple[str, ...], host: Descent) -> str | None:
    """Return where the host's link at this place points, None where there is none."""
    try:
        folder = host.open(parts[:-1])
        status = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            return os.readlink(parts[-1], dir_fd=folder)
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return None
    return None
