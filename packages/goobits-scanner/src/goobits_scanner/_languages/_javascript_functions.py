"""JavaScript's functions and classes: parameters, bodies, what a call returns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, UNKNOWN, Value
from goobits_scanner._languages._javascript_patterns import bind
from goobits_scanner._languages._javascript_values import (
    PARAM,
    Compound,
    Function,
    FunctionValue,
    joined,
    union,
    with_marks,
)
from goobits_scanner._languages._javascript_walk import PLATFORM, Scope, State, Walk

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_RERUNS = 300
_DEEPEST_RERUN = 2
_SHORT = 600
_LONGEST_IDLE = 200
_NOTHING_SAID = frozenset({"undefined", "null", "true"})
_MOST_IN_VAIN = 3
_LONGEST_RERUN = 20_000
# The mark of a function that does nothing.
IDLE = frozenset({"idle"})
_RESPONSES = frozenset({"res", "_res", "response", "reply", "resp"})
_REQUEST_TYPES = frozenset(
    "Request express.Request FastifyRequest NextApiRequest NextRequest IncomingMessage "
    "http.IncomingMessage ExpressRequest".split()
)
_INPUT_DECORATORS = frozenset(
    "Body Query Param Params Headers Req Request QueryParam QueryParams BodyParam HeaderParam "
    "CookieParam UploadedFile UploadedFiles RawBody Cookies".split()
)


def function_value(walk: Walk, node: Node, name: str = "") -> FunctionValue:
    """Register a function; its body is evaluated when called, or at the end."""
    state = walk.state
    named = walk.field(node, "name")
    if not name and named is not None:
        name = walk.text(named)
    parameters = walk.field(node, "parameters") or walk.field(node, "parameter")
    function = Function(
        name,
        parameters,
        walk.field(node, "body"),
        state.scope,
        state.source,
        state.this,
    )
    function.is_arrow = node.type == "arrow_function"
    if not function.is_arrow:
        function.this = (
            Value("this") if not isinstance(state.this, Compound) else state.this
        )
    walk.pending.append(function)
    value = FunctionValue(f".{name}" if name in PLATFORM else name, function)
    if function.body is not None and _is_idle(function.body):
        value.marks = IDLE
    return value


def _is_idle(body: Node) -> bool:
    """Return whether a function's body says yes or nothing, whatever it is asked."""
    if body.end_byte - body.start_byte > _LONGEST_IDLE:
        return False
    parts = body.named_children if body.type == "statement_block" else [body]
    parts = [part for part in parts if part.type != "comment"]
    if len(parts) == 1 and parts[0].type == "return_statement":
        parts = parts[0].named_children
    return not parts or (len(parts) == 1 and parts[0].type in _NOTHING_SAID)


def visit_function(walk: Walk, node: Node) -> Value:
    value = function_value(walk, node)
    function = value.function
    if function is not None and function.name and function.name not in PLATFORM:
        inner = Scope(function.closure, function.closure.branch)
        inner.names[function.name] = value
        function.closure = inner
    return value


def declare_function(walk: Walk, node: Node) -> None:
    """Declare a function statement's name (which its whole block sees)."""
    value = function_value(walk, node)
    function = value.function
    if function is None or not function.name:
        return
    walk.declare(function.name, value)
    walk.tell("define", function.name, node)


def run(walk: Walk, function: Function, arguments: Sequence[Value] | None) -> Value:
    """Evaluate a body with these arguments, or with unknown ones; return what it returns."""
    body = function.body
    if body is None or function.is_running or walk.is_late:
        return Value(marks=PARAM if arguments is None else union(arguments))
    if not function.source[1] and not walk.wants(body):
        function.is_done = True
        return Value(marks=PARAM if arguments is None else union(arguments))
    outer = walk.state
    walk.state = _inside(walk, function)
    function.is_running = function.is_done = True
    try:
        _bind_parameters(walk, function, arguments)
        result = walk.visit_body(body)
        if body.type == "statement_block":
            result = _returned(walk.state.returned)
    finally:
        function.is_running = False
        walk.state = outer
    return result


def _inside(walk: Walk, function: Function) -> State:
    state = State.__new__(State)
    branch = function.closure.branch + 1
    state.scope = Scope(function.closure, branch)
    state.branch = branch
    state.source = function.source
    state.context = walk.state.context
    state.this = function.this
    state.returned = []
    state.level = walk.state.level
    return state


def _returned(values: list[Value]) -> Value:
    found = NOTHING
    for value in values:
        found = joined(found, value)
    return found


def _bind_parameters(
    walk: Walk, function: Function, arguments: Sequence[Value] | None
) -> None:
    node = function.parameters
    if not function.is_arrow:
        given = union(arguments) if arguments is not None else PARAM
        walk.declare("arguments", Value("@arguments", marks=given))
    if node is None:
        return
    if node.type != "formal_parameters":
        _bind_parameter(walk, node, 0, [node], arguments)
        return
    nodes = [child for child in node.named_children if child.type != "comment"]
    for place, parameter in enumerate(nodes):
        _bind_parameter(walk, parameter, place, nodes, arguments)


def _bind_parameter(
    walk: Walk,
    node: Node,
    place: int,
    nodes: list[Node],
    arguments: Sequence[Value] | None,
) -> None:
    pattern = walk.field(node, "pattern") or node
    default = walk.field(node, "value")
    if pattern.type == "assignment_pattern":
        default = walk.field(pattern, "right")
        pattern = walk.field(pattern, "left") or pattern
    if pattern.type == "rest_pattern":
        rest = union(arguments[place:]) if arguments is not None else PARAM
        name = walk.text(pattern).lstrip(". ")
        bind(walk, pattern, Value(f"@{name}", marks=rest))
        return
    value = _unknown_parameter(walk, node, pattern, place, nodes)
    if arguments is not None:
        value = _given(value, arguments, place)
    if default is not None and (arguments is None or place >= len(arguments)):
        found = walk.visit(default)
        value = found if arguments is not None else joined(value, _plain(found))
    bind(walk, pattern, value)


def _plain(value: Value) -> Value:
    return NOTHING if value.is_constant else value


def _given(unknown: Value, arguments: Sequence[Value], place: int) -> Value:
    if place >= len(arguments):
        return NOTHING
    value = arguments[place]
    marks = value.marks | (unknown.marks - PARAM)
    is_known = (
        value.path
        or value.constant is not UNKNOWN
        or value.text is not None
        or isinstance(value, Compound | FunctionValue)
    )
    return with_marks(value, marks) if is_known else Value(unknown.path, marks=marks)


def _unknown_parameter(
    walk: Walk, node: Node, pattern: Node, place: int, nodes: list[Node]
) -> Value:
    marks = PARAM
    if node.type in {"required_parameter", "optional_parameter"}:
        if _is_input(walk, node):
            marks = marks | {"input"}
        declared = walk.field(node, "type")
        if declared is not None and walk.text(declared).lstrip(": ") in _REQUEST_TYPES:
            return Value("@req", marks=marks)
    if pattern.type == "identifier":
        return Value(f"@{walk.text(pattern)}", marks=marks)
    if place == 0 and len(nodes) > 1 and _name(walk, nodes[1]) in _RESPONSES:
        return Value("@req", marks=marks)
    return Value("@", marks=marks)


def _name(walk: Walk, node: Node) -> str:
    return walk.text(walk.field(node, "pattern") or node)


def _is_input(walk: Walk, node: Node) -> bool:
    for child in node.named_children:
        if child.type == "decorator":
            name = walk.text(child).lstrip("@").partition("(")[0]
            if name in _INPUT_DECORATORS:
                return True
    return False


def invoked(walk: Walk, function: Function, arguments: Sequence[Value]) -> Value:
    """Return the result of calling a function of the file with these arguments."""
    if function.is_running:
        return Value(marks=union(arguments))
    if function.result is None:
        function.result = run(walk, function, None)
    if _is_worth_it(walk, function, arguments):
        walk.reruns += 1
        walk.rerun_level += 1
        found = run(walk, function, arguments)
        walk.rerun_level -= 1
        function.vain += found.constant is UNKNOWN
        return found
    result = function.result
    if "param" not in result.marks:
        return result if not result.path.startswith("@") else Value(marks=result.marks)
    marks = (result.marks - PARAM) | union(arguments)
    path = "" if result.path.startswith("@") else result.path
    return Value(path, constant=result.constant, text=result.text, marks=marks)


def _is_worth_it(walk: Walk, function: Function, arguments: Sequence[Value]) -> bool:
    """Return whether a body is to be evaluated again with what it is called with."""
    body = function.body
    if body is None or not arguments or walk.rerun_level >= _DEEPEST_RERUN:
        return False
    size = body.end_byte - body.start_byte
    if walk.reruns >= _MOST_RERUNS or size > _LONGEST_RERUN:
        return False
    if any(argument.marks - PARAM for argument in arguments):
        return True
    if size > _SHORT or function.vain >= _MOST_IN_VAIN:
        return False
    return any(
        argument.constant is not UNKNOWN or argument.items or argument.path
        for argument in arguments
    )


def run_pending(walk: Walk) -> None:
    """Evaluate all functions that nothing has called."""
    outer = walk.state.context
    walk.state.context = "function"
    while walk.pending and not walk.is_late:
        function = walk.pending.popleft()
        if not function.is_done:
            function.result = run(walk, function, None)
    walk.state.context = outer
