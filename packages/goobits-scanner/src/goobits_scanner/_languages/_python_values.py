"""What is true of several values together, and of the elements of one."""

from __future__ import annotations

from collections.abc import Iterable

from goobits_scanner._facts import NO_MARKS, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _python_folding as folding

MOST_ELEMENTS = 4096
_LOOKED_AT = 50


def joined(one: Value, two: Value) -> Value:
    """Return what is true of a value that is one or the other."""
    if one is NOTHING or one is two:
        return two
    if two is NOTHING:
        return one
    marks = one.marks | two.marks
    if one.constant is not UNKNOWN and one.constant == two.constant:
        return Value(constant=one.constant, marks=marks)
    text = one.text if one.is_built else two.text if two.is_built else None
    return Value(
        one.path or two.path,
        text=text,
        marks=marks,
        items=one.items if two.items is None else two.items,
        keys=one.keys if two.keys is None else two.keys,
        is_hidden=one.is_hidden or two.is_hidden,
    )


def marks_of(values: Iterable[Value]) -> frozenset[str]:
    """Return the marks of values and of what they directly contain."""
    marks = NO_MARKS
    for value in values:
        if value.marks:
            marks |= value.marks
        if value.items:
            for inner in value.items:
                if inner.marks:
                    marks |= inner.marks
        if value.keys:
            for inner in value.keys.values():
                if inner.marks:
                    marks |= inner.marks
    return marks


def with_marks(value: Value, marks: frozenset[str]) -> Value:
    """Return a value that carries exactly these marks."""
    if marks == value.marks:
        return value
    return Value(
        value.path,
        constant=value.constant,
        text=value.text,
        marks=marks,
        items=value.items,
        keys=value.keys,
        is_hidden=value.is_hidden,
    )


def element_of(source: Value) -> Value:
    """Return what is known of each element of something that is iterated."""
    if source.items:
        found = source.items[0]
        for item in source.items[1:_LOOKED_AT]:
            found = joined(found, item)
        return found
    return Value(f"{source.path}[]" if source.path else "", marks=source.marks)


def elements_of(source: Value) -> tuple[Value, ...]:
    """Return the elements of a short constant sequence, one by one."""
    if source.items is None and source.constant is UNKNOWN:
        return ()
    constant = folding.constant_of(source)
    if not isinstance(constant, str | bytes | tuple):
        return ()
    if not 0 < len(constant) <= MOST_ELEMENTS:
        return ()
    if source.items is not None:
        return source.items
    return tuple(folding.value_of(part, source.marks) for part in constant)
