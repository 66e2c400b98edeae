"""Values of Python's expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goobits_scanner._facts import HOLE, NO_MARKS, NOTHING, UNKNOWN, Value
from goobits_scanner._languages import _python_folding as folding
from goobits_scanner._languages._python_collections import Collections, pair_of
from goobits_scanner._languages._python_strings import literal, percent, unescape
from goobits_scanner._languages._python_values import joined as joined
from goobits_scanner._languages._python_values import marks_of as marks_of

if TYPE_CHECKING:
    from tree_sitter import Node

_TRUE, _FALSE, _NONE = Value(constant=True), Value(constant=False), Value(constant=None)
_MOST_DIGITS = 400


class Expressions(Collections):
    """Evaluates names, literals and operators."""

    def _true(self, _: Node) -> Value:
        return _TRUE

    def _false(self, _: Node) -> Value:
        return _FALSE

    def _none(self, _: Node) -> Value:
        return _NONE

    def _clean(self, node: Node) -> Value:
        self._parts(node)
        return NOTHING

    # Names.

    def _identifier(self, node: Node) -> Value:
        name = self.code.text[node.start_byte : node.end_byte]
        value = self.named(name if name.isascii() else self.name(node))
        return self._with_marks_of_use(value, node) if value.path else value

    def _attribute(self, node: Node) -> Value:
        value = self._attribute_value(node)
        return self._with_marks_of_use(value, node) if value.path else value

    def _attribute_value(self, node: Node) -> Value:
        owner, name = pair_of(node, "object", "attribute")
        if owner is None or name is None:
            return self._parts(node)
        kind = owner.type
        if kind == "identifier":
            value = self.named(self.name(owner))
        elif kind == "attribute" and self._depth < 80:
            self._depth += 1
            value = self._attribute_value(owner)
            self._depth -= 1
        else:
            value = self.evaluate(owner)
        return self.member(value, self.name(name))

    def _callee(self, node: Node) -> tuple[Value, Value]:
        """Return what is called and its receiver, without telling that they are used."""
        if node.type == "identifier":
            return self.named(self.name(node)), NOTHING
        if node.type == "attribute":
            owner, name = pair_of(node, "object", "attribute")
            if owner is not None and name is not None:
                receiver = self.evaluate(owner)
                return self.member(receiver, self.name(name)), receiver
        return self.evaluate(node), NOTHING

    def _named(self, node: Node) -> Value:
        name, given = pair_of(node, "name", "value")
        if name is None or given is None:
            return self._parts(node)
        value = self.evaluate(given)
        self.bind(name, value)
        return value

    # Literals.

    def _string(self, node: Node) -> Value:
        children = node.named_children
        if len(children) > 2 and any(
            child.type == "interpolation" for child in children
        ):
            return self._format(node, children)
        raw = self.text(node)
        value = literal(raw)
        if len(raw) > 5 and ("\\" in raw or self.wants(node)):
            self.tell_string(value, node, is_folded=False)
        return value

    def _format(self, node: Node, children: list[Node]) -> Value:
        texts: list[str] = []
        marks = NO_MARKS
        is_raw = "r" in self.text(children[0]).lower()
        for child in children:
            if child.type == "interpolation":
                value = self._interpolation(child)
                marks |= marks_of((value,))
                texts.append(HOLE if value.text is None else value.text)
            elif child.type == "string_content":
                text = self.text(child).replace("{{", "{").replace("}}", "}")
                texts.append(text if is_raw else unescape(text))
        text = "".join(texts)[: folding.BIGGEST]
        value = (
            Value(text=text, marks=marks)
            if HOLE in text
            else Value(constant=text, marks=marks)
        )
        self.tell_string(value, node, is_folded=HOLE not in text)
        return value

    def _interpolation(self, node: Node) -> Value:
        parts = [child for child in node.named_children if child.type != "comment"]
        if not parts:
            return NOTHING
        value = self.evaluate(parts[0])
        for part in parts[1:]:
            if part.type == "format_specifier":
                self._parts(part)
        return value

    def _concatenated(self, node: Node) -> Value:
        strings = [child for child in node.named_children if child.type == "string"]
        parts = [self._string(child) for child in strings]
        constants = [part.constant for part in parts]
        marks = marks_of(parts)
        if all(isinstance(constant, bytes) for constant in constants):
            made = b"".join(c for c in constants if isinstance(c, bytes))
            return Value(constant=made, marks=marks)
        text = "".join([HOLE if part.text is None else part.text for part in parts])
        if HOLE in text or len(text) > folding.BIGGEST:
            return Value(text=text[: folding.BIGGEST], marks=marks)
        value = Value(constant=text, marks=marks)
        self.tell_string(value, node)
        return value

    def _number(self, node: Node) -> Value:
        text = self.text(node).replace("_", "")
        try:
            if node.type == "float":
                return Value(constant=float(text))
            return Value(constant=int(text[:_MOST_DIGITS].rstrip("lL"), 0))
        except ValueError:
            return NOTHING

    # Operators.

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
        held: list[str] = []  # constant texts that follow, to be added all at once
        for operator_text, right in reversed(chain):
            if self.is_over():
                break
            other = self.evaluate(right)
            constant = other.constant
            is_text = isinstance(constant, str) and value.text is not None
            if operator_text == "+" and is_text and not other.marks:
                held.append(str(constant))
                continue
            value = self._operated(operator_text, _with_text(value, held), other)
            held.clear()
        value = _with_text(value, held)
        self.tell_string(value, node)
        return value

    def _operated(self, operator: str, left: Value, right: Value) -> Value:
        marks = marks_of((left, right))
        if operator == "+":
            return folding.added(left, right, marks)
        if operator == "/" and left.path.startswith("pathlib."):
            text = f"{left.text or HOLE}/{right.text or HOLE}"
            return Value("pathlib.Path()", text=text, marks=marks)
        if left.constant is not UNKNOWN or left.items is not None:
            one, two = folding.constant_of(left), folding.constant_of(right)
            made = folding.operated(operator, one, two)
            if made is not UNKNOWN:
                return folding.value_of(made, marks)
        if operator == "%" and left.text is not None:
            return Value(text=percent(left.text), marks=marks)
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
        operands: list[Node] = []
        left = node
        while left.type == "boolean_operator":
            first, second = pair_of(left, "left", "right")
            if first is None or second is None:
                break
            operands.append(second)
            left = first
        found = self.evaluate(left) if operands else self._parts(node)
        for operand in reversed(operands):
            found = joined(found, self.evaluate(operand))
        return found

    def _conditional(self, node: Node) -> Value:
        children = [child for child in node.named_children if child.type != "comment"]
        values = [self.evaluate(child) for child in children]
        return joined(values[0], values[-1]) if len(values) == 3 else NOTHING


def _with_text(value: Value, held: list[str]) -> Value:
    """Return a text and what is added to it."""
    if not held:
        return value
    return folding.added(value, Value(constant="".join(held)), value.marks)
