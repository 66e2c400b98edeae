"""The configurations that a new project can begin with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from goobits_engine._errors import OutputError
from goobits_engine._output import staged

STARTERS: Final = ("basic", "advanced", "api-client", "text-processor")
"""Names of the starters."""

CONFIG_NAME: Final = "goobits.yaml"
_FOLDER: Final = Path(__file__).parent / "starters"
_NAME_IN_STARTER: Final = "my-tool"


def starter(kind: str, name: str) -> str:
    """Return the text of a starter for a program of this name.

    Raises:
        KeyError: `kind` is not one of `STARTERS`.
    """
    if kind not in STARTERS:
        raise KeyError(kind)
    text = (_FOLDER / f"{kind}.yaml").read_text(encoding="utf-8")
    return text.replace(_NAME_IN_STARTER, name)


def write_starter(kind: str, name: str, folder: Path, *, replace: bool = False) -> Path:
    """Write a starter as `goobits.yaml` into a folder and return its path.

    Raises:
        KeyError: `kind` is not one of `STARTERS`.
        OutputError: there is one already and `replace` is false, or it cannot be written.
    """
    path = folder / CONFIG_NAME
    content = starter(kind, name).encode()
    with staged(folder) as stage:
        if os.path.lexists(path) and not replace:
            raise OutputError(f"{path} exists", path, "replace it with --force")
        stage.add(CONFIG_NAME, content)
        stage.commit()
    return path
