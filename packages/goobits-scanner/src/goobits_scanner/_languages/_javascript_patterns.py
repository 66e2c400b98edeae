"""What JavaScript assigns to: names, members, destructuring patterns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    compound,
    element_of,
    joined,
    member,
    with_marks,
)
from goobits_scanner._languages._javascript_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMES = frozenset(
    {"identifier", "shorthand_property_identifier_pattern", "type_identifier"}
)
_DEFAULTS = frozenset({"assignment_pattern", "object_assignment_pattern"})
_WRAPPERS = frozenset({"rest_pattern", "required_parameter", "optional_parameter"})


def key_of(walk: Walk, node: Node) -> Value:
    """Return the key that an object's, a class's, or a pattern's entry is written with."""
    kind = node.type
    if kind in {"property_identifier", "private_property_identifier", "identifier"}:
        return Value(constant=walk.text(node))
    if kind == "string":
        return Value(constant=folding.unescaped(walk.text(node)[1:-1]))
    if kind == "computed_property_name":
        found = walk.visit(node.named_children[0]) if node.named_children else NOTHING
        text = folding.text_of(found.constant)
        return (
            found if text is None else Value(constant=text, is_hidden=found.is_hidden)
        )
    return Value(constant=walk.text(node))


def bind(walk: Walk, node: Node, value: Value, *, is_var: bool = False) -> None:
    """Declare the names of a pattern."""
    _destructure(walk, node, value, True, is_var)


def reassign(walk: Walk, node: Node, value: Value) -> None:
    """Assign to the names of a pattern, none of which it declares."""
    _destructure(walk, node, value, False, False)


def _destructure(
    walk: Walk, node: Node, value: Value, declares: bool, is_var: bool
) -> None:
    waiting = [(node, value)]
    while waiting:
        node, value = waiting.pop()
        kind = node.type
        if kind in _NAMES:
            name = walk.text(node)
            if declares:
                walk.declare(name, value, is_var=is_var)
            else:
                walk.assign(name, value)
        elif kind == "object_pattern":
            waiting.extend(_entries(walk, node, value))
        elif kind == "array_pattern":
            waiting.extend(_elements(node, value))
        elif kind in _DEFAULTS:
            default = walk.visit(node.named_children[-1])
            if default.is_constant and value is not NOTHING:
                default = NOTHING
            waiting.append((node.named_children[0], joined(value, default)))
        elif kind in _WRAPPERS:
            inner = walk.field(node, "pattern") or node.named_children[0]
            waiting.append((inner, value))
        else:
            walk.visit(node)


def _entries(walk: Walk, node: Node, value: Value) -> Iterator[tuple[Node, Value]]:
    """Yield what an object's pattern consists of, with the value of each."""
    for child in node.named_children:
        kind = child.type
        if kind == "shorthand_property_identifier_pattern":
            name = Value(constant=walk.text(child))
            yield child, _taken(walk, child, value, name)
        elif kind == "object_assignment_pattern":
            left = child.named_children[0]
            name = Value(constant=walk.text(left))
            yield child, _taken(walk, left, value, name)
        elif kind == "pair_pattern":
            key, inner = walk.field(child, "key"), walk.field(child, "value")
            if key is not None and inner is not None:
                yield inner, _taken(walk, child, value, key_of(walk, key))
        elif kind == "rest_pattern":
            if value.keys is None:
                yield child, Value(value.path, marks=value.marks)
            else:
                yield child, compound(value.path, keys=dict(value.keys))


def _elements(node: Node, value: Value) -> Iterator[tuple[Node, Value]]:
    """Yield what a list's pattern consists of, with the value of each."""
    place, items = 0, value.items
    for child in node.children:
        if child.type == ",":
            place += 1
        elif child.type == "rest_pattern":
            yield child, Value(value.path, marks=value.marks)
        elif child.is_named and child.type != "comment":
            known = items is not None and place < len(items)
            yield child, items[place] if items and known else element_of(value)


def _taken(walk: Walk, node: Node, base: Value, key: Value) -> Value:
    if not isinstance(key.constant, str):
        return Value(f"{base.path}{ANY_KEY}" if base.path else "", marks=base.marks)
    if base.path == "@" and base.keys is None:
        return Value(f"@{key.constant}", marks=base.marks)
    found = member(base, key.constant)
    if key.is_hidden and found.path:
        found = Value(found.path, marks=found.marks, is_hidden=True)
    return used(walk, node, found)


def used(walk: Walk, node: Node, value: Value) -> Value:
    """Tell that a name is read; return its value with the marks that this gives it."""
    path = value.path
    if not path or path[0] == "." or path[-1] == ")" or not walk.is_heard(path):
        return value
    marks = walk.tell("use", path, node, receiver=value, is_hidden=value.is_hidden)
    if not marks:
        return value
    return with_marks(value, value.marks | marks)
