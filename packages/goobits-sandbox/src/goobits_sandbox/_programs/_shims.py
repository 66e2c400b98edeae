"""Stand-ins that version managers put on the PATH, and the programs that they would start.

A shim is never run: it would read the user's configuration with the user's rights. pyenv's and
rustup's choice is made as they make it; the shims of others are refused by name.
"""

from __future__ import annotations

import os

from goobits_sandbox._programs._files import head

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._programs._place import Place

# Managers whose shims are links to one program, and how that one tells what is behind them.
_WHICH = {
    "mise": "mise which",
    "rtx": "rtx which",
    "snap": "find /snap -name",
    "volta-shim": "volta which",
}
# Managers whose shims are scripts.
_HANDING_ON = ("pyenv", "asdf", "mise", "nodenv", "rbenv", "goenv", "jenv")
_LONGEST = 4096


class ShimError(LookupError):
    """A shim stands for no program, or only its manager knows for which; `hint` mends it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def behind(file: str, real: str, place: Place) -> str:
    """Return the program that a file stands for: mostly the file itself.

    "system" programs of pyenv are returned as a name, to be looked up past the shims.

    Raises:
        ShimError: no program is behind it, or only its own manager can tell.
    """
    folder, name = os.path.split(file)
    if _is_rustup(file, real):
        from goobits_sandbox._programs._rustup import proxied

        return proxied(name, place)
    manager = os.path.basename(real)
    if manager == name or manager not in _WHICH:
        manager = _named(folder, real)
    if manager == "pyenv":
        from goobits_sandbox._programs._pyenv import chosen

        return chosen(os.path.dirname(folder), name, place)
    if manager:
        raise ShimError(
            f"{file} is a shim of {manager}, which only {manager} can resolve",
            f"give the path that `{_WHICH.get(manager, f'{manager} which')} {name}` prints",
        )
    return file


def _named(folder: str, real: str) -> str:
    """Return the version manager that a file in a folder of shims hands on to, or ""."""
    if os.path.basename(folder) != "shims":
        return ""
    script = os.fsdecode(head(real, _LONGEST))
    for manager in _HANDING_ON:
        if f"{manager} exec" in script or f'{manager}" exec' in script:
            return manager
    return ""


def _is_rustup(file: str, real: str) -> bool:
    """Tell whether cargo, rustc and their like are links, hard ones too, to rustup."""
    if os.path.basename(real) in ("rustup", "rustup-init"):
        return not os.path.basename(file).startswith("rustup")
    try:
        here, there = os.stat(real), os.stat(f"{os.path.dirname(real)}/rustup")
    except OSError:
        return False
    return os.path.samestat(here, there)
