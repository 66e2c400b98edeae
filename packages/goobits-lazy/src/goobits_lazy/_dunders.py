"""The special methods of a proxy, each a function of how the proxy reaches its target."""

from __future__ import annotations

import _operator
import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Reach = Callable[[Any], Any]
    Method = Callable[..., Any]

_ARITHMETIC = (
    "add sub mul matmul truediv floordiv mod pow lshift rshift and xor or".split()
)
_PLAIN = {"and": "and_", "or": "or_"}
_COMPARISONS = "lt le eq ne gt ge".split()
_BINARY = {
    f"__{name}__": getattr(_operator, _PLAIN.get(name, name)) for name in _ARITHMETIC
}
_REFLECTED = {f"__r{name[2:]}": operation for name, operation in _BINARY.items()}
_REFLECTED["__rdivmod__"] = divmod
_IN_PLACE = {f"__i{name}__": getattr(_operator, f"i{name}") for name in _ARITHMETIC}
_UNARY: dict[str, Method] = {
    "__abs__": abs,
    "__aiter__": aiter,
    "__anext__": anext,
    "__bool__": bool,
    "__bytes__": bytes,
    "__complex__": complex,
    "__dir__": dir,
    "__float__": float,
    "__fspath__": os.fspath,
    "__hash__": hash,
    "__index__": _operator.index,
    "__int__": int,
    "__invert__": _operator.invert,
    "__iter__": iter,
    "__len__": len,
    "__length_hint__": _operator.length_hint,
    "__neg__": _operator.neg,
    "__next__": next,
    "__pos__": _operator.pos,
    "__repr__": repr,
    "__reversed__": reversed,
    "__str__": str,
}
_BINARY |= {f"__{name}__": getattr(_operator, name) for name in _COMPARISONS}
_BINARY |= {
    "__contains__": _operator.contains,
    "__delattr__": delattr,
    "__delitem__": _operator.delitem,
    "__divmod__": divmod,
    "__format__": format,
    "__getitem__": _operator.getitem,
}
_MORE: dict[str, Method] = {
    "__call__": lambda target, *args, **kwargs: target(*args, **kwargs),
    "__instancecheck__": lambda target, value: isinstance(value, target),
    "__pow__": pow,
    "__round__": round,
    "__rpow__": lambda target, other, *modulus: pow(other, target, *modulus),
    "__setattr__": setattr,
    "__setitem__": _operator.setitem,
    "__subclasscheck__": lambda target, value: issubclass(value, target),
}
_ONLY_METHODS = {
    "__aenter__": "the asynchronous context manager protocol",
    "__aexit__": "the asynchronous context manager protocol",
    "__buffer__": "the buffer protocol",
    "__ceil__": "math.ceil",
    "__enter__": "the context manager protocol",
    "__exit__": "the context manager protocol",
    "__floor__": "math.floor",
    "__trunc__": "math.trunc",
}

# What builtins do with these types although the types have no method for it.
_BEYOND_METHODS: dict[type, tuple[str, ...]] = {
    str: ("__complex__", "__float__", "__fspath__", "__int__"),
    bytes: ("__float__", "__fspath__", "__int__"),
    bytearray: ("__float__", "__int__"),
    type: ("__getitem__",),
}


def names_for(kind: type) -> Mapping[str, bool]:
    """Return the special methods of a type, with whether each is there or set to None."""
    found: dict[str, bool] = {}
    for owner in kind.__mro__:
        for name, value in vars(owner).items():
            if name in NAMES:
                found.setdefault(name, value is not None)
    for owner, more in _BEYOND_METHODS.items():
        if issubclass(kind, owner):
            found |= dict.fromkeys(more, True)
    if "__add__" in found:
        # In [1] + proxy a list would ask for a list, so the proxy answers before it does.
        found.setdefault("__radd__", True)
    if "__getitem__" in found and issubclass(kind, type):
        found.setdefault("__iter__", False)
    return found


def methods(names: Iterable[str], reach: Reach) -> dict[str, Method]:
    """Return special methods that reach for the target and do to it what was asked."""
    return {name: _method(name, reach) for name in names}


def _method(name: str, reach: Reach) -> Method:
    if name == "__await__":
        return lambda self: _wait(reach(self)).__await__()
    if name in _UNARY:
        return _unary(_UNARY[name], reach)
    if name in _IN_PLACE:
        return _in_place(_IN_PLACE[name], reach)
    if name in _MORE:
        return _variadic(_MORE[name], reach)
    if name in _ONLY_METHODS:
        return _variadic(_only_method(name), reach)
    if name in _REFLECTED:
        return _reflected(_REFLECTED[name], reach)
    return _binary(_BINARY[name], reach)


async def _wait(target: Any) -> Any:
    return await target


def _unary(operation: Method, reach: Reach) -> Method:
    return lambda self: operation(reach(self))


def _binary(operation: Method, reach: Reach) -> Method:
    return lambda self, other: operation(reach(self), other)


def _reflected(operation: Method, reach: Reach) -> Method:
    return lambda self, other: operation(other, reach(self))


def _variadic(operation: Method, reach: Reach) -> Method:
    return lambda self, *args, **kwargs: operation(reach(self), *args, **kwargs)


def _in_place(operation: Method, reach: Reach) -> Method:
    """Return a method that keeps the proxy where the target changed itself."""

    def method(self: object, other: object) -> object:
        target = reach(self)
        result = operation(target, other)
        return self if result is target else result

    return method


def _only_method(name: str) -> Method:
    """Return what calls a special method that no builtin function stands for."""

    def operation(target: object, *args: object) -> object:
        method = getattr(type(target), name, None)
        if method is None:
            kind = type(target).__name__
            raise TypeError(f"{kind!r} object does not support {_ONLY_METHODS[name]}")
        return method(target, *args)

    return operation


NAMES = frozenset(
    ("__await__", *_UNARY, *_BINARY, *_REFLECTED, *_IN_PLACE, *_MORE, *_ONLY_METHODS)
)
