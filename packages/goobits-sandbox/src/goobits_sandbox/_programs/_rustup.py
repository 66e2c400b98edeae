"""The toolchain that rustup would choose: its own programs are run, and no proxy.

The order is rustup's (https://rust-lang.github.io/rustup/overrides.html): its variable, the nearest
override or rust-toolchain file, the default. Nothing of ~/.cargo, where credentials lie, is needed.
"""

from __future__ import annotations

import os

from goobits_sandbox._programs._files import entries, is_program, text, upwards
from goobits_sandbox._programs._shims import ShimError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._programs._place import Place

_FILES = ("rust-toolchain", "rust-toolchain.toml")


def proxied(name: str, place: Place) -> str:
    """Return the program `name` of the chosen toolchain."""
    home = place.environ.get("RUSTUP_HOME") or os.path.join(
        place.environ.get("HOME") or os.path.expanduser("~"), ".rustup"
    )
    settings = _strings(f"{home}/settings.toml")
    asked = place.environ.get("RUSTUP_TOOLCHAIN") or _nearest(settings, place.cwd)
    asked = asked or settings.get(("", "default_toolchain"), "")
    found = os.path.join(home, "toolchains", _installed(home, asked), "bin", name)
    if is_program(found):
        return found
    raise ShimError(
        f"rustup has no {name!r} in {asked!r}",
        "install it with `rustup toolchain install`, or give the path of the program",
    )


def _nearest(settings: dict[tuple[str, str], str], cwd: str) -> str:
    """Return what the nearest folder chooses, an override before a file."""
    for folder in upwards(cwd):
        override = settings.get(("overrides", folder))
        if override:
            return override
        for file in _FILES:
            path = os.path.join(folder, file)
            if os.path.isfile(path):
                return _channel(path)
    return ""


def _channel(path: str) -> str:
    said = text(path).strip()
    if "\n" not in said and "[" not in said:
        return said
    strings = _strings(path)
    if ("toolchain", "path") in strings:
        raise ShimError(
            f"{path} names a toolchain by its path, which only rustup follows",
            "give the path of that toolchain's program",
        )
    return strings.get(("toolchain", "channel"), "")


def _installed(home: str, asked: str) -> str:
    """Return the installed toolchain of that name, or of that channel for this machine."""
    names = entries(f"{home}/toolchains")
    machine = f"{asked}-{os.uname().machine}-"
    of_channel = (name for name in names if name.startswith(machine))
    return asked if asked in names else next(of_channel, "none")


def _strings(path: str) -> dict[tuple[str, str], str]:
    """Return the strings of a TOML file by table and key; none where it is no TOML."""
    said = text(path)
    if not said:
        return {}
    import tomllib

    try:
        document = tomllib.loads(said)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    found = {}
    for table, value in document.items():
        pairs = value.items() if isinstance(value, dict) else [(table, value)]
        for key, inner in pairs:
            if isinstance(inner, str):
                found["" if key == table else table, key] = inner
    return found
