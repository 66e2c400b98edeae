"""The templates of all languages in one environment, and the parts of their runtimes."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Final, Protocol, TypedDict

FOLDER: Final = Path(__file__).parent
"""Where the templates are: `python/cli.py.j2` is `python/templates/cli.py.j2` below it."""


class Options(TypedDict):
    """What an environment is made with, in the words of jinja2.Environment."""

    autoescape: bool
    keep_trailing_newline: bool
    lstrip_blocks: bool
    trim_blocks: bool


OPTIONS: Final[Options] = {
    "autoescape": False,
    "keep_trailing_newline": True,
    "lstrip_blocks": True,
    "trim_blocks": True,
}
"""The options of every environment of ours; its undefined values are strict."""

_PARTS: Final = (
    "messages",
    "values",
    "tables",
    "parser",
    "output",
    "plugins",
    "program",
)


class Template(Protocol):
    """A compiled template."""

    def render(self, **context: object) -> str:
        """Return the text that a template makes of these names."""


class Environment(Protocol):
    """As much of jinja2.Environment as the languages need."""

    @property
    def filters(self) -> MutableMapping[str, Callable[..., object]]:
        """The filters by their names."""

    def get_template(self, name: str) -> Template:
        """Return a template by its path below `FOLDER`."""


EnvironmentOf = Callable[[Path, Options], Environment]
"""Where compiled templates come from: makes an environment of a folder and `OPTIONS`."""


class Templates:
    """The templates of all languages; filters have names that mean the same in each."""

    def __init__(self, environment_of: EnvironmentOf) -> None:
        self._environment = environment_of(FOLDER, OPTIONS)

    def get(self, language: str, name: str, **filters: Callable[..., str]) -> Template:
        """Return a template of a language, which may use these filters."""
        self._environment.filters.update(filters)
        return self._environment.get_template(f"{language}/templates/{name}")


@cache
def own_templates() -> Templates:
    """Return the templates as Jinja2 itself compiles them, once per process."""
    from goobits_engine.languages._compiled import environment_of

    return Templates(environment_of)


def runtime(language: str, suffix: str, between: str) -> str:
    """Return the runtime of a language: its parts in reading order, with `between` them."""
    folder = FOLDER / language / "templates" / "runtime"
    parts = (folder / f"{name}{suffix}" for name in _PARTS)
    return between.join(part.read_text(encoding="utf-8") for part in parts)
