"""Values of JavaScript's expressions but chains and functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages import _javascript_guards as guards
from goobits_scanner._languages._javascript_functions import function_value
from goobits_scanner._languages._javascript_patterns import key_of, used
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    FunctionValue,
    Regex,
    compound,
    joined,
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
_LONG = 1000
# What is as true of a number as of what it was reckoned from.
_OF_NUMBERS = frozenset({"weak-random"})


def identifier(walk: Walk, node: Node) -> Value:
    name = walk.text(node)
    if "\\" in name:
        name = folding.unescaped(name)
        return walk.lookup(name) or used(walk, node, Value(name, is_hidden=True))
    return walk.lookup(name) or used(walk, node, walk.platform(name))


def string(walk: Walk, node: Node) -> Value:
    raw = walk.text(node)[1:-1]
    if "\\" in raw:
        text = folding.unescaped(raw)
        is_hidden = "\\x" in raw or "\\u" in raw
        value = Value(constant=text, is_hidden=is_hidden and text.isascii())
    else:
        value = Value(constant=raw)
    if len(raw) > 3 and ("\\" in raw or walk.wants(node)):
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
        value = operated(operator, value, found)
        parts_of_sum = [value]
    if len(parts_of_sum) > 1:
        value = folding.added(parts_of_sum)
        walk.tell_string(value, outermost)
    return value


def operated(operator: str, left: Value, right: Value) -> Value:
    if operator in {"||", "??"}:
        return joined(left, right)
    if operator == "&&":
        return right if right is not NOTHING else left
    if operator in _COMPARISONS:
        return NOTHING
    found = folding.operated(operator, left.constant, right.constant)
    known = folding.value_of(found, left.marks)
    if known is not None:
        return known
    marks = (left.marks | right.marks) & _OF_NUMBERS
    return Value(marks=marks) if marks else NOTHING


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
    found = guards.proven(walk, condition, when=True)
    if not found:
        return joined(walk.visit(one), walk.visit(two))
    outer = walk.enter_block()
    guards.narrow(walk, found)
    value = walk.visit(one)
    walk.state.scope = outer
    return joined(value, walk.visit(two))


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
            elif isinstance(value.constant, str) and len(value.constant) < _LONG:
                found.extend(Value(constant=letter) for letter in value.constant)
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
            value = named(walk, parts[-1], key)
            name = key.constant if isinstance(key.constant, str) else ANY_KEY
            keys[name] = value
        elif kind == "shorthand_property_identifier":
            keys[walk.text(child)] = identifier(walk, child)
        elif kind == "spread_element":
            keys.update(_spread_keys(walk, child))
        elif kind == "method_definition":
            name = walk.text(child.named_children[0])
            name_node = walk.field(child, "name")
            if name_node is not None:
                name = walk.text(name_node)
            keys[name] = function_value(walk, child, name)
            walk.tell("define", name, child)
    return compound(path, keys=keys)


def _spread_keys(walk: Walk, node: Node) -> dict[str, Value]:
    """Return the keys of `...value`, which does what `Object.assign` does."""
    value = walk.visit(node)
    if value.keys is not None:
        return value.keys
    said = walk.tell("call", "Object.assign", node, (NOTHING, value))
    return {ANY_KEY: Value(marks=value.marks if said is None else said)}


def named(walk: Walk, node: Node, key: Value) -> Value:
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
