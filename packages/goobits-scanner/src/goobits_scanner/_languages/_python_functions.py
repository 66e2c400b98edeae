"""Calls of Python: functions of the file itself, dynamic look-ups, code in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NO_MARKS, NOTHING, UNKNOWN, Value, key_of
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._python_expressions import (
    Expressions,
    elements_of,
    joined,
    marks_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node

PARAMETER = frozenset({"param"})
MOST_REPLAYS = 200
MOST_ITEMS = 500
DEEPEST_REPLAY = 3
_IMPORTERS = frozenset(
    {"__import__", "importlib.import_module", "importlib.__import__"}
)
_RUNNERS = frozenset({"eval", "exec", "compile"})
_ROUTES = ("route", "get", "post", "put", "delete", "patch", "websocket", "api_route")
# Methods that put what they are given into their receiver.
_GROWING = frozenset(
    "append extend add insert update write setdefault appendleft push put".split()
)
# The place of the function among the arguments of what calls it later.
_CALLERS = {
    "Timer": 1,
    "register": 0,
    "submit": 0,
    "apply_async": 0,
    "run_in_executor": 1,
    "call_soon": 0,
    "call_later": 1,
    "to_thread": 0,
    "start_new_thread": 0,
}


class Function:
    """A function of the scanned file; `code` is the text that it is written in."""

    __slots__ = (
        "code",
        "is_running",
        "node",
        "owner",
        "parameters",
        "returned",
        "scopes",
    )

    def __init__(
        self,
        node: Node,
        parameters: list[tuple[str, Value]],
        scopes: list[dict[str, Value]],
        owner: str,
        code: tuple[bytes, int],
    ) -> None:
        self.code = code
        self.node = node
        self.parameters = parameters
        self.scopes = scopes
        self.owner = owner
        self.returned: Value | None = None
        self.is_running = False


class Calls(Expressions):
    """Evaluates calls."""

    _replays = 0
    _replay_depth = 0
    _code_depth = 0
    pending: list[Function]
    owner = ""

    def run(self, function: Function, given: dict[str, Value] | None = None) -> Value:
        """Evaluate a function's body; return what it returns."""
        raise NotImplementedError

    def evaluate_code(self, text: str, node: Node) -> None:
        """Evaluate a text as code that runs where it is handed to `exec`."""
        raise NotImplementedError

    def _call(self, node: Node) -> Value:
        function, listed = (
            node.child_by_field_name("function"),
            node.child_by_field_name("arguments"),
        )
        if function is None or listed is None:
            return NOTHING
        callee, receiver = self._callee(function)
        arguments, keywords = self._arguments(listed)
        return self._applied(node, callee, receiver, arguments, keywords)

    def _applied(
        self,
        node: Node,
        callee: Value,
        receiver: Value,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
    ) -> Value:
        path = callee.path or "."
        marks = self.tell(
            "call", path, node, arguments, keywords, receiver, callee.is_hidden
        )
        flow = marks_of(iter((receiver, *arguments, *keywords.values())))
        if marks is not None:
            flow = marks
        self._grow(node, path, receiver, arguments)
        self._call_back(node, path, arguments, keywords)
        local = self._local(path, receiver)
        if local is not None:
            return self._called_local(local, arguments, keywords, flow)
        special = self._special(path, node, arguments, flow)
        if special is not None:
            return special
        made = self._folded(path, receiver, arguments)
        if made is not UNKNOWN:
            value = folding.value_of(made, flow)
            if isinstance(made, str) and len(made) > 3:
                self.tell("string", "", node, (value,), is_hidden=True)
            return value
        text = _formatted(path, receiver, arguments, keywords)
        return Value(f"{path}()", text=text, marks=flow)

    def _grow(
        self, node: Node, path: str, receiver: Value, arguments: tuple[Value, ...]
    ) -> None:
        """Let what a list or the like was given flow into the variable that holds it."""
        name = path.rpartition(".")[2]
        if name not in _GROWING or receiver is NOTHING:
            return
        function = node.child_by_field_name("function")
        owner = None if function is None else function.child_by_field_name("object")
        if owner is None or owner.type != "identifier":
            return
        variable = self.text(owner)
        if self.find(variable) is None:
            return
        marks = receiver.marks | marks_of(iter(arguments))
        items = receiver.items
        if items is not None:
            is_one = name == "append" and len(items) < MOST_ITEMS
            items = (*items, *arguments) if is_one else (*items, Value(marks=marks))
        if items is not receiver.items or marks != receiver.marks:
            self.scopes[-1][variable] = Value(
                receiver.path,
                text=receiver.text,
                marks=marks,
                items=items,
                keys=receiver.keys,
            )

    def _call_back(
        self,
        node: Node,
        path: str,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
    ) -> None:
        """Call what is handed over to be called: by a thread, a timer, at exit."""
        target = keywords.get("target", NOTHING)
        if target.path:
            given = keywords.get("args", NOTHING).items or ()
            self._applied(node, target, NOTHING, given, {})
        name = path.rpartition(".")[2]
        place = _CALLERS.get(name)
        if place is not None and len(arguments) > place and arguments[place].path:
            rest = arguments[place + 1 :]
            if path == "threading.Timer":
                rest = rest[0].items or () if rest else ()
            self._applied(node, arguments[place], NOTHING, rest, {})

    def _arguments(self, listed: Node) -> tuple[tuple[Value, ...], dict[str, Value]]:
        if listed.type != "argument_list":
            return (self.evaluate(listed),), {}
        arguments: list[Value] = []
        keywords: dict[str, Value] = {}
        for child in listed.named_children:
            kind = child.type
            if kind == "keyword_argument":
                name, value = (
                    child.child_by_field_name("name"),
                    child.child_by_field_name("value"),
                )
                if name is not None and value is not None:
                    keywords[self.text(name)] = self.evaluate(value)
            elif kind == "list_splat":
                spread = self.evaluate(child)
                arguments += spread.items if spread.items is not None else (spread,)
            elif kind == "dictionary_splat":
                spread = self._inner(child)
                keywords.update(spread.keys or {"**": spread})
            elif kind != "comment":
                arguments.append(self.evaluate(child))
        return tuple(arguments), keywords

    def _special(
        self, path: str, node: Node, arguments: tuple[Value, ...], flow: frozenset[str]
    ) -> Value | None:
        """Return the value of calls that look something up or run something."""
        first = arguments[0] if arguments else NOTHING
        name = arguments[1].constant if len(arguments) > 1 else UNKNOWN
        if path in _IMPORTERS and isinstance(first.constant, str):
            module = first.constant
            root = module.split(".")[0] if path == "__import__" else module
            self.tell("import", module, node, is_hidden=path == "__import__")
            return Value(root, is_hidden=path == "__import__")
        if path == "getattr" and isinstance(name, str):
            return self.member(first, name, is_hidden=True)
        if path == "vars":
            return Value("vars()", items=(first,), marks=flow)
        if path in _RUNNERS and first.text and HOLE not in first.text:
            self.evaluate_code(first.text, node)
        elif path in _RUNNERS and isinstance(first.constant, bytes):
            self.evaluate_code(first.constant.decode("utf-8", "replace"), node)
        if path == "compile":
            return Value(
                "compile()", constant=first.constant, text=first.text, marks=flow
            )
        if path == "functools.partial":
            return Value(first.path, marks=flow, is_hidden=first.is_hidden)
        if path in {"map", "filter"} and len(arguments) == 2:
            return self._mapped(node, first, arguments[1])
        if path in {"operator.attrgetter", "operator.methodcaller"}:
            return Value(f"{path}()", text=first.text, marks=flow)
        if path == "operator.attrgetter()":
            return self.member(first, self._text_of_callee(node), is_hidden=True)
        if (
            path in {"list", "tuple", "iter", "sorted", "set"}
            and first.items is not None
        ):
            return first
        return None

    def _text_of_callee(self, node: Node) -> str:
        function = node.child_by_field_name("function")
        listed = None if function is None else function.child_by_field_name("arguments")
        if listed is None or not listed.named_children:
            return ""
        return self.evaluate(listed.named_children[0]).text or ""

    def _mapped(self, node: Node, function: Value, source: Value) -> Value:
        elements = elements_of(source)
        if not elements:
            value = self._applied(node, function, NOTHING, (source,), {})
            return Value(items=(value,), marks=value.marks)
        made = tuple(
            self._applied(node, function, NOTHING, (element,), {})
            for element in elements
        )
        return Value(items=made, marks=marks_of(iter(made)))

    def _folded(
        self, path: str, receiver: Value, arguments: tuple[Value, ...]
    ) -> object:
        is_function = path in folding.FUNCTIONS
        if not is_function and receiver.constant is UNKNOWN:
            return UNKNOWN
        constants = [folding.constant_of(argument) for argument in arguments]
        made = folding.called(path, constants) if is_function else UNKNOWN
        if made is UNKNOWN and receiver.constant is not UNKNOWN:
            name = path.rpartition(".")[2]
            made = folding.method(name, receiver.constant, constants)
        return made

    # Functions of the file itself.

    def _local(self, path: str, receiver: Value) -> Function | None:
        if path[0] == "&":
            return self.functions.get(path)
        if path.startswith(("@self.", "@cls.")):
            return self.functions.get(f"&{self.owner}.{path.split('.', 1)[1]}")
        return None

    def _called_local(
        self,
        function: Function,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
        flow: frozenset[str],
    ) -> Value:
        if function.is_running:
            return Value(marks=flow)
        if self._is_replay_wanted(flow, arguments):
            given = _bound(function, arguments, keywords)
            self._replays += 1
            self._replay_depth += 1
            try:
                return self.run(function, given)
            finally:
                self._replay_depth -= 1
        if function.returned is None:
            self.run(function)
        made = function.returned or NOTHING
        marks = made.marks - PARAMETER
        if "param" in made.marks:
            marks |= flow
        return _with_marks(made, marks)

    def _is_replay_wanted(
        self, flow: frozenset[str], arguments: tuple[Value, ...]
    ) -> bool:
        if self._replays >= MOST_REPLAYS or self._replay_depth >= DEEPEST_REPLAY:
            return False
        return bool(flow - PARAMETER) or any(
            argument.is_constant or argument.path[:1] not in ("", "@", "&")
            for argument in arguments
        )

    def _lambda(self, node: Node) -> Value:
        body = node.child_by_field_name("body")
        listed = node.child_by_field_name("parameters")
        parameters = [] if listed is None else self.parameters(listed)
        if body is None:
            return NOTHING
        path = f"&lambda{node.start_byte}.{len(self.functions)}"
        function = Function(node, parameters, list(self.scopes), self.owner, self.code)
        self.functions[path] = function
        self.run(function)
        return Value(path)

    def parameters(
        self, listed: Node, *, is_web: bool = False
    ) -> list[tuple[str, Value]]:
        """Return a function's parameters, each with what is known of it."""
        found: list[tuple[str, Value]] = []
        marks = frozenset({"param", "input"}) if is_web else PARAMETER
        for child in listed.named_children:
            kind = child.type
            name_node = (
                child if kind == "identifier" else child.child_by_field_name("name")
            )
            if name_node is None and child.named_children:
                name_node = child.named_children[0]
            if name_node is None or kind == "comment":
                continue
            name = self.text(name_node).lstrip("*")
            default, declared = (
                child.child_by_field_name("value"),
                child.child_by_field_name("type"),
            )
            value = Value(f"@{name}", marks=NO_MARKS if name == "self" else marks)
            if declared is not None:
                value = self._declared(name, declared, value)
            if default is not None:
                held = self.evaluate(default)
                if held.is_hidden or (held.path and held.path[0] not in "@&"):
                    value = joined(held, value)
            found.append((name, value))
        return found

    def _declared(self, name: str, declared: Node, value: Value) -> Value:
        inner = declared.named_children[0] if declared.named_children else declared
        if inner.type not in {"identifier", "attribute"}:
            return value
        path = (
            self._attribute_value(inner)
            if inner.type == "attribute"
            else self._named_value(self.text(inner))
        ).path
        if "." not in path or path[0] in "&@":
            return value
        return Value(f"{path}()", marks=value.marks)

    def is_route(self, decorator: Node) -> bool:
        """Return whether a decorator binds the function to a path of a web server."""
        inner = decorator.named_children[0] if decorator.named_children else decorator
        if inner.type != "call":
            return False
        function, listed = (
            inner.child_by_field_name("function"),
            inner.child_by_field_name("arguments"),
        )
        if function is None or listed is None or not listed.named_children:
            return False
        name = self.text(function).rpartition(".")[2]
        first = self.text(listed.named_children[0]).strip("rbf\"'")
        return name in _ROUTES and first.startswith("/")


def _with_marks(value: Value, marks: frozenset[str]) -> Value:
    return Value(
        value.path,
        constant=value.constant,
        text=value.text,
        marks=marks,
        items=value.items,
        keys=value.keys,
        is_hidden=value.is_hidden,
    )


def _bound(
    function: Function, arguments: tuple[Value, ...], keywords: dict[str, Value]
) -> dict[str, Value]:
    names = [name for name, _ in function.parameters]
    if names[:1] in (["self"], ["cls"]) and function.owner:
        names = names[1:]
    given = dict(zip(names, arguments, strict=False))
    given.update((name, value) for name, value in keywords.items() if name in names)
    return given


def _formatted(
    path: str,
    receiver: Value,
    arguments: tuple[Value, ...],
    keywords: dict[str, Value],
) -> str | None:
    """Return the text that `format`, `join` and the like make, as far as it is known."""
    name = path.rpartition(".")[2]
    if receiver.text is None:
        return _argument_text(path, arguments)
    if name == "format":
        import re

        return re.sub(r"\{[^{}]*\}", HOLE, receiver.text)
    if name == "join":
        return HOLE + receiver.text + HOLE
    if name in {"replace", "strip", "lower", "upper", "encode", "decode", "rstrip"}:
        return receiver.text
    return None


def _argument_text(path: str, arguments: tuple[Value, ...]) -> str | None:
    """Return the text of a path or a text object that is made of texts."""
    if path in {"os.path.join", "pathlib.Path", "os.path.expanduser", "str", "Path"}:
        parts = [argument.text or HOLE for argument in arguments]
        if any(part != HOLE for part in parts):
            return "/".join(parts)
    if path in {"open", "io.open"} and arguments:
        return key_of(arguments[0]) or None
    if path in {
        "os.path.expandvars",
        "os.path.abspath",
        "sqlalchemy.text",
        "textwrap.dedent",
    }:
        return arguments[0].text if arguments else None
    if path.endswith((".expanduser", ".resolve", ".absolute")):
        return None
    return None
