"""What a plugin wants, shown before it is given, and the question whether it may have it."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_plugin import Manifest, Permissions

_MIB = 1 << 20
_LISTS = (
    ("read", "reads", "below the folder that you run it in"),
    ("write", "writes", "there; what it changed comes back when it has ended"),
    ("run", "runs", "programs of this machine, in the same sandbox"),
    ("network", "reaches", "over the network, and can send there what it reads"),
    (
        "services",
        "asks",
        "for allowed things only: sees and controls all containers, which reach the network",
    ),
    ("system", "looks at", "of this whole machine"),
    ("env", "sees", "of your environment"),
)


_LANGUAGES = {
    "python": "Python",
    "nodejs": "JavaScript, for Node.js",
    "typescript": "TypeScript, for Node.js",
    "rust": "Rust",
}


def wants_anything(manifest: Manifest) -> bool:
    """Tell whether a plugin asks for more than to compute and to print."""
    return any(getattr(manifest.permissions, name) for name, _, _ in _LISTS)


def described(
    manifest: Manifest, source: str, before: Permissions | None = None
) -> str:
    """Return what a user has to know of a plugin before it is let in.

    Of one that is installed, `before` are the permissions that it has: what is new is marked.
    """
    lines = [f"{manifest.name} {manifest.version} - {manifest.summary}", source, ""]
    words = ", ".join(command.name for command in manifest.program.root.children)
    lines += [f"  adds     {words}"]
    for name, verb, note in _LISTS:
        items = getattr(manifest.permissions, name)
        if items:
            lines += [f"  {verb:8} {', '.join(items)}  ({note})"]
            lines += _bound(items) if name == "run" else []
    if not wants_anything(manifest):
        lines += ["  wants    nothing else: no files, no network, no programs"]
    lines += [f"  limits   {_limits(manifest)}"]
    lines += [f"  is in    {_LANGUAGES[manifest.language]} {manifest.runtime}".rstrip()]
    if before is not None:
        lines += ["", *_news(manifest.permissions.beyond(before))]
    return "\n".join(lines) + "\n"


def _news(added: Permissions) -> Iterator[str]:
    """Yield what an update wants that the installed version did not."""
    rows = [
        f"  new: {verb} {', '.join(getattr(added, name))}"
        for name, verb, _ in _LISTS
        if getattr(added, name)
    ]
    yield from rows or ["  It wants nothing that it has not already."]


def _bound(names: tuple[str, ...]) -> Iterator[str]:
    """Yield where the programs are that a plugin may run, which it is shown whole."""
    import shutil

    for name in names:
        path = shutil.which(name)
        found = os.path.realpath(path) if path else "not on this machine"
        yield f"           {name}: {found}"


def _limits(manifest: Manifest) -> str:
    limits = manifest.limits
    return (
        f"{limits.memory // _MIB} MiB of memory, {limits.wall:g} s,"
        f" {limits.processes} processes, {limits.disk // _MIB} MiB written"
    )


def ask(question: str, yes: bool) -> bool | None:
    """Ask a question with the answer no by default; None where there is nobody to ask."""
    if yes:
        return True
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
