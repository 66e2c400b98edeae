"""Jinja2 without what only its compiler needs.

Everything here is the real thing: `jinja2.runtime`, `jinja2.environment` and the rest are executed
from their own files and stay what everybody else gets who imports them. Two things wait until
somebody needs them: `jinja2/__init__.py`, and what the modules below import and rarely use.
"""

from __future__ import annotations

import builtins
import sys
from _frozen_importlib_external import PathFinder, SourceFileLoader
from _thread import RLock
from builtins import __import__ as import_now
from types import ModuleType

from goobits_cache._errors import ExtraMissingError
from goobits_cache._templates._later import (
    LaterName,
    ModuleWithStandIns,
    importer,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec

_PACKAGE = "jinja2"
_KNOWN = "3.1."
_COMPILER = (".compiler", ".lexer", ".parser")
_STANDARD = (
    "hashlib",
    "importlib",
    "importlib.util",
    "inspect",
    "json",
    "numbers",
    "random",
    "threading",
    "urllib.parse",
)
# What each module imports and can do without until it is used.
_LATER = {
    "jinja2.async_utils": _STANDARD,
    "jinja2.environment": _COMPILER,
    "jinja2.filters": _STANDARD,
    "jinja2.loaders": _STANDARD,
    "jinja2.nodes": _STANDARD,
    "jinja2.tests": _STANDARD,
    "jinja2.utils": _STANDARD,
}
# What the package has as attributes, because importing it imports them.
_SUBMODULES = frozenset(
    "_identifier async_utils bccache compiler defaults environment exceptions filters"
    " idtracking lexer loaders nodes optimizer parser runtime tests utils visitor".split()
)
_lock = RLock()


def prepare() -> None:
    """Import what renders templates, and nothing that compiles them.

    Does nothing when Jinja2 has been imported. A version or an installation that is not
    known to bear it is imported as always.

    Raises:
        ExtraMissingError: Jinja2 is not installed.
    """
    with _lock:
        if _PACKAGE in sys.modules:
            # Somebody may be about to: submodules are imported when that is done.
            import_now(_PACKAGE)
        else:
            _prepare()


def _prepare() -> None:
    spec = PathFinder.find_spec(_PACKAGE)
    if spec is None or type(spec.loader) is not SourceFileLoader:
        _import_as_always()
        return
    initial = _Initial(spec.loader)
    if not initial.version.startswith(_KNOWN):
        _import_as_always()
        return
    finder = _Finder(initial)
    sys.meta_path.insert(0, finder)
    try:
        import_now(_PACKAGE)
        if type(sys.modules[_PACKAGE]) is _Package:
            # In this order: the environment imports `nodes` from the package.
            import_now("jinja2.runtime")
            import_now("jinja2.environment")
            import_now("jinja2.loaders")
    finally:
        finder.done = True


def _import_as_always() -> None:
    try:
        import_now(_PACKAGE)
    except ModuleNotFoundError as error:
        if error.name != _PACKAGE:
            raise
        raise ExtraMissingError(
            "templates need Jinja2, which is not installed",
            "jinja2",
            hint="pip install 'goobits-cache[jinja2]'",
        ) from error


def version() -> str:
    """Return the version of the Jinja2 that is imported."""
    found = _namespace(sys.modules[_PACKAGE]).get("__version__")
    if isinstance(found, str):
        return found
    from importlib.metadata import version as installed

    return installed(_PACKAGE)


class _Initial:
    """What `jinja2/__init__.py` says, read and not executed."""

    def __init__(self, loader: SourceFileLoader) -> None:
        self.version = ""
        self.exports: dict[str, str] = {}
        source = loader.get_data(loader.path).decode()
        for words in map(str.split, source.splitlines()):
            if words[:2] == ["__version__", "="]:
                self.version = words[2].strip("\"'")
            elif len(words) == 6 and words[0] == "from" and words[1][0] == ".":
                self.exports[words[5]] = _PACKAGE + words[1]


class _Finder:
    """Finds Jinja2 until it is `done`, and has its modules executed our way.

    It stays where it is then: when a finder is removed, a thread that is looking for a module at
    that moment misses the next one.
    """

    def __init__(self, initial: _Initial) -> None:
        self.done = False
        self._initial = initial

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: object = None
    ) -> ModuleSpec | None:
        if self.done or not (name == _PACKAGE or name in _LATER):
            return None
        if name != _PACKAGE and type(sys.modules.get(_PACKAGE)) is not _Package:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _Loader(spec.loader, self._initial)  # type: ignore[assignment]
        return spec


class _Loader:
    """Executes a module with stand-ins, or prepares the package, and then leaves the module."""

    def __init__(self, plain: SourceFileLoader, initial: _Initial) -> None:
        self._plain = plain
        self._initial = initial

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._plain
        if module.__spec__ is not None:
            module.__spec__.loader = self._plain
        if module.__name__ == _PACKAGE:
            module.__version__ = self._initial.version  # type: ignore[attr-defined]
            _exports.update(self._initial.exports)
            module.__class__ = _Package
            return
        namespace = module.__dict__
        lazily = importer(namespace, _LATER[module.__name__])
        namespace["__builtins__"] = {**builtins.__dict__, "__import__": lazily}
        module.__class__ = ModuleWithStandIns
        self._plain.exec_module(module)


_exports: dict[str, str] = {}


class _Package(ModuleType):
    """The package `jinja2`, which executes its `__init__.py` when that makes a difference.

    Names that it exports come from the module that has them. Anything else, `dir` and `vars`
    execute it in place; then it is a module like any other.
    """

    def __getattr__(self, name: str) -> object:
        # No lock here: somebody asks in the middle of an import, whose lock another one awaits.
        if name in _SUBMODULES:
            return import_now(f"{_PACKAGE}.{name}", None, None, (name,))
        module = _exports.get(name)
        if module is None:
            _execute(self)
            return getattr(self, name)
        value: object = getattr(import_now(module, None, None, (name,)), name)
        setattr(self, name, value)
        return value

    def __getattribute__(self, name: str) -> object:
        if name in ("__dict__", "__doc__"):
            _execute(self)
        return ModuleType.__getattribute__(self, name)

    def __dir__(self) -> Sequence[str]:
        _execute(self)
        return sorted(self.__dict__)


def _namespace(module: ModuleType) -> dict[str, object]:
    """Return the names of a module, without executing the package for it."""
    found: dict[str, object] = ModuleType.__getattribute__(module, "__dict__")
    return found


def _execute(package: ModuleType) -> None:
    """Execute the package in place, with the compiler that it imports."""
    with _lock:
        if type(package) is not _Package:
            return
        loader = package.__spec__.loader  # type: ignore[union-attr]
        exec(loader.get_code(_PACKAGE), _namespace(package))  # type: ignore[union-attr]
        resolve_compiler()
        package.__class__ = ModuleType  # type: ignore[assignment]


def resolve_compiler() -> None:
    """Put the real compiler in the place of its stand-ins."""
    environment = _namespace(sys.modules["jinja2.environment"])
    for value in tuple(environment.values()):
        if type(value) is LaterName:
            value.resolve()
