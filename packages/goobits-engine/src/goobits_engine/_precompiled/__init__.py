"""Templates as the Python that Jinja2 makes of them, which the build of a wheel puts here.

Each is a file whose name is a digest of everything that it was made of, so that one that does
not fit any more is never found. A source tree has none: there Jinja2 compiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType

_FOLDER = Path(__file__).parent


def file_name(name: str, source: str, options: Mapping[str, object], jinja: str) -> str:
    """Return the name of the file for a template, compiled by a version of Jinja2."""
    made_of = [name, jinja, repr(sorted(options.items())), source]
    return blake2b("\0".join(made_of).encode(), digest_size=16).hexdigest() + ".py"


def code_of(
    name: str, source: str, options: Mapping[str, object], jinja: str
) -> CodeType | None:
    """Return a template's code, or None where the wheel has none that fits."""
    path = _FOLDER / file_name(name, source, options, jinja)
    try:
        return SourceFileLoader(f"{__name__}.{path.stem}", str(path)).get_code(
            f"{__name__}.{path.stem}"
        )
    except FileNotFoundError:
        return None
