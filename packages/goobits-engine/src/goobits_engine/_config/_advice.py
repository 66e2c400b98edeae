"""How to mend a value of the wrong shape, where that is a matter of a few words."""

from __future__ import annotations

from goobits_engine._config._nodes import Node, ScalarNode, SequenceNode
from goobits_engine._config._schema import TABLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from goobits_engine._config._keys import Key

_LONGEST_ITEM = 40


def advice(key: Key, node: Node) -> str:
    """Return how to write what `node` probably means under `key`, or nothing.

    For a key that holds blocks by name, a scalar is taken for the body of one of them.
    """
    if key.kind == "blocks" and isinstance(node, SequenceNode):
        return "write a mapping by name, such as run: {desc: …}"
    if not isinstance(node, ScalarNode):
        return ""
    if key.kind == "blocks":
        return "write it as {desc: …}"
    if key.kind == "block" and TABLES[key.table].label:
        return f"write it as {{{TABLES[key.table].label}: …}}"
    if key.kind == "list" and _is_one_item(node.text):
        return f"write it as a list: [{node.text}]"
    return ""


def _is_one_item(text: str) -> bool:
    return len(text) < _LONGEST_ITEM and " " not in text and text.isprintable()
