"""The cache of compiled templates, and the environments that use it."""

from __future__ import annotations

from time import time

from goobits_cache._templates._runtime import prepare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from os import PathLike
    from typing import Literal, Self, Unpack

    from jinja2 import BaseLoader, BytecodeCache, Environment, Undefined

    from goobits_cache._statistics import Statistics
    from goobits_cache._templates._code import Compiled
    from goobits_cache._templates._environment import CachedEnvironment
    from goobits_cache._templates._options import Options

    Path = str | PathLike[str]
    Functions = Mapping[str, Callable[..., object]]
    Undefineds = Literal["default", "strict", "chainable", "debug"]


_UNDEFINED = {
    "default": "Undefined",
    "strict": "StrictUndefined",
    "chainable": "ChainableUndefined",
    "debug": "DebugUndefined",
}


class TemplateCache:
    """Compiled templates in a folder, for this process and later ones.

    Code is found by the digest of its template: its source, name and all options that change
    it. So nothing is ever outdated, and versions of Python and Jinja2 share a folder. A
    process that finds all it renders never imports Jinja's lexer, parser and compiler.

    The folder is made for its owner alone, and one that others could write is not used: then
    `problem` says so, and everything is compiled. With no folder, None, code is kept for this
    process alone. `compiled` is asked first, with the name and the `digest` of a template; it
    returns the names of a module made by `module_source`, or None. `timer` tells the time in
    seconds since 1970, as files have it.

    Raises:
        ExtraMissingError: Jinja2 is not installed.
    """

    def __init__(
        self,
        directory: Path | None,
        *,
        compiled: Compiled | None = None,
        max_bytes: int = 64 * 1024 * 1024,
        timer: Callable[[], float] = time,
    ) -> None:
        prepare()
        from goobits_cache._templates._code import CodeCache

        self._codes = CodeCache(directory, compiled, max_bytes, timer)
        self._timer = timer

    def environment(
        self,
        loader: Path | Sequence[Path] | BaseLoader,
        *,
        filters: Functions | None = None,
        tests: Functions | None = None,
        globals: Mapping[str, object] | None = None,
        undefined: Undefineds | type[Undefined] = "default",
        **options: Unpack[Options],
    ) -> CachedEnvironment:
        """Return an environment over folders or a loader, with the options of Jinja's own.

        It is a `jinja2.Environment`. What a template of a chain is made from is looked at
        whenever the template is loaded: a change is seen by the next `get_template`, also one
        that only a parent, an include or an import has, whatever the file's time says.
        """
        import jinja2.runtime
        from jinja2.loaders import FileSystemLoader

        from goobits_cache._templates._environment import CachedEnvironment

        if isinstance(undefined, str):
            undefined = getattr(jinja2.runtime, _UNDEFINED[undefined])
        own = hasattr(loader, "get_source")
        made = CachedEnvironment(
            loader=loader if own else FileSystemLoader(loader),  # type: ignore[arg-type]
            undefined=undefined,  # type: ignore[arg-type]
            bytecode_cache=self._codes,  # type: ignore[arg-type]
            **options,
        )
        made.timer = self._timer
        made.making = {}
        made.filters.update(filters or {})
        made.tests.update(tests or {})
        made.globals.update(globals or {})
        return made

    def bytecode_cache(self) -> BytecodeCache:
        """Return the same code as a bytecode cache for anybody's `jinja2.Environment`.

        A sandboxed environment gets code that was compiled for it, and runs it.
        """
        from goobits_cache._templates._bytecode import StoredBytecode

        return StoredBytecode(self._codes)

    @staticmethod
    def digest(environment: Environment, name: str, source: str) -> str | None:
        """Return the digest of all that the code of a template depends on.

        It is the same on every machine and interpreter, and None for a template whose
        extensions or classes cannot be read: its code must not be kept.
        """
        from goobits_cache._templates._digest import template_digest

        return template_digest(environment, name, source)

    @staticmethod
    def module_source(environment: Environment, name: str, source: str) -> str:
        """Return the Python source of a module that holds the compiled template.

        Raises:
            TemplateSyntaxError: the template is not well-formed.
        """
        from goobits_cache._templates._compile import module_source

        return module_source(environment, name, source)

    @property
    def statistics(self) -> Statistics:
        """How often code was found, and what the folder refused."""
        return self._codes.store.statistics

    @property
    def problem(self) -> str | None:
        """Why nothing is kept and how to mend it, or None."""
        return self._codes.problem

    def close(self) -> None:
        """Let go of files; a second time does nothing, and environments go on."""
        self._codes.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
