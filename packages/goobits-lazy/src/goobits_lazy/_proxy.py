"""An object that is made when it is first used."""

from __future__ import annotations

import copyreg
import sys
from _weakref import ref

from goobits_lazy._claims import CLAIMS
from goobits_lazy._deferral import Registration, reraise
from goobits_lazy._dunders import NAMES, methods, names_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import MethodType
    from typing import Any, TypeVar

    T = TypeVar("T")

_SEQUENCE, _MAPPING = 1 << 5, 1 << 6  # Py_TPFLAGS_*, which patterns in `match` ask for


class _Proxy:
    """What proxies have before and after loading; their methods differ, so do their types.

    The slot called `__getattribute__` holds what reads attributes of the target. Python calls it
    with the name alone, so that no code of ours runs when a loaded proxy is read.
    """

    __slots__ = ("__getattribute__", "__weakref__", "_registration", "_target")

    def __copy__(self) -> object:
        from copy import copy

        return copy(_load(self))


class LazyProxy(_Proxy):
    """Stand for what `factory()` returns, and call it once, when that is first used.

    Everything but `repr`, `id`, `type` and weak references is a use. Threads that come at the same
    time share one call. What the factory raises arrives where the proxy was used, and the next use
    calls it again. A factory that uses its own proxy raises a CycleError there. For a type checker
    the proxy is what the factory returns.

    Copies and pickles of a proxy are copies and pickles of its target.
    """

    __slots__ = ()

    def __new__(cls, factory: Callable[[], T]) -> T:  # type: ignore[misc]
        registration = Registration(factory, sys._getframe(1))
        proxy = object.__new__(cls)
        _REGISTRATION.__set__(proxy, registration)
        return proxy  # type: ignore[return-value]

    def __init_subclass__(cls) -> None:
        raise TypeError("a loaded LazyProxy has another type: it cannot be subclassed")

    def __getattribute__(self, name: str) -> object:
        try:
            target = _load(self)
        except AttributeError as error:
            reraise(error, sys._getframe(1))
        return getattr(target, name)


_REGISTRATION = _Proxy.__dict__["_registration"]
_TARGET = _Proxy.__dict__["_target"]
_ATTRIBUTES = _Proxy.__dict__["__getattribute__"]
if not TYPE_CHECKING:
    MethodType = type(LazyProxy.__init_subclass__)
_registration_of: Callable[[object], Registration | None] = _REGISTRATION.__get__
_target_of: Callable[[object], Any] = _TARGET.__get__
_set_class = object.__dict__["__class__"].__set__
_LOADED: dict[int, tuple[ref[type], type]] = {}
"""The types of loaded proxies, by the identity of the target's: types may equal each other."""


def _load(proxy: object) -> Any:
    """Return the target of a proxy; the first of all threads makes it."""
    registration = _registration_of(proxy)
    if registration is not None:
        with CLAIMS.holding(registration):
            if _registration_of(proxy) is not None:
                _settle(proxy, _made(registration))
    return _target_of(proxy)


def _made(registration: Registration) -> object:
    """Return the target; a proxy of a proxy stands for the target of that one."""
    try:
        target = registration.factory()
        return _load(target) if issubclass(type(target), _Proxy) else target
    except Exception as error:
        registration.tell(error)
        raise


def _settle(proxy: object, target: object) -> None:
    """Make a proxy one that is loaded.

    Other threads may be inside of methods of its old type: these look for the registration, so
    that goes last.
    """
    loaded = _loaded_type(type(target))
    _TARGET.__set__(proxy, target)
    _ATTRIBUTES.__set__(proxy, _reader(target))
    _set_class(proxy, loaded)
    _REGISTRATION.__set__(proxy, None)


def _reader(target: object) -> Callable[[str], object]:
    """Return what reads an attribute by its name; nothing is cheaper than a bound getattr."""
    return target.__getattribute__ if target is None else MethodType(getattr, target)


def _loaded_type(kind: type) -> type:
    """Return the type of proxies for targets of a type, which lives as long as that."""
    number = id(kind)
    if number in _LOADED:
        return _LOADED[number][1]
    names = names_for(kind)
    members: dict[str, object] = {
        "__slots__": (),
        "__module__": kind.__module__,
        "__doc__": property(_doc),
    }
    members |= methods((name for name, there in names.items() if there), _target_of)
    members |= {name: None for name, there in names.items() if not there}
    if "__call__" in members:
        # For inspect.signature, as functools.wraps does.
        members["__call__"].__wrapped__ = kind.__call__  # type: ignore[attr-defined]
    loaded = type(kind.__name__, (_Proxy,), members)
    _join_patterns(kind, loaded)
    copyreg.pickle(loaded, _reduced)
    _LOADED[number] = ref(kind, lambda _: _forget(number)), loaded
    return loaded


def _forget(number: int) -> None:
    copyreg.dispatch_table.pop(_LOADED.pop(number)[1], None)


def _doc(proxy: object) -> object:
    """Return the docstring of the target; `help` reads it past the proxy."""
    return _target_of(proxy).__doc__


def _join_patterns(kind: type, loaded: type) -> None:
    """Have `match` see a sequence or a mapping where the target is one."""
    if kind.__flags__ & (_SEQUENCE | _MAPPING):
        from collections.abc import Mapping, Sequence

        (Mapping if kind.__flags__ & _MAPPING else Sequence).register(loaded)


def _reduced(proxy: object) -> tuple[Callable[[object], object], tuple[object]]:
    return _itself, (_load(proxy),)


def _itself(target: object) -> object:
    return target


def _described(proxy: object) -> str:
    """Return what an unloaded proxy says of itself, which loads nothing."""
    registration = _registration_of(proxy)
    if registration is None:
        return repr(_target_of(proxy))
    return registration.describe("LazyProxy")


for _name, _method in methods(NAMES, _load).items():
    setattr(LazyProxy, _name, _method)
LazyProxy.__repr__ = _described  # type: ignore[method-assign]
copyreg.pickle(LazyProxy, _reduced)  # type: ignore[arg-type]
