"""Values of Python's expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NO_MARKS, NOTHING, UNKNOWN, Fact, Value
from goobits_scanner._languages import _python_folding as folding

if TYPE_CHECKING:
    from tree_sitter import Node

    from goobits_scanner._facts import Observer
    from goobits_scanner._languages._python_functions import Function

DEEPEST = 120
_SELECTED = frozenset({"call", "use", "assign"})
_SKIPPED = frozenset({",", "(", ")", "[", "]", "{", "}", "comment"})
_BUILTIN_ROOTS = ("builtins.", "__builtins__.", "__builtin__.")


def joined(one: Value, two: Value) -> Value:
    """Return what is true of a value that is one or the other."""
    if one is NOTHING or one is two:
        return two
    if two is NOTHING:
        return one
    marks = one.marks | two.marks
    if one.constant is not UNKNOWN and one.constant == two.constant:
        return Value(constant=one.constant, marks=marks)
    text = one.text if one.is_built else two.text if two.is_built else None
    return Value(
        one.path or two.path,
        text=text,
        marks=marks,
        items=one.items if two.items is None else two.items,
        keys=one.keys if two.keys is None else two.keys,
        is_hidden=one.is_hidden or two.is_hidden,
    )


def marks_of(values: Iterator[Value]) -> frozenset[str]:
    marks = NO_MARKS
    for value in values:
        if value.marks:
            marks |= value.marks
        for inner in value.items or ():
            marks |= inner.marks
        for inner in (value.keys or {}).values():
            marks |= inner.marks
    return marks


class Expressions:
    """Evaluates expressions in the scopes of one file."""

    def __init__(self, data: bytes, observer: Observer, context: str) -> None:
        self.code = (data, 0)
        self._observer = observer
        self._observe = observer.observe
        self._names, self._roots = observer.names, observer.roots
        self.context = context
        self.scopes: list[dict[str, Value]] = [{}]
        self.functions: dict[str, Function] = {}
        self._depth = 0
        self._by_type: dict[str, Callable[[Node], Value]] = {
            "identifier": self._identifier,
            "attribute": self._attribute,
            "call": self._call,
            "string": self._string,
            "concatenated_string": self._concatenated,
            "integer": self._number,
            "float": self._number,
            "true": lambda _: Value(constant=True),
            "false": lambda _: Value(constant=False),
            "none": lambda _: Value(constant=None),
            "binary_operator": self._binary,
            "unary_operator": self._unary,
            "not_operator": self._clean,
            "comparison_operator": self._clean,
            "boolean_operator": self._boolean,
            "conditional_expression": self._conditional,
            "parenthesized_expression": self._inner,
            "await": self._inner,
            "yield": self._inner,
            "list_splat": self._inner,
            "list": self._list,
            "tuple": self._list,
            "set": self._list,
            "expression_list": self._list,
            "dictionary": self._dictionary,
            "subscript": self._subscript,
            "lambda": self._lambda,
            "named_expression": self._named,
            "list_comprehension": self._comprehension,
            "generator_expression": self._comprehension,
            "set_comprehension": self._comprehension,
            "dictionary_comprehension": self._comprehension,
        }

    def evaluate(self, node: Node) -> Value:
        """Return what is known of an expression, and tell of all that it does."""
        if self._depth > DEEPEST:
            return NOTHING
        self._depth += 1
        try:
            found = self._by_type.get(node.type)
            return found(node) if found else self._parts(node)
        finally:
            self._depth -= 1

    def text(self, node: Node) -> str:
        return self.code[0][node.start_byte : node.end_byte].decode("utf-8", "replace")

    def line(self, node: Node) -> int:
        return self.code[1] or node.start_point.row + 1

    def end_line(self, node: Node) -> int:
        return self.code[1] or node.end_point.row + 1

    def tell(
        self,
        kind: str,
        path: str,
        node: Node,
        arguments: tuple[Value, ...] = (),
        keywords: dict[str, Value] | None = None,
        receiver: Value = NOTHING,
        is_hidden: bool = False,
    ) -> frozenset[str] | None:
        """Hand a fact to the observer, if it cares; return its answer."""
        if kind in _SELECTED and path[path.rfind(".") + 1 :] not in self._names:
            end = path.find(".")
            root = path if end < 0 else path[:end]
            if root.removesuffix("()") not in self._roots:
                return None
        return self._observe(
            Fact(
                kind,
                path,
                self.line(node),
                self.end_line(node),
                self.context,
                arguments,
                keywords or {},
                receiver,
                is_hidden,
            )
        )

    def find(self, name: str) -> Value | None:
        for scope in reversed(self.scopes):
            value = scope.get(name)
            if value is not None:
                return value
        return None

    def bind(self, target: Node, value: Value) -> None:
        """Assign a value to whatever stands at the left of an assignment."""
        raise NotImplementedError

    # Values of single kinds of expressions.

    def _parts(self, node: Node) -> Value:
        values = [self.evaluate(child) for child in node.named_children]
        return Value(marks=marks_of(iter(values)))

    def _inner(self, node: Node) -> Value:
        for child in node.named_children:
            if child.type != "comment":
                return self.evaluate(child)
        return NOTHING

    def _clean(self, node: Node) -> Value:
        for child in node.named_children:
            self.evaluate(child)
        return NOTHING

    def _identifier(self, node: Node) -> Value:
        return self._used(self._named_value(self.text(node)), node)

    def _named_value(self, name: str) -> Value:
        value = self.find(name)
        return Value(name) if value is None else value

    def _used(self, value: Value, node: Node) -> Value:
        if not value.path or value.path[0] in "@&":
            if "." not in value.path:
                return value
        elif value.path.endswith("()"):
            return value
        marks = self.tell("use", value.path, node, receiver=value)
        if marks is None or marks == value.marks:
            return value
        return Value(
            value.path,
            constant=value.constant,
            text=value.text,
            marks=marks,
            items=value.items,
            keys=value.keys,
            is_hidden=value.is_hidden,
        )

    def _attribute(self, node: Node) -> Value:
        return self._used(self._attribute_value(node), node)

    def _callee(self, node: Node) -> tuple[Value, Value]:
        """Return what is called and its receiver, without telling that they are used."""
        if node.type == "identifier":
            return self._named_value(self.text(node)), NOTHING
        if node.type == "attribute":
            owner = node.child_by_field_name("object")
            name = node.child_by_field_name("attribute")
            if owner is not None and name is not None:
                receiver = self.evaluate(owner)
                return self.member(receiver, self.text(name)), receiver
        return self.evaluate(node), NOTHING

    def _attribute_value(self, node: Node) -> Value:
        owner = node.child_by_field_name("object")
        name = node.child_by_field_name("attribute")
        if owner is None or name is None:
            return NOTHING
        if owner.type == "identifier":
            value = self._named_value(self.text(owner))
        elif owner.type == "attribute" and self._depth < DEEPEST:
            self._depth += 1
            value = self._attribute_value(owner)
            self._depth -= 1
        else:
            value = self.evaluate(owner)
        return self.member(value, self.text(name))

    def member(self, owner: Value, name: str, *, is_hidden: bool = False) -> Value:
        """Return the attribute of a value."""
        path = f"{owner.path}.{name}"
        if path.startswith(_BUILTIN_ROOTS) and name != "__dict__":
            path = path.split(".", 1)[1]
        elif owner.path.endswith(".__dict__") or owner.path in {
            "globals()",
            "locals()",
        }:
            if name == "__dict__":
                path = owner.path
        elif name == "__dict__":
            path = f"{owner.path}.__dict__"
        known = self.find(path) if path[0] in "@&" else None
        if known is not None:
            return known
        return Value(path, marks=owner.marks, is_hidden=is_hidden or owner.is_hidden)

    def _string(self, node: Node) -> Value:
        raw = self.code[0][node.start_byte : node.end_byte]
        children = node.named_children
        if any(child.type == "interpolation" for child in children):
            return self._format(children)
        value = _literal(raw)
        if isinstance(value.constant, str) and len(value.constant) > 3:
            self.tell("string", "", node, (value,))
        return value

    def _format(self, children: list[Node]) -> Value:
        text, marks = "", NO_MARKS
        for child in children:
            if child.type == "string_content":
                text += self.text(child)
            elif child.type == "interpolation":
                inner = (
                    child.child_by_field_name("expression") or child.named_children[0]
                )
                value = self.evaluate(inner)
                marks |= marks_of(iter((value,)))
                text += HOLE if value.text is None else value.text
        if HOLE in text:
            return Value(text=text, marks=marks)
        return Value(constant=text, marks=marks)

    def _concatenated(self, node: Node) -> Value:
        value = Value(constant="")
        for child in node.named_children:
            if child.type == "string":
                part = self._string(child)
                if isinstance(part.constant, bytes) and value.constant == "":
                    value = part
                    continue
                value = folding.added(value, part, value.marks | part.marks)
        return value

    def _number(self, node: Node) -> Value:
        text = self.text(node).replace("_", "")
        try:
            number = float(text) if node.type == "float" else int(text[:400], 0)
        except ValueError:
            return NOTHING
        return Value(constant=number)

    def _binary(self, node: Node) -> Value:
        chain: list[tuple[str, Node]] = []
        left: Node | None = node
        while left is not None and left.type == "binary_operator":
            operator = left.child_by_field_name("operator")
            right = left.child_by_field_name("right")
            if operator is None or right is None:
                return self._parts(node)
            chain.append((operator.type, right))
            left = left.child_by_field_name("left")
        value = NOTHING if left is None else self.evaluate(left)
        for operator_text, right in reversed(chain):
            value = self._operated(operator_text, value, self.evaluate(right))
        if (
            len(chain) > 0
            and isinstance(value.constant, str)
            and len(value.constant) > 3
        ):
            self.tell("string", "", node, (value,), is_hidden=True)
        return value

    def _operated(self, operator: str, left: Value, right: Value) -> Value:
        marks = marks_of(iter((left, right)))
        if operator == "+":
            return folding.added(left, right, marks)
        if operator == "/" and left.path.startswith("pathlib."):
            return Value("pathlib.Path()", text=_path_text(left, right), marks=marks)
        one, two = folding.constant_of(left), folding.constant_of(right)
        made = folding.operated(operator, one, two)
        if made is not UNKNOWN:
            return folding.value_of(made, marks)
        if operator == "%" and left.text is not None:
            return Value(text=_percent(left.text), marks=marks)
        return Value(marks=marks)

    def _unary(self, node: Node) -> Value:
        argument = node.child_by_field_name("argument")
        value = NOTHING if argument is None else self.evaluate(argument)
        number = value.constant
        if isinstance(number, int | float):
            sign = node.children[0].type
            if sign == "-":
                return Value(constant=-number)
            if sign == "~" and isinstance(number, int):
                return Value(constant=~number)
        return value

    def _boolean(self, node: Node) -> Value:
        values = [self.evaluate(child) for child in node.named_children]
        found = NOTHING
        for value in values:
            found = joined(found, value)
        return found

    def _conditional(self, node: Node) -> Value:
        values = [self.evaluate(child) for child in node.named_children]
        return joined(values[0], values[-1]) if len(values) == 3 else NOTHING

    def _list(self, node: Node) -> Value:
        items = tuple(
            self.evaluate(child)
            for child in node.named_children
            if child.type != "comment"
        )
        return Value(items=items, marks=marks_of(iter(items)))

    def _dictionary(self, node: Node) -> Value:
        keys: dict[str, Value] = {}
        marks = NO_MARKS
        for child in node.named_children:
            if child.type == "pair":
                key, value = (
                    child.child_by_field_name("key"),
                    child.child_by_field_name("value"),
                )
                if key is None or value is None:
                    continue
                name, held = self.evaluate(key), self.evaluate(value)
                if isinstance(name.constant, str):
                    keys[name.constant] = held
                marks |= held.marks | name.marks
            elif child.type != "comment":
                spread = self._inner(child)
                keys.update(spread.keys or {})
                marks |= spread.marks
        return Value(keys=keys, marks=marks)

    def _subscript(self, node: Node) -> Value:
        owner_node = node.child_by_field_name("value")
        index_node = node.child_by_field_name("subscript")
        if owner_node is None or index_node is None:
            return NOTHING
        owner = self.evaluate(owner_node)
        if index_node.type == "slice":
            bounds = _bounds(index_node, self)
            made = folding.sliced(folding.constant_of(owner), bounds)
            if made is not UNKNOWN:
                return folding.value_of(made, owner.marks)
            return Value(text=owner.text, marks=owner.marks)
        index = self.evaluate(index_node)
        return self._element(owner, index)

    def _element(self, owner: Value, index: Value) -> Value:
        key = index.constant
        if isinstance(key, str):
            if owner.keys is not None and key in owner.keys:
                return owner.keys[key]
            if owner.path == "__builtins__.__dict__":
                return Value(key, is_hidden=True)
            if owner.path.endswith((".__dict__", "vars()")):
                return self.member(_without_dict(owner), key, is_hidden=True)
            if owner.path in {"globals()", "locals()", "__builtins__", "sys.modules"}:
                found = self._named_value(key)
                return Value(found.path or key, marks=found.marks, is_hidden=True)
        if isinstance(key, int) and not isinstance(key, bool):
            if owner.items is not None and -len(owner.items) <= key < len(owner.items):
                return owner.items[key]
            made = owner.constant
            if isinstance(made, str | bytes) and -len(made) <= key < len(made):
                return Value(constant=made[key], marks=owner.marks)
        return Value(f"{owner.path}[]", marks=owner.marks | index.marks)

    def _named(self, node: Node) -> Value:
        name, given = (
            node.child_by_field_name("name"),
            node.child_by_field_name("value"),
        )
        if name is None or given is None:
            return NOTHING
        value = self.evaluate(given)
        self.bind(name, value)
        return value

    def _lambda(self, node: Node) -> Value:
        raise NotImplementedError

    def _call(self, node: Node) -> Value:
        raise NotImplementedError

    def _comprehension(self, node: Node) -> Value:
        self.scopes.append({})
        try:
            return self._comprehended(node)
        finally:
            self.scopes.pop()

    def _comprehended(self, node: Node) -> Value:
        body = node.child_by_field_name("body")
        source, target, clauses = NOTHING, None, 0
        for child in node.named_children:
            if child.type == "for_in_clause":
                clauses += 1
                target, right = (
                    child.child_by_field_name("left"),
                    child.child_by_field_name("right"),
                )
                source = NOTHING if right is None else self.evaluate(right)
                if target is not None:
                    self.bind(target, element_of(source))
            elif child.type == "if_clause":
                clauses += 1
                self._clean(child)
        if body is None:
            return self._parts(node)
        elements = elements_of(source)
        if clauses == 1 and target is not None and elements and body.type != "pair":
            made = []
            for element in elements:
                self.bind(target, element)
                made.append(self.evaluate(body))
            return Value(items=tuple(made), marks=marks_of(iter(made)))
        value = self.evaluate(body)
        return Value(items=(value,), marks=value.marks | source.marks)


def element_of(source: Value) -> Value:
    """Return what is known of each element of something that is iterated."""
    if source.items:
        found = source.items[0]
        for item in source.items[1:50]:
            found = joined(found, item)
        return found
    return Value(f"{source.path}[]" if source.path else "", marks=source.marks)


def elements_of(source: Value) -> tuple[Value, ...]:
    """Return the elements of a short constant sequence, one by one."""
    constant = folding.constant_of(source)
    if not isinstance(constant, str | bytes | tuple) or not 0 < len(constant) <= 4096:
        return ()
    if source.items is not None:
        return source.items
    return tuple(folding.value_of(part, source.marks) for part in constant)


def _bounds(node: Node, expressions: Expressions) -> list[object]:
    bounds: list[object] = [None, None, None]
    place = 0
    for child in node.children:
        if child.type == ":":
            place += 1
        elif child.is_named and place < 3:
            bounds[place] = expressions.evaluate(child).constant
    return bounds


def _without_dict(owner: Value) -> Value:
    if owner.path.endswith("vars()"):
        return owner.items[0] if owner.items else NOTHING
    return Value(owner.path.removesuffix(".__dict__"), marks=owner.marks)


def _literal(raw: bytes) -> Value:
    import ast

    if len(raw) > folding.BIGGEST:
        return NOTHING
    head = raw[:3].lower()
    if raw[:1] in b"\"'" and b"\\" not in raw:
        quotes = 3 if raw[:3] in (b'"""', b"'''") else 1
        return Value(constant=raw[quotes:-quotes].decode("utf-8", "replace"))
    text = raw.decode("utf-8", "replace")
    if b"f" in head.split(b'"')[0].split(b"'")[0]:
        text = text.replace("f", "", 1) if head[:1] != b"F" else text[1:]
    try:
        constant = ast.literal_eval(text)
    except (SyntaxError, ValueError, MemoryError):
        return Value(text=text)
    return Value(constant=constant) if isinstance(constant, str | bytes) else NOTHING


def _percent(text: str) -> str:
    import re

    return re.sub(r"%(?:\([^)]*\))?[#0\- +]*[\d*.]*[a-zA-Z]", HOLE, text)


def _path_text(left: Value, right: Value) -> str:
    return f"{left.text or HOLE}/{right.text or HOLE}"
