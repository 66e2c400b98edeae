"""Values of JavaScript's expressions but chains and functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_chains import chain, item
from goobits_scanner._languages._javascript_functions import function_value
from goobits_scanner._languages._javascript_patterns import key_of, reassign, used
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    BIGGEST_TEXT,
    FunctionValue,
    Regex,
    compound,
    joined,
    member,
    member_path,
    put,
)
from goobits_scanner._languages._javascript_walk import PLATFORM, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

TRUE = Value(constant=True)
FALSE = Value(constant=False)
NULL = Value(constant=None)
_PATTERNS = frozenset({"object_pattern", "array_pattern"})
_COMPARISONS = frozenset("== === != !== < > <= >= in instanceof".split())
_MANY_STRINGS = 30


def identifier(walk: Walk, node: Node) -> Value:
    name = walk.text(node)
    return walk.lookup(name) or used(walk, node, walk.platform(name))


def string(walk: Walk, node: Node) -> Value:
    raw = walk.text(node)[1:-1]
    if "\\" in raw:
        text = folding.unescaped(raw)
        is_hidden = "\\x" in raw or "\\u" in raw
        value = Value(constant=text, is_hidden=is_hidden and text.isascii())
    else:
        value = Value(constant=raw)
    if len(raw) > 3:
        walk.tell_string(value, node)
    return value


def number(walk: Walk, node: Node) -> Value:
    return Value(constant=folding.number(walk.text(node)))


def constant(value: Value) -> Callable[[Walk, Node], Value]:
    return lambda _walk, _node: value


def this(walk: Walk, _node: Node) -> Value:
    return walk.state.this


def regex(walk: Walk, node: Node) -> Value:
    pattern, flags = walk.field(node, "pattern"), node.named_children[-1]
    text = walk.text(pattern) if pattern is not None else ""
    walk.tell("node", "regex", node, (Value(constant=text),))
    return Regex(text, walk.text(flags) if flags.type == "regex_flags" else "")


def inner(walk: Walk, node: Node) -> Value:
    """Return the value of the one expression in a node; of several, the last one's."""
    found = NOTHING
    for child in node.named_children:
        if child.type != "comment":
            found = walk.visit(child)
    return found


def first(walk: Walk, node: Node) -> Value:
    """Return the value of what a type is said of."""
    return walk.visit(node.named_children[0])


def asserted(walk: Walk, node: Node) -> Value:
    return walk.visit(node.named_children[-1])


def binary(walk: Walk, node: Node) -> Value:
    """Evaluate operators; long sums lean to the left and are unrolled."""
    rights: list[tuple[str, Node]] = []
    while node.type == "binary_expression":
        parts = node.children
        rights.append((parts[-2].type, parts[-1]))
        node = parts[0]
    value = walk.visit(node)
    parts_of_sum = [value]
    outermost = node
    for operator, right in reversed(rights):
        found = walk.visit(right)
        if operator == "+":
            parts_of_sum.append(found)
            continue
        if len(parts_of_sum) > 1:
            value = folding.added(parts_of_sum)
        value = _operated(operator, value, found)
        parts_of_sum = [value]
    if len(parts_of_sum) > 1:
        value = folding.added(parts_of_sum)
        walk.tell_string(value, outermost)
    return value


def _operated(operator: str, left: Value, right: Value) -> Value:
    if operator in {"||", "??"}:
        return joined(left, right)
    if operator == "&&":
        return right if right is not NOTHING else left
    if operator in _COMPARISONS:
        return NOTHING
    found = folding.operated(operator, left.constant, right.constant)
    return folding.value_of(found, left.marks) or NOTHING


def unary(walk: Walk, node: Node) -> Value:
    parts = node.children
    operator, value = parts[0].type, walk.visit(parts[-1])
    known = value.constant
    if operator == "void" or operator == "delete" or operator == "typeof":
        return NOTHING
    if operator == "!":
        is_known = known is not UNKNOWN
        return (FALSE if known else TRUE) if is_known else NOTHING
    if operator == "+" and isinstance(known, str):
        known = folding.number(known.strip())
    if isinstance(known, int | float):
        if operator == "~":
            return Value(constant=~int(known)) if abs(known) < 1 << 53 else NOTHING
        return Value(constant=-known if operator == "-" else known)
    return NOTHING


def update(walk: Walk, node: Node) -> Value:
    target = walk.field(node, "argument")
    if target is not None and target.type == "identifier":
        walk.assign(walk.text(target), Value())
    elif target is not None:
        walk.visit(target)
    return NOTHING


def ternary(walk: Walk, node: Node) -> Value:
    condition = walk.field(node, "condition")
    one, two = walk.field(node, "consequence"), walk.field(node, "alternative")
    if condition is None or one is None or two is None:
        return walk.visit_children(node)
    walk.visit(condition)
    return joined(walk.visit(one), walk.visit(two))


def array(walk: Walk, node: Node) -> Value:
    found: list[Value] = []
    spread: list[Value] = []
    strings = 0
    for child in node.named_children:
        kind = child.type
        if kind == "comment":
            continue
        value = walk.visit(child)
        if kind == "spread_element":
            if value.items is not None:
                found.extend(value.items)
            else:
                spread.append(value)
            continue
        strings += kind == "string"
        found.append(value)
    if strings >= _MANY_STRINGS and strings == len(found):
        walk.tell("node", "strings", node, (Value(constant=strings),))
        _tell_shape(walk, node, found)
    if spread:
        return Value(marks=compound(items=tuple(found + spread)).marks)
    return compound(items=tuple(found))


def _tell_shape(walk: Walk, node: Node, values: list[Value]) -> None:
    from goobits_scanner._languages._javascript_shapes import is_string_table

    if is_string_table([str(value.constant) for value in values]):
        walk.tell("node", "string-array", node, (Value(constant=len(values)),))


def object_(walk: Walk, node: Node) -> Value:
    keys: dict[str, Value] = {}
    path = ""
    for child in node.named_children:
        kind = child.type
        if kind == "pair":
            parts = child.named_children
            key = key_of(walk, parts[0])
            value = _named(walk, parts[-1], key)
            name = key.constant if isinstance(key.constant, str) else ANY_KEY
            keys[name] = value
        elif kind == "shorthand_property_identifier":
            keys[walk.text(child)] = identifier(walk, child)
        elif kind == "spread_element":
            value = walk.visit(child)
            keys.update(value.keys or {ANY_KEY: Value(marks=value.marks)})
        elif kind == "method_definition":
            name = walk.text(child.named_children[0])
            named = walk.field(child, "name")
            if named is not None:
                name = walk.text(named)
            keys[name] = function_value(walk, child, name)
            walk.tell("define", name, child)
    return compound(path, keys=keys)


def _named(walk: Walk, node: Node, key: Value) -> Value:
    """Evaluate a value; a function takes the name of what it is assigned to."""
    value = walk.visit(node)
    name = key.constant
    if isinstance(value, FunctionValue) and not value.path and isinstance(name, str):
        name_function(walk, node, value, name)
    return value


def name_function(walk: Walk, node: Node, value: Value, name: str) -> None:
    """Name a function after what it is assigned to."""
    if isinstance(value, FunctionValue) and not value.path and name:
        value.path = f".{name}" if name in PLATFORM else name
        walk.tell("define", name, node)


def spread(walk: Walk, node: Node) -> Value:
    return walk.visit(node.named_children[-1])


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
        value = _named(walk, right, Value(constant=name))
        return assign_name(walk, node, name, value)
    return _assign_member(walk, node, left, right)


def assign_name(walk: Walk, node: Node, name: str, value: Value) -> Value:
    is_shadowed = name in PLATFORM and walk.lookup(name) is not None
    walk.tell("assign", f".{name}" if is_shadowed else name, node, (value,))
    walk.assign(name, value)
    return value


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
        value = _named(walk, right, Value(constant=name))
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
        value = _operated(operator[:-1], old, found)
    if value.text is not None and len(value.text) >= BIGGEST_TEXT:
        return Value(marks=value.marks)
    return value


def _old(walk: Walk, node: Node) -> Value:
    name = walk.text(node)
    return walk.lookup(name) or walk.platform(name)
