"""Templates as the Python that Jinja2 makes of them, which the build of a wheel puts here.

Each is a file whose name is a digest of everything that it was made of, so that one that does
not fit any more is never found. A source tree has none: there Jinja2 compiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from importlib.machinery import SourceFileLoader
from pathlib import Path

_FOLDER = Path(__file__).parent


def file_name(name: str, source: str, options: Mapping[str, object], jinja: str) -> str:
    """Return the name of the file for a template, compiled by a version of Jinja2."""
    made_of = [name, jinja, repr(sorted(options.items())), source]
    return blake2b("\0".join(made_of).encode(), digest_size=16).hexdigest() + ".py"


def precompiled(name: str) -> dict[str, object] | None:
    """Return a template as the names of the module that Jinja2 made of it.

    None where there is none: in a source tree, or for another version of Jinja2.
    """
    import jinja2

    from goobits_engine.languages import _templates

    source = (_templates.FOLDER / name).read_text(encoding="utf-8")
    made = file_name(name, source, _templates.OPTIONS, jinja2.__version__)
    path = str(_FOLDER / made)
    module = f"{__name__}.{made.removesuffix('.py')}"
    try:
        code = SourceFileLoader(module, path).get_code(module)
    except FileNotFoundError:
        return None
    assert code is not None, "only modules in C have none"
    names: dict[str, object] = {"__name__": module, "__file__": path}
    exec(code, names)
    return names
