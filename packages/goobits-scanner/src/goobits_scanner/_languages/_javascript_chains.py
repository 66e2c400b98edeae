"""Chains of members, subscripts and calls: `a.b[c](d).e`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages._javascript_calls import call
from goobits_scanner._languages._javascript_patterns import used
from goobits_scanner._languages._javascript_values import (
    ANY_KEY,
    BIGGEST_TEXT,
    FunctionValue,
    element_of,
    joined,
    member,
    union,
)
from goobits_scanner._languages._javascript_walk import Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_LINKS = frozenset({"member_expression", "call_expression", "subscript_expression"})
# What TypeScript wraps an expression in without changing it.
_WRAPPERS = frozenset({"non_null_expression", "as_expression", "satisfies_expression"})


def chain(walk: Walk, node: Node, *, is_callee: bool = False) -> Value:
    """Evaluate a chain from its innermost object on, however long it is."""
    links: list[tuple[str, Node, list[Node]]] = []
    kind = node.type
    while kind in _LINKS or kind in _WRAPPERS:
        parts = node.named_children
        if not parts:
            return NOTHING
        if kind in _LINKS:
            links.append((kind, node, parts))
        node = parts[0]
        kind = node.type
    value = base_of(walk, node, kind)
    receiver, place = NOTHING, len(links)
    while place:
        place -= 1
        kind, node, parts = links[place]
        if kind == "call_expression":
            value = _called(walk, node, parts, value, receiver)
            receiver = NOTHING
            continue
        receiver = value
        if kind == "member_expression":
            name = walk.text(parts[-1])
            if "\\" in name:
                value = hidden(member(value, folding.unescaped(name)))
            else:
                value = member(value, name)
        else:
            value = item(value, walk.visit(parts[-1]))
        if value.path and not (is_callee and not place) and _is_read(links, place):
            value = used(walk, node, value)
    return value


def _is_read(links: list[tuple[str, Node, list[Node]]], place: int) -> bool:
    """Return whether a link is the longest name of something that is not called."""
    if not place:
        return True
    if links[place - 1][0] == "call_expression":
        return False
    return place > 1 and links[place - 2][0] == "call_expression"


def base_of(walk: Walk, node: Node, kind: str) -> Value:
    """Evaluate what a chain begins with; a bare name there is not a use."""
    if kind == "identifier":
        name = walk.text(node)
        if "\\" in name:
            name = folding.unescaped(name)
            return walk.lookup(name) or Value(name, is_hidden=True)
        return walk.lookup(name) or walk.platform(name)
    if kind == "import" or kind == "super":
        return Value(kind)
    return walk.visit(node)


def item(base: Value, key: Value) -> Value:
    """Return what stands under a computed key."""
    if key.constant is not UNKNOWN:
        constant = key.constant
        name = (
            constant.decode("latin-1")
            if isinstance(constant, bytes)
            else folding.text_of(constant)
        )
        if name is not None and len(name) < 100:
            found = member(base, name)
            if (key.is_hidden or base.is_hidden) and found.path:
                return hidden(found)
            return found
    if base.items is not None:
        return element_of(base)
    if base.keys and base.is_constant:  # whichever it is, the file says what it is
        found = NOTHING
        for value in list(base.keys.values())[:50]:
            found = joined(found, value)
        return found
    marks = base.marks | (key.marks - {"param"}) if key.marks else base.marks
    return Value(f"{base.path}{ANY_KEY}", marks=marks, is_hidden=base.is_hidden)


def hidden(value: Value) -> Value:
    """Return a named value as one whose name was computed."""
    if value.is_hidden or isinstance(value, FunctionValue) or value.keys is not None:
        return value
    if value.constant is not UNKNOWN or value.items is not None:
        return value
    return Value(value.path, marks=value.marks, text=value.text, is_hidden=True)


def _called(
    walk: Walk, node: Node, parts: list[Node], callee: Value, receiver: Value
) -> Value:
    last = parts[-1]
    if last.type == "arguments":
        return call(walk, node, callee, receiver, arguments_of(walk, last))
    if last.type == "template_string":
        return call(walk, node, callee, receiver, [template(walk, last)])
    return call(walk, node, callee, receiver, [])


def arguments_of(walk: Walk, node: Node) -> list[Value]:
    """Evaluate the arguments of a call."""
    found: list[Value] = []
    for child in node.named_children:
        kind = child.type
        if kind == "spread_element":
            value = walk.visit(child)
            if value.items is not None:
                found.extend(value.items)
            else:
                found.append(Value(element_of(value).path, marks=value.marks))
        elif kind != "comment":
            found.append(walk.visit(child))
    return found


def visit_new(walk: Walk, node: Node) -> Value:
    constructor = walk.field(node, "constructor")
    if constructor is None:
        return NOTHING
    callee = chain(walk, constructor, is_callee=True)
    given = walk.field(node, "arguments")
    values = arguments_of(walk, given) if given is not None else []
    return call(walk, node, callee, NOTHING, values, is_new=True)


def template(walk: Walk, node: Node) -> Value:
    """Evaluate a template string: its text, with holes for what is not known."""
    texts: list[str] = []
    values: list[Value] = []
    for child in node.named_children:
        kind = child.type
        if kind == "template_substitution":
            parts = child.named_children
            value = walk.visit(parts[-1]) if parts else NOTHING
            values.append(value)
            said = value.text
            if said is None:
                said = folding.text_of(value.constant)
            texts.append(HOLE if said is None else said)
        elif kind == "string_fragment":
            texts.append(walk.text(child))
        elif kind == "escape_sequence":
            texts.append(folding.unescaped(walk.text(child)))
    text = "".join(texts)[:BIGGEST_TEXT]
    marks = union(values)
    if HOLE in text:
        return Value(text=text, marks=marks)
    return Value(constant=text, marks=marks, is_hidden=bool(values))


def visit_template(walk: Walk, node: Node) -> Value:
    value = template(walk, node)
    walk.tell_string(value, node)
    return value
