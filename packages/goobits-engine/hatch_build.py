"""Put the templates into the wheel as the Python that Jinja2 makes of them."""

from __future__ import annotations

import runpy
import tempfile
from pathlib import Path
from typing import Any

import jinja2
import jinja2.nodes
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def waiting(*_: object) -> None:
    """Stand for a filter, and keep the compiler from calling it."""
    raise jinja2.nodes.Impossible


class AnyFilter(dict[str, Any]):
    """Knows every filter by name; which function it is matters when it is rendered."""

    def get(self, name: str, default: object = None) -> Any:
        return super().get(name, waiting)


class PrecompiledTemplates(BuildHookInterface):
    """Compiles every template of the languages; editable installs go without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        package = Path(self.root) / "src" / "goobits_engine"
        options = runpy.run_path(str(package / "languages/_templates.py"))["OPTIONS"]
        naming = runpy.run_path(str(package / "_precompiled/__init__.py"))
        environment = jinja2.Environment(**options)
        environment.filters = AnyFilter(environment.filters)
        self._made = tempfile.TemporaryDirectory()
        for path in sorted((package / "languages").glob("*/templates/*.j2")):
            name = path.relative_to(package / "languages").as_posix()
            source = path.read_text(encoding="utf-8")
            made = naming["file_name"](name, source, options, jinja2.__version__)
            place = Path(self._made.name) / made
            code = environment.compile(source, name, raw=True, defer_init=True)
            place.write_text(code, encoding="utf-8")
            target = f"goobits_engine/_precompiled/{made}"
            build_data["force_include"][str(place)] = target

    def finalize(
        self, version: str, build_data: dict[str, Any], artifact_path: str
    ) -> None:
        if version != "editable":
            self._made.cleanup()
