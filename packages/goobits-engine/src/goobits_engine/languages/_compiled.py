"""The environment that compiles templates by Jinja2, or takes them as the wheel has them.

A wheel holds every template as the Python that Jinja2 makes of it (see `hatch_build.py`): that
serves as long as the template and Jinja2 are those that it was made of.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import jinja2
from jinja2.utils import internalcode

from goobits_engine._precompiled import precompiled
from goobits_engine.languages._templates import Environment, Options


def environment_of(folder: Path, options: Options) -> Environment:
    """Return an environment of Jinja2 itself over a folder."""
    loader = _Loader(folder)
    return jinja2.Environment(
        loader=loader, undefined=jinja2.StrictUndefined, **options
    )


class _Loader(jinja2.FileSystemLoader):
    """Loads templates from a folder, those of the wheel without compiling them."""

    @internalcode
    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        names = precompiled(name)
        if names is None:
            return super().load(environment, name, globals)
        return environment.template_class.from_module_dict(
            environment, names, environment.make_globals(globals)
        )
