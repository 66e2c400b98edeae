"""JavaScript's classes: methods, fields, what their instances have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages._javascript_functions import function_value
from goobits_scanner._languages._javascript_patterns import key_of
from goobits_scanner._languages._javascript_values import (
    Compound,
    Function,
    FunctionValue,
    put,
)
from goobits_scanner._languages._javascript_walk import PLATFORM, Walk

if TYPE_CHECKING:
    from tree_sitter import Node


def visit_class(walk: Walk, node: Node) -> Value:
    """Register a class: its methods and fields."""
    named = walk.field(node, "name")
    name = walk.text(named) if named is not None else ""
    value = FunctionValue(f".{name}" if name in PLATFORM else name, None)
    if name:
        walk.declare(name, value)
        walk.tell("define", name, node)
    fields = value.instances()
    state = walk.state
    outer_this, state.this = state.this, fields
    for child in node.named_children:
        if child.type == "class_body":
            for entry in child.named_children:
                _member_of_class(walk, entry, value)
        elif child.type in {"class_heritage", "decorator"}:
            walk.visit_children(child)
    state.this = outer_this
    return value


def _member_of_class(walk: Walk, node: Node, owner: FunctionValue) -> None:
    kind = node.type
    if kind in {"method_definition", "field_definition", "public_field_definition"}:
        for child in node.named_children:
            if child.type == "decorator":
                walk.visit_children(child)
        name_node = walk.field(node, "name") or walk.field(node, "property")
        name_node = name_node or node.named_children[0]
        key = key_of(walk, name_node)
        name = key.constant if isinstance(key.constant, str) else "[]"
        value = _class_entry(walk, node, kind, name, owner)
        is_static = any(child.type == "static" for child in node.children)
        put(owner if is_static else owner.instances(), name, value)
    elif kind in {"class_static_block", "decorator"}:
        walk.visit_children(node)


def _class_entry(
    walk: Walk, node: Node, kind: str, name: str, owner: FunctionValue
) -> Value:
    if kind == "method_definition":
        made = function_value(walk, node, name)
        walk.tell("define", name, node)
        if made.function is not None and name == "constructor":
            owner.function = made.function
            _declare_properties(walk, made.function, owner.instances())
            walk.pending.appendleft(walk.pending.pop())
        return made
    value_node = walk.field(node, "value")
    value = walk.visit(value_node) if value_node is not None else NOTHING
    if value_node is not None:
        walk.tell("assign", f"this.{name}", node, (value,))
    return value


def _declare_properties(walk: Walk, function: Function, fields: Compound) -> None:
    """Make fields of TypeScript's `constructor(private name: Type)`."""
    if function.parameters is None:
        return
    for node in function.parameters.named_children:
        kinds = {child.type for child in node.children}
        pattern = walk.field(node, "pattern")
        if pattern is not None and kinds & {"accessibility_modifier", "readonly"}:
            name = walk.text(pattern)
            put(fields, name, Value(f"this.{name}"))
