"""Functions that are handed to calls: what their parameters carry, what comes back."""

from __future__ import annotations

from collections.abc import Sequence

from goobits_scanner._facts import NO_MARKS, NOTHING, UNKNOWN, Fact, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_functions import invoked, run
from goobits_scanner._languages._javascript_values import (
    PARAM,
    FunctionValue,
    compound,
    element_of,
    joined,
)
from goobits_scanner._languages._javascript_walk import Walk

_LISTS = frozenset(
    "map flatMap forEach filter some every find findLast findIndex each sort".split()
)
_REDUCERS = frozenset({"reduce", "reduceRight"})
_EVENTS = frozenset(
    "on once addListener prependListener addEventListener subscribe pipe".split()
)
_TIMERS = frozenset(
    "setTimeout setInterval setImmediate process.nextTick queueMicrotask "
    "requestAnimationFrame".split()
)
_MOST_FOLDED = 5000
_LONGEST_FOLDED = 200


def answered(
    walk: Walk,
    path: str,
    receiver: Value,
    arguments: Sequence[Value],
    said: frozenset[str],
    result: Value,
) -> Value:
    """Evaluate a call's callbacks with what the call gives them; return its result."""
    name = path[path.rfind(".") + 1 :]
    if name in {"then", "catch", "finally"}:
        return _promised(walk, name, receiver, arguments, result)
    if name in _LISTS:
        return _listed(walk, name, receiver, arguments, result)
    if name in _REDUCERS:
        start = arguments[1] if len(arguments) > 1 else element_of(receiver)
        return _of_first(walk, arguments, (start, element_of(receiver)))
    if path in _TIMERS:
        _of_first(walk, arguments, arguments[2:])
        return result
    if name in {"from", "useMemo"} and arguments:
        return _made(walk, path, arguments, result)
    marks = said
    if name in _EVENTS:
        marks = marks | (receiver.marks - PARAM)
    if marks:
        given = Value(marks=marks | PARAM)
        for argument in arguments:
            if isinstance(argument, FunctionValue):
                given_to(walk, argument, (given, given, given, given))
    return result


def _made(walk: Walk, path: str, arguments: Sequence[Value], result: Value) -> Value:
    """Return what `Array.from` or React's `useMemo` makes by a function."""
    if path == "Array.from":
        made = _of_first(walk, arguments[1:], (element_of(arguments[0]), NOTHING))
        return Value(result.path, marks=result.marks | made.marks)
    return _of_first(walk, arguments, ()) if path.endswith("useMemo") else result


def given_to(walk: Walk, callback: FunctionValue, arguments: Sequence[Value]) -> Value:
    """Evaluate a callback with these arguments."""
    function = callback.function
    if function is None:
        return NOTHING
    if function.is_done or function.is_running:
        return invoked(walk, function, arguments)
    found = run(walk, function, arguments)
    function.result = found if function.result is None else function.result
    return found


def _of_first(walk: Walk, arguments: Sequence[Value], given: Sequence[Value]) -> Value:
    found = NOTHING
    for argument in arguments[:2]:
        if isinstance(argument, FunctionValue):
            found = given_to(walk, argument, given)
    return found


def _promised(
    walk: Walk, name: str, receiver: Value, arguments: Sequence[Value], result: Value
) -> Value:
    found = receiver
    for place, argument in enumerate(arguments[:2]):
        if not isinstance(argument, FunctionValue):
            continue
        if name == "then" and place == 0:
            found = given_to(walk, argument, (receiver,))
        elif name == "finally":
            given_to(walk, argument, ())
        else:
            failed = Value(marks=PARAM)
            found = joined(found, given_to(walk, argument, (failed,)))
    return found if found is not NOTHING else Value(result.path)


def _listed(
    walk: Walk, name: str, receiver: Value, arguments: Sequence[Value], result: Value
) -> Value:
    element = element_of(receiver)
    place = Value(marks=frozenset({"key"}) if name == "each" else NO_MARKS)
    found = _of_first(walk, arguments, (element, place, receiver))
    if name in {"map", "flatMap"}:
        return Value(result.path, marks=found.marks)
    if name in {"filter", "sort"}:
        return receiver
    return element if name in {"find", "findLast"} else NOTHING


def fold_callback(
    walk: Walk, name: str, receiver: Value, arguments: Sequence[Value]
) -> Value | None:
    """Fold `map` and `reduce` of a constant list by a short function."""
    items = receiver.items
    if name not in {"map", "reduce"} or not items or not arguments:
        return None
    callback = arguments[0]
    if not isinstance(callback, FunctionValue) or callback.function is None:
        return None
    body = callback.function.body
    if body is None or body.end_byte - body.start_byte > _LONGEST_FOLDED:
        return None
    if len(items) < 2 or any(item.constant is UNKNOWN for item in items):
        return None
    walk.folds += len(items)
    if walk.folds > _MOST_FOLDED:
        return None
    if name == "map":
        made = tuple(
            _quietly(walk, callback, (item, Value(constant=place)), place)
            for place, item in enumerate(items)
        )
        return compound(items=made)
    found = arguments[1] if len(arguments) > 1 else NOTHING
    for place, item in enumerate(items):
        given = (found, item, Value(constant=place))
        found = _quietly(walk, callback, given, place) if found is not NOTHING else item
    folded = folding.value_of(found.constant, found.marks)
    return folded if folded is not None else found


def _quietly(
    walk: Walk, callback: FunctionValue, arguments: Sequence[Value], place: int
) -> Value:
    """Evaluate a callback, telling of what it does only for the first item."""
    function = callback.function
    if function is None:
        return NOTHING
    tell = walk.observe
    if place:
        walk.observe = _silent
    try:
        return run(walk, function, arguments)
    finally:
        walk.observe = tell


def _silent(_: Fact) -> frozenset[str] | None:
    return None
