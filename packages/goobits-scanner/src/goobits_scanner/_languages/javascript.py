"""The evaluator of JavaScript and TypeScript."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING
from goobits_scanner._languages import _javascript_assignments as assignments
from goobits_scanner._languages import _javascript_expressions as expressions
from goobits_scanner._languages import _javascript_jsx as jsx
from goobits_scanner._languages import _javascript_statements as statements
from goobits_scanner._languages._javascript_chains import (
    chain,
    visit_new,
    visit_template,
)
from goobits_scanner._languages._javascript_classes import visit_class
from goobits_scanner._languages._javascript_functions import run_pending, visit_function
from goobits_scanner._languages._javascript_shapes import tell_shapes
from goobits_scanner._languages._javascript_walk import Visitor, Walk
from goobits_scanner._languages._outcome import Outcome
from goobits_scanner._languages._parsing import grammar, parse, problem_of

if TYPE_CHECKING:
    from tree_sitter import Language

    from goobits_scanner._facts import Observer


@cache
def language(dialect: str) -> Language:
    """Return the grammar of `javascript`, `typescript` or `tsx`."""
    if dialect == "javascript":
        return grammar("tree_sitter_javascript")
    return grammar("tree_sitter_typescript", f"language_{dialect}")


@cache
def visitors(dialect: str) -> dict[int, Visitor]:
    """Return the visitors of a grammar by the numbers of its kinds of nodes."""
    known = language(dialect)
    numbers = ((known.id_for_node_kind(kind, True), kind) for kind in _VISITORS)
    return {number: _VISITORS[kind] for number, kind in numbers if number is not None}


def evaluate(
    data: bytes,
    observer: Observer,
    *,
    dialect: str = "javascript",
    context: str = "import",
    deadline: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Tell an observer of all that a file does; `context` is that of its module level."""
    lines = data.count(b"\n") + 1
    known = language(dialect)
    tree = parse(data, known, deadline)
    if tree is None:
        return Outcome(lines, "parsing it took too long")
    tell_shapes(data, observer, context)
    walk = Walk(data, observer, visitors(dialect), known, deadline, context)
    try:
        walk.visit(tree.root_node)
        run_pending(walk)
        while walk.take_deferred():
            run_pending(walk)
    except RecursionError:
        return Outcome(lines, "it nests too deeply")
    if walk.is_late:
        return Outcome(lines, "evaluating it took too long")
    return Outcome(lines, problem_of(tree.root_node))


_IGNORED = (
    "comment hash_bang_line empty_statement break_statement continue_statement debugger "
    "type_annotation interface_declaration type_alias_declaration ambient_declaration "
    "function_signature type_arguments type_parameters implements_clause jsx_text "
    "accessibility_modifier override_modifier meta_property statement_identifier "
    "property_identifier private_property_identifier import_attribute html_comment "
    "jsx_namespace_name predefined_type type_identifier undefined regex_flags"
)
_VISITORS: dict[str, Visitor] = {
    **dict.fromkeys(_IGNORED.split(), statements.nothing),
    "program": statements.program,
    "statement_block": statements.block,
    "class_static_block": statements.children,
    "expression_statement": statements.expression,
    "variable_declaration": statements.declaration,
    "lexical_declaration": statements.declaration,
    "function_declaration": statements.nothing,
    "generator_function_declaration": statements.nothing,
    "class_declaration": visit_class,
    "abstract_class_declaration": visit_class,
    "class": visit_class,
    "return_statement": statements.return_,
    "if_statement": statements.if_,
    "else_clause": statements.children,
    "for_statement": statements.for_,
    "for_in_statement": statements.for_in,
    "while_statement": statements.branch,
    "do_statement": statements.branch,
    "try_statement": statements.branch,
    "catch_clause": statements.catch,
    "finally_clause": statements.children,
    "switch_statement": statements.branch,
    "debugger_statement": statements.named_node("debugger"),
    "with_statement": statements.named_node("with"),
    "import_statement": statements.import_,
    "export_statement": statements.export,
    "enum_declaration": statements.enum,
    "internal_module": statements.namespace,
    "module": statements.namespace,
    "import_alias": statements.import_alias,
    "nested_identifier": statements.nested_identifier,
    "identifier": expressions.identifier,
    "string": expressions.string,
    "template_string": visit_template,
    "number": expressions.number,
    "true": expressions.constant(expressions.TRUE),
    "false": expressions.constant(expressions.FALSE),
    "null": expressions.constant(expressions.NULL),
    "undefined": expressions.constant(NOTHING),
    "this": expressions.this,
    "regex": expressions.regex,
    "parenthesized_expression": expressions.inner,
    "sequence_expression": expressions.inner,
    "await_expression": expressions.inner,
    "yield_expression": expressions.inner,
    "spread_element": expressions.spread,
    "jsx_expression": expressions.inner,
    "as_expression": expressions.first,
    "satisfies_expression": expressions.first,
    "non_null_expression": expressions.first,
    "instantiation_expression": expressions.first,
    "type_assertion": expressions.asserted,
    "binary_expression": expressions.binary,
    "unary_expression": expressions.unary,
    "update_expression": expressions.update,
    "ternary_expression": expressions.ternary,
    "array": expressions.array,
    "object": expressions.object_,
    "assignment_expression": assignments.assignment,
    "augmented_assignment_expression": assignments.augmented,
    "member_expression": chain,
    "subscript_expression": chain,
    "call_expression": chain,
    "new_expression": visit_new,
    "arrow_function": visit_function,
    "function_expression": visit_function,
    "generator_function": visit_function,
    "jsx_element": jsx.element,
    "jsx_self_closing_element": jsx.element,
}
