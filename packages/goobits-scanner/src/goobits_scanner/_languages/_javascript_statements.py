"""JavaScript's statements, and TypeScript's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _javascript_folding as folding
from goobits_scanner._languages import _javascript_guards as guards
from goobits_scanner._languages._javascript_calls import import_module
from goobits_scanner._languages._javascript_chains import chain
from goobits_scanner._languages._javascript_expressions import name_function
from goobits_scanner._languages._javascript_functions import declare_function
from goobits_scanner._languages._javascript_patterns import bind, reassign
from goobits_scanner._languages._javascript_values import (
    PARAM,
    compound,
    element_of,
    member,
    put,
)
from goobits_scanner._languages._javascript_walk import PLATFORM, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTIONS = frozenset({"function_declaration", "generator_function_declaration"})


def program(walk: Walk, node: Node) -> Value:
    """Evaluate statements; functions are declared before anything runs."""
    children = node.named_children
    for child in children:
        kind = child.type
        if kind in FUNCTIONS:
            declare_function(walk, child)
        elif kind == "export_statement":
            declared = walk.field(child, "declaration")
            if declared is not None and declared.type in FUNCTIONS:
                declare_function(walk, declared)
    return walk.statements(children)


def block(walk: Walk, node: Node) -> Value:
    outer = walk.enter_block()
    program(walk, node)
    walk.state.scope = outer
    return NOTHING


def nothing(_walk: Walk, _node: Node) -> Value:
    return NOTHING


def children(walk: Walk, node: Node) -> Value:
    return walk.statements(node.named_children)


def expression(walk: Walk, node: Node) -> Value:
    parts = node.named_children
    return walk.visit(parts[0]) if parts else NOTHING


def declaration(walk: Walk, node: Node) -> Value:
    """Evaluate `var`, `let` and `const`."""
    is_var = node.type == "variable_declaration"
    for child in node.named_children:
        if child.type == "variable_declarator":
            _declarator(walk, child, is_var)
    return NOTHING


def _declarator(walk: Walk, node: Node, is_var: bool) -> None:
    target, given = walk.field(node, "name"), walk.field(node, "value")
    if target is None:
        return
    if target.type != "identifier":
        bind(
            walk,
            target,
            walk.visit(given) if given is not None else NOTHING,
            is_var=is_var,
        )
        return
    name = walk.text(target)
    if given is None:
        if not is_var or walk.lookup(name) is None:
            walk.declare(name, NOTHING, is_var=is_var)
        return
    value = walk.visit(given)
    guards.note_parsed(walk, name, given)
    name_function(walk, given, value, name)
    walk.tell("assign", f".{name}" if name in PLATFORM else name, node, (value,))
    walk.declare(name, value, is_var=is_var)


def return_(walk: Walk, node: Node) -> Value:
    parts = node.named_children
    value = walk.visit(parts[-1]) if parts else NOTHING
    walk.state.returned.append(value)
    if value.is_built or value.marks - PARAM:
        walk.tell("node", "return", node, (value,))
    return value


def branch(walk: Walk, node: Node) -> Value:
    """Evaluate what may run or not, in order."""
    walk.state.branch += 1
    walk.statements(node.named_children)
    walk.state.branch -= 1
    return NOTHING


def if_(walk: Walk, node: Node) -> Value:
    condition = walk.field(node, "condition")
    if condition is not None:
        walk.visit(condition)
    walk.state.branch += 1
    parts = (walk.field(node, "consequence"), walk.field(node, "alternative"))
    for part, when in zip(parts, (True, False), strict=True):
        if part is None:
            continue
        found = {} if condition is None else guards.proven(walk, condition, when)
        outer = walk.enter_block() if found else None
        guards.narrow(walk, found)
        walk.visit(part)
        if outer is not None:
            walk.state.scope = outer
    walk.state.branch -= 1
    if condition is not None and parts[0] is not None and guards.leaves(parts[0]):
        guards.narrow(walk, guards.proven(walk, condition, when=False))
    return NOTHING


def for_(walk: Walk, node: Node) -> Value:
    """Evaluate `for (;;)`; its counters are not what they begin with."""
    outer = walk.enter_block()
    initializer = walk.field(node, "initializer")
    if initializer is not None:
        walk.visit(initializer)
        names = walk.state.scope.names
        for name, value in names.items():
            if value.constant is not UNKNOWN:
                names[name] = Value(marks=value.marks)
        if initializer.type == "variable_declaration":
            _forget_counters(walk, initializer)
    walk.state.branch += 1
    for name in ("condition", "increment", "body"):
        part = walk.field(node, name)
        if part is not None:
            walk.visit(part)
    walk.state.branch -= 1
    walk.state.scope = outer
    return NOTHING


def _forget_counters(walk: Walk, node: Node) -> None:
    for child in node.named_children:
        target = walk.field(child, "name")
        if target is not None and target.type == "identifier":
            name = walk.text(target)
            found = walk.lookup(name)
            if found is not None and found.constant is not UNKNOWN:
                walk.declare(name, Value(marks=found.marks), is_var=True)


def for_in(walk: Walk, node: Node) -> Value:
    """Evaluate `for (key in object)` and `for (item of list)`."""
    right, left = walk.field(node, "right"), walk.field(node, "left")
    source = walk.visit(right) if right is not None else NOTHING
    operator = walk.field(node, "operator")
    is_of = operator is not None and operator.type == "of"
    value = element_of(source) if is_of else Value(marks=source.marks | {"key"})
    outer = walk.enter_block()
    if left is not None:
        declares = walk.field(node, "kind") is not None
        if declares:
            bind(walk, left, value)
        else:
            reassign(walk, left, value)
    body = walk.field(node, "body")
    walk.state.branch += 1
    if body is not None:
        walk.visit(body)
    walk.state.branch -= 1
    walk.state.scope = outer
    return NOTHING


def catch(walk: Walk, node: Node) -> Value:
    body, parameter = walk.field(node, "body"), walk.field(node, "parameter")
    outer = walk.enter_block()
    if parameter is not None:
        name = walk.text(parameter) if parameter.type == "identifier" else ""
        bind(walk, parameter, Value(f"@{name}" if name else "", marks=PARAM))
    walk.state.branch += 1
    if body is not None:
        if not any(child.type != "comment" for child in body.named_children):
            walk.tell("node", "empty-catch", node)
        walk.visit(body)
    walk.state.branch -= 1
    walk.state.scope = outer
    return NOTHING


def named_node(name: str) -> Callable[[Walk, Node], Value]:
    """Return a visitor that tells of a statement that has no other name."""

    def visit(walk: Walk, node: Node) -> Value:
        walk.tell("node", name, node)
        return walk.visit_children(node)

    return visit


def import_(walk: Walk, node: Node) -> Value:
    """Evaluate `import` in all its forms; types import nothing."""
    if any(child.type == "type" for child in node.children):
        return NOTHING
    source = walk.field(node, "source")
    for child in node.named_children:
        if child.type == "import_require_clause":
            source = walk.field(child, "source")
            if source is not None:
                module = import_module(walk, node, _name_of(walk, source))
                walk.declare(walk.text(child.named_children[0]), module)
            return NOTHING
    if source is None:
        return NOTHING
    module = import_module(walk, node, _name_of(walk, source))
    for clause in node.named_children:
        if clause.type == "import_clause":
            for child in clause.named_children:
                _import_names(walk, child, module)
    return NOTHING


def _name_of(walk: Walk, node: Node) -> str:
    return folding.unescaped(walk.text(node)[1:-1])


def _import_names(walk: Walk, node: Node, module: Value) -> None:
    if node.type == "identifier":
        walk.declare(walk.text(node), module)
    elif node.type == "namespace_import":
        walk.declare(walk.text(node.named_children[-1]), module)
    elif node.type == "named_imports":
        for child in node.named_children:
            named = walk.field(child, "name")
            if named is not None:
                alias = walk.field(child, "alias") or named
                value = member(module, walk.text(named).strip("'\""))
                walk.declare(walk.text(alias), value)


def export(walk: Walk, node: Node) -> Value:
    source = walk.field(node, "source")
    if source is not None:
        import_module(walk, node, _name_of(walk, source))
        return NOTHING
    for child in node.named_children:
        kind = child.type
        if kind == "decorator":
            walk.visit_children(child)
        elif kind != "export_clause":
            value = walk.visit(child)
            if walk.field(node, "value") == child:
                walk.tell("assign", "exports.default", node, (value,))
    return NOTHING


def enum(walk: Walk, node: Node) -> Value:
    named, body = walk.field(node, "name"), walk.field(node, "body")
    if named is None or body is None:
        return NOTHING
    keys: dict[str, Value] = {}
    for place, child in enumerate(body.named_children):
        if child.type == "enum_assignment":
            given = walk.field(child, "value")
            value = walk.visit(given) if given is not None else NOTHING
            keys[walk.text(child.named_children[0]).strip("'\"")] = value
        else:
            keys[walk.text(child).strip("'\"")] = Value(constant=place)
    walk.declare(walk.text(named), compound(keys=keys))
    return NOTHING


def namespace(walk: Walk, node: Node) -> Value:
    """Evaluate a namespace; its names become those of an object."""
    named, body = walk.field(node, "name"), walk.field(node, "body")
    if body is None:
        return NOTHING
    outer = walk.enter_block()
    program(walk, body)
    inside, walk.state.scope = walk.state.scope.names, outer
    if named is not None and named.type == "identifier":
        value = compound(keys={})
        for name, entry in inside.items():
            put(value, name, entry)
        walk.declare(walk.text(named), value)
    return NOTHING


def import_alias(walk: Walk, node: Node) -> Value:
    parts = node.named_children
    walk.declare(walk.text(parts[0]), chain(walk, parts[-1]))
    return NOTHING


def nested_identifier(walk: Walk, node: Node) -> Value:
    """Evaluate `A.B` where the grammar takes it for a name."""
    value = NOTHING
    for place, name in enumerate(walk.text(node).split(".")[:20]):
        name = name.strip()
        known = walk.lookup(name) if not place else member(value, name)
        value = known or walk.platform(name)
    return value
