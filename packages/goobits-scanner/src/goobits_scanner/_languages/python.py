"""The evaluator of Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from goobits_scanner._languages._outcome import Outcome
from goobits_scanner._languages._parsing import grammar, parse, problem_of
from goobits_scanner._languages._python_statements import Evaluator

if TYPE_CHECKING:
    from tree_sitter import Language

    from goobits_scanner._facts import Observer

_STATEMENTS = {
    "import_statement": "_import",
    "import_from_statement": "_import_from",
    "future_import_statement": "_nothing",
    "comment": "_nothing",
    "expression_statement": "_expression",
    "function_definition": "_function",
    "class_definition": "_class",
    "decorated_definition": "_decorated",
    "return_statement": "_return",
    "if_statement": "_if",
    "for_statement": "_for",
    "while_statement": "_nested",
    "try_statement": "_try",
    "with_statement": "_with",
    "assert_statement": "_assert",
    "match_statement": "_match",
    "case_clause": "_case",
    "global_statement": "_outside",
    "nonlocal_statement": "_outside",
    "exec_statement": "_exec",
    "block": "block",
}
_VISITORS = {
    "identifier": "_identifier",
    "attribute": "_attribute",
    "call": "_call",
    "string": "_string",
    "concatenated_string": "_concatenated",
    "integer": "_number",
    "float": "_number",
    "true": "_true",
    "false": "_false",
    "none": "_none",
    "binary_operator": "_binary",
    "unary_operator": "_unary",
    "not_operator": "_clean",
    "comparison_operator": "_clean",
    "boolean_operator": "_boolean",
    "conditional_expression": "_conditional",
    "parenthesized_expression": "_inner",
    "await": "_inner",
    "yield": "_inner",
    "list_splat": "_inner",
    "list": "_list",
    "tuple": "_list",
    "set": "_list",
    "expression_list": "_list",
    "dictionary": "_dictionary",
    "subscript": "_subscript",
    "lambda": "_lambda",
    "named_expression": "_named",
    "assignment": "_assignment",
    "expression_statement": "_inner",
    "list_comprehension": "_comprehension",
    "generator_expression": "_comprehension",
    "set_comprehension": "_comprehension",
    "dictionary_comprehension": "_comprehension",
}


@cache
def language() -> Language:
    """Return the grammar, with the evaluator's visitors set for its kinds of nodes."""
    found = grammar("tree_sitter_python")
    for kind, name in _VISITORS.items():
        number = found.id_for_node_kind(kind, True)
        if number is not None:
            Evaluator.visitors[number] = getattr(Evaluator, name)
    for kind, name in _STATEMENTS.items():
        Evaluator.statements[kind] = getattr(Evaluator, name)
    return found


def evaluate(
    data: bytes,
    observer: Observer,
    *,
    context: str = "import",
    deadline: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Tell an observer of all that a file does; `context` is that of its module level."""
    tree = parse(data, language(), deadline)
    lines = data.count(b"\n") + 1
    if tree is None:
        return Outcome(lines, "parsing it took too long")
    evaluator = Evaluator(data, observer, context, deadline, language())
    try:
        evaluator.module(tree.root_node)
    except RecursionError:
        return Outcome(lines, "it nests too deeply")
    if evaluator.is_late:
        return Outcome(lines, "evaluating it took too long")
    if evaluator.is_code_deep:
        return Outcome(lines, "code that it makes nests too deeply")
    return Outcome(lines, problem_of(tree.root_node))
