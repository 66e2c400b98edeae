"""Values of Rust's expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NO_MARKS, NOTHING, UNKNOWN, Fact, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._python_expressions import marks_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from goobits_scanner._facts import Observer

DEEPEST = 120
# What hands on its receiver as it is, or as good as that.
_TRANSPARENT = frozenset(
    "unwrap expect unwrap_or unwrap_or_default unwrap_or_else clone cloned copied to_string "
    "to_owned as_str as_ref as_mut as_bytes as_slice into into_string to_vec borrow into_owned "
    "to_string_lossy ok context with_context map_err ok_or trim as_os_str as_path iter "
    "into_iter chars bytes collect into_bytes".split()
)
_SAME = frozenset(
    {"String.from", "Some", "Ok", "Box.new", "Arc.new", "Rc.new", "std.path.Path.new",
     "std.path.PathBuf.from", "PathBuf.from", "Path.new", "OsString.from", "Cow.from",
     "std.sync.Arc.new", "std.rc.Rc.new", "std.ffi.OsStr.new", "std.str.from_utf8",
     "String.from_utf8", "std.string.String.from_utf8", "String.from_utf8_lossy"}
)  # fmt: skip
_HOLES = re.compile(r"\{[^{}]*\}")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", '"': '"', "'": "'"}
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]+)\}|\n\s*|(.))", re.DOTALL
)
_FORMATS = frozenset({"format!", "write!", "writeln!", "print!", "println!", "concat!"})
_BUILTIN_MACROS = frozenset({"assert!", "assert_eq!", "debug_assert!", "matches!"})


class Expressions:
    """Evaluates Rust's expressions in the scopes of one file."""

    def __init__(self, data: bytes, observer: Observer, context: str) -> None:
        self.data = data
        self.context = context
        self.scopes: list[dict[str, Value]] = [{}]
        self.owner = ""
        self.first_line = 1
        self._observer = observer
        self._depth = 0
        self._by_type: dict[str, Callable[[Node], Value]] = {
            "identifier": self._name,
            "self": self._name,
            "type_identifier": self._name,
            "scoped_identifier": self._scoped,
            "scoped_type_identifier": self._scoped,
            "generic_type": self._first,
            "generic_function": self._first,
            "field_expression": self._field,
            "call_expression": self._call,
            "macro_invocation": self._macro,
            "string_literal": self._string,
            "raw_string_literal": self._raw_string,
            "char_literal": self._string,
            "integer_literal": self._number,
            "float_literal": self._number,
            "boolean_literal": lambda node: Value(constant=self.text(node) == "true"),
            "reference_expression": self._last,
            "parenthesized_expression": self._first,
            "try_expression": self._first,
            "await_expression": self._first,
            "type_cast_expression": self._first,
            "unary_expression": self._first,
            "binary_expression": self._binary,
            "array_expression": self._list,
            "tuple_expression": self._list,
            "index_expression": self._index,
            "struct_expression": self._struct,
            "closure_expression": self._closure,
            "assignment_expression": self._assignment,
            "compound_assignment_expr": self._compound,
            "let_condition": self._let_condition,
        }

    def evaluate(self, node: Node) -> Value:
        """Return what is known of an expression, and tell of all that it does."""
        if self._depth > DEEPEST:
            return NOTHING
        self._depth += 1
        try:
            found = self._by_type.get(node.type)
            return found(node) if found else self.statement(node)
        finally:
            self._depth -= 1

    def statement(self, node: Node) -> Value:
        """Evaluate what is no plain expression: blocks, branches, items."""
        raise NotImplementedError

    def text(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        keywords: dict[str, Value] | None = None,
        receiver: Value = NOTHING,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer; return its answer."""
        return self._observer.observe(
            Fact(
                kind,
                path,
                node.start_point.row + self.first_line,
                node.end_point.row + self.first_line,
                self.context,
                arguments,
                keywords or {},
                receiver,
            )
        )

    def find(self, name: str) -> Value | None:
        for scope in reversed(self.scopes):
            value = scope.get(name)
            if value is not None:
                return value
        return None

    def bind(self, pattern: Node, value: Value) -> None:
        """Bind every name of a pattern to the value that it takes apart."""
        if pattern.type in {"identifier", "shorthand_field_identifier"}:
            self.scopes[-1][self.text(pattern)] = value
        elif pattern.type == "tuple_pattern" and value.items:
            parts = pattern.named_children
            for part, item in zip(parts, value.items, strict=False):
                self.bind(part, item)
        elif self._depth <= DEEPEST:
            self._depth += 1
            skipped = pattern.child_by_field_name("type")
            for child in pattern.named_children:
                if child != skipped and child.type not in {"field_identifier"}:
                    self.bind(child, value)
            self._depth -= 1

    # Names.

    def named(self, name: str) -> Value:
        value = self.find(name)
        return Value(name) if value is None else value

    def path_of(self, node: Node) -> str:
        """Return the path of a name, `use`d names resolved."""
        kind = node.type
        if kind in {"scoped_identifier", "scoped_type_identifier"}:
            base, name = (
                node.child_by_field_name("path"),
                node.child_by_field_name("name"),
            )
            end = "" if name is None else self.text(name)
            return f"{self.path_of(base)}.{end}" if base is not None else end
        if kind in {"generic_type", "generic_function", "bracketed_type"}:
            return self.path_of(node.named_children[0]) if node.named_children else ""
        text = self.text(node)
        if text == "Self" and self.owner:
            return f"&{self.owner}"
        found = self.find(text)
        return text if found is None or not found.path else found.path

    def _name(self, node: Node) -> Value:
        value = self.named(self.text(node))
        return self._used(value, node)

    def _scoped(self, node: Node) -> Value:
        return self._used(Value(self.path_of(node)), node)

    def _used(self, value: Value, node: Node) -> Value:
        if "." not in value.path or value.path.endswith("()") or value.path[0] == "&":
            return value
        marks = self.tell("use", value.path, node, receiver=value)
        if marks is None or marks == value.marks:
            return value
        return Value(value.path, constant=value.constant, text=value.text, marks=marks)

    def _first(self, node: Node) -> Value:
        return self.evaluate(node.named_children[0]) if node.named_children else NOTHING

    def _last(self, node: Node) -> Value:
        return (
            self.evaluate(node.named_children[-1]) if node.named_children else NOTHING
        )

    def _field(self, node: Node) -> Value:
        owner, name = (
            node.child_by_field_name("value"),
            node.child_by_field_name("field"),
        )
        if owner is None or name is None:
            return NOTHING
        value = self.evaluate(owner)
        path = f"{value.path}.{self.text(name)}"
        known = self.find(path) if path.startswith("@self.") else None
        return known or self._used(Value(path, marks=value.marks), node)

    # Literals.

    def _string(self, node: Node) -> Value:
        raw = self.text(node)
        start = raw.find('"') if '"' in raw[:3] else raw.find("'")
        text = raw[start + 1 : -1]
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        value = Value(constant=text.encode() if raw[:1] == "b" else text)
        if len(text) > 3:
            self.tell("string", "", node, (value,))
        return value

    def _raw_string(self, node: Node) -> Value:
        raw = self.text(node)
        quote = raw.find('"')
        value = Value(constant=raw[quote + 1 : raw.rfind('"')])
        self.tell("string", "", node, (value,))
        return value

    def _number(self, node: Node) -> Value:
        text = re.sub(
            r"_|(?<=\d)_?(?:[iuf](?:8|16|32|64|128|size))$", "", self.text(node)
        )
        try:
            number = float(text) if node.type == "float_literal" else int(text[:400], 0)
        except ValueError:
            return NOTHING
        return Value(constant=number)

    def _list(self, node: Node) -> Value:
        items = tuple(self.evaluate(child) for child in node.named_children)
        return Value(items=items, marks=marks_of(iter(items)))

    # Operators.

    def _binary(self, node: Node) -> Value:
        chain: list[tuple[str, Node]] = []
        left: Node | None = node
        while left is not None and left.type == "binary_expression":
            operator, right = (
                left.child_by_field_name("operator"),
                left.child_by_field_name("right"),
            )
            if operator is None or right is None:
                return NOTHING
            chain.append((operator.type, right))
            left = left.child_by_field_name("left")
        value = NOTHING if left is None else self.evaluate(left)
        for operator_text, right in reversed(chain):
            other = self.evaluate(right)
            value = self._operated(operator_text, value, other)
        return value

    def _operated(self, operator: str, left: Value, right: Value) -> Value:
        marks = marks_of(iter((left, right)))
        if operator == "+":
            return folding.added(left, right, marks)
        if operator in {"==", "!=", "<", ">", "<=", ">=", "&&", "||"}:
            return NOTHING
        made = folding.operated(operator, left.constant, right.constant)
        return Value(marks=marks) if made is UNKNOWN else folding.value_of(made, marks)

    def _index(self, node: Node) -> Value:
        values = [self.evaluate(child) for child in node.named_children]
        if not values:
            return NOTHING
        owner, index = values[0], values[-1].constant
        if isinstance(index, int) and owner.items and 0 <= index < len(owner.items):
            return owner.items[index]
        return Value(f"{owner.path}[]", marks=marks_of(iter(values)))

    def _assignment(self, node: Node) -> Value:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        if left is None or right is None:
            return NOTHING
        value = self.evaluate(right)
        if left.type == "identifier":
            self.tell("assign", self.text(left), left, (value,))
            self.scopes[-1][self.text(left)] = value
        elif left.type == "field_expression":
            owner, name = (
                left.child_by_field_name("value"),
                left.child_by_field_name("field"),
            )
            if owner is not None and name is not None:
                path = f"{self.evaluate(owner).path}.{self.text(name)}"
                self.tell("assign", path, left, (value,))
                if path.startswith("@self."):
                    self.scopes[0][path] = value
        return NOTHING

    def _compound(self, node: Node) -> Value:
        left, right = (
            node.child_by_field_name("left"),
            node.child_by_field_name("right"),
        )
        if left is None or right is None:
            return NOTHING
        value = folding.added(self.evaluate(left), self.evaluate(right), NO_MARKS)
        if left.type == "identifier":
            self.scopes[-1][self.text(left)] = value
        return NOTHING

    def _let_condition(self, node: Node) -> Value:
        pattern, given = (
            node.child_by_field_name("pattern"),
            node.child_by_field_name("value"),
        )
        if pattern is not None and given is not None:
            self.bind(pattern, self.evaluate(given))
        return NOTHING

    # Calls.

    def _call(self, node: Node) -> Value:
        function, listed = (
            node.child_by_field_name("function"),
            node.child_by_field_name("arguments"),
        )
        if function is None or listed is None:
            return NOTHING
        if function.type == "generic_function" and function.named_children:
            function = function.named_children[0]
        receiver = NOTHING
        if function.type == "field_expression":
            owner, name = (
                function.child_by_field_name("value"),
                function.child_by_field_name("field"),
            )
            if owner is None or name is None:
                return NOTHING
            receiver = self.evaluate(owner)
            path = f"{receiver.path}.{self.text(name)}"
        elif function.type in {"identifier", "scoped_identifier"}:
            path = self.path_of(function)
        else:
            path = self.evaluate(function).path
        arguments = self._arguments(listed.named_children, receiver)
        return self._applied(node, path, receiver, arguments, function)

    def _arguments(self, nodes: Iterable[Node], receiver: Value) -> tuple[Value, ...]:
        values: list[Value] = []
        for child in nodes:
            if child.type == "closure_expression":
                values.append(self._closure(child, receiver))
            elif not child.type.endswith("_comment"):
                values.append(self.evaluate(child))
        return tuple(values)

    def _applied(
        self,
        node: Node,
        path: str,
        receiver: Value,
        arguments: tuple[Value, ...],
        function: Node,
    ) -> Value:
        told = self.tell("call", path or ".", node, arguments, {}, receiver)
        flow = marks_of(iter((receiver, *arguments))) if told is None else told
        local = self.called_local(path, arguments, flow)
        if local is not None:
            return local
        name = path.rpartition(".")[2]
        if receiver is not NOTHING and name in _TRANSPARENT:
            return _marked(receiver, flow)
        self._grow(function, flow)
        if path in _SAME and arguments:
            return _marked(_as_text(arguments[0]), flow)
        made = _decoded(path, receiver, arguments)
        if made is not UNKNOWN:
            value = folding.value_of(made, flow)
            if isinstance(made, str):
                self.tell("string", "", node, (value,))
            return value
        text = None
        if name == "join" and receiver.text is not None and arguments:
            text = f"{receiver.text}/{arguments[0].text or HOLE}"
        return Value(f"{path}()", text=text, marks=flow)

    def _grow(self, function: Node, flow: frozenset[str]) -> None:
        """Let what a method was given flow into the variable that it was called on."""
        owner = function.child_by_field_name("value") if function.child_count else None
        if owner is None or owner.type != "identifier" or not flow:
            return
        name = self.text(owner)
        value = self.find(name)
        if value is not None and not flow <= value.marks:
            self.scopes[-1][name] = _marked(value, value.marks | flow)

    def called_local(
        self, path: str, arguments: tuple[Value, ...], flow: frozenset[str]
    ) -> Value | None:
        """Return what a function of the file itself returns; None where it is none."""
        raise NotImplementedError

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
                    keys[self.text(field)] = self.evaluate(held)
            elif child.type == "shorthand_field_initializer":
                keys[self.text(child)] = self._first(child)
            else:
                self._first(child)
        path = self.path_of(name)
        marks = self.tell("call", path, node, (), keywords=keys)
        flow = marks_of(iter(keys.values())) if marks is None else marks
        return Value(f"{path}()", keys=keys, marks=flow)

    def _closure(self, node: Node, receiver: Value = NOTHING) -> Value:
        listed, body = (
            node.child_by_field_name("parameters"),
            node.child_by_field_name("body"),
        )
        if body is None:
            return NOTHING
        self.scopes.append({})
        try:
            for parameter in [] if listed is None else listed.named_children:
                self.bind(parameter, Value(receiver.path, marks=receiver.marks))
            return self.evaluate(body)
        finally:
            self.scopes.pop()

    def _macro(self, node: Node) -> Value:
        name = node.child_by_field_name("macro")
        tree = node.named_children[-1] if node.named_children else None
        if name is None or tree is None:
            return NOTHING
        path = f"{self.path_of(name)}!"
        arguments = self.tokens(tree)
        told = self.tell("call", path, node, arguments)
        flow = marks_of(iter(arguments)) if told is None else told
        if path == "vec!":
            return Value(items=arguments, marks=flow)
        if path in _FORMATS and arguments:
            return self._formatted(path, arguments, flow)
        return Value(f"{path}()", marks=flow)

    def _formatted(
        self, path: str, arguments: tuple[Value, ...], flow: frozenset[str]
    ) -> Value:
        if path == "concat!":
            value = Value(constant="")
            for part in arguments:
                value = folding.added(value, part, flow)
            return value
        start = 1 if path in {"write!", "writeln!"} else 0
        form = arguments[start].text if len(arguments) > start else None
        if form is None:
            return Value(f"{path}()", marks=flow)
        for name in re.findall(r"\{(\w+)[^{}]*\}", form):
            flow |= self.named(name).marks
        rest = iter(arguments[start + 1 :])
        text = _HOLES.sub(lambda _: next(rest, NOTHING).text or HOLE, form)
        if HOLE in text:
            return Value(text=text, marks=flow)
        return Value(constant=text, marks=flow)

    def tokens(self, tree: Node) -> tuple[Value, ...]:
        """Evaluate what is handed to a macro as if it were a list of arguments."""
        raise NotImplementedError


def _marked(value: Value, marks: frozenset[str]) -> Value:
    if marks == value.marks:
        return value
    return Value(
        value.path,
        constant=value.constant,
        text=value.text,
        marks=marks,
        items=value.items,
        keys=value.keys,
    )


def _as_text(value: Value) -> Value:
    """Return bytes as the text that they spell."""
    constant = folding.constant_of(value)
    if isinstance(constant, tuple):
        constant = folding.called("bytes", [constant])
    if isinstance(constant, bytes):
        return Value(constant=constant.decode("utf-8", "replace"), marks=value.marks)
    return value


def _decoded(path: str, receiver: Value, arguments: tuple[Value, ...]) -> object:
    name = path.rpartition(".")[2]
    first = folding.constant_of(arguments[0]) if arguments else UNKNOWN
    if name == "decode" and first is not UNKNOWN:
        if path.startswith("hex."):
            return folding.called("binascii.unhexlify", [first])
        return folding.called("base64.b64decode", [first])
    if name == "rev" and isinstance(receiver.constant, str):
        return receiver.constant[::-1]
    if name in {"replace", "to_lowercase", "to_uppercase"}:
        renamed = {"to_lowercase": "lower", "to_uppercase": "upper"}.get(name, name)
        constants = [folding.constant_of(argument) for argument in arguments]
        return folding.method(renamed, receiver.constant, constants)
    return UNKNOWN


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    if found[2]:
        number = int(found[2].replace("_", "") or "0", 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _ESCAPES.get(found[3], found[3]) if found[3] else ""
