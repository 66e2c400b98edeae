"""Checks in Python: what holds of a variable where a condition is true, or where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._languages._guards import CHOSEN, RESOLVED, merged

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

    from goobits_scanner._facts import Value

Proven = dict[str, frozenset[str]]
_LEAVING = frozenset(
    "return_statement raise_statement continue_statement break_statement".split()
)
# Calls that do not come back.
_ENDING = ("abort(", "sys.exit(", "exit(", "quit(")
# Methods of a text that say of all of it what it is made of.
_MADE_OF = frozenset("isalnum isalpha isdigit isdecimal isidentifier".split())
_WHOLE = frozenset({"fullmatch", "match"})
_DEEPEST = 20


def proven(
    node: Node,
    when: bool,
    text: Callable[[Node], str],
    named: Callable[[str], Value],
    depth: int = 0,
) -> Proven:
    """Return the names of which a condition proves something where it is `when`.

    `text` gives the source of a node, `named` the value of a name.
    """
    kind = node.type
    children = node.named_children
    if depth > _DEEPEST or not children:
        return {}
    if kind == "parenthesized_expression":
        return proven(children[0], when, text, named, depth + 1)
    if kind == "not_operator":
        return proven(children[0], not when, text, named, depth + 1)
    if kind == "boolean_operator" and len(children) == 2:
        operator = node.child_by_field_name("operator")
        if operator is None or when is not (operator.type == "and"):
            return {}
        one, two = (proven(child, when, text, named, depth + 1) for child in children)
        return merged(one, two)
    if kind == "comparison_operator" and len(children) == 2:
        return _compared(node, children[0], children[1], when)
    return _called(node, text, named) if kind == "call" and when else {}


def _compared(node: Node, left: Node, right: Node, when: bool) -> Proven:
    signs = {child.type for child in node.children if not child.is_named}
    if ("in" if when else "not in") in signs:
        return {} if right.type == "string" else _named(left)
    if ("==" if when else "!=") in signs:
        for one, other in ((left, right), (right, left)):
            if one.type == "string":
                return _named(other)
    return {}


def _called(
    node: Node, text: Callable[[Node], str], named: Callable[[str], Value]
) -> Proven:
    callee = node.child_by_field_name("function")
    given = node.child_by_field_name("arguments")
    if callee is None or given is None or callee.type != "attribute":
        return {}
    owner = callee.child_by_field_name("object")
    method = callee.child_by_field_name("attribute")
    if owner is None or method is None:
        return {}
    name, values = text(method), given.named_children
    if name in _WHOLE and values:
        return _named(values[-1] if text(owner) == "re" else values[0])
    if name in _MADE_OF:
        return _named(owner)
    is_where = name in {"startswith", "is_relative_to"} and owner.type == "identifier"
    if is_where and named(text(owner)).path.endswith(RESOLVED):
        return _named(owner)
    return {}


def _named(node: Node) -> Proven:
    while node.type == "attribute":
        inner = node.child_by_field_name("object")
        if inner is None:
            return {}
        node = inner
    if node.type != "identifier" or node.text is None:
        return {}
    return {node.text.decode("utf-8", "replace"): CHOSEN}


def source_of(right: Node, text: Callable[[Node], str]) -> str:
    """Return of `urlparse(name)` the name: who checks the one has checked the other."""
    callee = right.child_by_field_name("function")
    given = right.child_by_field_name("arguments")
    if right.type != "call" or callee is None or given is None:
        return ""
    values = given.named_children
    if not values or values[0].type != "identifier":
        return ""
    is_parser = text(callee).rpartition(".")[2] in {"urlparse", "urlsplit"}
    return text(values[0]) if is_parser else ""


def leaves(block: Node, text: Callable[[Node], str]) -> bool:
    """Return whether what follows is not reached from the end of a block."""
    children = [each for each in block.named_children if each.type != "comment"]
    if not children:
        return False
    last = children[-1]
    return last.type in _LEAVING or (
        last.type == "expression_statement"
        and text(last).lstrip().removeprefix("flask.").startswith(_ENDING)
    )
