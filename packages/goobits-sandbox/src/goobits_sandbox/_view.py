"""What of the host a guest sees and where it may write: the policy's paths, checked and resolved.

Refused are roots that hold more than anybody means to give: /, $HOME and what is above it, the
plugin store and what is above it, shared temporary folders, and what the kernel or the system's
services put into /proc, /sys, /dev and /run. Nothing is written below the system's own folders.
"""

from __future__ import annotations

import os

from goobits_sandbox._errors import PolicyError
from goobits_sandbox._frozen import Frozen
from goobits_sandbox._patterns import Patterns, is_pattern
from goobits_sandbox._protected import protects, secrets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goobits_sandbox._policy import Policy

_SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/home")
_KERNEL = ("/proc", "/sys", "/dev", "/run", "/var/run")
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/boot")


class Host(Frozen):
    """The folders of the user whose guest it is: absolute and resolved."""

    homes: tuple[str, ...]
    stores: tuple[str, ...]

    @classmethod
    def of(cls, environ: dict[str, str]) -> Host:
        """Return those of the user who runs this process."""
        homes = {os.path.expanduser("~"), environ.get("HOME", "")}
        homes.add(_account_home())
        home = os.path.expanduser("~")
        data = environ.get("XDG_DATA_HOME") or os.path.join(home, ".local", "share")
        state = environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
        stores = {os.path.join(data, "goobits"), os.path.join(state, "goobits")}
        return cls(_resolved(homes), _resolved(stores))


class Overlay(Frozen):
    """A folder of the host that a guest writes over: `root`, and what comes back of it.

    `lower` is whether the guest sees what the folder holds.
    """

    root: str
    patterns: Patterns
    lower: bool


class View(Frozen):
    """The host's paths that a guest sees at their own places, all resolved.

    `reads` are bound read-only, `overlays` are written over; `masked` are files and folders below
    them that are not shown; `mounts` are the paths that are shown elsewhere, each with its place;
    `folder` is where the guest starts.
    """

    reads: tuple[str, ...]
    overlays: tuple[Overlay, ...]
    masked: tuple[str, ...]
    mounts: tuple[tuple[str, str], ...]
    folder: str


def view(policy: Policy, host: Host) -> View:
    """Return what a guest under the policy sees.

    Costs a walk through the folders that it reads, for the secrets in them.

    Raises:
        PolicyError: a path is not there, or one that no guest may have.
    """
    project = os.path.realpath(policy.project or os.getcwd())
    reads = [
        _existing(os.path.join(project, path), path, "read") for path in policy.read
    ]
    for path, said in zip(reads, policy.read, strict=True):
        _check(path, said, "read", host)
    roots = _outermost(reads)
    overlays = tuple(_overlays(policy.write, project, roots, host))
    over = {overlay.root for overlay in overlays}
    shown = [*roots, *(overlay.root for overlay in overlays if overlay.lower)]
    masked = {
        os.path.join(root, secret)
        for root in _outermost(shown)
        if os.path.isdir(root)
        for secret in secrets(root)
    }
    reads = [root for root in roots if root not in over]
    inside = any(_is_below(project, root) for root in (*reads, *over))
    folder = project if inside else "/tmp"
    mounts = tuple(_mounted(policy, (*reads, *over)))
    return View(tuple(reads), overlays, tuple(sorted(masked)), mounts, folder)


def _mounted(policy: Policy, seen: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the mounts; none hides what the guest has, nor lies where another one does."""
    taken = [*_KERNEL, *_SYSTEM, *_SHARED, *seen]
    for path, place in policy.mounts:
        real = _existing(path, path, "mounts")
        is_plain = (
            place[:1] == "/" != place[1:2] and os.path.normpath(place) == place != "/"
        )
        if not is_plain or any(
            _is_below(place, other) or _is_below(other, place) for other in taken
        ):
            raise PolicyError(
                f"mounts {place!r}: what the guest sees is there already, or it is no place",
                "mounts",
                place,
                hint="choose an absolute path of its own, such as /plugin",
            )
        taken.append(place)
        yield real, place


def _overlays(
    write: tuple[str, ...], project: str, reads: list[str], host: Host
) -> Iterator[Overlay]:
    """Group what may be written by the folder that the guest writes over."""
    groups: dict[str, tuple[bool, list[str]]] = {}
    for said in write:
        root, lower, pattern = _placed(said, project, reads)
        _check(root, said, "write", host)
        known = groups.setdefault(root, (lower, []))
        if known[0] != lower:
            raise PolicyError(
                f"write {said!r}: the guest would see only a part of {root}",
                "write",
                said,
                hint=f"add read {root!r}",
            )
        known[1].append(pattern)
    roots = sorted(groups)
    for root in roots:
        outer = next(
            (other for other in roots if other != root and _is_below(root, other)), None
        )
        if outer is not None:
            raise PolicyError(
                f"write: {root} lies below {outer}, which is written to as well",
                "write",
                root,
                hint=f"add read {outer!r}, so that one overlay holds both",
            )
        lower, patterns = groups[root]
        yield Overlay(root, Patterns.parse(tuple(patterns)), lower)


def _placed(said: str, project: str, reads: list[str]) -> tuple[str, bool, str]:
    """Return the folder to write over, whether its contents are seen, and the pattern below it."""
    literal, pattern = _split(os.path.join(project, said))
    real = os.path.realpath(literal)
    for root in reads:
        if _is_below(real, root) and os.path.isdir(root):
            below = os.path.relpath(real, root)
            return root, True, os.path.normpath(os.path.join(below, pattern))
    if os.path.isdir(real) and not pattern:
        return real, True, "."
    if pattern or os.path.lexists(real):
        raise PolicyError(
            f"write {said!r}: the guest cannot see the folder that it would change",
            "write",
            said,
            hint=f"add read {os.path.dirname(real)!r}, or write that folder",
        )
    parent = _existing(os.path.dirname(real), said, "write")
    return parent, False, os.path.basename(real)


def _split(path: str) -> tuple[str, str]:
    """Divide a path where its first pattern begins."""
    parts = path.split("/")
    for index, part in enumerate(parts):
        if is_pattern(part):
            return "/".join(parts[:index]) or "/", "/".join(parts[index:])
    return path, ""


def _existing(path: str, said: str, field: str) -> str:
    real = os.path.realpath(path)
    if "\0" in said or not os.path.exists(real):
        raise PolicyError(
            f"{field} {said!r}: there is no {real}",
            field,
            said,
            hint="name a file or folder that exists",
        )
    return real


def _check(path: str, said: str, field: str, host: Host) -> None:
    """Refuse a root that holds more than anybody means to give."""
    why = _refusal(path, field, host)
    if why:
        hint = "name the folders below it that the guest needs"
        raise PolicyError(f"{field} {said!r}: {path} {why}", field, said, hint=hint)


def _refusal(path: str, field: str, host: Host) -> str:
    if path == "/":
        return "is everything"
    if any(_is_below(home, path) for home in host.homes):
        return "is your home folder, or holds it"
    for store in host.stores:
        if _is_below(store, path) or (field == "write" and _is_below(path, store)):
            return "is where goobits keeps plugins and what it knows of them"
    if path in _SHARED:
        return "is shared by all programs"
    if any(_is_below(path, kernel) for kernel in _KERNEL):
        return "belongs to the kernel or to running services"
    if field == "write":
        if any(_is_below(path, system) for system in _SYSTEM):
            return "belongs to the system"
        if any(protects(part) for part in path.split("/")):
            return "is run or trusted by other programs"
    return ""


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return the paths that are below no other one, sorted."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(_is_below(path, root) for root in kept):
            kept.append(path)
    return kept


def _resolved(paths: Iterable[str]) -> tuple[str, ...]:
    real = {os.path.realpath(path) for path in paths if path.startswith("/")}
    return tuple(sorted(real - {"/"}))


def _account_home() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""
