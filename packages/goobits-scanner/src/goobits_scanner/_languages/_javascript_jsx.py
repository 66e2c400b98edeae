"""JSX: an element is a call of `jsx.TAG` with its attributes as keywords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages._javascript_expressions import TRUE
from goobits_scanner._languages._javascript_values import union
from goobits_scanner._languages._javascript_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node


def element(walk: Walk, node: Node) -> Value:
    """Tell of an element, then of what it contains."""
    head = node
    children = node.named_children
    if node.type == "jsx_element":
        head = children[0]
    keywords = _attributes(walk, head)
    named = walk.field(head, "name")
    tag = walk.text(named) if named is not None else ""
    walk.tell("call", f"jsx.{tag}", head, keywords=keywords)
    contents = NOTHING
    if head is not node:
        contents = Value(marks=union([walk.visit(child) for child in children[1:-1]]))
    return Value("jsx()", marks=contents.marks | union(keywords.values()))


def _attributes(walk: Walk, head: Node) -> dict[str, Value]:
    keywords: dict[str, Value] = {}
    for child in head.named_children:
        if child.type == "jsx_attribute":
            parts = child.named_children
            value = walk.visit(parts[-1]) if len(parts) > 1 else TRUE
            keywords[walk.text(parts[0])] = value
        elif child.type == "jsx_expression":
            value = walk.visit(child)
            keywords.update(value.keys or {"...": value})
    return keywords


def text(_walk: Walk, _node: Node) -> Value:
    return NOTHING
