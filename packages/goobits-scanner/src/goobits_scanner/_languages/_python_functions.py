"""Functions of the scanned file: their parameters, their calls, code in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import NO_MARKS, NOTHING, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._parsing import parse
from goobits_scanner._languages._python_calls import Calls
from goobits_scanner._languages._python_values import joined, with_marks
from goobits_scanner._languages._python_walk import Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Language, Node

    from goobits_scanner._facts import Observer
    from goobits_scanner._languages._python_walk import Scopes

PARAMETER = frozenset({"param"})
_MOST_REPLAYS = 200
_DEEPEST_REPLAY = 3
_DEEPEST_RUN = 70
_DEPTH_OF_CALL = 3
_DEEPEST_CODE = 6
_ROUTES = ("route", "get", "post", "put", "delete", "patch", "websocket", "api_route")


class Function:
    """A function of the scanned file; `code` is the text that it is written in."""

    __slots__ = (
        "code",
        "is_running",
        "node",
        "owner",
        "parameters",
        "replays",
        "returned",
        "scopes",
    )

    def __init__(
        self,
        node: Node,
        parameters: list[tuple[str, Value]] | None,
        scopes: Scopes,
        owner: str,
        code: Code,
    ) -> None:
        self.code = code
        self.node = node
        self.parameters = parameters
        self.scopes = scopes
        self.owner = owner
        self.returned: Value | None = None
        self.replays: dict[object, Value] = {}
        self.is_running = False


class Functions(Calls):
    """Evaluates the bodies of functions, and code in texts."""

    def __init__(
        self,
        data: bytes,
        observer: Observer,
        context: str,
        deadline: Callable[[], bool],
        language: Language,
    ) -> None:
        super().__init__(data, observer, context, deadline)
        self.functions: dict[str, Function] = {}
        self.bases: dict[str, tuple[str, ...]] = {}
        self.pending: list[Function] = []
        self.is_code_deep = False
        self._language = language
        self._returned: list[Value] = []
        self._replays = 0
        self._replay_depth = 0
        self._code_depth = 0

    def block(self, node: Node) -> None:
        """Evaluate statements in order."""
        raise NotImplementedError

    def run(self, function: Function, given: dict[str, Value] | None = None) -> Value:
        """Evaluate a function's body with what it is given; return what it returns."""
        body = function.node.child_by_field_name("body")
        if body is None or function.is_running:
            return NOTHING
        if self._depth > _DEEPEST_RUN:
            self.pending.append(function)
            return NOTHING
        if not function.code.line and not self._observer.wants(
            body.start_byte, body.end_byte
        ):
            function.returned = Value(marks=PARAMETER)
            return function.returned
        kept = self.scopes, self.owner, self._returned, self._branches
        code, outside = self.code, self.outside
        scope = dict(self._parameters_of(function))
        scope.update(given or {})
        self.scopes = [*function.scopes, scope]
        self.code, self.outside = function.code, {}
        self.owner, self._returned, self._branches = function.owner, [], 0
        function.is_running = True
        self._depth += _DEPTH_OF_CALL
        returned = self._body(function.node, body)
        self._depth -= _DEPTH_OF_CALL
        function.is_running = False
        self.code, self.outside = code, outside
        self.scopes, self.owner, self._returned, self._branches = kept
        if given is None or function.returned is None:
            function.returned = returned
        return returned

    def _parameters_of(self, function: Function) -> list[tuple[str, Value]]:
        """Return a function's parameters, looked at only where its body matters."""
        if function.parameters is None:
            listed = function.node.child_by_field_name("parameters")
            code, self.code = self.code, function.code
            function.parameters = [] if listed is None else self.parameters(listed)
            self.code = code
        return function.parameters

    def _body(self, node: Node, body: Node) -> Value:
        if node.type == "lambda":
            return self.evaluate(body)
        self.block(body)
        found = NOTHING
        for value in self._returned:
            found = joined(found, value)
        return found

    # Calls of them.

    def _local(self, path: str) -> Function | None:
        """Return a function of the file by its path, or of a base of its class."""
        if path[0] == "&":
            found = self.functions.get(path)
            if found is not None or "." not in path:
                return found
            owner, name = path[1:].split(".", 1)
        elif path.startswith(("@self.", "@cls.", "super().")):
            owner, name = self.owner, path.split(".", 1)[1]
        else:
            return None
        owner, seen = owner.removesuffix("()"), 0
        owners = [owner]
        while owners and seen < 20:
            owner, seen = owners.pop(), seen + 1
            found = self.functions.get(f"&{owner}.{name}")
            if found is not None and not (path[0] == "s" and owner == self.owner):
                return found
            owners += self.bases.get(owner, ())
        return None

    def _called_local(
        self,
        path: str,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
        flow: frozenset[str],
    ) -> Value | None:
        function = self._local(path)
        if function is None:
            if path[1:] not in self.bases:
                return None
            function = self._local(f"{path}.__init__")
            if function is not None:
                self._apply(function, arguments, keywords, flow)
            return Value(f"{path}()", marks=flow)
        return self._apply(function, arguments, keywords, flow)

    def _apply(
        self,
        function: Function,
        arguments: tuple[Value, ...],
        keywords: dict[str, Value],
        flow: frozenset[str],
    ) -> Value:
        if function.is_running:
            return Value(marks=flow)
        if self._is_replay_wanted(flow, arguments):
            given = _bound(
                self._parameters_of(function), function.owner, arguments, keywords
            )
            key = self.context, *((name, _key(value)) for name, value in given.items())
            known = function.replays.get(key)
            if known is not None:
                return known
            self._replays += 1
            self._replay_depth += 1
            made = self.run(function, given)
            self._replay_depth -= 1
            function.replays[key] = made
            return made
        if function.returned is None:
            self.run(function)
        made = function.returned or NOTHING
        marks = made.marks - PARAMETER
        return with_marks(made, marks | flow if "param" in made.marks else marks)

    def _is_replay_wanted(
        self, flow: frozenset[str], arguments: tuple[Value, ...]
    ) -> bool:
        if self._replays >= _MOST_REPLAYS or self._replay_depth >= _DEEPEST_REPLAY:
            return False
        return bool(flow - PARAMETER) or any(
            argument.is_constant or self._is_known(argument.path)
            for argument in arguments
        )

    def _is_known(self, path: str) -> bool:
        """Return whether what a path names is not the file's own."""
        if path[:1] in ("", "@", "&", "."):
            return False
        return "." in path or self.is_heard(path.removesuffix("()"))

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
            if kind == "identifier":
                name = self.name(child)
                own = NO_MARKS if name == "self" else marks
                found.append((name, Value(f"@{name}", marks=own)))
            elif kind != "comment" and child.named_child_count:
                found.append(self._parameter(child, marks))
        return found

    def _parameter(self, node: Node, marks: frozenset[str]) -> tuple[str, Value]:
        name_node = node.child_by_field_name("name") or node.named_children[0]
        name = self.name(name_node).lstrip("*")
        default = node.child_by_field_name("value")
        declared = node.child_by_field_name("type")
        value = Value(f"@{name}", marks=marks)
        if declared is not None:
            value = self._declared(declared, value)
        if default is not None:
            held = self.evaluate(default)
            if held.is_hidden or (held.path and held.path[0] not in "@&"):
                value = joined(held, value)
        return name, value

    def _declared(self, declared: Node, value: Value) -> Value:
        """Return a value with the type that an annotation gives it."""
        inner = declared.named_children[0] if declared.named_children else declared
        if inner.type == "attribute":
            path = self._attribute_value(inner).path
        elif inner.type == "identifier":
            path = self.named(self.name(inner)).path
        else:
            return value
        if "." not in path or path[0] in "&@":
            return value
        return Value(f"{path}()", marks=value.marks)

    def is_route(self, decorator: Node) -> bool:
        """Return whether a decorator binds the function to a path of a web server."""
        inner = decorator.named_children[0] if decorator.named_children else decorator
        if inner.type != "call":
            return False
        function = inner.child_by_field_name("function")
        listed = inner.child_by_field_name("arguments")
        if function is None or listed is None or not listed.named_children:
            return False
        name = self.text(function).rpartition(".")[2]
        first = self.text(listed.named_children[0]).strip("rbf\"'")
        return name in _ROUTES and first.startswith("/")

    def evaluate_code(self, text: str, node: Node) -> None:
        """Evaluate a constant text as code, at the line that runs it."""
        if self._code_depth >= _DEEPEST_CODE or self._depth > _DEEPEST_RUN:
            self.is_code_deep = True
            return
        data = text.encode("utf-8", "replace")
        if len(data) > folding.BIGGEST:
            self.is_code_deep = True
            return
        tree = parse(data, self._language, self._deadline)
        if tree is None:
            self.is_late = True
            return
        outer = self.code
        line = outer.line or node.start_point[0] + 1
        self.code = Code(data.decode("latin-1"), line)
        self._code_depth += 1
        self._depth += _DEPTH_OF_CALL
        pending, self.pending = self.pending, []
        self.block(tree.root_node)
        waiting, self.pending = self.pending, pending
        for function in waiting:
            if function.returned is None:
                self.run(function)
        self._depth -= _DEPTH_OF_CALL
        self._code_depth -= 1
        self.code = outer


def _key(value: Value) -> object:
    """Return what tells a value from others, as far as a function's body could."""
    constant: object = value.constant
    items, keys = value.items, value.keys
    return (
        value.path,
        constant.__class__,
        constant,
        value.text,
        value.marks,
        value.is_hidden,
        None if items is None else tuple(map(_key, items[:50])),
        None if keys is None else tuple((key, _key(keys[key])) for key in keys),
    )


def _bound(
    parameters: list[tuple[str, Value]],
    owner: str,
    arguments: tuple[Value, ...],
    keywords: dict[str, Value],
) -> dict[str, Value]:
    names = [name for name, _ in parameters]
    if names[:1] in (["self"], ["cls"]) and owner:
        names = names[1:]
    given = dict(zip(names, arguments, strict=False))
    given.update((name, value) for name, value in keywords.items() if name in names)
    return given
