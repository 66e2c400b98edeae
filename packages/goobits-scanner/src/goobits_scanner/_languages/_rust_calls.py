"""Values of Rust's calls: chains of methods, functions, closures, structs and macros."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from goobits_scanner._facts import HOLE, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _rust_folding as folding
from goobits_scanner._languages._python_folding import value_of
from goobits_scanner._languages._python_values import marks_of, with_marks
from goobits_scanner._languages._rust_expressions import Expressions, Scopes, Source

if TYPE_CHECKING:
    from tree_sitter import Node

_HOLES = re.compile(r"\{\{|\}\}|\{([^{}:]*)(?::[^{}]*)?\}")
_FILE_NAME = re.compile(r"\S*\w\S*")
_FORMATS = frozenset(
    "format! format_args! std.format! write! writeln! print! println! eprint! eprintln! "
    "panic! std.format_args! anyhow.anyhow! std.write!".split()
)
_WRITING = frozenset({"write!", "writeln!", "std.write!"})
_HANDING_ON = _FORMATS | {"vec!", "concat!", "lazy_static!", "lazy_static.lazy_static!"}
_SIMPLE = frozenset({"string_literal", "identifier", "integer_literal", ",", "&"})
_APPENDING = frozenset({"push_str", "push", "extend_from_slice", "extend", "append"})
# Whatever is called on these until they run hands on the same command.
_COMMANDS = frozenset(
    {"std.process.Command.new()", "tokio.process.Command.new()",
     "async_process.Command.new()", "async_std.process.Command.new()",
     "smol.process.Command.new()"}
)  # fmt: skip
_BUILDING = frozenset(
    "env envs env_remove env_clear current_dir stdin stdout stderr uid gid creation_flags "
    "arg0 process_group kill_on_drop pre_exec groups".split()
)
_LONGEST_COMMAND = 200
# How often closures and loops may be run over constants, in one file.
_MOST_RUNS = 4_000
_LINKS = frozenset({"try_expression", "await_expression"})


class Closure(NamedTuple):
    """A closure that a variable holds, and what it sees."""

    node: Node
    scopes: Scopes
    source: Source


class Calls(Expressions):
    """Evaluates calls; functions of the file itself are left to the evaluator."""

    def _register(self) -> None:
        super()._register()
        self._closures: list[Closure] = []
        self._runs = 0
        self._by_type |= {
            "call_expression": self._chain,
            "field_expression": self._chain,
            "try_expression": self._chain,
            "await_expression": self._chain,
            "macro_invocation": self._macro,
            "struct_expression": self._struct,
            "closure_expression": self._closure_kept,
        }

    # Chains, however long.

    def _chain(self, node: Node) -> Value:
        links: list[tuple[Node, Node | None]] = []
        inner: Node | None = node
        while inner is not None:
            link, below = inner, _below(inner)
            if below is None:
                break
            links.append((link, _member(link)))
            inner = below
        if inner is None:
            return NOTHING
        is_call = inner.type == "call_expression"
        value = self._function_called(inner) if is_call else self._base(inner)
        for link, member in reversed(links):
            if link.type in _LINKS:
                continue
            if member is None:
                return NOTHING
            if link.type == "field_expression":
                value = self.field_of(value, link, member)
            else:
                value = self._method_called(link, value, member)
        if inner.type == "identifier" and links and value.path in _COMMANDS:
            self.put(self.text(inner), value)
        return value

    def _base(self, node: Node) -> Value:
        return NOTHING if node.type in self._chained else self.evaluate(node)

    _chained = frozenset({"field_expression", "try_expression", "await_expression"})

    def _function_called(self, node: Node) -> Value:
        function, listed = (
            node.child_by_field_name("function"),
            node.child_by_field_name("arguments"),
        )
        if function is None or listed is None:
            return NOTHING
        if function.type == "generic_function" and function.named_children:
            function = function.named_children[0]
        if function.type in {"identifier", "scoped_identifier"}:
            path = self.path_of(function)
        else:
            path = self.evaluate(function).path
        arguments = self.arguments(listed.named_children, NOTHING)
        value = self._applied(node, path, NOTHING, arguments)
        self._flow_into(listed, marks_of(arguments))
        return value

    def _method_called(self, node: Node, receiver: Value, member: Node) -> Value:
        listed = node.child_by_field_name("arguments")
        if listed is None:
            return NOTHING
        name = self.text(member)
        nodes = [
            child for child in listed.named_children if "comment" not in child.type
        ]
        if name in {"map", "for_each", "flat_map", "filter_map"} and len(nodes) == 1:
            mapped = self._mapped(nodes[0], receiver)
            if mapped is not None:
                return mapped
        arguments = self.arguments(nodes, receiver)
        value = self._applied(
            node, f"{receiver.path}.{name}", receiver, arguments, member
        )
        self._flow_into(listed, receiver.marks | marks_of(arguments))
        owner = _variable(node)
        if owner is not None:
            self._grow(self.text(owner), name, value, receiver, arguments)
        return value

    def arguments(self, nodes: Iterable[Node], receiver: Value) -> tuple[Value, ...]:
        """Evaluate arguments; a closure takes what it is called on."""
        return tuple(
            self._closure(child, (Value(f"{receiver.path}[]", marks=receiver.marks),))
            if child.type == "closure_expression"
            else self.evaluate(child)
            for child in nodes
            if "comment" not in child.type and child.type != "attribute_item"
        )

    def _applied(
        self,
        node: Node,
        path: str,
        receiver: Value,
        arguments: tuple[Value, ...],
        member: Node | None = None,
    ) -> Value:
        told = self.tell(
            "call", path or ".", member or node, arguments, {}, receiver, node
        )
        flow = marks_of((receiver, *arguments)) if told is None else told
        if path.startswith("&|") and path[2:].isdigit():
            return self._closure_called(path, arguments, flow)
        local = self.called_local(path, receiver, arguments, flow)
        if local is not None:
            return local
        name = path[path.rfind(".") + 1 :]
        if member is not None:
            value = self._of_method(name, receiver, arguments, flow)
            if value is not None:
                return value
        if told is not None and not told:
            path = f".{name}"  # it was made harmless: where it came from says nothing
        if path in folding.SAME and arguments:
            return self._spelled(with_marks(arguments[0], flow), node)
        made = folding.decoded(path, receiver, arguments)
        if made is not UNKNOWN:
            value = value_of(made, flow)
            self.tell_folded(value, node)
            return value
        if f"{path}()" in _COMMANDS:
            return folding.listed(arguments[:1], flow, f"{path}()")
        return Value(
            self.shortened(f"{path}()"),
            text=_joined_path(receiver, arguments) if name == "join" else None,
            marks=flow,
        )

    def _of_method(
        self,
        name: str,
        receiver: Value,
        arguments: tuple[Value, ...],
        flow: frozenset[str],
    ) -> Value | None:
        """Return what a method makes whose meaning is known by its name."""
        if receiver.path in _COMMANDS:
            command = _with_argument(name, receiver, arguments, flow)
            if command is not None:
                return command
        if name == "collect":
            whole = folding.collected(receiver)
            return with_marks(whole, flow | whole.marks)
        if name == "bytes" and isinstance(receiver.constant, str):
            return Value(
                constant=receiver.constant.encode("utf-8", "replace"), marks=flow
            )
        if name in folding.TRANSPARENT:
            return with_marks(receiver, flow)
        made = folding.adapted(name, receiver, arguments)
        return None if made is None else with_marks(made, flow | made.marks)

    def _spelled(self, value: Value, node: Node) -> Value:
        made = folding.spelled(value)
        if made is not value:
            self.tell_folded(made, node)
        return made

    # What calls do to variables.

    def _grow(
        self,
        variable: str,
        name: str,
        made: Value,
        receiver: Value,
        arguments: tuple[Value, ...],
    ) -> None:
        """Let what a method was given flow into the variable that it was called on."""
        if receiver.path in _COMMANDS and made.path == receiver.path:
            self.put(variable, made)
        elif name in _APPENDING and arguments:
            self._append(variable, arguments[0])
        else:
            self.mark(variable, marks_of(arguments))

    def _append(self, variable: str, more: Value) -> None:
        before = self.find(variable)
        if before is None:
            return
        marks = before.marks | marks_of((more,))
        if before.items is not None and len(before.items) < folding.MOST_ELEMENTS:
            items = (*before.items, more)
            self.put(variable, folding.listed(items, marks, before.path))
            return
        is_new = before.path.endswith((".new()", ".with_capacity()"))
        if before.text is None and not (is_new and "String" in before.path):
            is_list = is_new and "Vec" in before.path
            items = (more,) if is_list else ()
            value = folding.listed(items, marks) if is_list else before
            self.put(variable, with_marks(value, marks))
            return
        text = (before.text or "") + (HOLE if more.text is None else more.text)
        self.put(variable, folding.of_text(text, marks))

    def _flow_into(self, listed: Node, marks: frozenset[str]) -> None:
        """Let marks flow into each variable that a call may change (`&mut x`)."""
        if not marks:
            return
        for child in listed.named_children:
            if child.type == "reference_expression" and len(child.named_children) == 2:
                kind, inner = child.named_children
                if kind.type == "mutable_specifier" and inner.type == "identifier":
                    self.mark(self.text(inner), marks)

    # Closures.

    def _closure_kept(self, node: Node) -> Value:
        """Evaluate a closure that is not called yet; it can be, by its path."""
        given = Value(marks=frozenset({"param"}))
        found = self._closure(node, (given,))
        self._closures.append(Closure(node, list(self.scopes), self.source))
        return Value(f"&|{len(self._closures) - 1}", marks=found.marks - {"param"})

    def _closure_called(
        self, path: str, arguments: tuple[Value, ...], flow: frozenset[str]
    ) -> Value:
        closure = self._closures[int(path[2:])]
        self._runs += 100
        if self._runs > _MOST_RUNS:
            return Value(marks=flow)
        kept = self.scopes, self.source
        self.scopes, self.source = list(closure.scopes), closure.source
        try:
            return self._closure(closure.node, arguments, is_spread=True)
        finally:
            self.scopes, self.source = kept

    def _closure(
        self, node: Node, given: tuple[Value, ...], *, is_spread: bool = False
    ) -> Value:
        listed, body = (
            node.child_by_field_name("parameters"),
            node.child_by_field_name("body"),
        )
        if body is None:
            return NOTHING
        self.scopes.append({})
        try:
            for place, parameter in enumerate(listed.named_children if listed else ()):
                if place < len(given):
                    self.bind(parameter, given[place])
                else:
                    self.bind(parameter, NOTHING if is_spread else given[-1])
            return self.evaluate(body)
        finally:
            self.scopes.pop()

    def _mapped(self, closure: Node, receiver: Value) -> Value | None:
        """Run a closure for each element of a constant; None where it is none."""
        if closure.type != "closure_expression":
            return None
        parts = folding.elements(receiver)
        if not parts or not receiver.is_constant:
            return None
        if self._runs + len(parts) > _MOST_RUNS:
            return None
        self._runs += len(parts)
        made = [self._closure(closure, (parts[0],))]
        self.muted += 1
        try:
            made += [self._closure(closure, (part,)) for part in parts[1:]]
        finally:
            self.muted -= 1
        return folding.listed(tuple(made), marks_of((receiver, *made)))

    def repeated(self, pattern: Node, body: Node, source: Value) -> bool:
        """Run a loop over constants, as often as it would run; say whether it did."""
        parts = folding.elements(source)
        if not parts or not source.is_constant:
            return False
        if self._runs + len(parts) * 4 > _MOST_RUNS:
            return False
        self._runs += len(parts) * 4
        for place, part in enumerate(parts):
            self.muted += place > 7
            self.bind(pattern, part)
            self.evaluate(body)
            self.muted -= place > 7
        return True

    # Structs and macros.

    def _struct(self, node: Node) -> Value:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if name is None or body is None:
            return NOTHING
        keys: dict[str, Value] = {}
        for child in body.named_children:
            if child.type == "field_initializer":
                field, held = (
                    child.child_by_field_name("field"),
                    child.child_by_field_name("value"),
                )
                if field is not None and held is not None:
                    keys[self.text(field)] = folding.field(self.evaluate(held))
            elif child.type == "shorthand_field_initializer":
                if child.named_children:
                    named = child.named_children[-1]
                    keys[self.text(named)] = folding.field(self.evaluate(named))
            elif "comment" not in child.type:
                self._first(child)
        path = self.path_of(name)
        marks = self.tell("call", path, node, (), keywords=keys)
        flow = marks_of(keys.values()) if marks is None else marks
        return Value(f"{path}()", keys=keys, marks=flow)

    def _macro(self, node: Node) -> Value:
        name = node.child_by_field_name("macro")
        tree = node.named_children[-1] if node.named_children else None
        if name is None or tree is None or tree.type != "token_tree":
            return NOTHING
        path = f"{self.path_of(name).removeprefix('std.')}!"
        arguments = self._simple(tree)
        if arguments is None:
            is_needed = path in _HANDING_ON or self.wants(tree)
            arguments = self.tokens(tree, path) if is_needed else self._named_in(tree)
        told = self.tell("call", path, node, arguments)
        flow = marks_of(arguments) if told is None else told
        if path == "vec!":
            return folding.listed(arguments, flow)
        if path == "concat!":
            return self._joined(arguments, flow, node)
        if path in _FORMATS and arguments:
            return self._formatted(path, arguments, flow, node)
        return Value(f"{path}()", marks=flow)

    def _simple(self, tree: Node) -> tuple[Value, ...] | None:
        """Return a macro's arguments where they are names and literals alone."""
        children = tree.children[1:-1]
        for child in children:
            if child.type not in _SIMPLE:
                return None
        return tuple(self.evaluate(child) for child in children if child.is_named)

    def _named_in(self, tree: Node) -> tuple[Value, ...]:
        """Return the variables that a macro is given."""
        names = (child for child in tree.named_children if child.type == "identifier")
        values = [self.find(self.text(name)) for name in names]
        return tuple(value for value in values if value is not None)

    def _joined(
        self, parts: tuple[Value, ...], flow: frozenset[str], node: Node
    ) -> Value:
        texts = [HOLE if part.text is None else part.text for part in parts]
        value = folding.of_text("".join(texts), flow)
        self.tell_folded(value, node)
        return value

    def _formatted(
        self, path: str, arguments: tuple[Value, ...], flow: frozenset[str], node: Node
    ) -> Value:
        start = 1 if path in _WRITING else 0
        form = arguments[start].text if len(arguments) > start else None
        if form is None:
            return Value(f"{path}()", marks=flow)
        value = self._filled(form, arguments[start + 1 :], flow)
        if start:
            target = arguments[0].path
            tree = node.named_children[-1].named_children
            owner = next((each for each in tree if each.type == "identifier"), None)
            if owner is not None and target is not None:
                self._append(self.text(owner), value)
                self.mark(self.text(owner), value.marks)
        elif HOLE not in (value.text or HOLE) and len(arguments) > 1:
            self.tell_folded(value, node)
        return value

    def _filled(
        self, form: str, given: tuple[Value, ...], marks: frozenset[str]
    ) -> Value:
        rest = iter(given)
        pieces: list[str] = []
        size = place = 0
        for found in _HOLES.finditer(form):
            pieces.append(form[place : found.start()])
            place = found.end()
            if found[0] in {"{{", "}}"}:
                pieces.append(found[0][0])
                continue
            value = self._placed(found[1].strip(), rest, given)
            marks |= value.marks
            shown = _shown(value)
            size += len(shown)
            pieces.append(shown if size < folding.LONGEST_TEXT else HOLE)
        pieces.append(form[place:])
        return folding.of_text("".join(pieces), marks)

    def _placed(
        self, name: str, rest: Iterable[Value], given: tuple[Value, ...]
    ) -> Value:
        if not name:
            return next(iter(rest), NOTHING)
        if name.isdigit():
            return given[int(name)] if int(name[:4]) < len(given) else NOTHING
        return self.named(name)

    def tokens(self, tree: Node, macro: str) -> tuple[Value, ...]:
        """Evaluate what is handed to a macro as if it were a list of arguments."""
        raise NotImplementedError

    def called_local(
        self,
        path: str,
        receiver: Value,
        arguments: tuple[Value, ...],
        flow: frozenset[str],
    ) -> Value | None:
        """Return what a function of the file itself returns; None where it is none."""
        raise NotImplementedError


def _below(node: Node) -> Node | None:
    """Return what a link of a chain is applied to; None where the chain begins."""
    if node.type in _LINKS:
        return node.named_children[0] if node.named_children else None
    if node.type == "field_expression":
        return node.child_by_field_name("value")
    if node.type != "call_expression":
        return None
    function = node.child_by_field_name("function")
    if function is not None and function.type == "generic_function":
        function = function.named_children[0] if function.named_children else None
    if function is None or function.type != "field_expression":
        return None
    return function.child_by_field_name("value")


def _member(node: Node) -> Node | None:
    """Return the name of the field or method that a link of a chain asks for."""
    if node.type == "call_expression":
        function = node.child_by_field_name("function")
        if function is not None and function.type == "generic_function":
            function = function.named_children[0]
        return function.child_by_field_name("field") if function is not None else None
    return node.child_by_field_name("field")


def _variable(node: Node) -> Node | None:
    """Return the variable that a chain of calls begins with."""
    below = _below(node)
    return below if below is not None and below.type == "identifier" else None


def _with_argument(
    name: str, command: Value, arguments: tuple[Value, ...], flow: frozenset[str]
) -> Value | None:
    """Return a command with more arguments; None where something else is called."""
    more: tuple[Value, ...] = ()
    if name in {"arg", "raw_arg"}:
        more = arguments[:1]
    elif name == "args" and arguments:
        more = arguments[0].items or arguments[:1]
    elif name not in _BUILDING:
        return None
    items = ((command.items or ()) + more)[:_LONGEST_COMMAND]
    return folding.listed(items, flow, command.path)


def _shown(value: Value) -> str:
    if value.text is not None:
        return value.text
    constant = value.constant
    if isinstance(constant, int) and not isinstance(constant, bool):
        return str(constant) if abs(constant) < 1 << 64 else HOLE
    return HOLE


def _joined_path(receiver: Value, arguments: tuple[Value, ...]) -> str | None:
    """Return what `Path.join` makes; a list is joined with what is no file's name."""
    part = arguments[0].text if arguments else None
    if receiver.text is None and not (part and _FILE_NAME.fullmatch(part)):
        return None
    return f"{receiver.text or HOLE}/{part or HOLE}"[: folding.LONGEST_TEXT]
