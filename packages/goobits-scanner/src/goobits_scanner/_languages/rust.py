"""The evaluator of Rust."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from goobits_scanner._facts import NOTHING, Value
from goobits_scanner._languages._outcome import Outcome
from goobits_scanner._languages._parsing import grammar, parse, problem_of
from goobits_scanner._languages._python_values import joined
from goobits_scanner._languages._rust_calls import Calls
from goobits_scanner._languages._rust_expressions import DEEPEST, Scopes, Source

if TYPE_CHECKING:
    from tree_sitter import Language, Node

    from goobits_scanner._facts import Observer

_PARAMETER = frozenset({"param"})
_INPUT = frozenset({"param", "input"})
_MOST_REPLAYS = 200
_LONGEST_MACRO = 1 << 20
_NESTED_MACRO = 10
# What these crates hand to a function came from outside.
_WEB = frozenset(
    {"actix_web", "axum", "rocket", "warp", "hyper", "poem", "salvo", "tide"}
)
_ROUTES = frozenset({"get", "post", "put", "delete", "patch", "head", "route"})
_PROCEDURAL = frozenset({"proc_macro", "proc_macro_derive", "proc_macro_attribute"})
_TRANSPARENT_TYPES = frozenset({"reference_type", "generic_type"})
# What a parameter of these types holds cannot carry an attack.
_HARMLESS = re.compile(
    r"(?:\w+::)*(?:(?:Path|Query|Json|Form|Option|Result|Extension|State)<)?"
    r"(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|(?:\w+::)*Uuid)(?:,.*)?>*"
)
_BLOCKS = frozenset({"block", "expression_statement", "async_block", "else_clause"})
# Macros that hand on what is in them; of others only what a rule asks for is evaluated.
_BRACED = {"lazy_static!": (b"static ref ", b"static     ")}


@cache
def language() -> Language:
    return grammar("tree_sitter_rust")


def evaluate(
    data: bytes,
    observer: Observer,
    *,
    context: str = "import",
    deadline: Callable[[], bool] = lambda: False,
) -> Outcome:
    """Tell an observer of all that a file does.

    `context` is `build` for a build script, where every function runs then; elsewhere only
    what procedural macros hold does.
    """
    tree = parse(data, language(), deadline)
    lines = data.count(b"\n") + 1
    if tree is None:
        return Outcome(lines, "parsing it took too long")
    evaluator = Evaluator(data, observer, context, deadline)
    evaluator.file(tree.root_node)
    if evaluator.is_late:
        return Outcome(lines, "evaluating it took too long")
    return Outcome(lines, problem_of(tree.root_node))


class Function:
    """A function of the scanned file."""

    __slots__ = (
        "context",
        "is_running",
        "node",
        "owner",
        "parameters",
        "returned",
        "scopes",
        "source",
    )

    def __init__(
        self,
        node: Node,
        parameters: list[tuple[Node, Value]],
        owner: str,
        context: str,
        scopes: Scopes,
        source: Source,
    ) -> None:
        self.scopes = scopes
        self.source = source
        self.node = node
        self.parameters = parameters
        self.owner = owner
        self.context = context
        self.returned: Value | None = None
        self.is_running = False


class Evaluator(Calls):
    """Evaluates the items of one file: `use` first, then every function."""

    def __init__(
        self,
        data: bytes,
        observer: Observer,
        context: str,
        deadline: Callable[[], bool],
    ) -> None:
        super().__init__(data, observer, context)
        self._deadline = deadline
        self.is_late = False
        self._functions: dict[str, Function] = {}
        self._pending: list[Function] = []
        self._returned: list[Value] = []
        self._replays = 0
        is_built = context == "build" or b"#[proc_macro" in data
        self._inside = "build" if is_built else "function"
        self._items: dict[str, Callable[[Node], None]] = {
            "use_declaration": self._use,
            "extern_crate_declaration": self._extern_crate,
            "function_item": lambda node: self._function(node, ()),
            "impl_item": self._impl,
            "trait_item": self._impl,
            "mod_item": self._module,
            "foreign_mod_item": self._foreign,
            "static_item": self._constant,
            "const_item": self._constant,
        }

    def file(self, root: Node) -> None:
        """Evaluate a whole file."""
        self._all_items(root)
        waiting = 0
        while not self.is_late:
            if waiting < len(self._pending):
                function = self._pending[waiting]
                waiting += 1
                if function.returned is None:
                    self._run(function, None)
            elif self.deferred:
                part = self.deferred.pop()
                self.scopes, self.owner = part.scopes, part.owner
                self.context, self.source = part.context, part.source
                self.evaluate(part.node)
            else:
                return

    def _all_items(self, parent: Node) -> None:
        attributes: list[Node] = []
        for child in parent.named_children:
            if child.type == "attribute_item":
                attributes.append(child)
                self._attribute(child)
                continue
            if child.type == "function_item":
                self._function(child, attributes)
            elif not child.type.endswith("comment"):
                self._item(child)
            if not child.type.endswith("comment"):
                attributes = []

    def _item(self, node: Node) -> None:
        handle = self._items.get(node.type)
        if handle is not None:
            handle(node)
        elif node.type in {"macro_invocation", "expression_statement"}:
            self.evaluate(node)

    def _attribute(self, node: Node) -> None:
        inner = node.named_children[0] if node.named_children else None
        if inner is None or not inner.named_children:
            return
        name = self.path_of(inner.named_children[0])
        self.tell("use", name, node)

    # Items.

    def _use(self, node: Node) -> None:
        argument = node.child_by_field_name("argument")
        if argument is not None:
            self._used_names(argument, "", node)

    def _used_names(self, node: Node, base: str, whole: Node) -> None:
        if self._depth > 100:
            return
        self._depth += 1
        self._used_name(node, base, whole)
        self._depth -= 1

    def _used_name(self, node: Node, base: str, whole: Node) -> None:
        kind = node.type
        if kind == "scoped_use_list":
            path, listed = (
                node.child_by_field_name("path"),
                node.child_by_field_name("list"),
            )
            start = base if path is None else _under(base, self._plain(path))
            if listed is not None:
                self._used_names(listed, start, whole)
        elif kind == "use_list":
            for child in node.named_children:
                self._used_names(child, base, whole)
        elif kind == "use_as_clause":
            path, alias = (
                node.child_by_field_name("path"),
                node.child_by_field_name("alias"),
            )
            if path is not None and alias is not None:
                self._name_used(
                    self.text(alias), _under(base, self._plain(path)), whole
                )
        elif kind == "self":
            self._name_used(base.rpartition(".")[2], base, whole)
        elif kind == "use_wildcard":
            inner = self._plain(node.named_children[0]) if node.named_children else ""
            self.tell("import", f"{_under(base, inner)}.*", whole)
        else:
            path_text = _under(base, self._plain(node))
            self._name_used(path_text.rpartition(".")[2], path_text, whole)

    def _plain(self, node: Node) -> str:
        text = self.text(node).replace("r#", "").replace("::", ".")
        return "".join(text.split()).strip(".")

    def _name_used(self, name: str, path: str, node: Node) -> None:
        self.tell("import", path, node)
        if not path.startswith(("crate.", "self.", "super.")):
            self.scopes[-1][name] = Value(path)
            if name != path.rpartition(".")[2]:
                self._observer.alias(name, path)

    def _extern_crate(self, node: Node) -> None:
        name = node.child_by_field_name("name")
        if name is not None:
            self.tell("import", self.text(name), node)

    def _module(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        if body is not None and self._depth < 60:
            self._depth += 1
            self.scopes.append({})
            self._all_items(body)
            self.scopes.pop()
            self._depth -= 1
        elif body is not None:
            self._defer(body)

    def _foreign(self, node: Node) -> None:
        self.tell("node", "extern", node)
        self._module(node)

    def _impl(self, node: Node) -> None:
        named, body = node.child_by_field_name("type"), node.child_by_field_name("body")
        trait = node.child_by_field_name("trait")
        if trait is not None:
            self.tell("use", self.path_of(trait), node)
        if node.children[0].type == "unsafe":
            self.tell("node", "unsafe", node.children[0])
        if body is None:
            return
        outer = self.owner
        self.owner = "" if named is None else self.path_of(named).rpartition(".")[2]
        if self._depth < 60:
            self._depth += 1
            self._all_items(body)
            self._depth -= 1
        else:
            self._defer(body)
        self.owner = outer

    def _constant(self, node: Node) -> None:
        name, given = (
            node.child_by_field_name("name"),
            node.child_by_field_name("value"),
        )
        if node.type == "static_item" and any(
            child.type == "mutable_specifier" for child in node.children
        ):
            self.tell("node", "static-mut", node)
        if name is None or given is None:
            return
        value = self.evaluate(given)
        self.tell("assign", self.text(name), node, (value,))
        self.scopes[-1][self.text(name)] = value

    def _function(self, node: Node, attributes: list[Node] | tuple[Node, ...]) -> None:
        name_node = node.child_by_field_name("name")
        listed = node.child_by_field_name("parameters")
        if name_node is None or listed is None:
            return
        name = self.text(name_node)
        self.tell("define", name, node)
        body = node.child_by_field_name("body")
        before = node.start_byte if body is None else body.start_byte
        if b"unsafe" in self.source.data[node.start_byte : before]:
            self.tell("node", "unsafe", node)
        named = {self._attribute_name(attribute) for attribute in attributes}
        is_web = bool(named & _ROUTES)
        context = "build" if named & _PROCEDURAL else self._inside
        parameters = [
            self._parameter(child, is_web)
            for child in listed.named_children
            if child.type == "parameter"
        ]
        function = Function(
            node,
            parameters,
            self.owner,
            context,
            list(self.scopes),
            self.source,
        )
        path = f"&{self.owner}.{name}" if self.owner else f"&{name}"
        self._functions[path] = function
        self._pending.append(function)

    def _attribute_name(self, attribute: Node) -> str:
        inner = attribute.named_children[0] if attribute.named_children else None
        if inner is None or not inner.named_children:
            return ""
        return self._plain(inner.named_children[0]).rpartition(".")[2]

    def _parameter(self, node: Node, is_web: bool) -> tuple[Node, Value]:
        pattern = node.child_by_field_name("pattern") or node
        declared = node.child_by_field_name("type")
        marks = _INPUT if is_web else _PARAMETER
        path = ""
        kind = "" if declared is None else "".join(self.text(declared).split())
        while declared is not None and declared.type in _TRANSPARENT_TYPES:
            inner = declared.child_by_field_name("type")
            if declared.type == "generic_type" and inner is not None:
                path = self.path_of(inner)
                declared = None if "." in path else inner
            else:
                declared = inner
        if declared is not None and declared.type in {
            "type_identifier",
            "scoped_type_identifier",
        }:
            path = self.path_of(declared)
        if path.split(".")[0] in _WEB:
            marks = _INPUT
        if _HARMLESS.fullmatch(kind.lstrip("&")):
            return pattern, NOTHING
        name = self.text(pattern) if pattern.type == "identifier" else ""
        return pattern, Value(f"{path}()" if "." in path else f"@{name}", marks=marks)

    # Functions.

    def _run(
        self,
        function: Function,
        given: tuple[Value, ...] | None,
        receiver: Value = NOTHING,
    ) -> Value:
        body = function.node.child_by_field_name("body")
        if body is None or function.is_running or self._depth > 60:
            return NOTHING
        offset = function.source.offset
        if not self._observer.wants(body.start_byte + offset, body.end_byte + offset):
            function.returned = Value(marks=_PARAMETER)
            return function.returned
        kept = self.scopes, self.owner, self._returned, self.context, self.source
        itself = Value("@self", marks=receiver.marks, keys=receiver.keys)
        self.scopes = [*function.scopes, {"self": itself}]
        self.owner, self._returned = function.owner, []
        self.context, self.source = function.context, function.source
        for place, (pattern, value) in enumerate(function.parameters):
            is_given = given is not None and place < len(given)
            self.bind(
                pattern, given[place] if given is not None and is_given else value
            )
        function.is_running = True
        try:
            found = self.evaluate(body)
            for value in self._returned:
                found = joined(found, value)
        finally:
            function.is_running = False
            self.scopes, self.owner, self._returned, self.context, self.source = kept
        if given is None or function.returned is None:
            function.returned = found
        return found

    def called_local(
        self,
        path: str,
        receiver: Value,
        arguments: tuple[Value, ...],
        flow: frozenset[str],
    ) -> Value | None:
        """Return what a function of the file itself returns; None where it is none."""
        function = self._local(path)
        if function is None or function.is_running:
            return None
        tells_more = flow - _PARAMETER or any(each.is_constant for each in arguments)
        if tells_more and self._replays < _MOST_REPLAYS:
            self._replays += 1
            return self._run(function, arguments, receiver)
        if function.returned is None:
            self._run(function, None)
        made = function.returned or NOTHING
        marks = made.marks - _PARAMETER
        if "param" in made.marks:
            marks |= flow
        return Value(
            made.path,
            constant=made.constant,
            text=made.text,
            marks=marks,
            items=made.items,
            keys=made.keys,
        )

    def _local(self, path: str) -> Function | None:
        if path.startswith("@self."):
            return self._functions.get(f"&{self.owner}.{path[6:]}")
        owner, _, name = path.rpartition("().")
        if owner:
            return self._functions.get(f"&{owner.removeprefix('&')}.{name}")
        if path.startswith("&"):
            return self._functions.get(path)
        root, _, rest = path.partition(".")
        if root in {"crate", "self", "super"}:
            path = rest.rpartition(".")[2]
        return self._functions.get(f"&{path}")

    # Statements.

    def statement(self, node: Node) -> Value:
        """Evaluate what is no plain expression: blocks, branches, items."""
        if self.is_late or self._deadline():
            self.is_late = True
            return NOTHING
        kind = node.type
        if kind in self._items:
            self._items[kind](node)
            return NOTHING
        valued: dict[str, Callable[[Node], Value]] = {
            "let_declaration": self._let,
            "return_expression": self._return,
            "for_expression": self._for,
            "match_expression": self._match,
            "unsafe_block": self._unsafe,
            "if_expression": self._branches,
        }
        if kind in valued:
            return valued[kind](node)
        if kind == "token_tree":
            self.tokens(node, "")
            return NOTHING
        if kind == "declaration_list":
            self._all_items(node)
            return NOTHING
        return self._in_order(node)

    def _return(self, node: Node) -> Value:
        self._returned.append(self._last(node))
        return NOTHING

    def _unsafe(self, node: Node) -> Value:
        self.tell("node", "unsafe", node.children[0], whole=node)
        return self._last(node)

    def _in_order(self, node: Node) -> Value:
        """Evaluate the parts in order; a block's value is that of its last one."""
        value = NOTHING
        children = node.named_children
        if node.type == "block":
            children = [
                *(child for child in children if child.type in self._items),
                *(child for child in children if child.type not in self._items),
            ]
        for child in children:
            if not child.type.endswith("comment"):
                value = self.evaluate(child)
        is_block = node.type in _BLOCKS
        return value if is_block else Value(marks=value.marks)

    def _let(self, node: Node) -> Value:
        pattern, given = (
            node.child_by_field_name("pattern"),
            node.child_by_field_name("value"),
        )
        if pattern is None:
            return NOTHING
        value = NOTHING if given is None else self.evaluate(given)
        if pattern.type == "identifier":
            self.tell("assign", self.text(pattern), pattern, (value,))
        self.bind(pattern, value)
        rest = node.child_by_field_name("alternative")
        if rest is not None:
            self.evaluate(rest)
        return NOTHING

    def _for(self, node: Node) -> Value:
        pattern, given, body = (
            node.child_by_field_name("pattern"),
            node.child_by_field_name("value"),
            node.child_by_field_name("body"),
        )
        if pattern is not None and given is not None:
            source = self.evaluate(given)
            if body is not None and self.repeated(pattern, body, source):
                return NOTHING
            self.bind(pattern, Value(f"{source.path}[]", marks=source.marks))
        if body is not None:
            self.evaluate(body)
        return NOTHING

    def _match(self, node: Node) -> Value:
        given, body = (
            node.child_by_field_name("value"),
            node.child_by_field_name("body"),
        )
        value = NOTHING if given is None else self.evaluate(given)
        found = NOTHING
        for arm in [] if body is None else body.named_children:
            pattern, result = (
                arm.child_by_field_name("pattern"),
                arm.child_by_field_name("value"),
            )
            if pattern is not None:
                self.bind(pattern, value)
            if result is not None:
                found = joined(found, self.evaluate(result))
        return found

    def _branches(self, node: Node) -> Value:
        found = NOTHING
        for child in node.named_children:
            value = self.evaluate(child)
            if child.type in {"block", "else_clause"}:
                found = joined(found, value)
        return found

    def tokens(self, tree: Node, macro: str) -> tuple[Value, ...]:
        """Evaluate what is handed to a macro as if it were a list of arguments."""
        if self._depth > DEEPEST - _NESTED_MACRO:
            self._defer(tree)
            return ()
        start = tree.start_byte + 1
        inner = self.source.data[start : tree.end_byte - 1][:_LONGEST_MACRO]
        if macro in _BRACED:
            inner = inner.replace(*_BRACED[macro])
        is_body = self.source.data[tree.start_byte : start] == b"{"
        before, after = (b"fn f(){", b"\n}") if is_body else (b"fn f(){f(", b"\n);}")
        data = before + inner + after
        parsed = parse(data, language(), self._deadline)
        self.is_late |= parsed is None
        root = None if parsed is None else _find(parsed.root_node, is_body)
        if root is None:
            return ()
        kept = self.source
        self.source = Source(
            data, kept.offset + start - len(before), kept.line + tree.start_point.row
        )
        self._depth += _NESTED_MACRO
        try:
            if is_body:
                return (self.evaluate(root),)
            return self.arguments(root.named_children, NOTHING)
        finally:
            self._depth -= _NESTED_MACRO
            self.source = kept


def _find(root: Node, is_body: bool) -> Node | None:
    """Return the body of the only function, or the arguments of the only call in it."""
    function = root.named_children[0] if root.named_children else None
    body = None if function is None else function.child_by_field_name("body")
    if is_body or body is None or not body.named_children:
        return body
    call: Node | None = body.named_children[0]
    if call is not None and call.type == "expression_statement":
        call = call.named_children[0] if call.named_children else None
    return None if call is None else call.child_by_field_name("arguments")


def _under(base: str, path: str) -> str:
    return f"{base}.{path}" if base and path else base or path
