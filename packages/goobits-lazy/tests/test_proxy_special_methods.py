"""What Python does to an object, done to a proxy of it, before and after loading."""

from __future__ import annotations

import copy
import json
import math
import operator
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator, Sized
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import pytest
from goobits_lazy import LazyProxy


class Thing:
    """Has what no builtin type has."""

    def __init__(self) -> None:
        self.number = 1

    def __getattr__(self, name: str) -> str:
        if name.startswith("_"):
            raise AttributeError(name)
        return f"made up: {name}"

    def __bytes__(self) -> bytes:
        return b"bytes"

    def __length_hint__(self) -> int:
        return 7

    def __enter__(self) -> str:
        return "entered"

    def __exit__(self, *error: object) -> bool:
        return True

    def __matmul__(self, other: object) -> tuple[str, object]:
        return "matmul", other

    def __copy__(self) -> str:
        return "a copy"

    def __deepcopy__(self, memo: object) -> str:
        return "a deep copy"


class Waiting:
    """Has the methods of asynchronous code."""

    def __init__(self) -> None:
        self.left = 2

    def __await__(self) -> Iterator[None]:
        yield
        return "awaited"

    def __aiter__(self) -> Waiting:
        return self

    async def __anext__(self) -> int:
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return self.left

    async def __aenter__(self) -> str:
        return "entered"

    async def __aexit__(self, *error: object) -> bool:
        return True


class Counted(dict[str, int]):
    """Has a value for what is missing."""

    def __missing__(self, key: str) -> int:
        return len(key)


class Even(type):
    """Decides itself what its instances are."""

    def __instancecheck__(cls, value: object) -> bool:
        return value == 2

    def __subclasscheck__(cls, kind: type) -> bool:
        return kind is str


class EvenNumber(metaclass=Even):
    """A class whose only instance is 2."""


class Bound:
    """A descriptor."""

    def __get__(self, owner: object, kind: type) -> str:
        return "bound"

    def __set__(self, owner: object, value: object) -> None:
        raise AttributeError("read only")


class Point:
    """Can be taken apart by its position."""

    __match_args__ = ("x", "y")

    def __init__(self) -> None:
        self.x, self.y = 1, 2


def run(coroutine: Any) -> object:
    """Run a coroutine that waits for nobody."""
    try:
        while True:
            coroutine.send(None)
    except StopIteration as end:
        return end.value


def setting(value: Any) -> object:
    value.number = 2
    return value.number, vars(value)


def deleting(value: Any) -> object:
    del value.number
    return vars(value)


def setting_item(value: Any) -> object:
    value[0] = 9
    return list(value)


def deleting_item(value: Any) -> object:
    del value[0]
    return list(value)


def arithmetic(value: Any) -> object:
    plain = [
        operation(value, 3)
        for operation in (
            *(operator.add, operator.sub, operator.mul, operator.truediv),
            *(operator.floordiv, operator.mod, operator.lshift, operator.rshift),
            *(operator.and_, operator.or_, operator.xor, operator.pow, divmod),
        )
    ]
    return plain, pow(value, 3, 5), pow(value, value)


def reflected(value: Any) -> object:
    return [
        operation(20, value)
        for operation in (
            *(operator.add, operator.sub, operator.mul, operator.truediv),
            *(operator.floordiv, operator.mod, operator.lshift, operator.rshift),
            *(operator.and_, operator.or_, operator.xor, operator.pow, divmod),
        )
    ]


def in_place(value: Any) -> object:
    before = value
    value += [3]
    value *= 2
    return value is before, list(value)


def comparing(value: Any) -> object:
    others = (1, 2, 3)
    return [
        (value < one, value <= one, value == one, value != one, value > one)
        for one in others
    ], [(one < value, one <= value, one == value, one >= value) for one in others]


def with_statement(value: Any) -> object:
    with value as entered:
        raise KeyError
    return entered


async def for_statement(value: Any) -> object:
    return [item async for item in value]


async def async_with_statement(value: Any) -> object:
    async with value as entered:
        raise KeyError
    return entered


async def awaiting(value: Any) -> object:
    return await value


def matching(value: Any) -> object:
    match value:
        case Point(x, y):
            return x, y


def descriptor(value: Any) -> object:
    owner = type("Owner", (), {"attribute": value})()
    return owner.attribute


def derived(value: Any) -> object:
    class Derived(value):
        pass

    return Derived.__mro__[1] is dict


Row = tuple[Callable[[], Any], Callable[[Any], object]]

WORKING: dict[str, Row] = {
    "__str__": (lambda: Decimal("1.5"), str),
    "__bytes__": (Thing, bytes),
    "__format__": (lambda: 3.14159, lambda value: f"{value:8.2f}"),
    "__lt__ to __ge__": (lambda: 2, comparing),
    "__hash__": (lambda: "text", lambda value: (hash(value), {value: 1}["text"])),
    "__bool__": (lambda: 0, bool),
    "__dir__": (Thing, dir),
    "__getattr__": (Thing, lambda value: (value.number, value.other)),
    "__setattr__": (Thing, setting),
    "__delattr__": (Thing, deleting),
    "__call__": (lambda: max, lambda value: value(1, 2, key=lambda one: -one)),
    "__len__": (lambda: [1, 2], len),
    "__length_hint__": (Thing, operator.length_hint),
    "__getitem__": (lambda: "text", lambda value: (value[1], value[1:3])),
    "__setitem__": (lambda: [1, 2], setting_item),
    "__delitem__": (lambda: [1, 2], deleting_item),
    "__missing__": (Counted, lambda value: value["four"]),
    "__iter__": (lambda: {"a": 1}, list),
    "__next__": (lambda: iter([1, 2]), lambda value: (next(value), next(value))),
    "__reversed__": (lambda: [1, 2], lambda value: list(reversed(value))),
    "__contains__": (lambda: {1, 2}, lambda value: (1 in value, 3 in value)),
    "__add__ to __or__": (lambda: 7, arithmetic),
    "__radd__ to __ror__": (lambda: 7, reflected),
    "__iadd__ and __imul__": (lambda: [1, 2], in_place),
    "__neg__ to __invert__": (lambda: -3, lambda value: (-value, +value, ~value)),
    "__abs__": (lambda: -3, abs),
    "__int__": (lambda: "12", int),
    "__float__": (lambda: Decimal("1.5"), float),
    "__complex__": (lambda: 1j, complex),
    "__index__": (lambda: 2, lambda value: "abc"[value]),
    "__round__": (lambda: 2.567, lambda value: (round(value), round(value, 1))),
    "__trunc__ to __ceil__": (
        lambda: Decimal("-1.5"),
        lambda value: (math.trunc(value), math.floor(value), math.ceil(value)),
    ),
    "__enter__ and __exit__": (Thing, with_statement),
    "__await__": (Waiting, lambda value: run(awaiting(value))),
    "__aiter__ and __anext__": (Waiting, lambda value: run(for_statement(value))),
    "__aenter__ and __aexit__": (
        Waiting,
        lambda value: run(async_with_statement(value)),
    ),
    "__instancecheck__ and __subclasscheck__": (
        lambda: EvenNumber,
        lambda value: (isinstance(2, value), issubclass(str, value)),
    ),
    "__class_getitem__": (lambda: list, lambda value: value[int]),
    "__class__": (
        lambda: [1],
        lambda value: (value.__class__, isinstance(value, (list, Sized))),
    ),
    "__match_args__": (Point, matching),
    "__fspath__": (lambda: PurePosixPath("a/b"), os.fspath),
    "__reduce_ex__": (lambda: len, lambda value: pickle.loads(pickle.dumps(value))),
    "__copy__ and __deepcopy__": (
        Thing,
        lambda value: (copy.copy(value), copy.deepcopy(value)),
    ),
}

DETAILS: dict[str, Row] = {
    "__hash__ = None": (list, hash),
    "__matmul__": (Thing, lambda value: value @ 1),
    "__radd__ of a list": (lambda: [2], lambda value: operator.add([1], value)),
}

DIFFERENT: dict[str, tuple[Row, str]] = {
    "__get__, __set__ and __delete__": (
        (Bound, descriptor),
        "a proxy in a class is an attribute of it: it would load when the class is looked at",
    ),
    "__mro_entries__": (
        (lambda: dict, derived),
        "the class statement asks the target, which is a class and has none",
    ),
    "__sizeof__": ((lambda: [0] * 1000, sys.getsizeof), "a proxy tells its own size"),
}
if sys.version_info < (3, 12):
    DIFFERENT["__buffer__"] = (
        (lambda: b"bytes", lambda value: bytes(memoryview(value))),
        "before Python 3.12 no class written in Python has a buffer",
    )
else:
    WORKING["__buffer__"] = (
        lambda: b"bytes",
        lambda value: bytes(memoryview(value)),
    )


def outcome(use: Callable[[Any], object], value: object) -> object:
    """Return what a use gives, or what it raises."""
    try:
        return use(value)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is compared
        return type(error), str(error)


def loaded(factory: Callable[[], object]) -> object:
    proxy = LazyProxy(factory)
    bool(proxy == 0)
    return proxy


@pytest.mark.parametrize("name", [*WORKING, *DETAILS])
@pytest.mark.parametrize("make", [LazyProxy, loaded], ids=["first use", "loaded"])
def test_special_method_behaves_as_that_of_the_target(
    name: str, make: Callable[..., object]
) -> None:
    """Code that is given a proxy need not know."""
    factory, use = (WORKING | DETAILS)[name]
    assert outcome(use, make(factory)) == outcome(use, factory())


@pytest.mark.parametrize("name", DIFFERENT)
def test_difference_is_still_there(name: str) -> None:
    """The list of what does not work would otherwise grow stale."""
    (factory, use), _why = DIFFERENT[name]
    assert outcome(use, loaded(factory)) != outcome(use, factory())


def test_table_holds_as_many_as_promised() -> None:
    """Four of 47 differ on Python 3.11, three from 3.12 on."""
    assert len(WORKING) + len(DIFFERENT) == 47
    assert len(WORKING) >= 43


@pytest.mark.parametrize(
    "use",
    [
        *(len, iter, next, hash, abs, operator.neg, operator.index, int, float, bytes),
        *(lambda value: value(), lambda value: value + 1, lambda value: value < 1),
        *(lambda value: 1 in value, lambda value: value[0], os.fspath, round, reversed),
        *(aiter, anext, lambda value: isinstance(1, value)),
    ],
)
def test_what_the_target_cannot_do_the_loaded_proxy_cannot_either(
    use: Callable[[Any], object],
) -> None:
    """The type of a loaded proxy has the methods of its target and no others."""

    class Bare:
        __hash__ = None  # type: ignore[assignment]

    bare = Bare()
    assert outcome(use, loaded(lambda: bare)) == outcome(use, bare)


def test_class_is_not_iterable_though_it_takes_arguments() -> None:
    """Python would take `list[int]` for a sign that a list class has items."""
    proxy = loaded(lambda: list)
    assert proxy[int] == list[int]  # type: ignore[index]
    with pytest.raises(TypeError, match="not iterable"):
        iter(proxy)  # type: ignore[call-overload]


def test_callable_tells_the_truth_once_loaded() -> None:
    """Libraries choose between a value and a callback by it."""
    assert callable(loaded(lambda: print))
    assert not callable(loaded(lambda: 1))


def test_match_sees_sequences_and_mappings() -> None:
    """Patterns ask for flags of the type, which no method answers."""
    match loaded(lambda: {"key": (1, 2)}):
        case {"key": [first, second]}:
            assert (first, second) == (1, 2)
        case _:
            pytest.fail("no mapping")
    match loaded(lambda: [1, 2]):
        case [first, *others]:
            assert (first, others) == (1, [2])
        case _:
            pytest.fail("no sequence")
    match loaded(lambda: "ab"):
        case [_, _]:
            pytest.fail("a string is no sequence to a pattern")


def test_two_proxies_work_with_each_other() -> None:
    """Each then sees an object of no builtin type on the other side."""
    assert LazyProxy(lambda: 2) + LazyProxy(lambda: 3) == LazyProxy(lambda: 5)
    assert LazyProxy(lambda: [1]) + LazyProxy(lambda: [2]) == [1, 2]


def raising(error: Any) -> None:
    raise error


@pytest.mark.parametrize(
    ("target", "use"),
    [
        ({"a": 1}, json.dumps),
        ("a", lambda value: ",".join([value])),
        ("a", lambda value: re.match("a", value)[0]),  # type: ignore[index]
        (KeyError("a"), raising),
    ],
)
def test_what_takes_no_proxy_takes_a_copy(
    target: object, use: Callable[[Any], object]
) -> None:
    """The README promises a way where C code looks at the type itself."""
    proxy = loaded(lambda: target)
    with pytest.raises(TypeError):
        use(proxy)
    assert outcome(use, copy.copy(proxy)) == outcome(use, target)
