"""What JavaScript assigns to: names, members, destructuring patterns."""

from __future__ import annotations

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
    kind = node.type
    if kind in _NAMES:
        name = walk.text(node)
        if declares:
            walk.declare(name, value, is_var=is_var)
        else:
            walk.assign(name, value)
    elif kind == "object_pattern":
        _destructure_object(walk, node, value, declares, is_var)
    elif kind == "array_pattern":
        _destructure_list(walk, node, value, declares, is_var)
    elif kind in {"assignment_pattern", "object_assignment_pattern"}:
        left, right = node.named_children[0], node.named_children[-1]
        default = walk.visit(right)
        if default.is_constant and value is not NOTHING:
            default = NOTHING
        _destructure(walk, left, joined(value, default), declares, is_var)
    elif kind in {"rest_pattern", "required_parameter", "optional_parameter"}:
        inner = walk.field(node, "pattern") or node.named_children[0]
        _destructure(walk, inner, value, declares, is_var)
    elif kind in {"member_expression", "subscript_expression", "non_null_expression"}:
        walk.visit(node)


def _destructure_object(
    walk: Walk, node: Node, value: Value, declares: bool, is_var: bool
) -> None:
    for child in node.named_children:
        kind = child.type
        if kind == "shorthand_property_identifier_pattern":
            found = _taken(walk, child, value, Value(constant=walk.text(child)))
            _destructure(walk, child, found, declares, is_var)
        elif kind == "object_assignment_pattern":
            left = child.named_children[0]
            found = _taken(walk, left, value, Value(constant=walk.text(left)))
            _destructure(walk, child, found, declares, is_var)
        elif kind == "pair_pattern":
            key = walk.field(child, "key")
            inner = walk.field(child, "value")
            if key is None or inner is None:
                continue
            found = _taken(walk, child, value, key_of(walk, key))
            _destructure(walk, inner, found, declares, is_var)
        elif kind == "rest_pattern":
            rest = compound(value.path, marks=value.marks, keys=dict(value.keys or {}))
            if value.keys is None:
                rest.keys = None
            _destructure(walk, child, rest, declares, is_var)


def _taken(walk: Walk, node: Node, base: Value, key: Value) -> Value:
    if not isinstance(key.constant, str):
        return Value(f"{base.path}{ANY_KEY}" if base.path else "", marks=base.marks)
    if base.path == "@" and base.keys is None:
        return Value(f"@{key.constant}", marks=base.marks)
    found = member(base, key.constant)
    if key.is_hidden and found.path:
        found = Value(found.path, marks=found.marks, is_hidden=True)
    return used(walk, node, found)


def _destructure_list(
    walk: Walk, node: Node, value: Value, declares: bool, is_var: bool
) -> None:
    place = 0
    for child in node.children:
        if child.type == ",":
            place += 1
        elif child.is_named and child.type != "comment":
            if child.type == "rest_pattern":
                _destructure(
                    walk, child, Value(value.path, marks=value.marks), declares, is_var
                )
                continue
            items = value.items
            known = items is not None and place < len(items)
            found = items[place] if items is not None and known else element_of(value)
            _destructure(walk, child, found, declares, is_var)


def used(walk: Walk, node: Node, value: Value) -> Value:
    """Tell that a name is read; return its value with the marks that this gives it."""
    path = value.path
    if not path or path.startswith("."):
        return value
    marks = walk.tell("use", path, node, receiver=value, is_hidden=value.is_hidden)
    if not marks:
        return value
    return with_marks(value, value.marks | marks)
