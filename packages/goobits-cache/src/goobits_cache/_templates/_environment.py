"""Jinja's environment and template, with code from a cache and reloading by content."""

from __future__ import annotations

import os
from time import time

from jinja2.environment import Environment, Template
from jinja2.utils import internalcode

from goobits_cache._templates._code import Code, bound
from goobits_cache._templates._digest import template_digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping
    from types import CodeType
    from typing import Self

    from jinja2.environment import TemplateModule
    from jinja2.runtime import Context

    Globals = MutableMapping[str, object]

_COARSE = 2_000_000_000  # nanoseconds: the coarsest timestamps of file systems


class CachedTemplate(Template):
    """A template that knows what it was made from, and what it has imported."""

    _imports: frozenset[Template] = frozenset()

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType | Code,
        globals: Globals,
        uptodate: Callable[[], bool] | None = None,
    ) -> Self:
        """Return the template that this code is of."""
        if not isinstance(code, Code):
            return super().from_code(environment, code, globals, uptodate)  # type: ignore[return-value]
        namespace: dict[str, object]
        if code.namespace is not None:
            namespace = bound(code.namespace, environment, code.filename)
        else:
            assert code.code is not None
            filename = code.filename or code.code.co_filename
            namespace = {"environment": environment, "__file__": filename}
            exec(code.code, namespace)
        made = cls._from_namespace(environment, namespace, globals)
        assert isinstance(made, cls)
        made._uptodate = uptodate
        if uptodate is not None and code.filename is not None:
            made._uptodate = _Watch(made, code, uptodate)
        return made

    @internalcode
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        self._forget_outdated()
        if self._module is not None:
            return super()._get_default_module(ctx)
        with _Importing(self):
            return super()._get_default_module(ctx)

    async def _get_default_module_async(
        self, ctx: Context | None = None
    ) -> TemplateModule:
        self._forget_outdated()
        if self._module is not None:
            return await super()._get_default_module_async(ctx)
        with _Importing(self):
            return await super()._get_default_module_async(ctx)

    def _forget_outdated(self) -> None:
        """Forget the module when something that it imported has changed."""
        if self._module is None or not self.environment.auto_reload:
            return
        if not all(one.is_up_to_date for one in self._all_imports()):
            self._module = None

    def _all_imports(self) -> set[Template]:
        found: set[Template] = set()
        wanted = list(self._imports)
        while wanted:
            one = wanted.pop()
            if one not in found:
                found.add(one)
                wanted.extend(getattr(one, "_imports", ()))
        return found


class _Importing:
    """The time in which the module of a template is made, and others are loaded for it."""

    __slots__ = ("_imports", "_making", "_template")

    def __init__(self, template: CachedTemplate) -> None:
        environment = template.environment
        assert isinstance(environment, CachedEnvironment)
        self._template = template
        self._imports: set[Template] = set()
        self._making = environment.making.setdefault(template.name, {})

    def __enter__(self) -> None:
        self._making[id(self)] = self._imports

    def __exit__(self, *error: object) -> None:
        del self._making[id(self)]
        self._template._imports = frozenset(self._imports)


class _Watch:
    """Says whether the file of a template still holds what the template was made from."""

    __slots__ = (
        "_digest",
        "_environment",
        "_filename",
        "_name",
        "_signature",
        "_uptodate",
    )

    def __init__(
        self, template: CachedTemplate, code: Code, uptodate: Callable[[], bool]
    ) -> None:
        self._environment = template.environment
        self._name = template.name
        self._digest = code.digest
        self._filename = code.filename
        self._uptodate = uptodate
        self._signature = self._signed()

    def __call__(self) -> bool:
        if not self._uptodate():
            return False
        signature = self._signed()
        if signature is not None and signature == self._signature:
            return True
        if not self._same():
            return False
        self._signature = signature
        return True

    def _signed(self) -> tuple[int, ...] | None:
        """Return what changes with the file; None while a change might leave it the same."""
        assert self._filename is not None
        try:
            found = os.stat(self._filename)
        except OSError:
            return None
        assert isinstance(self._environment, CachedEnvironment)
        if (
            self._environment.timer() * 1e9 - max(found.st_mtime_ns, found.st_ctime_ns)
            < _COARSE
        ):
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    def _same(self) -> bool:
        loader = self._environment.loader
        assert loader is not None
        assert self._name is not None
        try:
            source, _, _ = loader.get_source(self._environment, self._name)
        except (OSError, LookupError, RuntimeError, UnicodeError):
            return False
        found = template_digest(self._environment, self._name, source)
        return found == self._digest


class CachedEnvironment(Environment):
    """An environment whose templates come from a cache of code.

    It is a `jinja2.Environment` in everything else. `making` holds, for templates whose modules
    are being made, the sets of those that they load.
    """

    template_class = CachedTemplate
    timer: Callable[[], float] = staticmethod(time)
    making: dict[str | None, dict[int, set[Template]]]

    @internalcode
    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: Globals | None = None,
    ) -> Template:
        """Load a template; see `jinja2.Environment.get_template`."""
        return self._noted(super().get_template(name, parent, globals), parent)

    @internalcode
    def select_template(
        self,
        names: Iterable[str | Template],
        parent: str | None = None,
        globals: Globals | None = None,
    ) -> Template:
        """Load the first that exists; see `jinja2.Environment.select_template`."""
        return self._noted(super().select_template(names, parent, globals), parent)

    def _noted(self, template: Template, parent: str | None) -> Template:
        making = self.making.get(parent)
        if making:
            for imports in tuple(making.values()):
                imports.add(template)
        return template
