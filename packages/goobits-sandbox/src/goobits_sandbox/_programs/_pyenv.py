"""The version that pyenv would choose."""

from __future__ import annotations

import os

from goobits_sandbox._programs._files import entries, is_program, text, upwards
from goobits_sandbox._programs._shims import ShimError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_sandbox._programs._place import Place


def chosen(root: str, name: str, place: Place) -> str:
    """Return the program `name` of the first chosen version that has it.

    Chosen are those of PYENV_VERSION, of the nearest .python-version, or of pyenv's own setting. A
    bare name is returned where that is the system's.
    """
    versions = _versions(root, place)
    for version in [*versions, "system"] if versions else ["system"]:
        if version == "system":
            if _is_on_path(name, f"{root}/shims", place):
                return name
            continue
        found = os.path.join(root, "versions", _installed(root, version), "bin", name)
        if is_program(found):
            return found
    raise ShimError(
        f"pyenv has no {name!r} in {' '.join(versions)!r}",
        "choose a version with `pyenv local`, or give the path of the program",
    )


def _versions(root: str, place: Place) -> list[str]:
    said = place.environ.get("PYENV_VERSION", "")
    if said:
        return said.split(":")
    files = (f"{folder}/.python-version" for folder in upwards(place.cwd))
    nearest = next((file for file in files if os.path.isfile(file)), f"{root}/version")
    lines = (line.split("#")[0].split() for line in text(nearest).splitlines())
    return [words[0] for words in lines if words]


def _installed(root: str, version: str) -> str:
    """Return the newest installed version of that name or with that beginning."""
    names = entries(f"{root}/versions")
    for wanted in (version, version.removeprefix("python-")):
        if wanted in names:
            return wanted
        begun = [name for name in names if name.startswith(f"{wanted}.")]
        final = [name for name in begun if name.replace(".", "").isdigit()]
        if final:
            return max(final, key=lambda name: [int(part) for part in name.split(".")])
    return "none"


def _is_on_path(name: str, shims: str, place: Place) -> bool:
    folders = place.path.split(":")
    return any(
        folder.startswith("/")
        and os.path.normpath(folder) != shims
        and is_program(f"{folder}/{name}")
        for folder in folders
    )
