"""Values of Rust's expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from goobits_scanner._facts import NOTHING, UNKNOWN, Fact, Value
from goobits_scanner._languages import _python_folding as python
from goobits_scanner._languages import _rust_folding as folding
from goobits_scanner._languages._python_values import marks_of, with_marks

if TYPE_CHECKING:
    from tree_sitter import Node

    from goobits_scanner._facts import Observer

DEEPEST = 120
_LONGEST_PATH = 600
# Of `[x; n]` so many elements are kept: they are all the same.
_REPEATED = 64
_SELECTED = frozenset({"call", "use", "assign"})
_SUFFIX = re.compile(r"_|[iu](?:8|16|32|64|128|size)$|(?<=[.\d])f(?:32|64)$")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "\\": "\\", '"': '"', "'": "'"}
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F_]+)\}|\n\s*|(.))", re.DOTALL
)

Scopes = list[dict[str, Value]]


class Source(NamedTuple):
    """A text that is evaluated: the file's, or what is handed to a macro.

    `offset` and `line` tell where in the file it begins.
    """

    data: bytes
    offset: int = 0
    line: int = 1


class Deferred(NamedTuple):
    """What nests too deeply to be evaluated at once."""

    node: Node
    scopes: Scopes
    owner: str
    context: str
    source: Source


class Expressions:
    """Evaluates Rust's expressions in the scopes of one file."""

    def __init__(self, data: bytes, observer: Observer, context: str) -> None:
        self.source = Source(data)
        self.context = context
        self.scopes: Scopes = [{}]
        self.owner = ""
        self.muted = 0
        self.deferred: list[Deferred] = []
        self._deferred_ids: set[int] = set()
        self._observer = observer
        self._names, self._roots = observer.names, observer.roots
        self._heard: dict[str, bool] = {}
        self._depth = 0
        self._register()

    def _register(self) -> None:
        self._by_type: dict[str, Callable[[Node], Value]] = {
            "identifier": self._name,
            "self": self._name,
            "type_identifier": self._name,
            "scoped_identifier": self._scoped,
            "scoped_type_identifier": self._scoped,
            "generic_type": self._first,
            "generic_function": self._first,
            "string_literal": self._string,
            "raw_string_literal": self._raw_string,
            "char_literal": self._char,
            "integer_literal": self._number,
            "float_literal": self._number,
            "boolean_literal": lambda node: Value(constant=self.text(node) == "true"),
            "reference_expression": self._last,
            "parenthesized_expression": self._first,
            "type_cast_expression": self._cast,
            "unary_expression": self._unary,
            "binary_expression": self._binary,
            "array_expression": self._list,
            "tuple_expression": self._list,
            "index_expression": self._index,
            "assignment_expression": self._assignment,
            "compound_assignment_expr": self._compound,
            "let_condition": self._let_condition,
        }

    def evaluate(self, node: Node) -> Value:
        """Return what is known of an expression, and tell of all that it does."""
        if self._depth > DEEPEST:
            self._defer(node)
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

    def _defer(self, node: Node) -> None:
        if node.id not in self._deferred_ids and not self.muted:
            self._deferred_ids.add(node.id)
            self.deferred.append(
                Deferred(node, list(self.scopes), self.owner, self.context, self.source)
            )

    def text(self, node: Node) -> str:
        text = self.source.data[node.start_byte : node.end_byte]
        return text.decode("utf-8", "replace").removeprefix("r#")

    def is_heard(self, path: str) -> bool:
        """Return whether the observer asks for calls, uses and assignments of a path."""
        heard = self._heard.get(path)
        if heard is None:
            end = path.find(".")
            root = path if end < 0 else path[:end]
            heard = (
                path[path.rfind(".") + 1 :] in self._names
                or root.removesuffix("()") in self._roots
            )
            self._heard[path] = heard
        return heard

    def wants(self, node: Node) -> bool:
        """Return whether the observer asks for anything in a part of the file."""
        offset = self.source.offset
        return self._observer.wants(node.start_byte + offset, node.end_byte + offset)

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        keywords: dict[str, Value] | None = None,
        receiver: Value = NOTHING,
        whole: Node | None = None,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer, if it cares; return its answer."""
        if self.muted or (kind in _SELECTED and not self.is_heard(path)):
            return None
        first = self.source.line
        return self._observer.observe(
            Fact(
                kind,
                path,
                node.start_point[0] + first,
                (whole or node).end_point[0] + first,
                self.context,
                arguments,
                keywords or {},
                receiver,
            )
        )

    def tell_folded(self, value: Value, node: Node) -> None:
        """Tell of a text that was put together from constants."""
        if isinstance(value.constant, str) and len(value.constant) > 3:
            self.tell("string", "", node, (value,))

    def put(self, name: str, value: Value) -> None:
        """Give a variable another value, in the scope that it belongs to."""
        for scope in reversed(self.scopes[1:]):
            if name in scope:
                scope[name] = value
                return
        self.scopes[-1][name] = value

    def mark(self, name: str, marks: frozenset[str]) -> None:
        """Add marks to what a variable holds."""
        value = self.find(name)
        if value is not None and not marks <= value.marks:
            self.put(name, with_marks(value, value.marks | marks))

    @staticmethod
    def shortened(path: str) -> str:
        """Return a path, without its middle where it is longer than any pattern."""
        if len(path) <= _LONGEST_PATH:
            return path
        return path[:200] + path[path.find(".", len(path) - 200) :]

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
        ends: list[str] = []
        inner: Node | None = node
        while inner is not None:
            node, kind = inner, inner.type
            if kind in {"scoped_identifier", "scoped_type_identifier"}:
                name = node.child_by_field_name("name")
                ends.append("" if name is None else self.text(name))
                inner = node.child_by_field_name("path")
            elif kind in {"generic_type", "generic_function", "bracketed_type"}:
                inner = node.named_children[0] if node.named_children else None
            else:
                ends.append(self._root(self.text(node)))
                break
        return self.shortened(".".join(reversed(ends)))

    def _root(self, text: str) -> str:
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

    def field_of(self, value: Value, node: Node, member: Node) -> Value:
        """Return a field of a struct, or an item of a tuple."""
        name = self.text(member)
        if value.keys is not None and name in value.keys:
            return value.keys[name]
        if value.items and name.isdigit() and int(name[:4]) < len(value.items):
            return value.items[int(name[:4])]
        path = self.shortened(f"{value.path}.{name}")
        known = self.find(path) if path.startswith("@self.") else None
        return known or self._used(Value(path, marks=value.marks), member)

    # Literals.

    def _string(self, node: Node) -> Value:
        raw = self.text(node)
        start = raw.find('"') if '"' in raw[:3] else raw.find("'")
        text = raw[start + 1 : -1]
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        if raw[0] == "b":
            data = text.encode("latin-1", "replace")
            return Value(constant=data[0] if raw[1:2] == "'" and data else data)
        value = Value(constant=text)
        self.tell_folded(value, node)
        return value

    def _char(self, node: Node) -> Value:
        raw = self.text(node)
        return Value(constant=raw[1]) if len(raw) == 3 else self._string(node)

    def _raw_string(self, node: Node) -> Value:
        raw = self.text(node)
        quote = raw.find('"')
        text = raw[quote + 1 : raw.rfind('"')]
        if raw.startswith("b"):
            return Value(constant=text.encode("utf-8", "replace"))
        value = Value(constant=text)
        self.tell_folded(value, node)
        return value

    def _number(self, node: Node) -> Value:
        raw = self.source.data[node.start_byte : node.end_byte]
        if raw.isdigit():
            return Value(constant=int(raw[:400]))
        text = _SUFFIX.sub("", self.text(node))
        try:
            number = float(text) if node.type == "float_literal" else int(text[:400], 0)
        except ValueError:
            return NOTHING
        return Value(constant=number)

    def _list(self, node: Node) -> Value:
        if node.named_child_count > folding.MOST_ELEMENTS and not self.wants(node):
            return NOTHING
        length = node.child_by_field_name("length")
        items = tuple(
            self.evaluate(child)
            for child in node.named_children
            if "comment" not in child.type
            and child.type != "attribute_item"
            and child != length
        )
        count = 1 if length is None else self.evaluate(length).constant
        if isinstance(count, int) and 0 < count <= folding.MOST_ELEMENTS:
            items *= min(count, _REPEATED) if length is not None else 1
        return folding.listed(items, marks_of(items))

    def _cast(self, node: Node) -> Value:
        kinds: list[Node] = []
        inner: Node | None = node
        while inner is not None and inner.type == "type_cast_expression":
            kind = inner.child_by_field_name("type")
            if kind is not None:
                kinds.append(kind)
            inner = inner.child_by_field_name("value")
        value = NOTHING if inner is None else self.evaluate(inner)
        for kind in reversed(kinds):
            value = folding.cast(value, self.text(kind))
        return value

    def _unary(self, node: Node) -> Value:
        value = self._first(node)
        operator = node.children[0].type if node.children else ""
        if operator == "-" and isinstance(value.constant, int | float):
            return Value(constant=-value.constant, marks=value.marks)
        if operator == "!" and isinstance(value.constant, bool):
            return Value(constant=not value.constant, marks=value.marks)
        return value if operator == "*" else Value(marks=value.marks)

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
        if operator in {"==", "!=", "<", ">", "<=", ">=", "&&", "||"}:
            return NOTHING
        marks = marks_of((left, right))
        if operator == "+":
            return folding.added(left, right, marks)
        return folding.operated(operator, left, right, marks)

    def _index(self, node: Node) -> Value:
        chain: list[Node] = []
        inner = node
        while inner.type == "index_expression" and inner.named_children:
            chain.append(inner.named_children[-1])
            inner = inner.named_children[0]
        owner = self.evaluate(inner)
        for index in reversed(chain):
            owner = self._indexed(owner, index)
        return owner

    def _indexed(self, owner: Value, node: Node) -> Value:
        if node.type == "range_expression":
            return self._sliced(owner, node)
        value = self.evaluate(node)
        index = value.constant
        if isinstance(index, int):
            parts = folding.elements(owner) or ()
            if 0 <= index < len(parts):
                return parts[index]
        path = self.shortened(f"{owner.path}[]")
        return Value(path, marks=marks_of((owner, value)))

    def _sliced(self, owner: Value, node: Node) -> Value:
        bounds: list[object] = [None, None]
        side = 0
        for child in node.children:
            if child.type in {"..", "..="}:
                side = 1
            elif child.is_named:
                bounds[side] = self.evaluate(child).constant
        made = python.sliced(python.constant_of(owner), [*bounds, None])
        if made is UNKNOWN:
            return Value(owner.path, marks=owner.marks)
        return python.value_of(made, owner.marks)

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
            self.put(self.text(left), value)
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
        one, two = self.evaluate(left), self.evaluate(right)
        operator = node.child_by_field_name("operator")
        sign = "" if operator is None else operator.type[:-1]
        if left.type == "identifier":
            self.put(self.text(left), self._operated(sign, one, two))
        return NOTHING

    def _let_condition(self, node: Node) -> Value:
        pattern, given = (
            node.child_by_field_name("pattern"),
            node.child_by_field_name("value"),
        )
        if pattern is not None and given is not None:
            self.bind(pattern, self.evaluate(given))
        return NOTHING


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    if found[2]:
        number = int(found[2].replace("_", "") or "0", 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _ESCAPES.get(found[3], found[3]) if found[3] else ""
