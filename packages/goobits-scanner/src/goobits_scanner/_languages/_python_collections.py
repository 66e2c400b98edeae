"""Values of Python's lists, dicts, subscripts and comprehensions."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._python_values import (
    element_of,
    elements_of,
    marks_of,
    with_marks,
)
from goobits_scanner._languages._python_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMESPACES = frozenset({"globals()", "locals()", "__builtins__", "sys.modules"})

# Constants of the standard library of which names are spelled letter by letter.
_ALPHABETS = {
    f"string.{name}": getattr(string, name)
    for name in (
        "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits "
        "printable punctuation"
    ).split()
}


class Collections(Walk):
    """Evaluates what holds several values."""

    def _list(self, node: Node) -> Value:
        items: list[Value] = []
        for child in node.named_children:
            if self.is_over():
                break
            if child.type == "list_splat":
                spread = self._inner(child)
                is_short = spread.items is not None and len(spread.items) < 500
                items += spread.items if is_short and spread.items else (spread,)
            elif child.type != "comment":
                items.append(self.evaluate(child))
        return Value(items=tuple(items), marks=marks_of(items))

    def _dictionary(self, node: Node) -> Value:
        keys: dict[str, Value] = {}
        marks = NO_MARKS
        for child in node.named_children:
            if self.is_over():
                break
            if child.type == "pair":
                key, value = pair_of(child, "key", "value")
                if key is None or value is None:
                    continue
                name, held = self.evaluate(key), self.evaluate(value)
                if isinstance(name.constant, str):
                    keys[name.constant] = held
                marks |= held.marks | name.marks
            elif child.type != "comment":
                spread = self._inner(child)
                keys.update(spread.keys or {})
                marks |= spread.marks
        return Value(keys=keys, marks=marks)

    def _subscript(self, node: Node) -> Value:
        owner_node, index_node = pair_of(node, "value", "subscript")
        if owner_node is None or index_node is None:
            return self._parts(node)
        owner = self.evaluate(owner_node)
        if index_node.type == "slice":
            bounds = self._bounds(index_node)
            made = folding.sliced(folding.constant_of(owner), bounds)
            if made is not UNKNOWN:
                return folding.value_of(made, owner.marks)
            return Value(text=owner.text, marks=owner.marks)
        return self._element(owner, self.evaluate(index_node))

    def _bounds(self, node: Node) -> list[object]:
        bounds: list[object] = [None, None, None]
        place = 0
        for child in node.children:
            if child.type == ":":
                place += 1
            elif child.is_named and place < 3:
                bounds[place] = self.evaluate(child).constant
        return bounds

    def _element(self, owner: Value, index: Value) -> Value:
        key = index.constant
        if isinstance(key, str):
            if owner.keys is not None and key in owner.keys:
                return owner.keys[key]
            if owner.path == "__builtins__.__dict__":
                return Value(key, is_hidden=True)
            if owner.path.endswith((".__dict__", "vars()")):
                return self.member(_without_dict(owner), key, is_hidden=True)
            if owner.path in _NAMESPACES:
                found = self.named(key)
                return Value(found.path or key, marks=found.marks, is_hidden=True)
        if isinstance(key, int) and not isinstance(key, bool):
            if owner.items is not None and -len(owner.items) <= key < len(owner.items):
                return owner.items[key]
            made = _ALPHABETS.get(owner.path, owner.constant)
            if isinstance(made, str | bytes) and -len(made) <= key < len(made):
                return Value(constant=made[key], marks=owner.marks)
        return Value(f"{owner.path}[]", marks=owner.marks | index.marks)

    def _comprehension(self, node: Node) -> Value:
        self.scopes.append({})
        value = self._comprehended(node)
        self.scopes.pop()
        return value

    def _comprehended(self, node: Node) -> Value:
        body = node.child_by_field_name("body")
        source, target, clauses = NOTHING, None, 0
        for child in node.named_children:
            if child.type == "for_in_clause":
                clauses += 1
                target = child.child_by_field_name("left")
                right = child.child_by_field_name("right")
                source = NOTHING if right is None else self.evaluate(right)
                if target is not None:
                    self.bind(target, element_of(source))
            elif child.type == "if_clause":
                clauses += 1
                self._parts(child)
        if body is None:
            return self._parts(node)
        elements = elements_of(source)
        if clauses == 1 and target is not None and elements and body.type != "pair":
            made = []
            for element in elements:
                if self.is_over():
                    break
                self.bind(target, element)
                made.append(self.evaluate(body))
            return Value(items=tuple(made), marks=marks_of(made))
        value = self.evaluate(body)
        return Value(items=(value,), marks=value.marks | source.marks)


def pair_of(node: Node, one: str, two: str) -> tuple[Node | None, Node | None]:
    """Return the children of two fields, which are mostly all that there are."""
    children = node.named_children
    if len(children) == 2:
        return children[0], children[1]
    return node.child_by_field_name(one), node.child_by_field_name(two)


def _without_dict(owner: Value) -> Value:
    if owner.path.endswith("vars()"):
        return owner.items[0] if owner.items else NOTHING
    return with_marks(Value(owner.path.removesuffix(".__dict__")), owner.marks)
