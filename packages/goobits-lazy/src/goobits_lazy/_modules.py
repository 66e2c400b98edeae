"""Modules that are loaded when one of their attributes is first used."""

from __future__ import annotations

import sys
from _thread import get_ident

from goobits_lazy._deferral import eager, place_of, reraise, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import FrameType, MethodType, ModuleType
else:
    ModuleType = type(sys)


def lazy_import(name: str) -> ModuleType:
    """Return the module of this full name, which is loaded when it is first used.

    Reading, setting or listing its attributes is a use, and so is any import of it elsewhere. It
    is loaded in place by the import system, once, and is an ordinary module from then on. A module
    that is imported already is returned as it is. Nothing is looked for before: that a module is
    not there is a DeferredImportError at the first use. What its code raises arrives there as
    itself, and the next use tries again. The environment variable `EAGER_IMPORT=1` has everything
    imported at once.

    A module written in C makes its own module object. What was returned passes everything on to
    that, and global variables of the calling module that held it hold the real one instead.
    """
    if not name or name.startswith("."):
        raise ValueError(f"the full name of a module is needed, not {name!r}")
    if sys.modules.get(name) is not None or eager():
        __import__(name)
        return sys.modules[name]
    frame = sys._getframe(1)
    deferred = _DEFERRED.get(name) or _DEFERRED.setdefault(name, _Deferred(name, frame))
    deferred.holders.add(frame.f_globals.get("__name__"))
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
    return deferred.module


class _Deferred:
    """A module that is not loaded: where that was asked for, and who is loading it."""

    __slots__ = ("holders", "module", "place", "thread")

    def __init__(self, name: str, frame: FrameType) -> None:
        self.module: ModuleType = _DeferredModule(name)
        self.place = place_of(frame)
        self.holders: set[object] = set()
        self.thread = 0


class _DeferredModule(ModuleType):
    """A module until it is loaded; to type checks it is a module like any other."""

    def __getattribute__(self, name: str) -> object:
        if name == "__class__":
            return ModuleType
        if name == "__spec__" and _is_being_loaded(self):
            return ModuleType.__getattribute__(self, name)  # how import waits
        try:
            _load(self)
        except AttributeError as error:
            reraise(error, sys._getframe(1))
        if type(self) is _DeferredModule:
            return ModuleType.__getattribute__(self, name)
        return getattr(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        _load(self)
        if type(self) is _DeferredModule:
            ModuleType.__setattr__(self, name, value)
        else:
            setattr(self, name, value)

    def __delattr__(self, name: str) -> None:
        _load(self)
        if type(self) is _DeferredModule:
            ModuleType.__delattr__(self, name)
        else:
            delattr(self, name)

    def __repr__(self) -> str:
        return f"<module {_name_of(self)!r}, not loaded>"


def _name_of(module: ModuleType) -> str:
    name: str = ModuleType.__getattribute__(module, "__dict__")["__name__"]
    return name


def _is_being_loaded(module: ModuleType) -> bool:
    deferred = _DEFERRED.get(_name_of(module))
    return deferred is not None and deferred.thread != 0


_DEFERRED: dict[str, _Deferred] = {}
_set_class = object.__dict__["__class__"].__set__


def _load(module: ModuleType) -> None:
    """Import a deferred module; nothing is left to do where this thread is doing it already."""
    name = _name_of(module)
    deferred = _DEFERRED.get(name)
    if deferred is None or deferred.thread == get_ident():
        return
    try:
        __import__(name)
    except Exception as error:
        missing = isinstance(error, ModuleNotFoundError) and error.name
        if missing and f"{name}.".startswith(f"{missing}."):
            from goobits_lazy._errors import DeferredImportError

            raise DeferredImportError(name, missing, deferred.place) from error
        tell(error, f"while importing {name}", deferred.place)
        raise
    if sys.modules[name] is not module:
        _pass_on(deferred, sys.modules[name])
        _DEFERRED.pop(name, None)


def _pass_on(deferred: _Deferred, real: ModuleType) -> None:
    """Have a module object that nothing was loaded into stand for another one."""
    alias = deferred.module
    members: dict[str, object] = {
        "__getattribute__": MethodType(getattr, real),
        "__setattr__": MethodType(setattr, real),
        "__delattr__": MethodType(delattr, real),
        "__dir__": MethodType(dir, real),
        "__repr__": MethodType(repr, real),
    }
    _set_class(alias, type("module", (ModuleType,), members))
    for holder in list(deferred.holders):
        variables = getattr(sys.modules.get(holder), "__dict__", {})  # type: ignore[call-overload]
        for name, value in list(variables.items()):
            if value is alias:
                variables[name] = real


class _Finder:
    """Has the import system load deferred modules into the objects that stand for them."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        deferred = _DEFERRED.get(name)
        if deferred is None or deferred.thread:
            return None
        for finder in sys.meta_path:
            if finder is not cls:
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    if spec.loader is not None:
                        in_place = _InPlace(spec.loader, deferred)
                        spec.loader = in_place  # type: ignore[assignment] # it is like one
                    return spec
        return None


if not TYPE_CHECKING:
    MethodType = type(_Finder.find_spec)


class _InPlace:
    """A loader that loads what another one loads into a module that is there already."""

    def __init__(self, loader: Loader, deferred: _Deferred) -> None:
        self._loader = loader
        self._deferred = deferred

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        create = getattr(self._loader, "create_module", None)
        made: ModuleType | None = create(spec) if create else None
        if made is not None:
            spec.loader = self._loader
            return made
        self._deferred.thread = get_ident()
        return self._deferred.module

    def exec_module(self, module: ModuleType) -> None:
        name = _name_of(module)
        variables = vars(module)
        variables["__loader__"] = variables["__spec__"].loader = self._loader
        try:
            self._loader.exec_module(module)
        except BaseException:
            variables["__name__"] = name
            for variable in [one for one in variables if one != "__name__"]:
                del variables[variable]
            _set_class(module, _DeferredModule)  # it may have set another one
            self._deferred.thread = 0
            raise
        if type(module) is _DeferredModule:
            _set_class(module, ModuleType)
        _DEFERRED.pop(name, None)
