"""Frozen values with slots, equal by their fields, as `dataclass` makes them too.

Defining a dataclass compiles half a dozen functions: two dozen of those cost more than
rendering a program. These share theirs, and the module needs no other one.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn, dataclass_transform
else:

    def dataclass_transform(**_):
        """Leave a class as it is: only type checkers need to know."""
        return lambda made: made


class _Fields(type):
    """Makes slots of the annotated names of a class, and defaults of what they are set to."""

    __match_args__: tuple[str, ...]
    _names: frozenset[str]
    _defaults: dict[str, object]

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> _Fields:
        names = tuple(namespace.get("__annotations__", ()))
        defaults = {
            field: namespace.pop(field) for field in names if field in namespace
        }
        namespace |= {"__slots__": names, "__match_args__": names}
        made = super().__new__(cls, name, bases, namespace)
        made._names, made._defaults = frozenset(names), defaults
        return made


@dataclass_transform(frozen_default=True)
class Frozen(metaclass=_Fields):
    """A value whose fields are the annotated names of its class, which inherits only this."""

    def __init__(self, *values: object, **named: object) -> None:
        names = type(self).__match_args__
        placed = dict(zip(names, values, strict=False))
        given = {**type(self)._defaults, **placed, **named}
        is_sure = len(placed) == len(values) and placed.keys().isdisjoint(named)
        if not is_sure or given.keys() != type(self)._names:
            raise TypeError(
                f"{type(self).__name__} takes {names}, not {values} {named}"
            )
        put = object.__setattr__
        for name in names:
            put(self, name, given[name])

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays as it is")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        names = type(self).__match_args__
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({said})"

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return type(self), _values(self)


def _values(value: Frozen) -> tuple[object, ...]:
    return tuple(getattr(value, name) for name in type(value).__match_args__)
