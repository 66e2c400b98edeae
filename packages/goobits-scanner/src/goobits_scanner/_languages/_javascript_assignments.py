"""Assignments of JavaScript: to names, members, items and patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_chains import chain, item
from goobits_scanner._languages._javascript_expressions import named, operated
from goobits_scanner._languages._javascript_patterns import reassign
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    BIGGEST_TEXT,
    joined,
    member,
    member_path,
    put,
    with_marks,
)
from goobits_scanner._languages._javascript_walk import PLATFORM, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_PATTERNS = frozenset({"object_pattern", "array_pattern"})
# The mark of what a loop reached by keys that are not known.
_DESCENT = frozenset({"descent"})


def assignment(walk: Walk, node: Node) -> Value:
    left, right = walk.field(node, "left"), walk.field(node, "right")
    if left is None or right is None:
        return NOTHING
    while left.type in {"parenthesized_expression", "non_null_expression"}:
        left = left.named_children[0]
    if left.type in _PATTERNS:
        value = walk.visit(right)
        reassign(walk, left, value)
        return value
    if left.type == "identifier":
        name = walk.text(left)
        value = named(walk, right, Value(constant=name))
        return assign_name(walk, node, name, value)
    return _assign_member(walk, node, left, right)


def assign_name(walk: Walk, node: Node, name: str, value: Value) -> Value:
    is_shadowed = name in PLATFORM and walk.lookup(name) is not None
    walk.tell("assign", f".{name}" if is_shadowed else name, node, (value,))
    if value.path.endswith(ANY_KEY) and _is_descent(walk, name, value):
        value = with_marks(value, value.marks | _DESCENT)
    walk.assign(name, value)
    return value


def _is_descent(walk: Walk, name: str, value: Value) -> bool:
    """Return whether a name goes to one of its own members, `node = node[key]`."""
    old = walk.lookup(name)
    return (
        old is not None
        and bool(old.path)
        and value.path.removesuffix(ANY_KEY) == old.path
        and "__proto__" not in walk.file
    )


def _assign_member(walk: Walk, node: Node, left: Node, right: Node) -> Value:
    parts = left.named_children
    if len(parts) < 2:
        return walk.visit(right)
    if left.type == "subscript_expression":
        base, outer = _item_base(walk, parts[0])
        key = walk.visit(parts[-1])
        value = walk.visit(right)
        if not isinstance(key.constant, str):
            _assign_item(walk, node, base, outer, key, value)
            return value
        name, is_hidden = key.constant, key.is_hidden
    else:
        base = chain(walk, parts[0], is_callee=True)
        name, is_hidden = walk.text(parts[-1]), False
        value = named(walk, right, Value(constant=name))
    _put_member(walk, node, base, name, value, is_hidden)
    return value


def _put_member(
    walk: Walk,
    node: Node,
    base: Value,
    name: str,
    value: Value,
    is_hidden: bool = False,
) -> None:
    path = member_path(base.path, name)
    is_hidden = is_hidden or base.is_hidden
    walk.tell("assign", path, node, (value,), receiver=base, is_hidden=is_hidden)
    put(base, name, value)


def _item_base(walk: Walk, node: Node) -> tuple[Value, Value | None]:
    """Evaluate the object of `a[b][c] = d`, and the key `b` if that is not known."""
    if node.type != "subscript_expression":
        return chain(walk, node, is_callee=True), None
    parts = node.named_children
    outer = chain(walk, parts[0], is_callee=True)
    key = walk.visit(parts[-1])
    found = item(outer, key)
    return found, None if isinstance(key.constant, str) else key


def _assign_item(
    walk: Walk, node: Node, base: Value, outer: Value | None, key: Value, value: Value
) -> None:
    told = (value, key)
    walk.tell("assign", f"{base.path}{ANY_KEY}", node, told, receiver=base)
    if base.path:
        walk.tell("assign", ANY_KEY, node, told, receiver=base)
    if outer is None and base.marks & _DESCENT:
        outer = key
    if outer is not None:
        walk.tell("assign", "[][]", node, (value, outer, key), receiver=base)
    put(base, ANY_KEY, value)


def augmented(walk: Walk, node: Node) -> Value:
    left, right = walk.field(node, "left"), walk.field(node, "right")
    operator = walk.field(node, "operator")
    if left is None or right is None or operator is None:
        return NOTHING
    if left.type == "identifier":
        name = walk.text(left)
        value = _augmented(walk, operator.type, _old(walk, left), right)
        return assign_name(walk, node, name, value)
    if left.type == "member_expression":
        parts = left.named_children
        base = chain(walk, parts[0], is_callee=True)
        name = walk.text(parts[-1])
        value = _augmented(walk, operator.type, member(base, name), right)
        _put_member(walk, node, base, name, value)
        return value
    return _augmented(walk, operator.type, walk.visit(left), right)


def _augmented(walk: Walk, operator: str, old: Value, right: Node) -> Value:
    found = walk.visit(right)
    if operator == "+=":
        value = folding.added([old, found])
    elif operator in {"||=", "??=", "&&="}:
        value = joined(old, found)
    else:
        value = operated(operator[:-1], old, found)
    if value.text is not None and len(value.text) >= BIGGEST_TEXT:
        return Value(marks=value.marks)
    return value


def _old(walk: Walk, node: Node) -> Value:
    name = walk.text(node)
    return walk.lookup(name) or walk.platform(name)
