"""Checks in JavaScript: what holds of a variable where a condition is true, or where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._languages._guards import CHOSEN, KEY, RESOLVED, checked, merged
from goobits_scanner._languages._javascript_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

Proven = dict[str, frozenset[str]]
_LEAVING = frozenset(
    "return_statement throw_statement continue_statement break_statement".split()
)
_MEMBERS = frozenset({"has", "includes"})
_DEEPEST = 20


def proven(walk: Walk, node: Node, when: bool, depth: int = 0) -> Proven:
    """Return the names of which a condition proves something where it is `when`."""
    kind = node.type
    if depth > _DEEPEST:
        return {}
    if kind == "parenthesized_expression" and node.named_children:
        return proven(walk, node.named_children[0], when, depth + 1)
    if kind == "unary_expression":
        operand = node.child_by_field_name("argument")
        if operand is None or not walk.text(node).startswith("!"):
            return {}
        return proven(walk, operand, not when, depth + 1)
    if kind == "binary_expression":
        return _of_two(walk, node, when, depth)
    return _of_call(walk, node, when) if kind == "call_expression" else {}


def _of_two(walk: Walk, node: Node, when: bool, depth: int) -> Proven:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    if left is None or right is None or operator is None:
        return {}
    sign = operator.type
    if sign in {"&&", "||"}:
        if when is not (sign == "&&"):
            return {}
        return merged(
            proven(walk, left, when, depth + 1), proven(walk, right, when, depth + 1)
        )
    if sign in ({"===", "=="} if when else {"!==", "!="}):
        for one, other in ((left, right), (right, left)):
            if one.type == "string":
                return _named(walk, other, CHOSEN)
    return {}


def _of_call(walk: Walk, node: Node, when: bool) -> Proven:
    callee = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments")
    if callee is None or given is None or callee.type != "member_expression":
        return {}
    owner = callee.child_by_field_name("object")
    method = callee.child_by_field_name("property")
    values = given.named_children
    if owner is None or method is None or not values:
        return {}
    name = walk.text(method)
    if name in _MEMBERS:
        return _named(walk, values[0], CHOSEN if when else KEY)
    if not when:
        return {}
    if name == "test":
        is_part = owner.type == "regex" and not walk.text(owner).startswith("/^")
        return {} if is_part else _named(walk, values[0], CHOSEN)
    if name == "hasOwn":
        return _named(walk, values[-1], CHOSEN)
    if name == "hasOwnProperty":
        return _named(walk, values[0], CHOSEN)
    if name == "startsWith" and owner.type == "identifier":
        value = walk.lookup(walk.text(owner))
        if value is not None and value.path.endswith(RESOLVED):
            return _named(walk, owner, CHOSEN)
    return {}


def _named(walk: Walk, node: Node, marks: frozenset[str]) -> Proven:
    """Return the variable that is checked, and the one that it was parsed from."""
    while node.type == "member_expression":
        inner = node.child_by_field_name("object")
        if inner is None:
            return {}
        node = inner
    if node.type != "identifier":
        return {}
    name = walk.text(node)
    found = {name: marks}
    if name in walk.parsed_from:
        found[walk.parsed_from[name]] = marks
    return found


def note_parsed(walk: Walk, name: str, given: Node) -> None:
    """Remember of `url = new URL(text)` that who checks the one has checked the other."""
    if given.type == "new_expression":
        made = given.child_by_field_name("constructor")
        values = given.child_by_field_name("arguments")
        if made is not None and values is not None and walk.text(made) == "URL":
            inner = values.named_children
            if len(inner) == 1 and inner[0].type == "identifier":
                walk.parsed_from[name] = walk.text(inner[0])


def leaves(node: Node) -> bool:
    """Return whether what follows is not reached from here."""
    if node.type == "statement_block":
        children = [each for each in node.named_children if each.type != "comment"]
        return bool(children) and children[-1].type in _LEAVING
    return node.type in _LEAVING


def narrow(walk: Walk, found: Proven) -> None:
    """Let names stand for what is left of them, in the block that is evaluated."""
    for name, marks in found.items():
        value = walk.lookup(name)
        if value is None:
            continue
        scope = walk.state.scope
        if scope.checked is None:
            scope.checked = {}
        scope.checked[name] = checked(value, marks)
