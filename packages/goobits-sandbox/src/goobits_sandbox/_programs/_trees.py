"""What of the host a runtime needs: its prefix, and nothing above it.

A prefix is bound whole where it holds only what a runtime's prefix holds, else by those parts. One
that is, or holds, a home, the project or a folder of the root is never bound: then only a Python's
library or Node's modules and the program itself are. Links are bound at both of their ends, so that
the names that programs are called by hold inside.
"""

from __future__ import annotations

import os

from goobits_sandbox._programs._files import (
    entries,
    is_below,
    is_of_system,
    is_program,
    text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from goobits_sandbox._programs._place import Place

_PLAIN = {"bin", "include", "lib", "lib64", "libexec", "man", "share"}
_PLAIN |= {"CHANGELOG.md", "LICENSE", "LICENSE.txt", "README.md"}
# No "etc": npm and conda keep tokens there.
_KNOWN = _PLAIN | {".gitignore", ".lock", "BUILD", "CACHEDIR.TAG", "pyvenv.cfg"}
_KNOWN |= {"openssl", "ssl"}
# What a runtime's prefix is known by, and what it holds besides.
_MARKS = {
    "bin/node": set[str](),
    "conda-meta": {"conda-meta"},
    "lib/modules": {"conf", "jmods", "legal", "release"},
    "lib/rustlib": {"etc"},
    "src/runtime/proc.go": {"VERSION", "api", "go.env", "misc", "pkg", "src"},
}


class NoRuntimeError(ValueError):
    """A virtual environment names a base that is no Python."""


def runtime_trees(file: str, place: Place, *, by_project: bool) -> set[str]:
    """Return the trees of the runtime that a program belongs to; none where it stands alone.

    What lies in the project is seen by what the policy reads, but for virtual environments. What
    the project names, and the user did not, brings in runtimes alone.

    Raises:
        NoRuntimeError: the program's virtual environment has no base.
    """
    prefix = _prefix(file, by_project=by_project)
    if not prefix:
        return set() if by_project else _modules(file, place)
    if os.path.isfile(f"{prefix}/pyvenv.cfg"):
        base = _base(prefix, place)
        return _of_prefix(prefix, file, place, base) | base
    if is_of_system(prefix) or place.is_of_project(prefix):
        return set()
    return _of_prefix(prefix, file, place, set())


def _prefix(file: str, *, by_project: bool) -> str:
    """Return the prefix of the runtime that a program belongs to, or ""."""
    folder, bin_name = os.path.split(os.path.dirname(file))
    if bin_name != "bin" or folder == "/":
        return ""
    if os.path.isfile(f"{folder}/pyvenv.cfg"):
        return folder
    if is_of_system(folder):
        return ""
    if _is_marked(folder) or pythons(folder):
        return folder
    held = set() if by_project else set(entries(folder))
    return folder if "lib" in held and held <= _PLAIN else ""


def _modules(file: str, place: Place) -> set[str]:
    """Return the folder of modules that a script of Node's packages lies in."""
    before, is_module, _ = file.partition("/node_modules/")
    if not is_module or is_of_system(file) or place.is_of_project(file):
        return set()
    return {f"{before}/node_modules", os.path.realpath(f"{before}/node_modules")}


def _of_prefix(prefix: str, file: str, place: Place, base: set[str]) -> set[str]:
    if place.is_too_wide(prefix):
        found = set(_parts(prefix, file))
    else:
        held = set(entries(prefix))
        known = _KNOWN.union(*_marked(prefix))
        if held <= known:
            return {prefix, os.path.realpath(prefix)}
        found = {os.path.join(prefix, name) for name in held & known}
    within = (os.path.realpath(prefix), *base)
    real = {path: os.path.realpath(path) for path in found}
    # A link that leaves would be followed where it is bound.
    stays = {
        path
        for path, end in real.items()
        if is_of_system(end) or any(is_below(end, root) for root in within)
    }
    return stays | {real[path] for path in stays}


def _parts(prefix: str, file: str) -> Iterator[str]:
    """Yield what is needed of a prefix that is too wide to be shown."""
    places = [f"{prefix}/pyvenv.cfg"]
    if os.path.isfile(f"{prefix}/bin/node"):
        places += [f"{prefix}/bin/node", f"{prefix}/lib/node_modules"]
    for name in entries(f"{prefix}/lib"):
        is_shared = name.startswith("libpython") and ".so" in name
        if is_shared or name.startswith(("python2.", "python3.")):
            places.append(f"{prefix}/lib/{name}")
    yield from (path for path in places if os.path.exists(path))
    real = os.path.realpath(file)
    # Bound, a link is none any more, and a script behind it would miss what lies beside it.
    if file and not any(is_below(real, path) for path in places):
        yield file


def _base(environment: str, place: Place) -> set[str]:
    """Return the trees of the Python that a virtual environment was made with."""
    home = _home(f"{environment}/pyvenv.cfg")
    if home.startswith("/") and is_of_system(os.path.realpath(home)):
        return set()
    base = os.path.dirname(os.path.normpath(home)) if home.startswith("/") else "/"
    if os.path.realpath(base) == "/" or not pythons(base):
        raise NoRuntimeError(f"{environment}/pyvenv.cfg: home = {home!r} is no Python")
    if place.is_of_project(os.path.realpath(base)):
        return set()
    return _of_prefix(base, "", place, set())


def _home(settings: str) -> str:
    """Return the folder of the base's programs, read as the module `site` reads it."""
    for line in text(settings).splitlines():
        key, _, value = line.partition("=")
        if key.strip().lower() == "home":
            return value.strip()
    return ""


def pythons(prefix: str) -> list[str]:
    """Return the names of the Pythons in a prefix, whose programs and libraries are there."""
    return [
        name
        for name in entries(f"{prefix}/lib")
        if name.startswith(("python", "pypy"))
        and os.path.isfile(f"{prefix}/lib/{name}/os.py")
        and is_program(f"{prefix}/bin/{name}")
    ]


def _marked(prefix: str) -> Iterator[set[str]]:
    return (held for mark, held in _MARKS.items() if os.path.exists(f"{prefix}/{mark}"))


def _is_marked(prefix: str) -> bool:
    return next(_marked(prefix), None) is not None
