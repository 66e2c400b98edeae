"""Stand-ins that version managers put on the PATH, and the programs that they would start.

A shim is never run: it would read the user's configuration with the user's rights. pyenv's and
rustup's choice is made here as they make it; the shims of others are refused by name.
"""

from __future__ import annotations

import os

from goobits_sandbox._errors import CommandNotFoundError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OTHERS = {"asdf": "asdf which", "mise": "mise which", "volta-shim": "volta which"}
_LONGEST = 65536


def behind(file: str, cwd: str, environ: Mapping[str, str]) -> str:
    """Return the program that the file stands for: mostly the file itself.

    Raises:
        CommandNotFoundError: it is a shim, and no program is behind it, or it is one that only its
            own manager can resolve.
    """
    folder, name = os.path.split(file)
    if os.path.basename(folder) == "shims" and os.path.isdir(f"{folder}/../versions"):
        return _pyenv(os.path.dirname(folder), name, cwd, environ)
    real = os.path.realpath(file)
    if _is_rustup(file, real):
        return _rustup(name, cwd, environ)
    manager = os.path.basename(real)
    if manager not in _OTHERS and os.path.basename(folder) == "shims":
        manager = next(
            (known for known in _OTHERS if f"{known} exec" in _text(real)), ""
        )
    if manager in _OTHERS and manager != name:
        raise CommandNotFoundError(
            f"{file} is a shim of {manager}, which only {manager} can resolve",
            name,
            hint=f"give the path that `{_OTHERS[manager]} {name}` prints",
        )
    return file


def _pyenv(root: str, name: str, cwd: str, environ: Mapping[str, str]) -> str:
    """Choose as pyenv: its variable, the nearest .python-version, or its own setting."""
    said = environ.get("PYENV_VERSION", "").replace(":", " ")
    nearest = (_text(path) for path in _upwards(cwd, ".python-version"))
    said = said or next(nearest, "") or _text(f"{root}/version")
    for version in said.split():
        folder = os.path.join(root, "versions", os.path.basename(version))
        found = os.path.join(folder, "bin", name)
        if os.access(found, os.X_OK):
            return found
    raise CommandNotFoundError(
        f"pyenv has no {name!r} in {' '.join(said.split()) or 'no version'}",
        name,
        hint="choose a version with `pyenv local`, or give the path of the program",
    )


def _is_rustup(file: str, real: str) -> bool:
    """Tell whether cargo, rustc and their like are links, hard ones too, to rustup."""
    if os.path.basename(real) == "rustup":
        return os.path.basename(file) != "rustup"
    rustup = os.path.join(os.path.dirname(real), "rustup")
    try:
        return real != rustup and os.path.samefile(real, rustup)
    except OSError:
        return False


def _rustup(name: str, cwd: str, environ: Mapping[str, str]) -> str:
    """Choose as rustup: its variable, the nearest rust-toolchain file, or the default."""
    home = environ.get("RUSTUP_HOME") or os.path.join(
        os.path.expanduser("~"), ".rustup"
    )
    asked = environ.get("RUSTUP_TOOLCHAIN", "") or _rust_toolchain(cwd)
    asked = asked or _setting(f"{home}/settings.toml", "default_toolchain")
    folder = os.path.join(home, "toolchains")
    for toolchain in sorted(_entries(folder)):
        if asked and (toolchain == asked or toolchain.startswith(f"{asked}-")):
            found = os.path.join(folder, toolchain, "bin", name)
            if os.access(found, os.X_OK):
                return found
    raise CommandNotFoundError(
        f"rustup has no {name!r} in {asked or 'no toolchain'}",
        name,
        hint="install a toolchain with `rustup toolchain install`, or give the program's path",
    )


def _rust_toolchain(cwd: str) -> str:
    for path in _upwards(cwd, "rust-toolchain", "rust-toolchain.toml"):
        text = _text(path).strip()
        return _setting(path, "channel") if "[" in text else text
    return ""


def _setting(path: str, key: str) -> str:
    """Return a string of a TOML file, which is looked for line by line."""
    for line in _text(path).splitlines():
        name, has_value, value = line.partition("=")
        if has_value and name.strip() == key:
            return value.split("#")[0].strip().strip("\"'")
    return ""


def _upwards(folder: str, *names: str) -> Iterator[str]:
    """Yield the files of these names that exist, from the folder up to the root."""
    while True:
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield path
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        folder = parent


def _entries(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _text(path: str) -> str:
    try:
        if not os.path.isfile(path):
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(_LONGEST)
    except OSError:
        return ""
