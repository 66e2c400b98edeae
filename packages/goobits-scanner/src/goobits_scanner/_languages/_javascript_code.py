"""JavaScript in a string that the scanned code evaluates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages._javascript_walk import State, Walk
from goobits_scanner._languages._parsing import parse

if TYPE_CHECKING:
    from tree_sitter import Node


def evaluate_code(walk: Walk, node: Node, code: str) -> Value:
    """Evaluate a constant string as code at a node's line; return its last value."""
    data = code.encode("utf-8", "surrogatepass")
    tree = parse(data, walk.language, walk.deadline)
    if tree is None:
        walk.is_late = True
        return NOTHING
    outer = walk.state
    line = outer.source[1] or node.start_point[0] + 1
    inside = walk.state = State((data.decode("latin-1"), line), outer.context)
    inside.level = outer.level + 1
    inside.scope = outer.scope
    inside.branch = outer.branch
    inside.this = outer.this
    try:
        return walk.visit(tree.root_node)
    finally:
        walk.state = outer
